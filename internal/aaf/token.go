package aaf

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
)

// The bounds of what a feed may hold; the largest real values have some hundred bytes.
const (
	chunk     = 1 << 20
	maxToken  = 256 << 10 // bytes of a tag, a text or a comment
	maxSubset = 64 << 10  // bytes of a document type
)

// SyntaxError is a file that is not a feed, or not a whole one.
type SyntaxError struct {
	File  string // empty when the file was read on its own
	Line  int    // zero when the fault is of the file as a whole
	Words string // in French, for who sent the file
}

func (e *SyntaxError) Error() string { return at(e.File, e.Line) + e.Words }

// at says where something stands, as far as that is known.
func at(file string, line int) string {
	switch {
	case file != "" && line > 0:
		return fmt.Sprintf("%s, ligne %d : ", file, line)
	case file != "":
		return file + " : "
	case line > 0:
		return fmt.Sprintf("ligne %d : ", line)
	}
	return ""
}

const (
	cutShort = "le fichier est incomplet : il s’arrête au milieu d’un élément"
	tooLong  = "un élément est trop long pour un annuaire"
)

type kind int

const (
	endOfFile kind = iota
	startTag
	endTag
	text
	comment
)

// token is a piece of the file; its bytes are valid until the next one is read.
type token struct {
	kind  kind
	name  []byte // of a tag
	attrs []byte // of a start tag, as written
	text  []byte // of a text or a comment, as written
	cdata bool   // the text is meant as it stands
	empty bool   // the start tag is its own end
}

// lexer cuts the dialect of XML in which feeds are written: no namespaces, and nothing that the document type could define.
type lexer struct {
	r    io.Reader
	buf  []byte
	pos  int // of what comes next in buf
	end  int // of what was read into buf
	line int
	eof  bool

	token token // the one cut last
}

func newLexer(r io.Reader) *lexer { return &lexer{r: r, buf: make([]byte, chunk), line: 1} }

func (l *lexer) fail(words string) error { return &SyntaxError{Line: l.line, Words: words} }

// more reads on and keeps what begins at pos. It reports false at the end of the file.
func (l *lexer) more() (bool, error) {
	if l.eof {
		return false, nil
	}
	if l.pos > 0 {
		copy(l.buf, l.buf[l.pos:l.end])
		l.end -= l.pos
		l.pos = 0
	}
	if l.end == len(l.buf) {
		return false, l.fail(tooLong)
	}
	for range 100 {
		n, err := l.r.Read(l.buf[l.end:])
		l.end += n
		if broken(err) {
			return false, l.fail("le fichier est incomplet : l’archive qui le contient est coupée ou abîmée")
		}
		if err == io.EOF {
			l.eof = true
			return n > 0, nil
		}
		if err != nil {
			return false, fmt.Errorf("read a feed: %w", err)
		}
		if n > 0 {
			return true, nil
		}
	}
	return false, io.ErrNoProgress
}

// broken reports whether a reading failed because an archive is not what it was.
func broken(err error) bool {
	var packed flate.CorruptInputError
	return errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, zip.ErrChecksum) || errors.As(err, &packed)
}

// find looks for sep from seen bytes after pos on, reading on as needed, and returns its distance from pos.
func (l *lexer) find(sep string, seen int) (int, error) {
	for {
		i := -1
		if len(sep) == 1 {
			i = bytes.IndexByte(l.buf[l.pos+seen:l.end], sep[0])
		} else {
			i = bytes.Index(l.buf[l.pos+seen:l.end], []byte(sep))
		}
		if i >= 0 {
			seen += i
		} else {
			seen = max(seen, l.end-l.pos-len(sep)+1)
		}
		if seen > maxToken {
			return 0, l.fail(tooLong)
		}
		if i >= 0 {
			return seen, nil
		}
		ok, err := l.more()
		if err != nil {
			return 0, err
		}
		if !ok {
			return 0, l.fail(cutShort)
		}
	}
}

func (l *lexer) advance(n int) []byte {
	piece := l.buf[l.pos : l.pos+n]
	l.line += bytes.Count(piece, []byte{'\n'})
	l.pos += n
	return piece
}

// fill reads on until n bytes lie ahead, or the file has ended.
func (l *lexer) fill(n int) error {
	for l.end-l.pos < n {
		if ok, err := l.more(); !ok {
			return err
		}
	}
	return nil
}

// ahead reports whether the file goes on with prefix.
func (l *lexer) ahead(prefix string) (bool, error) {
	err := l.fill(len(prefix))
	return err == nil && bytes.HasPrefix(l.buf[l.pos:l.end], []byte(prefix)), err
}

