package aaf

import (
	"bytes"
	"html"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// plain reports whether a text stands as it is: ASCII, no entity, no control character.
func plain(b []byte) bool {
	for _, c := range b {
		if c < ' ' || c > '~' || c == '&' {
			return false
		}
	}
	return true
}

// appendText adds to a value the text of a token, in UTF-8, its line ends made one kind, its entities read once.
func appendText(dst []byte, t *token, marked bool) []byte {
	if plain(t.text) {
		return append(dst, t.text...)
	}
	start := len(dst)
	dst = appendDecoded(dst, t.text, marked)
	out := start
	for i := start; i < len(dst); i++ {
		c := dst[i]
		if c == '\r' {
			if i+1 < len(dst) && dst[i+1] == '\n' {
				continue
			}
			c = '\n'
		}
		dst[out] = c
		out++
	}
	dst = dst[:out]
	if t.cdata {
		return dst
	}
	return readEntities(dst, start)
}

// appendDecoded takes bytes for UTF-8 when they are, whatever the file announced, and for ISO-8859-15 when they are not.
// A file marked as UTF-8 by its first bytes is never taken for anything else.
func appendDecoded(dst, b []byte, marked bool) []byte {
	if utf8.Valid(b) {
		return append(dst, b...)
	}
	if marked {
		return append(dst, bytes.ToValidUTF8(b, []byte("\ufffd"))...)
	}
	for _, c := range b {
		// Windows puts quotation marks where ISO-8859-15 has control characters that nobody writes.
		if c >= 0x80 && c < 0xa0 {
			dst = utf8.AppendRune(dst, charmap.Windows1252.DecodeByte(c))
			continue
		}
		dst = utf8.AppendRune(dst, charmap.ISO8859_15.DecodeByte(c))
	}
	return dst
}

// longest is the length of the longest name of an entity, with room for a number.
const longest = 40

// readEntities replaces the entities of b from start on, in place. Those that nobody knows stay as they are written, for
// nothing is ever defined by a file, and so do the few that would take more room than their names.
func readEntities(b []byte, start int) []byte {
	i := bytes.IndexByte(b[start:], '&')
	if i < 0 {
		return b
	}
	out := start + i
	for in := out; in < len(b); {
		if b[in] == '&' {
			if end := bytes.IndexByte(b[in:min(len(b), in+longest)], ';'); end > 0 {
				if r, ok := entity(b[in+1 : in+end]); ok && len(r) <= end+1 {
					out += copy(b[out:], r)
					in += end + 1
					continue
				}
			}
		}
		b[out] = b[in]
		out++
		in++
	}
	return b[:out]
}

// entity tells what a name or a number stands for.
func entity(name []byte) (string, bool) {
	switch string(name) {
	case "amp":
		return "&", true
	case "apos":
		return "'", true
	case "quot":
		return `"`, true
	case "lt":
		return "<", true
	case "gt":
		return ">", true
	}
	for i, c := range name {
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '#' && i == 0) {
			return "", false
		}
	}
	written := "&" + string(name) + ";"
	read := html.UnescapeString(written)
	// Of a name that it does not know, html reads the beginning when that is one.
	if read == written || len(name) == 0 || name[0] != '#' && len(read) > 0 && read[len(read)-1] == ';' {
		return "", false
	}
	return read, true
}

// settle ends a value that begins at start: entities that were escaped twice, control characters, blanks at its ends.
func settle(b []byte, start int) []byte {
	v := b[start:]
	if plain(v) && (len(v) == 0 || v[0] != ' ' && v[len(v)-1] != ' ') {
		return b
	}
	v = readEntities(b, start)[start:]
	for i, c := range v {
		if c < ' ' || c == 0x7f {
			v[i] = ' '
		}
	}
	v = bytes.TrimSpace(v)
	return append(b[:start], v...)
}
