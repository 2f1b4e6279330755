package classes

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/web"
	"elyco/internal/words"
)

type subjectTyped struct {
	subject *Subject
	wrong   map[string]string
}

func (r *Room) getSubjects(c *fiber.Ctx) error { return r.showSubjects(c, subjectTyped{}) }

func (r *Room) showSubjects(c *fiber.Ctx, t subjectTyped) error {
	list, err := r.Subjects(c.UserContext())
	if err != nil {
		return err
	}
	may := r.mayManage(c)
	body := subjectsPage(shapeSubjects(c.UserContext(), list, may, c.Query("edit"), t))
	if t.wrong != nil {
		return web.Retry(c, titled(c, "classes.subjects"), body)
	}
	return web.Show(c, titled(c, "classes.subjects"), body)
}

func (r *Room) getSubjectsExport(c *fiber.Ctx) error {
	ctx := c.UserContext()
	list, err := r.Subjects(ctx)
	if err != nil {
		return err
	}
	return web.SendTable(c, "matieres.csv", tableOfSubjects(ctx, list))
}

type subjectForm struct {
	ID    uuid.UUID `form:"id"`
	Code  string    `form:"code"`
	Label string    `form:"label"`
	Short string    `form:"short"`
}

func (r *Room) postSubject(c *fiber.Ctx) error {
	form, err := web.Decode[subjectForm](c)
	if err != nil {
		return err
	}
	if form.ID == uuid.Nil {
		return fault.Missing()
	}
	s := Subject{ID: form.ID, Code: form.Code, Label: form.Label, Short: form.Short}
	return r.afterSubjects(c, r.Name(c.UserContext(), []Subject{s}), subjectTyped{subject: &s})
}

func (r *Room) afterSubjects(c *fiber.Ctx, err error, t subjectTyped) error {
	if t.wrong = refused(err); t.wrong != nil {
		return r.showSubjects(c, t)
	}
	if err != nil {
		return err
	}
	return web.Done(c, home+"/subjects", words.T(c.UserContext(), "classes.saved"))
}

type essentialsForm struct {
	Code []string `form:"code"`
}

// postEssentials adds the subjects of the national list that were ticked.
func (r *Room) postEssentials(c *fiber.Ctx) error {
	form, err := web.Decode[essentialsForm](c)
	if err != nil {
		return err
	}
	have, err := r.Subjects(c.UserContext())
	if err != nil {
		return err
	}
	var list []Subject
	for _, s := range missing(have) {
		if slices.Contains(form.Code, s.Code) {
			s.ID = school.NewID()
			list = append(list, s)
		}
	}
	return r.afterSubjects(c, r.Name(c.UserContext(), list), subjectTyped{})
}

func (r *Room) postForget(c *fiber.Ctx) error {
	id, err := idOf(c)
	if err != nil {
		return err
	}
	if _, err := web.Decode[emptyForm](c); err != nil {
		return err
	}
	return r.afterSubjects(c, r.Forget(c.UserContext(), id), subjectTyped{})
}

// asked is how the grid is looked at.
type asked struct {
	Year  uuid.UUID
	By    string // "teacher", or "" for the grid of classes
	Level string
	wrong map[string]string
	undo  []string
}

func askedIn(c *fiber.Ctx) asked {
	a := asked{Year: yearOf(c), By: c.Query("by"), Level: c.Query("level")}
	a.undo = strings.FieldsFunc(c.Query("dropped"), func(r rune) bool { return r == ',' })
	return a
}

func (r *Room) getTeachings(c *fiber.Ctx) error { return r.showTeachings(c, askedIn(c)) }

func (r *Room) showTeachings(c *fiber.Ctx, a asked) error {
	t, err := r.Teachings(c.UserContext(), a.Year)
	if err != nil {
		return err
	}
	body := teachingsPage(shapeTeachings(c.UserContext(), t, a, r.mayManage(c)))
	if a.wrong != nil {
		return web.Retry(c, titled(c, "classes.teachings"), body)
	}
	return web.Show(c, titled(c, "classes.teachings"), body)
}

func (r *Room) getTeachingsExport(c *fiber.Ctx) error {
	ctx := c.UserContext()
	t, err := r.Teachings(ctx, yearOf(c))
	if err != nil {
		return err
	}
	return web.SendTable(c, "enseignements.csv", tableOfTeachings(ctx, t.All))
}

// teachingForm says one subject and one teacher for some classes and groups, "class:<id>" or "group:<id>"; or whole lines,
// when an assignment that was taken back is given again.
type teachingForm struct {
	Subject string   `form:"subject"`
	Teacher string   `form:"teacher"`
	Unit    []string `form:"unit"`
	Line    []string `form:"line"`
}

func (r *Room) postTeachings(c *fiber.Ctx) error {
	form, err := web.Decode[teachingForm](c)
	if err != nil {
		return err
	}
	sent := form.Line
	if len(sent) == 0 {
		wrong := fault.Fields{}
		if form.Subject == "" {
			wrong.Add("subject", "Choisissez une matière.")
		}
		if form.Teacher == "" {
			wrong.Add("teacher", "Choisissez un enseignant.")
		}
		if err = wrong.OrNil(); err != nil {
			return r.againTeachings(c, err)
		}
		for _, u := range form.Unit {
			sent = append(sent, form.Subject+":"+form.Teacher+":"+u)
		}
	}
	list, err := readLines(sent)
	if err == nil {
		err = r.Assign(c.UserContext(), list)
	}
	if err != nil {
		return r.againTeachings(c, err)
	}
	return web.Done(c, home+"/teachings", words.N(c.UserContext(), "classes.assigned", len(list)))
}

func (r *Room) againTeachings(c *fiber.Ctx, err error) error {
	if wrong := refused(err); wrong != nil {
		return r.showTeachings(c, asked{wrong: wrong})
	}
	return err
}

type linesForm struct {
	Line []string `form:"line"`
}

func (r *Room) postUnassigned(c *fiber.Ctx) error {
	form, err := web.Decode[linesForm](c)
	if err != nil {
		return err
	}
	list, err := readLines(form.Line)
	if err == nil {
		err = r.Unassign(c.UserContext(), list)
	}
	if err != nil {
		return r.againTeachings(c, err)
	}
	const remembered = 12 // addresses have their limits
	var back []string
	for _, l := range list[:min(len(list), remembered)] {
		back = append(back, l.String())
	}
	return web.Done(c, home+"/teachings?by=teacher&dropped="+strings.Join(back, ","), words.N(c.UserContext(), "classes.unassigned", len(list)))
}
