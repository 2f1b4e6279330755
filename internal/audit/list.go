package audit

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/words"
)

// Filter says which entries of a scope are wanted. The zero value means all of them, the newest first.
type Filter struct {
	From, To time.Time       // from the one, before the other; zero: unbounded
	Actor    school.PersonID // zero: anybody
	Action   string          // "news.publish", or "news." for all that a room records
	Text     string          // part of a title or of the actor's name, accents and case aside; or a subject's id
	After    Cursor          // where the page before ended
	Limit    int             // at most 200; 0 means 50
}

const (
	usualPage   = 50
	longestPage = 200
)

func (f Filter) limit() int {
	if f.Limit <= 0 {
		return usualPage
	}
	return min(f.Limit, longestPage)
}

// Cursor is a place in the list. The zero value is its beginning.
type Cursor struct {
	At time.Time
	ID uuid.UUID
}

// IsZero reports whether c is the beginning of the list; as the Next of a page, that nothing follows.
func (c Cursor) IsZero() bool { return c.ID == uuid.Nil }

// String writes the cursor for an address: "" for the zero one.
func (c Cursor) String() string {
	if c.IsZero() {
		return ""
	}
	return strconv.FormatInt(c.At.UnixMicro(), 36) + "." + c.ID.String()
}

// ParseCursor reads what String wrote. It refuses with NotFound what no page ever linked to.
func ParseCursor(s string) (Cursor, error) {
	if s == "" {
		return Cursor{}, nil
	}
	at, id, _ := strings.Cut(s, ".")
	micros, err := strconv.ParseInt(at, 36, 64)
	if err != nil {
		return Cursor{}, fault.Missing()
	}
	u, err := uuid.Parse(id)
	if err != nil || u == uuid.Nil {
		return Cursor{}, fault.Missing()
	}
	return Cursor{At: time.UnixMicro(micros).UTC(), ID: u}, nil
}

// Line is one entry as it is read.
type Line struct {
	ID        uuid.UUID
	At        time.Time
	Actor     school.PersonID // zero: the program itself
	ActorName string          // as the scope calls its member; "" for somebody who is none
	Action    string
	Subject   string
	Title     string
	Detail    map[string]any
}

// Page is a part of the list. Next is where the following one begins; zero at the end.
type Page struct {
	Lines []Line
	Next  Cursor
}

// List reads a page of the scope of tx, the newest entries first, in one query.
func List(ctx context.Context, tx db.Tx, f Filter) (Page, error) {
	lines, err := list(ctx, tx, f)
	if err != nil {
		return Page{}, fmt.Errorf("read the trail: %w", err)
	}
	p := Page{Lines: lines}
	if n := f.limit(); len(lines) > n {
		p.Lines = lines[:n]
		p.Next = Cursor{At: lines[n-1].At, ID: lines[n-1].ID}
	}
	return p, nil
}

const sentences = ".audit."

// Key is the key of the sentence that says what an action is: "news.audit.publish" for "news.publish". The sentence
// follows the actor's name: "a publié une actualité".
func Key(action string) string {
	room, verb, _ := strings.Cut(action, ".")
	return room + sentences + verb
}

// Sentence says in the words of ctx what an action is. An action of the past that has no words any more is its name.
func Sentence(ctx context.Context, action string) string {
	if c := words.Of(ctx); c == nil || !c.Has(Key(action)) {
		return action
	}
	return words.T(ctx, Key(action))
}

// Names lists, in their order, the actions that have words: what a filter offers.
func Names(ctx context.Context) []string {
	var names []string
	for _, key := range words.Of(ctx).Keys() {
		if room, verb, ok := strings.Cut(key, sentences); ok {
			names = append(names, room+"."+verb)
		}
	}
	return names
}
