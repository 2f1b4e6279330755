package dav

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/school"
)

const (
	usualLock   = 600 // seconds, when a program asks for none
	longestLock = 3600
	longestTag  = 3500 // of what a program says of itself
)

// seconds reads how long a lock is asked for. Programs renew theirs; one that crashed must not keep others out all day.
func seconds(header string) int {
	for one := range strings.SplitSeq(header, ",") {
		one = strings.TrimSpace(one)
		if strings.EqualFold(one, "infinite") {
			return longestLock
		}
		if text, ok := strings.CutPrefix(one, "Second-"); ok {
			if n, err := strconv.ParseInt(text, 10, 64); err == nil && n > 0 {
				return int(min(n, longestLock))
			}
		}
	}
	return usualLock
}

func (q *request) lock(ctx context.Context) error {
	if q.at.root() {
		return refuse(http.StatusForbidden, "")
	}
	body, err := q.question()
	if err != nil {
		return err
	}
	if body == nil {
		return q.refresh(ctx)
	}
	l, err := q.asked(body)
	if err != nil {
		return err
	}
	made := false
	if !q.at.dusty() {
		n, isNew, err := q.toLock(ctx, l.Deep)
		if err != nil {
			return err
		}
		if made = isNew; n.ID != uuid.Nil {
			l.NodeID = &n.ID
		}
	}
	if err := q.keepLock(ctx, &l); err != nil {
		return err
	}
	q.w.Header().Set("Lock-Token", "<"+l.token()+">")
	code := http.StatusOK
	if made {
		code = http.StatusCreated
	}
	return q.sayLock(code, l)
}

// asked reads what lock is wanted.
func (q *request) asked(body *element) (lock, error) {
	l := lock{ID: school.NewID(), SpaceID: q.at.space.Owner, Path: q.at.key(), PersonID: q.actor.Person.UUID, PersonName: q.actor.Name,
		Seconds: seconds(q.r.Header.Get("Timeout"))}
	scope, kind := body.child("lockscope"), body.child("locktype")
	if !body.is("lockinfo") || scope == nil || kind == nil || kind.child("write") == nil {
		return l, errBody
	}
	l.Exclusive = scope.child("exclusive") != nil
	if l.Exclusive == (scope.child("shared") != nil) {
		return l, errBody
	}
	if owner := body.child("owner"); owner != nil && len(owner.content) <= longestTag {
		l.Owner = owner.content
	}
	switch strings.ToLower(q.r.Header.Get("Depth")) {
	case "", "infinity":
		l.Deep = true
	case "0":
	default:
		return l, refuse(http.StatusBadRequest, "")
	}
	return l, nil
}

// toLock finds what is to be locked, for who may change it. A name that is free becomes an empty file, as the protocol
// has it: a program locks before it writes.
func (q *request) toLock(ctx context.Context, deep bool) (drive.Node, bool, error) {
	n, err := q.walk(ctx, q.at)
	if err == nil {
		least := drive.Editor
		if n.Folder && !deep {
			least = drive.Add
		}
		if n.Role < least {
			return n, false, refuse(http.StatusForbidden, "Vous pouvez consulter ce document, mais pas le modifier.")
		}
		return n, false, q.hold(ctx)
	}
	if !fault.Is(err, fault.NotFound) {
		return n, false, err
	}
	if q.at.top() || q.at.slash {
		return n, false, err
	}
	parent, err := q.folder(ctx, q.at.parent())
	if err != nil {
		return n, false, err
	}
	if err := q.free(ctx, need{at: q.at, parent: true}); err != nil {
		return n, false, err
	}
	n, err = q.h.drive.Store(ctx, drive.Incoming{Space: q.at.space, Parent: parent.ID, ID: school.NewID(), Name: q.at.name()}, strings.NewReader(""), 0)
	return n, true, err
}

