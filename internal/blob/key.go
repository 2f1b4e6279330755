package blob

import (
	"database/sql/driver"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Key names one object. It is drawn by NewKey or read by ParseKey, never composed from what a person typed: no file
// name, no path. The zero Key names nothing and every method refuses it.
type Key struct{ name string }

// NewKey draws the name of a new object in a scope. No two calls give the same. A negative scope gives the zero Key.
func NewKey(scope int64, now time.Time) Key {
	if scope < 0 {
		return Key{}
	}
	id := uuid.Must(uuid.NewV7())
	return Key{name: Prefix(scope) + now.UTC().Format("2006/01/") + id.String()}
}

// Prefix is what the names of all the objects of a scope begin with.
func Prefix(scope int64) string { return "t/" + strconv.FormatInt(scope, 10) + "/" }

// ParseKey reads a name that String gave.
func ParseKey(name string) (Key, error) {
	// Compiled at each call: reading a name is rare beside reading its object, and the package keeps no variable.
	shape := regexp.MustCompile(`^t/(0|[1-9][0-9]{0,17})/[0-9]{4}/(0[1-9]|1[0-2])/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	if !shape.MatchString(name) {
		return Key{}, fmt.Errorf("%q is not the name of an object", name)
	}
	return Key{name: name}, nil
}

// Scope is the one that NewKey was given.
func (k Key) Scope() int64 {
	parts := strings.SplitN(k.name, "/", 3)
	if len(parts) < 3 {
		return 0
	}
	scope, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil {
		return 0
	}
	return scope
}

// String is the name in the store and in the database.
func (k Key) String() string { return k.name }

// IsZero reports whether k names nothing.
func (k Key) IsZero() bool { return k.name == "" }

// Value stores the name in the database; the zero Key is null.
func (k Key) Value() (driver.Value, error) {
	if k.IsZero() {
		return nil, nil
	}
	return k.name, nil
}

// Scan reads what Value stored.
func (k *Key) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*k = Key{}
		return nil
	case string:
		return k.read(v)
	case []byte:
		return k.read(string(v))
	}
	return fmt.Errorf("read the name of an object from a %T", src)
}

func (k *Key) read(name string) error {
	got, err := ParseKey(name)
	if err != nil {
		return err
	}
	*k = got
	return nil
}
