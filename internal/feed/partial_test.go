package feed_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/feed"
)

// academy is what a rectorat knows, from one day to the next.
type academy struct {
	draw   *rand.Rand
	next   int
	pupils map[int]*feed.Pupil
	adults map[int]*feed.Relative
	staff  map[int]*feed.Staff
}

var homes = []string{college, lycee, sibling}

func (a *academy) key() int { a.next++; return a.next }

func (a *academy) pick(keys []int) int { return keys[a.draw.IntN(len(keys))] }

func keysOf[V any](m map[int]V) []int {
	var keys []int
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func newAcademy(seed uint64) *academy {
	a := &academy{draw: rand.New(rand.NewPCG(seed, seed)), pupils: map[int]*feed.Pupil{}, adults: map[int]*feed.Relative{}, staff: map[int]*feed.Staff{}}
	for range 14 {
		a.family()
	}
	for range 6 {
		a.hire()
	}
	return a
}

func (a *academy) adult() int {
	k := a.key()
	a.adults[k] = &feed.Relative{Person: feed.Person{Key: strconv.Itoa(k), GivenName: "Parent", FamilyName: fmt.Sprint("Nom", k)}}
	return k
}

// family adds one to three children, often in different schools, with their parents and sometimes somebody who is only called.
func (a *academy) family() {
	parents := []int{a.adult()}
	if a.draw.IntN(3) > 0 {
		parents = append(parents, a.adult())
	}
	for range 1 + a.draw.IntN(3) {
		k := a.key()
		p := &feed.Pupil{Person: feed.Person{Key: strconv.Itoa(k), GivenName: "Enfant", FamilyName: fmt.Sprint("Nom", parents[0]), BirthDate: date("2013-02-02").AddDate(0, 0, k)},
			Level: "6EME"}
		a.settle(p)
		for i, who := range parents {
			p.Ties = append(p.Ties, feed.Tie{Relative: strconv.Itoa(who), Link: 10 * (i + 1), Legal: 1, Pays: i == 0})
		}
		if a.draw.IntN(4) == 0 {
			p.Ties = append(p.Ties, feed.Tie{Relative: strconv.Itoa(a.adult()), Link: 38, Contact: true})
		}
		a.pupils[k] = p
	}
}

func (a *academy) settle(p *feed.Pupil) {
	p.Home = homes[a.draw.IntN(len(homes))]
	p.Classes = []feed.Place{{Structure: p.Home, Code: []string{"6A", "6B", "6C"}[a.draw.IntN(3)]}}
	p.Groups = nil
	if a.draw.IntN(3) == 0 {
		p.Groups = []feed.Place{{Structure: p.Home, Code: "LATIN"}}
	}
	if a.draw.IntN(8) == 0 {
		p.Classes = append(p.Classes, feed.Place{Structure: homes[a.draw.IntN(len(homes))], Code: "ULIS"})
	}
}

func (a *academy) hire() {
	k := a.key()
	p := &feed.Staff{Person: feed.Person{Key: strconv.Itoa(k), GivenName: "Prof", FamilyName: fmt.Sprint("Nom", k)}}
	a.post(p)
	a.staff[k] = p
}

func (a *academy) post(p *feed.Staff) {
	p.Functions, p.Lessons, p.Forms = nil, nil, nil
	for range 1 + a.draw.IntN(2) {
		home := homes[a.draw.IntN(len(homes))]
		p.Functions = append(p.Functions, feed.Function{Structure: home, Code: []string{"ENS", "DIR", "EDU", "XYZ"}[a.draw.IntN(4)], Label: "FONCTION"})
		p.Lessons = append(p.Lessons, feed.Lesson{Structure: home, Class: []string{"6A", "6B"}[a.draw.IntN(2)], Subject: "020700"})
	}
	if a.draw.IntN(2) == 0 {
		p.Forms = []feed.Place{{Structure: p.Functions[0].Structure, Code: "6A"}}
	}
}

// day lets a night pass in the life of the academy, and says what happened.
func (a *academy) day() string {
	events := []struct {
		name string
		do   func()
	}{
		{"a class is changed", func() { p := a.pupils[a.pick(keysOf(a.pupils))]; p.Classes[0].Code = "6C" }},
		{"a pupil moves", func() { a.settle(a.pupils[a.pick(keysOf(a.pupils))]) }},
		{"a pupil leaves", func() { delete(a.pupils, a.pick(keysOf(a.pupils))) }},
		{"a family leaves", func() {
			for _, t := range a.pupils[a.pick(keysOf(a.pupils))].Ties {
				k, _ := strconv.Atoi(t.Relative)
				delete(a.adults, k)
				for child, p := range a.pupils {
					if slices.ContainsFunc(p.Ties, func(o feed.Tie) bool { return o.Relative == t.Relative }) {
						delete(a.pupils, child)
					}
				}
			}
		}},
		{"a family comes", a.family},
		{"a tie is taken away", func() { p := a.pupils[a.pick(keysOf(a.pupils))]; p.Ties = p.Ties[:max(0, len(p.Ties)-1)] }},
		{"a tie changes", func() {
			if p := a.pupils[a.pick(keysOf(a.pupils))]; len(p.Ties) > 0 {
				p.Ties[0].Legal, p.Ties[0].Pays = a.draw.IntN(3), !p.Ties[0].Pays
			}
		}},
		{"a tie comes", func() {
			p := a.pupils[a.pick(keysOf(a.pupils))]
			p.Ties = append(p.Ties, feed.Tie{Relative: strconv.Itoa(a.pick(keysOf(a.adults))), Link: 50, Legal: 1})
		}},
		{"a guardian is not described any more", func() { delete(a.adults, a.pick(keysOf(a.adults))) }},
		{"a guardian is called otherwise", func() { a.adults[a.pick(keysOf(a.adults))].FamilyName += " Petit" }},
		{"a pupil is called otherwise", func() { a.pupils[a.pick(keysOf(a.pupils))].GivenName += " Marie" }},
		{"a guardian has no name", func() {
			a.adults[a.pick(keysOf(a.adults))].FamilyName, a.adults[a.pick(keysOf(a.adults))].GivenName = "", ""
		}},
		{"somebody is hired", a.hire},
		{"somebody of the staff changes post", func() { a.post(a.staff[a.pick(keysOf(a.staff))]) }},
		{"somebody of the staff leaves", func() { delete(a.staff, a.pick(keysOf(a.staff))) }},
		{"a pupil goes where nobody knows", func() { a.pupils[a.pick(keysOf(a.pupils))].Home = "9999" }},
	}
	var names []string
	for range 1 + a.draw.IntN(4) {
		if len(a.pupils) < 5 || len(a.adults) < 5 || len(a.staff) < 3 {
			a.family()
			a.hire()
		}
		e := events[a.draw.IntN(len(events))]
		e.do()
		names = append(names, e.name)
	}
	return strings.Join(names, ", ")
}

func (a *academy) rows() (rows []feed.Row) {
	for _, k := range keysOf(a.pupils) {
		p := *a.pupils[k]
		p.Classes, p.Groups, p.Ties = slices.Clone(p.Classes), slices.Clone(p.Groups), slices.Clone(p.Ties)
		rows = append(rows, feed.Row{Operation: feed.Put, File: "Eleve_0000.xml", Pupil: &p})
	}
	for _, k := range keysOf(a.adults) {
		p := *a.adults[k]
		rows = append(rows, feed.Row{Operation: feed.Put, File: "PersRelEleve_0000.xml", Relative: &p})
	}
	for _, k := range keysOf(a.staff) {
		p := *a.staff[k]
		rows = append(rows, feed.Row{Operation: feed.Put, File: "PersEducNat_0000.xml", Staff: &p})
	}
	return rows
}

func (w *world) isPartial(t *testing.T, id uuid.UUID) bool {
	t.Helper()
	return w.query(t, `select partial::text from feed where id = $1`, id) == "true"
}

// said is all that the report of a feed says.
func (w *world) said(t *testing.T, id uuid.UUID) []string {
	t.Helper()
	var lines []string
	for scope, p := range w.parts(t, id) {
		p.Feed, p.CheckedAt = uuid.Nil, time.Time{}
		lines = append(lines, fmt.Sprintf("%d %+v", scope, p))
	}
	slices.Sort(lines)
	found := w.query(t, `select string_agg(concat_ws(' ', tenant_id, kind, number, key, name, detail, file, line), E'\n' order by tenant_id, kind, number) from feed_finding where feed_id = $1`, id)
	return append(lines, strings.Split(found, "\n")...)
}

func diff(a, b []string) (out []string) {
	for _, l := range a {
		if !slices.Contains(b, l) {
			out = append(out, "- "+l)
		}
	}
	for _, l := range b {
		if !slices.Contains(a, l) {
			out = append(out, "+ "+l)
		}
	}
	return out
}

// TestWhatDiffersIsEnough lets an academy live, and has each day's feed compared twice: with the feed before, and whole. Both say
// the same, and once what differs is applied the whole finds nothing more.
func TestWhatDiffersIsEnough(t *testing.T) {
	partial, days := 0, 0
	seeds := uint64(2)
	if n, err := strconv.ParseUint(os.Getenv("ELYCO_TEST_SEEDS"), 10, 64); err == nil {
		seeds = n
	}
	for seed := range seeds {
		w := newWorld(t)
		w.limits.GonePercent, w.limits.TiesPercent = 100, 100
		if seed%2 == 1 { // parts are held back now and then
			w.limits.GonePercent, w.limits.TiesPercent = 4, 8
		}
		a := newAcademy(seed)
		w.apply(t, w.complete(a.rows()))
		for range 6 {
			days++
			events := a.day()
			src := w.complete(a.rows())
			some, _ := w.mustCheck(t, src)
			saidSome, was := w.said(t, some), w.isPartial(t, some)
			src.header.Whole = true
			all, _ := w.mustCheck(t, src)
			if d := diff(w.said(t, all), saidSome); len(d) > 0 {
				t.Fatalf("seed %d, partial %t, after %s:\n%s", seed, was, events, strings.Join(d, "\n"))
			}
			if w.isPartial(t, all) {
				t.Fatal("what was asked for whole was not compared whole")
			}
			src.header.Whole = false
			if was {
				partial++
			}
			w.apply(t, src)
			src.header.Whole = true
			id, parts := w.mustCheck(t, src)
			for _, p := range parts {
				if p.Changes() && p.State != feed.PartHeld {
					t.Fatalf("seed %d, partial %t, after %s: the whole still finds %s", seed, was, events, strings.Join(w.said(t, id), "\n"))
				}
			}
		}
	}
	if partial < days/2 {
		t.Errorf("only %d of %d feeds were compared by what differs", partial, days)
	}
	t.Logf("%d of %d feeds were compared by what differs", partial, days)
}

func (w *world) force(t *testing.T, sql string) {
	t.Helper()
	if _, err := w.As(t, "postgres").Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}

// TestNothingIsLeantOnThatChanged has all of a feed compared where what records hang on is not what it was.
func TestNothingIsLeantOnThatChanged(t *testing.T) {
	for name, c := range map[string]struct {
		change func(t *testing.T, w *world)
		whole  bool
	}{
		"nothing": {func(*testing.T, *world) {}, false},
		"a function": {func(t *testing.T, w *world) {
			w.force(t, `update feed_function set profile = 'librarian' where code = 'ENS'`)
		}, true},
		"a class": {func(t *testing.T, w *world) {
			w.force(t, `with m as (delete from class_member where class_id in (select id from class where source_key = 'ULIS')) delete from class where source_key = 'ULIS'`)
		}, true},
		"a year": {func(t *testing.T, w *world) {
			w.Exec(t, `update school_year set starts_on = starts_on + 400, ends_on = ends_on + 400 where tenant_id = $1`, int64(w.College.ID))
		}, true},
		"who gets an account": {func(_ *testing.T, w *world) { w.limits.InCharge = true }, true},
		"a delta between":     {func(t *testing.T, w *world) { w.apply(t, w.delta(relative("101", "Anne-Marie", "Martin"))) }, true},
		"a week": {func(t *testing.T, w *world) {
			w.Exec(t, `update feed set whole_at = whole_at - interval '8 days'`)
		}, true},
		"two records of one key": {func(t *testing.T, w *world) {}, true},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.apply(t, w.usual())
			c.change(t, w)
			src := w.usual()
			if name == "two records of one key" {
				src.rows = append(src.rows, relative("101", "Autre", "Personne"))
			}
			id, _ := w.mustCheck(t, src)
			if w.isPartial(t, id) == c.whole {
				t.Errorf("compared by what differs: %t", !c.whole)
			}
		})
	}
}

