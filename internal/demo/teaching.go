package demo

import (
	"strings"

	"github.com/google/uuid"

	"elyco/internal/school"
)

// gridSubject is a subject of the space as its grids name it.
type gridSubject struct {
	id          uuid.UUID
	label       string
	code, short string // national; "" for what has no code of its own
}

// lesson says that a teacher teaches a subject to a class or to a group.
type lesson struct {
	id      uuid.UUID
	subject uuid.UUID
	teacher *member
	class   *class
	group   *group
}

// national gives the code and the short name of a subject that the national nomenclature has.
func national(label string) (code, short string) {
	switch label {
	case "Français":
		return "020700", "FRANC"
	case "Mathématiques":
		return "061300", "MATHS"
	case "Histoire-géographie":
		return "043700", "HI-GE"
	case "Anglais":
		return "030201", "AGL1"
	case "Espagnol":
		return "030602", "ESP2"
	case "Allemand":
		return "030102", "ALL2"
	case "Latin":
		return "020100", "LATIN"
	case "Sciences de la vie et de la Terre":
		return "062900", "SVT"
	case "Physique-chimie":
		return "062300", "PH-CH"
	case "Technologie":
		return "070800", "TECHN"
	case "Arts plastiques":
		return "090100", "A-PLA"
	case "Éducation musicale":
		return "081300", "EDMUS"
	case "Éducation physique et sportive":
		return "100100", "EPS"
	case "Sciences économiques et sociales":
		return "050700", "SES"
	case "Philosophie":
		return "010300", "PHILO"
	}
	return "", ""
}

// subjectOf tells from the name of a group what is taught there.
func subjectOf(group string) string {
	for ending, label := range map[string]string{"ESP": "Espagnol", "ALL": "Allemand", "LATIN": "Latin", "CHORALE": "Éducation musicale",
		"SES": "Sciences économiques et sociales", "MATHS": "Mathématiques", "PC": "Physique-chimie", "SVT": "Sciences de la vie et de la Terre",
		"HGGSP": "Histoire-géographie"} {
		if strings.HasSuffix(strings.TrimRight(group, " 0123456789"), ending) {
			return label
		}
	}
	return ""
}

// lessons are the subjects and the grid of a pilot; the other schools wait for their own directories.
func (s *space) lessons() ([]gridSubject, []lesson) {
	if !s.tenant.Pilot || len(s.classes) == 0 {
		return nil, nil
	}
	subjects := map[string]uuid.UUID{}
	var list []gridSubject
	for _, sub := range subjectsOf(s.tenant) {
		t := gridSubject{id: s.ids.next(), label: sub.name}
		t.code, t.short = national(sub.name)
		subjects[sub.name] = t.id
		list = append(list, t)
	}
	var lessons []lesson
	for _, m := range s.members {
		subject, teaches := subjects[m.function]
		if m.profile != school.Teacher || !teaches {
			continue
		}
		for _, c := range m.classes {
			lessons = append(lessons, lesson{id: s.ids.next(), subject: subject, teacher: m, class: c})
		}
		for _, g := range m.groups {
			if subjectOf(g.name) == m.function {
				lessons = append(lessons, lesson{id: s.ids.next(), subject: subject, teacher: m, group: g})
			}
		}
	}
	return list, lessons
}

// lessonTables are those of the grid.
func (s *space) lessonTables() []table {
	scope := int64(s.tenant.ID)
	subjects, lessons := s.lessons()
	return []table{
		{"subject", []string{"tenant_id", "id", "code", "label", "short"}, len(subjects),
			func(i int) []any {
				t := subjects[i]
				var code any
				if t.code != "" {
					code = t.code
				}
				return []any{scope, [16]byte(t.id), code, t.label, t.short}
			}},
		{"teaching", []string{"tenant_id", "id", "subject_id", "teacher_id", "class_id", "group_id"}, len(lessons),
			func(i int) []any {
				l := lessons[i]
				var class, group any
				if l.class != nil {
					class = [16]byte(l.class.id)
				} else {
					group = [16]byte(l.group.id)
				}
				return []any{scope, [16]byte(l.id), [16]byte(l.subject), [16]byte(l.teacher.id), class, group}
			}},
	}
}
