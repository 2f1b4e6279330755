package dav

import (
	"encoding/xml"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// live are the properties that the house itself tells, in the order in which they are written.
var live = []string{"resourcetype", "displayname", "creationdate", "getlastmodified", "getcontentlength", "getcontenttype", "getetag",
	"supportedlock", "lockdiscovery", "quota-available-bytes", "quota-used-bytes"}

const supported = "<D:lockentry><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockentry>" +
	"<D:lockentry><D:lockscope><D:shared/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockentry>"

// value is what a live property says of a resource; ok is false when the resource has none.
func (a *answers) value(r resource, local string) (text string, ok bool) {
	n := r.node
	switch local {
	case "resourcetype":
		if r.folder {
			return "<D:collection/>", true
		}
		return "", true
	case "displayname":
		return escape(r.title), true
	case "creationdate":
		return a.moment(n.CreatedAt).Format(time.RFC3339), true
	case "getlastmodified":
		return a.moment(n.ModifiedAt).Format(http.TimeFormat), true
	case "getcontentlength":
		return strconv.FormatInt(n.Size, 10), !r.folder
	case "getcontenttype":
		return escape(n.Type), !r.folder
	case "getetag":
		return escape(etag(n)), etag(n) != ""
	case "supportedlock":
		return supported, !r.at.root()
	case "lockdiscovery":
		var all strings.Builder
		for _, l := range r.locks {
			if l.covers(r.at.key()) {
				all.WriteString(a.q.active(l))
			}
		}
		return all.String(), !r.at.root()
	case "quota-available-bytes":
		if r.space == nil {
			return "", false
		}
		return strconv.FormatInt(max(0, r.space.Quota-r.space.Used), 10), true
	case "quota-used-bytes":
		if r.space == nil {
			return "", false
		}
		return strconv.FormatInt(r.space.Used, 10), true
	}
	return "", false
}

// moment dates what has no date of its own, the top of a space, by the portal's.
func (a *answers) moment(t time.Time) time.Time {
	if t.IsZero() {
		t = a.q.tenant.UpdatedAt
	}
	return t.UTC()
}

// add describes one resource.
func (a *answers) add(r resource) {
	var found, absent strings.Builder
	switch {
	case a.wanted.namesOf:
		for _, local := range live {
			if _, ok := a.value(r, local); ok {
				found.WriteString("<D:" + local + "/>")
			}
		}
		for _, p := range r.dead {
			found.WriteString(empty(nameOfKey(p.Name)))
		}
	case a.wanted.all:
		for _, local := range live {
			if !strings.HasPrefix(local, "quota-") {
				a.addLive(&found, r, local)
			}
		}
		for _, p := range r.dead {
			found.WriteString(p.Value)
		}
	}
	if !a.wanted.namesOf {
		for _, name := range a.wanted.names {
			a.addNamed(&found, &absent, r, name)
		}
	}
	a.write("<D:response><D:href>" + escape(r.at.href(r.folder)) + "</D:href>")
	if found.Len() > 0 || absent.Len() == 0 {
		a.write("<D:propstat><D:prop>" + found.String() + "</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>")
	}
	if absent.Len() > 0 {
		a.write("<D:propstat><D:prop>" + absent.String() + "</D:prop><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat>")
	}
	a.write("</D:response>\n")
}

func (a *answers) addLive(out *strings.Builder, r resource, local string) bool {
	text, ok := a.value(r, local)
	if ok && text == "" {
		out.WriteString("<D:" + local + "/>")
	} else if ok {
		out.WriteString("<D:" + local + ">" + text + "</D:" + local + ">")
	}
	return ok
}

func (a *answers) addNamed(found, absent *strings.Builder, r resource, name xml.Name) {
	if name.Space == "DAV:" && slices.Contains(live, name.Local) {
		if a.wanted.all && !strings.HasPrefix(name.Local, "quota-") || a.addLive(found, r, name.Local) {
			return
		}
		absent.WriteString(empty(name))
		return
	}
	for _, p := range r.dead {
		if p.Name == keyOfName(name) {
			if !a.wanted.all {
				found.WriteString(p.Value)
			}
			return
		}
	}
	absent.WriteString(empty(name))
}

// empty is a property without a value.
func empty(n xml.Name) string { return (&element{name: n}).String() }

func keyOfName(n xml.Name) string { return n.Space + " " + n.Local }

func nameOfKey(key string) xml.Name {
	i := strings.LastIndexByte(key, ' ')
	return xml.Name{Space: key[:i], Local: key[i+1:]}
}
