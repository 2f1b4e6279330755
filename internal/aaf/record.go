package aaf

// Operation is what a record asks for.
type Operation string

// The operations of the format. A modification replaces all the values of the attributes that it names; a deletion says
// that the source no longer sends the record.
const (
	Add    Operation = "addRequest"
	Modify Operation = "modifyRequest"
	Delete Operation = "deleteRequest"
)

// Category is what a record describes.
type Category string

// The six categories, in the order in which they lean on each other.
const (
	Structures   Category = "EtabEducNat"
	Subjects     Category = "MatEducNat" // MatiereEducNat in file names
	Programmes   Category = "MefEducNat"
	Pupils       Category = "Eleve"
	Relatives    Category = "PersRelEleve"
	StaffMembers Category = "PersEducNat"
)

// Categories lists them in that order.
func Categories() []Category {
	return []Category{Structures, Subjects, Programmes, Pupils, Relatives, StaffMembers}
}

// Record is one request of a feed. The record is valid until the next one is read; the strings that it gives stay.
type Record struct {
	File      string // its name within the feed; empty when it was read on its own
	Operation Operation
	Category  Category
	ID        string // the join key
	Line      int    // where it begins, from 1

	attributes []attribute
	values     []string

	// While the record is read its values are bytes, one after the other; spans says where each ends.
	bytes []byte
	spans []int
}

type attribute struct {
	name        string
	line        int
	first, last int // in values
}

// find looks from the end, so that the last one holds when an attribute is named twice.
func (r *Record) find(name string) *attribute {
	for i := len(r.attributes) - 1; i >= 0; i-- {
		if r.attributes[i].name == name {
			return &r.attributes[i]
		}
	}
	return nil
}

// Has reports whether the record names the attribute, be it without a value.
func (r *Record) Has(name string) bool { return r.find(name) != nil }

// All returns the values of an attribute that are not empty, in their order. The slice is the record's own.
func (r *Record) All(name string) []string {
	if a := r.find(name); a != nil {
		return r.values[a.first:a.last:a.last]
	}
	return nil
}

// One returns the first value of an attribute, or nothing.
func (r *Record) One(name string) string {
	if all := r.All(name); len(all) > 0 {
		return all[0]
	}
	return ""
}

// LineOf tells the line of an attribute, or that of the record when it does not name it.
func (r *Record) LineOf(name string) int {
	if a := r.find(name); a != nil {
		return a.line
	}
	return r.Line
}

// Names lists the attributes that the record names, in their order.
func (r *Record) Names() []string {
	names := make([]string, 0, len(r.attributes))
	for _, a := range r.attributes {
		names = append(names, a.name)
	}
	return names
}

func (r *Record) reset(op Operation, line int) {
	*r = Record{File: r.File, Operation: op, Line: line, attributes: r.attributes[:0], values: r.values[:0], bytes: r.bytes[:0],
		spans: r.spans[:0]}
}

// keep makes strings of what was read: one copy for the whole record, which its values share.
func (r *Record) keep() {
	all := string(r.bytes)
	start := 0
	for _, end := range r.spans {
		r.values = append(r.values, all[start:end])
		start = end
	}
}
