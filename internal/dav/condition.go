package dav

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"elyco/internal/drive"
	"elyco/internal/fault"
)

// conditions are those of an If header: true when one of the lists is.
type conditions []conditionList

// conditionList is true when all of its conditions are, for the address of its tag or, without one, of the request.
type conditionList struct {
	tag  string
	all  []condition
	tags bool
}

type condition struct {
	not   bool
	token string // without its brackets
	etag  string // with its quotes
}

const mostConditions = 40

var errIf = refuse(http.StatusBadRequest, "L’en-tête If n’est pas valable.")

// parseIf reads an If header (RFC 4918, 10.4).
func parseIf(lines []string) (conditions, error) {
	if len(lines) == 0 {
		return nil, nil
	}
	if len(lines) > 1 || len(lines[0]) > 8<<10 {
		return nil, errIf
	}
	var all conditions
	var tag string
	tagged := false
	rest := strings.TrimSpace(lines[0])
	n := 0
	for rest != "" {
		switch rest[0] {
		case '<':
			end := strings.IndexByte(rest, '>')
			if end < 0 || (!tagged && len(all) > 0) {
				return nil, errIf
			}
			tag, tagged = rest[1:end], true
			rest = rest[end+1:]
		case '(':
			end := strings.IndexByte(rest, ')')
			if end < 0 {
				return nil, errIf
			}
			list, err := parseList(rest[1:end])
			if n += len(list); err != nil || n > mostConditions {
				return nil, errIf
			}
			all = append(all, conditionList{tag, list, tagged})
			rest = rest[end+1:]
		default:
			return nil, errIf
		}
		rest = strings.TrimSpace(rest)
	}
	if len(all) == 0 {
		return nil, errIf
	}
	return all, nil
}

func parseList(s string) ([]condition, error) {
	var list []condition
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		var c condition
		if rest, not := strings.CutPrefix(s, "Not"); not {
			c.not, s = true, strings.TrimSpace(rest)
		}
		if s == "" {
			return nil, errIf
		}
		closing := map[byte]string{'<': ">", '[': "]"}[s[0]]
		inside, rest, found := strings.Cut(s[1:], closing)
		if closing == "" || !found || inside == "" {
			return nil, errIf
		}
		if s[0] == '<' {
			c.token = inside
		} else {
			c.etag = inside
		}
		list = append(list, c)
		s = rest
	}
	if len(list) == 0 {
		return nil, errIf
	}
	return list, nil
}

// tokens are those of locks that the request says it knows.
func (c conditions) tokens() map[string]bool {
	known := map[string]bool{}
	for _, list := range c {
		for _, one := range list.all {
			if one.token != "" && !one.not {
				known[one.token] = true
			}
		}
	}
	return known
}

// fixed reports whether the request says of which content it speaks.
func (c conditions) fixed() bool {
	for _, list := range c {
		for _, one := range list.all {
			if one.etag != "" && !one.not {
				return true
			}
		}
	}
	return false
}

// hold fails with 412 when the If header is not true.
func (q *request) hold(ctx context.Context) error {
	if q.cond == nil {
		return nil
	}
	facts := map[string]*fact{}
	for _, list := range q.cond {
		ok, err := q.holds(ctx, list, facts)
		if err != nil || ok {
			return err
		}
	}
	return refuse(http.StatusPreconditionFailed, "Ce document a changé, ou n’est plus verrouillé par ce logiciel.")
}

// fact is what is true of one address.
type fact struct {
	etag  string
	locks []lock
	key   string
}

func (q *request) holds(ctx context.Context, list conditionList, facts map[string]*fact) (bool, error) {
	at := q.at
	if list.tags {
		var ok bool
		var err error
		if at, ok, err = q.address(ctx, list.tag); err != nil || !ok {
			return false, err
		}
	}
	f := facts[list.tag]
	if f == nil {
		f = &fact{key: at.key()}
		var err error
		if f.locks, err = q.locksAround(ctx, at); err != nil {
			return false, err
		}
		n, err := q.walk(ctx, at)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return false, err
		}
		if err == nil {
			f.etag = etag(n)
		}
		facts[list.tag] = f
	}
	for _, c := range list.all {
		is := c.etag != "" && c.etag == f.etag
		for _, l := range f.locks {
			is = is || c.token == l.token() && l.covers(f.key)
		}
		if is == c.not {
			return false, nil
		}
	}
	return true, nil
}

// address reads an address that a header names; ok is false when it is not one of this host.
func (q *request) address(ctx context.Context, text string) (p place, ok bool, err error) {
	u, err := url.Parse(text)
	if err != nil || u.User != nil || u.Opaque != "" || (u.Host == "") != (u.Scheme == "") {
		return p, false, nil
	}
	if u.Host != "" && (u.Scheme != "http" && u.Scheme != "https" || !strings.EqualFold(u.Host, q.r.Host)) {
		return p, false, nil
	}
	if p, err = split(u.EscapedPath()); err != nil {
		return p, false, nil
	}
	if p, err = q.enter(ctx, p); fault.Is(err, fault.NotFound) {
		return p, false, nil
	}
	return p, err == nil, err
}

// etag names the content of a file; folders have none. Half of the hash is enough to tell contents apart, and programs
// have little room for it in what they send back.
func etag(n drive.Node) string {
	if n.Folder || n.Hash == "" {
		return ""
	}
	return `"` + n.Hash[:min(len(n.Hash), 32)] + `"`
}

// matched judges If-Match and If-None-Match of a request that changes something. n is nil for what is not there yet.
func (q *request) matched(n *drive.Node) error {
	failed := refuse(http.StatusPreconditionFailed, "Ce document a changé depuis que ce logiciel l’a ouvert.")
	has := func(list string) bool {
		if strings.TrimSpace(list) == "*" {
			return n != nil
		}
		for one := range strings.SplitSeq(list, ",") {
			if n != nil && strings.TrimSpace(one) == etag(*n) && etag(*n) != "" {
				return true
			}
		}
		return false
	}
	if list := q.r.Header.Get("If-Match"); list != "" && !has(list) {
		return failed
	}
	if list := q.r.Header.Get("If-None-Match"); list != "" && has(list) {
		return failed
	}
	return nil
}
