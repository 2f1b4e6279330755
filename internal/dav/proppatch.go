package dav

import (
	"context"
	"encoding/xml"
	"fmt"
	"net/http"
	"slices"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/drive"
)

// change is one property that a program sets or removes, in the order in which it asks.
type change struct {
	name  xml.Name
	value string
	set   bool
	code  int // what is answered about it
}

func readChanges(body *element) ([]change, error) {
	if body == nil || !body.is("propertyupdate") {
		return nil, errBody
	}
	var all []change
	for _, step := range body.children {
		if !step.is("set") && !step.is("remove") {
			continue
		}
		prop := step.child("prop")
		if prop == nil {
			return nil, errBody
		}
		for _, p := range prop.children {
			all = append(all, change{name: p.name, value: p.String(), set: step.is("set"), code: http.StatusOK})
		}
	}
	if len(all) == 0 || len(all) > mostProperties {
		return nil, errBody
	}
	return all, nil
}

// proppatch keeps what a program wants to remember of a document: all of it, or nothing.
func (q *request) proppatch(ctx context.Context) error {
	body, err := q.question()
	if err != nil {
		return err
	}
	changes, err := readChanges(body)
	if err != nil {
		return err
	}
	n, err := q.walk(ctx, q.at)
	if err != nil {
		return err
	}
	if err := q.free(ctx, need{at: q.at}); err != nil {
		return err
	}
	if n.ID == uuid.Nil || n.Role < drive.Editor {
		return refuse(http.StatusForbidden, "Vous pouvez consulter ce document, mais pas le modifier.")
	}
	if judge(changes) {
		err := q.h.db.Write(q.in(ctx, q.at.space), func(ctx context.Context, tx db.Tx) error { return apply(ctx, tx, n.ID, changes) })
		if err != nil {
			return err
		}
	}
	return q.sayChanges(n, changes)
}

// judge says of each change what is wrong with it, and of the others, when there is one, that they were not made.
func judge(changes []change) (all bool) {
	all = true
	for i, c := range changes {
		switch {
		case c.name.Space == "DAV:": // these are the house's to tell
			changes[i].code = http.StatusForbidden
		case len(keyOfName(c.name)) > 600 || len(c.value) > longestValue:
			changes[i].code = http.StatusInsufficientStorage
		default:
			continue
		}
		all = false
	}
	if !all {
		for i, c := range changes {
			if c.code == http.StatusOK {
				changes[i].code = http.StatusFailedDependency
			}
		}
	}
	return all
}

// apply does the last that was asked about each property.
func apply(ctx context.Context, tx db.Tx, node uuid.UUID, changes []change) error {
	var set []property
	var remove []string
	for _, c := range changes {
		key := keyOfName(c.name)
		set = slices.DeleteFunc(set, func(p property) bool { return p.Name == key })
		remove = slices.DeleteFunc(remove, func(k string) bool { return k == key })
		if c.set {
			set = append(set, property{node, key, c.value})
		} else {
			remove = append(remove, key)
		}
	}
	n, err := writeProperties(ctx, tx, node, set, remove)
	if err == nil && n > mostProperties {
		err = refuse(http.StatusInsufficientStorage, "Ce logiciel veut garder trop de choses sur ce document.")
	}
	return err
}

func (q *request) sayChanges(n drive.Node, changes []change) error {
	out := &answers{q: q}
	out.write("<D:response><D:href>" + escape(q.at.href(n.Folder)) + "</D:href>")
	for _, code := range []int{http.StatusOK, http.StatusForbidden, http.StatusInsufficientStorage, http.StatusFailedDependency} {
		names := ""
		for _, c := range changes {
			if c.code == code {
				names += empty(c.name)
			}
		}
		if names != "" {
			out.write("<D:propstat><D:prop>" + names + "</D:prop><D:status>" + statusLine(code) + "</D:status></D:propstat>")
		}
	}
	out.write("</D:response>\n")
	return out.end()
}

func statusLine(code int) string { return fmt.Sprintf("HTTP/1.1 %d %s", code, http.StatusText(code)) }
