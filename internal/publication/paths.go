package publication

import "strings"

// path is an address of the room: path("new") is /news/new.
func (d *Desk) path(parts ...string) string {
	return "/" + d.room.Name + "/" + strings.Join(parts, "/")
}

func (d *Desk) home() string { return "/" + d.room.Name }