// next cuts the next token. Declarations, processing instructions and the document type are passed over.
func (l *lexer) next() (*token, error) {
	for {
		if l.end-l.pos < 2 {
			if err := l.fill(2); err != nil {
				return nil, err
			}
		}
		if l.pos == l.end {
			l.token = token{kind: endOfFile}
			return &l.token, nil
		}
		if l.buf[l.pos] != '<' {
			return l.characters()
		}
		if l.end-l.pos < 2 {
			return nil, l.fail(cutShort)
		}
		if c := l.buf[l.pos+1]; c != '!' && c != '?' {
			return l.tag()
		}
		passed, err := l.markup()
		if err != nil {
			return nil, err
		}
		if !passed {
			return &l.token, nil
		}
	}
}

// characters cuts the text up to the next tag, or to the end of the file.
func (l *lexer) characters() (*token, error) {
	seen := 0
	for {
		if i := bytes.IndexByte(l.buf[l.pos+seen:l.end], '<'); i >= 0 {
			return l.cut(token{kind: text, text: l.advance(seen + i)})
		}
		if seen = l.end - l.pos; seen > maxToken {
			return nil, l.fail(tooLong)
		}
		ok, err := l.more()
		if err != nil {
			return nil, err
		}
		if !ok {
			return l.cut(token{kind: text, text: l.advance(l.end - l.pos)})
		}
	}
}

func (l *lexer) cut(t token) (*token, error) {
	l.token = t
	return &l.token, nil
}

// markup cuts what begins with "<!" or "<?". passed tells that it is none of the reader's business.
func (l *lexer) markup() (passed bool, err error) {
	for _, m := range []struct{ opens, closes string }{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}} {
		is, err := l.ahead(m.opens)
		if err != nil {
			return false, err
		}
		if !is {
			continue
		}
		l.advance(len(m.opens))
		n, err := l.find(m.closes, 0)
		if err != nil {
			return false, err
		}
		inner := l.advance(n + len(m.closes))[:n]
		switch m.opens {
		case "<!--":
			l.token = token{kind: comment, text: inner}
			return false, nil
		case "<![CDATA[":
			l.token = token{kind: text, text: inner, cdata: true}
			return false, nil
		}
		return true, nil
	}
	return true, l.documentType()
}

// documentType passes over the document type. A feed's names its definition and no more: what would define something
// itself is refused, so that nothing has to be said of how far it may grow.
func (l *lexer) documentType() error {
	var quote byte
	for n := 0; ; n++ {
		if n > maxSubset {
			return l.fail("la déclaration du type de document est trop longue")
		}
		if err := l.fill(n + 1); err != nil {
			return err
		}
		if l.pos+n >= l.end {
			return l.fail(cutShort)
		}
		switch c := l.buf[l.pos+n]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '[':
			return l.fail("le fichier définit ses propres entités ou éléments, ce qu’un annuaire ne fait jamais ; il n’a pas été lu")
		case c == '>':
			l.advance(n + 1)
			return nil
		}
	}
}

// tag cuts a start or an end tag. A ">" within quotes does not end it.
func (l *lexer) tag() (*token, error) {
	n, err := l.find(">", 0)
	for err == nil && openQuote(l.buf[l.pos:l.pos+n]) {
		n, err = l.find(">", n+1)
	}
	if err != nil {
		return nil, err
	}
	inner := l.advance(n + 1)[1:n]
	t := &l.token
	*t = token{kind: startTag}
	if len(inner) > 0 && inner[0] == '/' {
		t.kind, inner = endTag, inner[1:]
	} else if len(inner) > 0 && inner[len(inner)-1] == '/' {
		t.empty, inner = true, inner[:len(inner)-1]
	}
	t.name = inner
	for i, c := range inner {
		if blank(c) {
			t.name, t.attrs = inner[:i], bytes.TrimSpace(inner[i:])
			break
		}
	}
	if len(t.name) == 0 || t.kind == endTag && len(t.attrs) > 0 || bytes.IndexByte(inner, '<') >= 0 {
		return nil, l.fail("une balise est mal formée")
	}
	return t, nil
}

// openQuote reports whether a quotation is still open at the end of what begins a tag.
func openQuote(b []byte) bool {
	var quote byte
	for _, c := range b {
		switch {
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case c == quote:
			quote = 0
		}
	}
	return quote != 0
}

func blank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// blanks reports whether nothing but blanks stands in a text.
func blanks(b []byte) bool {
	for _, c := range b {
		if !blank(c) {
			return false
		}
	}
	return true
}
