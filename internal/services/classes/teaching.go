package classes

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/words"
)

// Teaching says that a teacher teaches a subject to a class or to a group.
type Teaching struct {
	ID      uuid.UUID
	Subject Subject
	Teacher school.PersonID
	Given   string
	Family  string
	Kind    Kind
	Unit    uuid.UUID
	Name    string // of the class or the group
	Level   string
}

// TeacherName is how grids name the teacher: family name first.
func (t Teaching) TeacherName() string { return t.Family + " " + t.Given }

// line names what an assignment says, in forms: the subject, the teacher, "class" or "group", its id.
type line struct {
	subject, teacher uuid.UUID
	kind             Kind
	unit             uuid.UUID
}

func (l line) String() string {
	return strings.Join([]string{l.subject.String(), l.teacher.String(), string(l.kind), l.unit.String()}, ":")
}

func (t Teaching) line() line { return line{t.Subject.ID, t.Teacher.UUID, t.Kind, t.Unit} }

// readLines reads what a form sends; what no page shows is refused.
func readLines(sent []string) ([]line, error) {
	if len(sent) == 0 {
		return nil, fault.Field("unit", "Choisissez au moins une classe ou un groupe.")
	}
	if len(sent) > most {
		return nil, fault.Field("unit", "Choisissez 200 lignes au plus à la fois.")
	}
	list := make([]line, len(sent))
	for i, s := range sent {
		parts := strings.Split(s, ":")
		if len(parts) != 4 || Kind(parts[2]) != Class && Kind(parts[2]) != Group {
			return nil, fault.Missing()
		}
		var ids [3]uuid.UUID
		for j, part := range []string{parts[0], parts[1], parts[3]} {
			id, err := uuid.Parse(part)
			if err != nil {
				return nil, fault.Missing()
			}
			ids[j] = id
		}
		list[i] = line{ids[0], ids[1], Kind(parts[2]), ids[2]}
	}
	return list, nil
}

func teachersOf(list []line) []school.PersonID {
	var ids []school.PersonID
	for _, l := range list {
		if p := (school.PersonID{UUID: l.teacher}); !slices.Contains(ids, p) {
			ids = append(ids, p)
		}
	}
	return ids
}

// Grid is who teaches what to the classes of one level: a line for each subject, a column for each class.
type Grid struct {
	Classes  []Unit
	Subjects []Subject
	Cells    map[uuid.UUID]map[uuid.UUID][]Teaching // by subject, by class
}

// gridOf lays the assignments of some classes out. Subjects that none of them has are left out.
func gridOf(classes []Unit, all []Teaching) Grid {
	g := Grid{Classes: classes, Cells: map[uuid.UUID]map[uuid.UUID][]Teaching{}}
	for _, t := range all {
		if t.Kind != Class || !slices.ContainsFunc(classes, func(u Unit) bool { return u.ID == t.Unit }) {
			continue
		}
		if g.Cells[t.Subject.ID] == nil {
			g.Cells[t.Subject.ID] = map[uuid.UUID][]Teaching{}
			g.Subjects = append(g.Subjects, t.Subject)
		}
		g.Cells[t.Subject.ID][t.Unit] = append(g.Cells[t.Subject.ID][t.Unit], t)
	}
	slices.SortFunc(g.Subjects, func(a, b Subject) int { return strings.Compare(words.Fold(a.Label), words.Fold(b.Label)) })
	return g
}

// levelsOf lists the levels of classes, in the order in which they come.
func levelsOf(classes []Unit) []string {
	var list []string
	for _, u := range classes {
		if !slices.Contains(list, u.Level) {
			list = append(list, u.Level)
		}
	}
	return list
}
