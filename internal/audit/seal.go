package audit

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"slices"
	"time"

	"github.com/google/uuid"

	"elyco/internal/school"
)

// longestSeal bounds the entries of one seal, so that one is read and examined in a moment.
const longestSeal = 1000

// A leaf stands for an entry in its seal: the entry's id, and the digest of all that it says.
const (
	idSize   = len(uuid.UUID{})
	leafSize = idSize + sha256.Size
)

// written is an entry as the database holds it.
type written struct {
	Scope   school.ScopeID
	ID      uuid.UUID
	At      time.Time
	Actor   uuid.UUID // nil for the program itself
	Action  string
	Subject string
	Title   string
	Detail  string // JSON as the database writes it
}

func (w written) leaf() []byte {
	h := sha256.New()
	put(h, []byte("elyco audit entry 1"), number(int64(w.Scope)), w.ID[:], number(w.At.UnixMicro()), w.Actor[:],
		[]byte(w.Action), []byte(w.Subject), []byte(w.Title), []byte(w.Detail))
	return h.Sum(slices.Clone(w.ID[:]))
}

// put writes each part after its length: no two lists of parts read the same.
func put(h hash.Hash, parts ...[]byte) {
	for _, p := range parts {
		h.Write(number(int64(len(p))))
		h.Write(p)
	}
}

func number(n int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }

// seal is one link of a chain.
type seal struct {
	Scope    school.ScopeID
	Number   int64
	At       time.Time
	Entries  int
	Leaves   []byte
	Previous []byte
	Link     []byte
}

// key seals. It is drawn from the program's secret, which the database never sees.
type key [sha256.Size]byte

func newKey(secret [32]byte) key {
	h := hmac.New(sha256.New, secret[:])
	h.Write([]byte("elyco audit trail"))
	return key(h.Sum(nil))
}

func (k key) link(s seal) []byte {
	h := hmac.New(sha256.New, k[:])
	put(h, []byte("elyco audit seal 1"), number(int64(s.Scope)), number(s.Number), number(s.At.UnixMicro()), number(int64(s.Entries)), s.Leaves, s.Previous)
	return h.Sum(nil)
}

// next seals entries of one scope, in the order of their ids, behind the seal before; the zero seal begins a chain.
func (k key) next(before seal, at time.Time, entries []written) seal {
	s := seal{Scope: entries[0].Scope, Number: before.Number + 1, At: at.Truncate(time.Microsecond), Entries: len(entries), Previous: before.Link}
	if s.Previous == nil {
		s.Previous = []byte{}
	}
	for _, e := range entries {
		s.Leaves = append(s.Leaves, e.leaf()...)
	}
	s.Link = k.link(s)
	return s
}

// follows reports whether s is the program's own seal right behind the one before.
func (k key) follows(before, s seal) bool {
	return s.Number == before.Number+1 && s.Entries > 0 && len(s.Leaves) == s.Entries*leafSize &&
		bytes.Equal(s.Previous, before.Link) && hmac.Equal(s.Link, k.link(s))
}

// ids lists the entries that the seal holds.
func (s seal) ids() []uuid.UUID {
	ids := make([]uuid.UUID, 0, s.Entries)
	for leaf := range slices.Chunk(s.Leaves, leafSize) {
		ids = append(ids, uuid.UUID(leaf[:idSize]))
	}
	return ids
}

// Head is where every chain stood on a day. Root is what an operator keeps elsewhere.
type Head struct {
	Day     time.Time
	At      time.Time
	Numbers map[school.ScopeID]int64
	Root    []byte
}

// String writes the head as operators keep it, and as ParseKept reads it: the day, a colon, the root's 64 digits.
func (h Head) String() string { return h.Day.Format(time.DateOnly) + ":" + hex.EncodeToString(h.Root) }

// root covers the last link of each scope, in the order of scopes.
func (k key) root(day time.Time, links map[school.ScopeID][]byte) []byte {
	h := hmac.New(sha256.New, k[:])
	put(h, []byte("elyco audit head 1"), []byte(day.Format(time.DateOnly)))
	scopes := make([]school.ScopeID, 0, len(links))
	for s := range links {
		scopes = append(scopes, s)
	}
	slices.Sort(scopes)
	for _, s := range scopes {
		put(h, number(int64(s)), links[s])
	}
	return h.Sum(nil)
}
