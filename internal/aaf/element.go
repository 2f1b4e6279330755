package aaf

import "bytes"

// element is a part of a record.
type element int

const (
	unknown element = iota
	record
	operational
	identifier
	attributes
	modifications
	attr
	modification
	value
	id
)

func elementOf(name []byte) element {
	switch string(name) {
	case "value":
		return value
	case "attr":
		return attr
	case "modification":
		return modification
	case "id":
		return id
	case "identifier":
		return identifier
	case "operationalAttributes":
		return operational
	case "attributes":
		return attributes
	case "modifications":
		return modifications
	}
	return unknown
}

// belongs says which part may stand within which.
func (e element) belongs(in element, op Operation) bool {
	switch e {
	case value:
		return in == attr || in == modification
	case attr:
		return in == attributes || in == operational
	case modification:
		return in == modifications
	case id:
		return in == identifier
	case operational, identifier:
		return in == record
	case attributes:
		return in == record && op == Add
	case modifications:
		return in == record && op == Modify
	}
	return false
}

// read reads the record that has begun, up to its end.
func (r *Reader) read() error {
	r.within = append(r.within[:0], record)
	start := 0 // of the value being read, in the record's bytes
	for {
		t, err := r.lex.next()
		if err != nil {
			return err
		}
		switch t.kind {
		case endOfFile:
			return r.lex.fail("le fichier est incomplet : il s’arrête au milieu d’un enregistrement")
		case startTag:
			e := elementOf(t.name)
			if err := r.enter(e, t); err != nil {
				return err
			}
			start = len(r.record.bytes)
			if t.empty {
				if err := r.leave(e, start); err != nil {
					return err
				}
				continue
			}
			r.within = append(r.within, e)
		case text:
			if err := r.collect(t, start); err != nil {
				return err
			}
		case endTag:
			in := r.within[len(r.within)-1]
			if in == record {
				if string(t.name) != string(r.record.Operation) {
					return r.lex.fail("une balise se ferme sans avoir été ouverte : « " + clip(t.name) + " »")
				}
				return r.whole()
			}
			if elementOf(t.name) != in {
				return r.lex.fail("« " + clip(t.name) + " » se ferme avant ce qu’il contient")
			}
			r.within = r.within[:len(r.within)-1]
			if err := r.leave(in, start); err != nil {
				return err
			}
		}
	}
}

func (r *Reader) enter(e element, t *token) error {
	in := r.within[len(r.within)-1]
	if !e.belongs(in, r.record.Operation) {
		return r.lex.fail("« " + clip(t.name) + " » n’a pas sa place dans un enregistrement, ou pas à cet endroit")
	}
	if e != attr && e != modification || in == operational {
		return nil
	}
	named := attributeOf(t.attrs, "name")
	if len(bytes.TrimSpace(named)) == 0 {
		return r.lex.fail("un attribut n’a pas de nom")
	}
	if e == modification {
		if op := attributeOf(t.attrs, "operation"); len(op) > 0 && string(op) != "replace" {
			return r.lex.fail("une modification demande « " + clip(op) + " », que le format ne connaît pas")
		}
	}
	if len(r.record.attributes) >= maxAttributes {
		return r.lex.fail("un enregistrement a trop d’attributs")
	}
	n := len(r.record.spans)
	r.record.attributes = append(r.record.attributes, attribute{r.intern(named), r.lex.line, n, n})
	return nil
}

// collect keeps the text of values; between elements only blanks may stand.
func (r *Reader) collect(t *token, start int) error {
	if in := r.within[len(r.within)-1]; in != value && in != id {
		if !blanks(t.text) {
			return r.lex.fail("un texte se trouve hors de toute valeur")
		}
		return nil
	}
	r.record.bytes = appendText(r.record.bytes, t, r.marked)
	if len(r.record.bytes)-start > maxValue {
		return r.lex.fail("une valeur est trop longue pour un annuaire")
	}
	if len(r.record.bytes) > maxRecord {
		return r.lex.fail("un enregistrement est trop long pour un annuaire")
	}
	return nil
}

// leave takes a value or an identifier that has ended.
func (r *Reader) leave(e element, start int) error {
	if e != value && e != id {
		return nil
	}
	rec := &r.record
	rec.bytes = settle(rec.bytes, start)
	v := rec.bytes[start:]
	switch {
	case e == id:
		rec.ID = string(v)
	case r.within[len(r.within)-2] == operational:
		rec.Category = Category(r.intern(v))
	case len(v) > 0:
		if len(rec.spans) >= maxValues {
			return r.lex.fail("un enregistrement a trop de valeurs")
		}
		rec.spans = append(rec.spans, len(rec.bytes))
		rec.attributes[len(rec.attributes)-1].last = len(rec.spans)
		return nil
	}
	rec.bytes = rec.bytes[:start]
	return nil
}

// whole judges the record at its end.
func (r *Reader) whole() error {
	if r.record.Category == "" {
		return r.lex.fail("un enregistrement ne dit pas sa catégorie")
	}
	if r.record.ID == "" {
		return r.lex.fail("un enregistrement n’a pas d’identifiant")
	}
	r.record.keep()
	return nil
}
