package aaf

import (
	"bytes"
	"io"
	"strings"
)

// The bounds of a record.
const (
	maxAttributes = 400
	maxValues     = 5_000
	maxValue      = 64 << 10 // bytes
	maxRecord     = 4 << 20  // bytes of all its values
	maxNames      = 10_000   // different names that one file may use
)

// root is the element that holds the records.
const root = "ficAlimMENESR"

// Reader reads the records of one file.
type Reader struct {
	lex    *lexer
	header map[string]string
	record Record
	names  map[string]string
	marked bool // begins with the mark of UTF-8
	begun  bool // the first bytes were looked at
	open   bool // the root has begun
	done   bool // the root has ended
	within []element
}

// NewReader reads a file from r, which is whole XML and no archive.
func NewReader(r io.Reader) *Reader {
	return &Reader{lex: newLexer(r), header: map[string]string{}, names: map[string]string{}, within: make([]element, 0, 8)}
}

// Header is what the comments before the records say of the feed, by name: versionAF, versionSDET, codeAcademieExport,
// degre, dateGenerationExport. It is known once the first record is read; old feeds say less.
func (r *Reader) Header() map[string]string { return r.header }

// Next reads the next record, which is valid until the one after. io.EOF ends a whole file; a SyntaxError says why a file
// cannot be read further.
func (r *Reader) Next() (*Record, error) {
	if r.done {
		return nil, io.EOF
	}
	if err := r.recognise(); err != nil {
		return nil, err
	}
	for {
		t, err := r.lex.next()
		if err != nil {
			return nil, err
		}
		switch t.kind {
		case endOfFile:
			if !r.open {
				return nil, r.lex.fail("ce fichier n’est pas un annuaire fédérateur")
			}
			return nil, r.lex.fail("le fichier est incomplet : sa fin manque")
		case comment:
			r.note(t.text)
		case text:
			if !blanks(t.text) {
				return nil, r.lex.fail("un texte se trouve hors de tout enregistrement")
			}
		case endTag:
			return nil, r.finish(t)
		case startTag:
			if rec, err := r.begin(t); rec != nil || err != nil {
				return rec, err
			}
		}
	}
}

// recognise looks at the first bytes, which tell alphabets and archives apart.
func (r *Reader) recognise() error {
	if r.begun {
		return nil
	}
	r.begun = true
	if err := r.lex.fill(4); err != nil {
		return err
	}
	first := r.lex.buf[r.lex.pos:min(r.lex.end, r.lex.pos+4)]
	starts := func(with string) bool { return bytes.HasPrefix(first, []byte(with)) }
	switch {
	case starts("\xef\xbb\xbf"):
		r.lex.advance(3)
		r.marked = true
	case starts("\xfe\xff"), starts("\xff\xfe"), starts("<\x00"), starts("\x00<"), starts("\x00\x00\x00<"):
		return r.lex.fail("le fichier est en UTF-16 ou UTF-32 ; demandez-le en UTF-8 ou en ISO-8859-15")
	case starts("PK"), starts("\x1f\x8b"):
		return r.lex.fail("ce fichier est une archive, et non un fichier XML")
	}
	return nil
}

// begin enters the root, or reads the record that begins.
func (r *Reader) begin(t *token) (*Record, error) {
	if !r.open {
		if string(t.name) != root {
			return nil, r.lex.fail("ce fichier n’est pas un annuaire fédérateur : il commence par « " + clip(t.name) + " »")
		}
		r.open = true
		if t.empty {
			r.done = true
			return nil, r.tail()
		}
		return nil, nil
	}
	for _, op := range []Operation{Add, Modify, Delete} {
		if string(t.name) != string(op) {
			continue
		}
		r.record.reset(op, r.lex.line)
		if t.empty {
			return nil, r.lex.fail("un enregistrement est vide")
		}
		if err := r.read(); err != nil {
			return nil, err
		}
		return &r.record, nil
	}
	return nil, r.lex.fail("« " + clip(t.name) + " » n’est pas un enregistrement d’annuaire")
}

// finish ends the root, after which nothing may follow.
func (r *Reader) finish(t *token) error {
	if !r.open || string(t.name) != root {
		return r.lex.fail("une balise se ferme sans avoir été ouverte : « " + clip(t.name) + " »")
	}
	r.done = true
	return r.tail()
}

func (r *Reader) tail() error {
	for {
		t, err := r.lex.next()
		switch {
		case err != nil:
			return err
		case t.kind == endOfFile:
			return io.EOF
		case t.kind == text && blanks(t.text), t.kind == comment:
		default:
			return r.lex.fail("quelque chose suit la fin de l’annuaire")
		}
	}
}

// intern keeps one copy of each name: there are some hundred in a feed of millions of records.
func (r *Reader) intern(name []byte) string {
	if s, ok := r.names[string(name)]; ok {
		return s
	}
	s := strings.ToValidUTF8(string(name), "\ufffd")
	if len(r.names) < maxNames {
		r.names[s] = s
	}
	return s
}

// note reads a comment of the form name="value".
func (r *Reader) note(comment []byte) {
	name, value, ok := bytes.Cut(bytes.TrimSpace(comment), []byte("="))
	if ok && len(r.header) < 50 && len(name) < 60 && len(value) < 200 {
		value = bytes.Trim(bytes.TrimSpace(value), `"'`)
		r.header[string(bytes.TrimSpace(name))] = string(appendDecoded(nil, value, r.marked))
	}
}

// attributeOf reads one attribute of a start tag. It is nothing when the tag does not have it, or is not well formed.
func attributeOf(attrs []byte, name string) []byte {
	for {
		attrs = bytes.TrimLeft(attrs, " \t\r\n")
		i := bytes.IndexByte(attrs, '=')
		if i < 0 {
			return nil
		}
		key, rest := bytes.TrimSpace(attrs[:i]), bytes.TrimLeft(attrs[i+1:], " \t\r\n")
		if len(rest) < 2 || rest[0] != '"' && rest[0] != '\'' {
			return nil
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return nil
		}
		if string(key) == name {
			return rest[1 : 1+end]
		}
		attrs = rest[end+2:]
	}
}

// clip shortens what is shown of a file to those who sent it.
func clip(b []byte) string {
	s := []rune(strings.ToValidUTF8(string(b[:min(len(b), 200)]), "\ufffd"))
	if len(s) > 40 {
		return string(s[:40]) + "…"
	}
	return string(s)
}
