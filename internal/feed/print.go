package feed

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"maps"
	"slices"
	"strconv"
	"time"
)

// earlier is what the house knows of the feed before: of each key that it described, the print of its record.
type earlier struct {
	prints map[string]printed
}

type printed struct {
	print int64 // 0: the record is looked at again whatever it says
	seen  bool
}

// errWhole says that what differs from the feed before cannot be told apart from the rest: all of the feed is to be compared.
var errWhole = errors.New("feed: all of it is to be compared")

// same reports whether a record says what it said before.
func (e *earlier) same(key string, print int64) (bool, error) {
	was, there := e.prints[key]
	if !there {
		return false, nil
	}
	if was.seen {
		return false, errWhole // two records with one key
	}
	was.seen = true
	e.prints[key] = was
	return was.print == print && print != 0, nil
}

// unsay takes back that a record was there: it describes nobody.
func (e *earlier) unsay(key string) {
	if e == nil {
		return
	}
	if was, there := e.prints[key]; there {
		was.seen = false
		e.prints[key] = was
	}
}

// missing lists the keys that the feed before described and this one does not.
func (e *earlier) missing() []string {
	var keys []string
	for key, p := range e.prints {
		if !p.seen {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// ink writes what a record says, unmistakably, one thing after the other.
type ink []byte

func (i *ink) text(list ...string) {
	for _, s := range list {
		*i = binary.AppendUvarint(*i, uint64(len(s)))
		*i = append(*i, s...)
	}
}

func (i *ink) number(n int) { *i = binary.AppendVarint(*i, int64(n)) }

func (i *ink) flags(list ...bool) {
	for _, b := range list {
		*i = strconv.AppendBool(*i, b)
	}
}

func (i *ink) places(list []Place) {
	i.number(len(list))
	for _, p := range list {
		i.text(p.Structure, p.Code)
	}
}

func (i *ink) person(kind string, p Person) {
	i.text(kind, p.Key, p.GivenName, p.FamilyName, p.Email, p.BirthDate.Format(time.DateOnly))
}

// dry is the number that stands for what was written, never zero.
func (i ink) dry() int64 {
	sum := sha256.Sum256(i)
	return cmp.Or(int64(binary.LittleEndian.Uint64(sum[:])), 1)
}

// person is the key of whom a record is about, and the print of what it says; no key where it is about nobody. The memory of
// page is used.
func (r *Row) person(page *ink) (key string, print int64) {
	*page = (*page)[:0]
	switch {
	case r.Pupil != nil:
		p := r.Pupil
		page.person("pupil", p.Person)
		page.text(p.INE, p.Home, p.Programme, p.Level)
		page.places(p.Classes)
		page.places(p.Groups)
		for _, t := range p.Ties {
			page.text(t.Relative)
			page.number(t.Link)
			page.number(t.Legal)
			page.flags(t.Pays, t.Contact, t.Home)
		}
		return p.Key, page.dry()
	case r.Relative != nil:
		page.person("relative", r.Relative.Person)
		return r.Relative.Key, page.dry()
	case r.Staff != nil:
		p := r.Staff
		page.person("staff", p.Person)
		page.text(p.Home)
		page.number(len(p.Functions))
		for _, f := range p.Functions {
			page.text(f.Structure, f.Code, f.Label, f.Discipline)
		}
		page.places(p.Forms)
		for _, l := range p.Lessons {
			page.text(l.Structure, l.Class, l.Group, l.Subject)
		}
		return p.Key, page.dry()
	}
	return "", 0
}

// context is what the meaning of a record about somebody hangs on beside the record: which establishment a key means, what a
// function makes of somebody, which level a programme has, who gets an account.
func (s *stager) context() string {
	var page ink
	page.text("1") // to be raised when the program makes something else of the same records
	page.flags(s.inCharge)
	for _, key := range slices.Sorted(maps.Keys(s.scopes)) {
		page.text(key)
		page.number(int(s.scopes[key]))
	}
	for _, code := range slices.Sorted(maps.Keys(s.functions)) {
		page.text(code, string(s.functions[code]))
	}
	for _, code := range slices.Sorted(maps.Keys(s.levels)) {
		page.text(code, s.levels[code])
	}
	sum := sha256.Sum256(page)
	return hex.EncodeToString(sum[:16])
}