// TestAPartThatWaitsIsComparedAgain holds that who is missing where a part is held back is not forgotten by the next feed.
func TestAPartThatWaitsIsComparedAgain(t *testing.T) {
	w := newWorld(t)
	w.apply(t, w.usual())
	w.limits.GonePercent = 1
	short := w.usual()
	short.rows = slices.DeleteFunc(short.rows, func(r feed.Row) bool { return r.Pupil != nil && r.Pupil.Key == "3" })
	for range 3 {
		id, parts := w.mustCheck(t, short)
		if p := parts[w.College.ID]; p.State != feed.PartHeld || p.Gone != 1 || !w.isPartial(t, id) {
			t.Fatalf("the part is %+v", p)
		}
		w.applied(t, id)
	}
	if _, parts := w.mustCheck(t, w.usual()); parts[w.College.ID].Changes() {
		t.Errorf("who was never taken away comes back: %+v", parts[w.College.ID])
	}
}

func TestEverythingOfARecordCounts(t *testing.T) {
	w := newWorld(t)
	w.apply(t, w.usual())
	seen := map[string]bool{}
	for i, r := range w.usual().rows {
		for name, changed := range variants(r) {
			seen[name] = true
			src := w.usual()
			src.rows[i] = changed
			id, _ := w.mustCheck(t, src)
			if n := w.query(t, `select count(*)::text from staged_person where feed_id = $1 and key = $2 and operation = 'put'`, id, keyOf(changed)); n != "1" {
				t.Errorf("%s of %s is not noticed", name, keyOf(changed))
			}
		}
	}
	if len(seen) < 20 {
		t.Errorf("only %d fields were tried: %v", len(seen), seen)
	}
}

