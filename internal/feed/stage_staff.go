package feed

import (
	"cmp"
	"slices"
	"strings"

	"elyco/internal/school"
)

// post is what somebody is in one establishment.
type post struct {
	scope   school.ScopeID
	profile school.Profile
}

func (s *stager) staff(r *Row, p *Staff) error {
	if there, err := s.person(r, "staff", p.Person, ""); err != nil || !there || r.Operation == Drop {
		return err
	}
	posts := s.posts(r, p)
	if r.Operation == Put || r.Given.Has(Functions) {
		for _, at := range posts.order {
			if err := s.out.put(stagedMember, s.feed, int64(at.scope), p.Key, string(at.profile), posts.says(at)); err != nil {
				return err
			}
		}
	}
	if err := s.lessons(r, p); err != nil {
		return err
	}
	return s.taught(r, p, posts)
}

// posts gathers the functions of somebody: several of one establishment with one profile are one membership.
type posts struct {
	order  []post
	labels map[post][]string
}

func (s *stager) posts(r *Row, p *Staff) posts {
	all := posts{labels: map[post][]string{}}
	add := func(at post, label string) {
		if !slices.Contains(all.order, at) {
			all.order = append(all.order, at)
		}
		if label != "" && !slices.Contains(all.labels[at], label) {
			all.labels[at] = append(all.labels[at], label)
		}
	}
	for _, f := range p.Functions {
		scope := s.place(r, f.Structure)
		code := strings.ToUpper(strings.TrimSpace(f.Code))
		profile, known := s.functions[code]
		if !known && code != "" {
			profile = school.Administrative
			s.odd = true
			if !s.strange["function "+code] {
				s.strange["function "+code] = true
				s.found.add(Finding{Scope: s.header.Only, Kind: Unnamed, Key: code, Name: f.Label, File: r.File, Line: r.Line})
			}
		}
		if scope == 0 || profile == "" {
			continue
		}
		add(post{scope, profile}, title(cmp.Or(notBlank(f.Discipline), notBlank(f.Label))))
	}
	for _, l := range p.Lessons {
		scope := s.place(r, l.Structure)
		if scope != 0 && r.Operation == Put && !all.anywhere(scope) {
			add(post{scope, school.Teacher}, "")
		}
	}
	return all
}

func (p posts) anywhere(scope school.ScopeID) bool {
	return slices.ContainsFunc(p.order, func(at post) bool { return at.scope == scope })
}

// profile is what somebody is when standing before a class of the establishment.
func (p posts) profile(scope school.ScopeID) school.Profile {
	found := school.Profile("")
	for _, at := range p.order {
		if at.scope == scope && (at.profile == school.Teacher || found == "") {
			found = at.profile
		}
	}
	return cmp.Or(found, school.Teacher)
}

// says names the functions of one membership, in an order that does not hang on that of the feed.
func (p posts) says(at post) string {
	labels := slices.Clone(p.labels[at])
	slices.Sort(labels)
	text := strings.Join(labels, ", ")
	if runes := []rune(text); len(runes) > 120 {
		return string(runes[:119]) + "…"
	}
	return text
}

func (s *stager) lessons(r *Row, p *Staff) error {
	for i, l := range p.Lessons {
		scope := s.place(r, l.Structure)
		code := cmp.Or(l.Class, l.Group)
		if scope == 0 || code == "" || l.Subject == "" || slices.Contains(p.Lessons[:i], l) {
			continue
		}
		err := s.out.put(stagedLesson, s.feed, int64(scope), p.Key, code, l.Class == "", l.Subject, cmp.Or(title(s.subjects[l.Subject]), l.Subject))
		if err != nil {
			return err
		}
	}
	return nil
}

// taught sets down the classes and groups of somebody, each once, with those of which the person is the form teacher.
func (s *stager) taught(r *Row, p *Staff, all posts) error {
	seen := map[classKey]bool{} // and whether it is the person's own
	for _, l := range p.Lessons {
		if scope := s.place(r, l.Structure); scope != 0 && cmp.Or(l.Class, l.Group) != "" {
			seen[classKey{scope, cmp.Or(l.Class, l.Group), l.Class == ""}] = false
		}
	}
	for _, f := range p.Forms {
		if scope := s.place(r, f.Structure); scope != 0 && f.Code != "" {
			seen[classKey{scope, f.Code, false}] = true
		}
	}
	for k, form := range seen {
		s.class(k.scope, k.code, k.grouped)
		err := s.out.put(stagedPlace, s.feed, int64(k.scope), p.Key, string(all.profile(k.scope)), k.code, k.grouped, form)
		if err != nil {
			return err
		}
	}
	return nil
}

func notBlank(s string) string {
	s = strings.TrimSpace(s)
	if s == "-" || strings.EqualFold(s, "SANS OBJET") {
		return ""
	}
	return s
}

// title makes a label in capitals readable: "MATHEMATIQUES" is "Mathematiques".
func title(s string) string {
	s = clean(s)
	if s == "" || s != strings.ToUpper(s) {
		return s
	}
	runes := []rune(strings.ToLower(s))
	return strings.ToUpper(string(runes[:1])) + string(runes[1:])
}
