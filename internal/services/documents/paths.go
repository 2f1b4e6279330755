package documents

import (
	"net/url"
	"strings"

	"github.com/google/uuid"
)

const home = "/documents"

func spacePath(segment string) string { return home + "/spaces/" + segment }

func folderPath(id uuid.UUID) string { return home + "/folders/" + id.String() }

func itemPath(id uuid.UUID, more ...string) string {
	return strings.Join(append([]string{home, "items", id.String()}, more...), "/")
}

// with adds values to an address that may have some.
func with(address string, values url.Values) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	q := u.Query()
	for k, v := range values {
		q[k] = v
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// bare is an address without what it said of a page before.
func bare(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return home
	}
	q := u.Query()
	for _, said := range []string{"trashed", "moved", "from"} {
		q.Del(said)
	}
	u.RawQuery = q.Encode()
	return u.String()
}