// keepLock makes the lock unless another one stands against it.
func (q *request) keepLock(ctx context.Context, l *lock) error {
	return q.h.db.Write(q.in(ctx, q.at.space), func(ctx context.Context, tx db.Tx) error {
		if err := hold(ctx, tx, l.SpaceID); err != nil {
			return err
		}
		if err := dropExpired(ctx, tx); err != nil {
			return err
		}
		there, err := selectLocks(ctx, tx, l.SpaceID, l.Path)
		if err != nil {
			return err
		}
		for _, other := range there {
			if other.bars(*l) {
				s := locked(q.at, other).(*status)
				s.condition = "no-conflicting-lock"
				return s
			}
		}
		n, err := countLocks(ctx, tx, l.PersonID)
		if err != nil {
			return err
		}
		if n >= mostOwn || len(there) >= mostLocks {
			return refuse(http.StatusServiceUnavailable, "Trop de documents sont ouverts en même temps. Fermez-en quelques-uns.")
		}
		l.ExpiresAt = tx.Now().Add(time.Duration(l.Seconds) * time.Second)
		return insertLock(ctx, tx, *l)
	})
}

// refresh makes a lock that the If header names last longer.
func (q *request) refresh(ctx context.Context) error {
	if err := q.hold(ctx); err != nil {
		return err
	}
	list, err := q.locksAround(ctx, q.at)
	if err != nil {
		return err
	}
	known := q.cond.tokens()
	for _, l := range list {
		if !known[l.token()] || !l.covers(q.at.key()) || l.PersonID != q.actor.Person.UUID {
			continue
		}
		l.Seconds = seconds(q.r.Header.Get("Timeout"))
		err := q.h.db.Write(q.in(ctx, q.at.space), func(ctx context.Context, tx db.Tx) error { return extendLock(ctx, tx, l.ID, l.Seconds) })
		if err != nil {
			return err
		}
		return q.sayLock(http.StatusOK, l)
	}
	return &status{code: http.StatusPreconditionFailed, condition: "lock-token-matches-request-uri"}
}

func (q *request) unlock(ctx context.Context) error {
	text := strings.TrimSpace(q.r.Header.Get("Lock-Token"))
	id, err := uuid.Parse(strings.TrimSuffix(strings.TrimPrefix(text, "<"+tokenPrefix), ">"))
	if !strings.HasPrefix(text, "<") || !strings.HasSuffix(text, ">") {
		return refuse(http.StatusBadRequest, "")
	}
	list, e := q.locksAround(ctx, q.at)
	if e != nil {
		return e
	}
	for _, l := range list {
		if err != nil || l.ID != id || !l.covers(q.at.key()) {
			continue
		}
		if l.PersonID != q.actor.Person.UUID {
			return refuse(http.StatusForbidden, "Ce verrou n’est pas le vôtre.")
		}
		if err := q.h.db.Write(q.in(ctx, q.at.space), func(ctx context.Context, tx db.Tx) error { return deleteLock(ctx, tx, l.ID) }); err != nil {
			return err
		}
		q.w.WriteHeader(http.StatusNoContent)
		return nil
	}
	return &status{code: http.StatusConflict, condition: "lock-token-matches-request-uri"}
}

// sayLock answers with the lock that was made or renewed.
func (q *request) sayLock(code int, l lock) error {
	q.w.Header().Set("Content-Type", "application/xml; charset=utf-8")
	q.w.WriteHeader(code)
	_, err := q.w.Write([]byte(xmlHead + `<D:prop xmlns:D="DAV:"><D:lockdiscovery>` + q.active(l) + `</D:lockdiscovery></D:prop>` + "\n"))
	return err
}

// active describes a lock. Its token is told to its owner alone; others need only know that there is one.
func (q *request) active(l lock) string {
	scope, depth := "shared", "0"
	if l.Exclusive {
		scope = "exclusive"
	}
	if l.Deep {
		depth = "infinity"
	}
	owner := escape(l.PersonName)
	token := ""
	if l.PersonID == q.actor.Person.UUID {
		if l.Owner != "" {
			owner = l.Owner
		}
		token = "<D:locktoken><D:href>" + l.token() + "</D:href></D:locktoken>"
	}
	return "<D:activelock><D:locktype><D:write/></D:locktype><D:lockscope><D:" + scope + "/></D:lockscope><D:depth>" + depth + "</D:depth>" +
		"<D:owner>" + owner + "</D:owner><D:timeout>Second-" + strconv.Itoa(l.Seconds) + "</D:timeout>" + token + "</D:activelock>"
}