func keyOf(r feed.Row) string {
	switch {
	case r.Pupil != nil:
		return r.Pupil.Key
	case r.Relative != nil:
		return r.Relative.Key
	}
	return r.Staff.Key
}

// variants are copies of the first records of each kind, each with one field that is another.
func variants(r feed.Row) map[string]feed.Row {
	out := map[string]feed.Row{}
	switch {
	case r.Pupil != nil && r.Pupil.Key == "5":
		each(*r.Pupil, func(name string, p feed.Pupil) { out["pupil "+name] = feed.Row{Operation: feed.Put, Pupil: &p} })
	case r.Relative != nil && r.Relative.Key == "101":
		each(*r.Relative, func(name string, p feed.Relative) {
			out["relative "+name] = feed.Row{Operation: feed.Put, Relative: &p}
		})
	case r.Staff != nil && r.Staff.Key == "201":
		p := *r.Staff
		p.Forms = []feed.Place{{Structure: college, Code: "6A"}}
		out["staff Forms"] = feed.Row{Operation: feed.Put, Staff: &p}
		each(*r.Staff, func(name string, p feed.Staff) { out["staff "+name] = feed.Row{Operation: feed.Put, Staff: &p} })
	}
	return out
}

// each calls see with copies of v in each of which one field is another, those of what it holds too; keys stay.
func each[T any](v T, see func(name string, changed T)) {
	var walk func(path string, at func(root reflect.Value) reflect.Value, t reflect.Type)
	walk = func(path string, at func(reflect.Value) reflect.Value, t reflect.Type) {
		change := func(set func(f reflect.Value)) {
			root := reflect.New(reflect.TypeFor[T]()).Elem()
			root.Set(reflect.ValueOf(v))
			deepen(root)
			set(at(root))
			see(path, root.Interface().(T))
		}
		switch {
		case t == reflect.TypeFor[time.Time]():
			change(func(f reflect.Value) { f.Set(reflect.ValueOf(date("1999-09-09"))) })
		case t.Kind() == reflect.Struct:
			for i := range t.NumField() {
				if path == "" && t.Field(i).Name == "Key" || path == ".Person" && t.Field(i).Name == "Key" {
					continue
				}
				walk(path+"."+t.Field(i).Name, func(r reflect.Value) reflect.Value { return at(r).Field(i) }, t.Field(i).Type)
			}
		case t.Kind() == reflect.Slice:
			if at(reflect.ValueOf(v)).Len() > 0 {
				walk(path+"[0]", func(r reflect.Value) reflect.Value { return at(r).Index(0) }, t.Elem())
			}
		case t.Kind() == reflect.String:
			change(func(f reflect.Value) { f.SetString(f.String() + "x") })
		case t.Kind() == reflect.Int:
			change(func(f reflect.Value) { f.SetInt(f.Int() + 1) })
		case t.Kind() == reflect.Bool:
			change(func(f reflect.Value) { f.SetBool(!f.Bool()) })
		}
	}
	walk("", func(r reflect.Value) reflect.Value { return r }, reflect.TypeFor[T]())
}

// deepen gives a copy slices of its own.
func deepen(v reflect.Value) {
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Slice {
			own := reflect.MakeSlice(f.Type(), f.Len(), f.Len())
			reflect.Copy(own, f)
			f.Set(own)
		}
	}
}
