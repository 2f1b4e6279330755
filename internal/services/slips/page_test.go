package slips_test

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"elyco/internal/school"
	"elyco/internal/testkit"
)

// stage is a school with a class of two pupils: Léa, with two guardians, and Hugo, with one.
type stage struct {
	*testkit.House
	class                              school.ClassID
	teacher, head, colleague, stranger *testkit.Client
	pupil, other                       *testkit.Client
	mother, father, aunt, excluded     *testkit.Client
	lea, hugo                          testkit.Person
}

func newStage(t *testing.T) *stage {
	t.Helper()
	s := &stage{House: testkit.NewHouse(t)}
	c := s.College
	s.class = s.NewClass(t, c, "5e B", "5e")
	far := s.NewClass(t, c, "6e A", "6e")
	s.lea = s.NewPerson(t, testkit.Named("Léa", "Martin"), testkit.In(c, school.Pupil, testkit.OfClass(s.class)))
	s.hugo = s.NewPerson(t, testkit.Named("Hugo", "Petit"), testkit.In(c, school.Pupil, testkit.OfClass(s.class)))
	kid := s.NewPerson(t, testkit.Named("Zoé", "Loin"), testkit.In(c, school.Pupil, testkit.OfClass(far)))
	in := func(given, family string, p school.Profile, ties ...testkit.Tie) *testkit.Client {
		return s.SignIn(t, s.NewPerson(t, testkit.Named(given, family), testkit.In(c, p, ties...)))
	}
	s.teacher = in("Nadia", "Prof", school.Teacher, testkit.OfClass(s.class))
	s.colleague = in("Paul", "Prof", school.Teacher, testkit.OfClass(far))
	s.head = in("Hélène", "Chef", school.Head)
	s.pupil, s.other = s.SignIn(t, s.lea), s.SignIn(t, s.hugo)
	s.mother, s.father = in("Anne", "Martin", school.Guardian, testkit.Of(s.lea)), in("Marc", "Durand", school.Guardian, testkit.Of(s.lea))
	s.aunt = in("Rose", "Petit", school.Guardian, testkit.Of(s.hugo))
	s.excluded = in("Exclu", "Petit", school.Guardian, testkit.Of(s.hugo))
	s.stranger = in("Loïc", "Loin", school.Guardian, testkit.Of(kid))
	s.Exec(t, `update guardianship set excluded_until = current_date + 30 where guardian_id = $1`, s.excluded.Person.ID.UUID)
	s.Reissue(t, s.excluded.Person)
	return s
}

func local(t time.Time) string { return t.In(time.FixedZone("", 3600)).Format("2006-01-02T15:04") }

// begin makes a draft of a kind or template, and gives its id.
func (s *stage) begin(t *testing.T, who *testkit.Client, from string) string {
	t.Helper()
	id := school.NewID().String()
	form := url.Values{"id": {id}, "from": {from}}
	who.Post(t, s.College, "/slips/drafts", form).LeadsTo(t, "/slips/drafts/"+id)
	who.Post(t, s.College, "/slips/drafts", form).LeadsTo(t, "/slips/drafts/"+id)
	return id
}

// editor is a form that is ready to be sent to the class's guardians.
func (s *stage) editor() url.Values {
	return url.Values{"version": {"1"}, "title": {"Sortie au musée"}, "body": {"Départ à **8 h**."}, "closes": {local(s.Clock.Now().Add(10 * 24 * time.Hour))}, "both": {"one"}, "reminds": {"1"},
		"required": {"1"}, "results_open": {"1"}, "q_form": {"consent"}, "q_title": {"Autorisez-vous ?"}, "q_options": {""}, "q_needed": {"0"},
		"to_profile": {"guardian"}, "to_class": {s.class.String()}, "do": {"check"}}
}

// publish sends a draft that the form completes.
func (s *stage) publish(t *testing.T, who *testkit.Client, from string, change func(f url.Values)) string {
	t.Helper()
	id := s.begin(t, who, from)
	f := s.editor()
	if change != nil {
		change(f)
	}
	who.Post(t, s.College, "/slips/drafts/"+id, f).LeadsTo(t, "/slips/drafts/"+id+"/check")
	who.Get(t, s.College, "/slips/drafts/"+id+"/check").Is(t, 200).Sees(t, "main", "À qui et comment")
	who.Post(t, s.College, "/slips/drafts/"+id+"/publication", url.Values{"version": {"2"}}).LeadsTo(t, "/slips/"+id+"/results")
	return "/slips/" + id
}

func ballotOf(f url.Values) {
	f.Set("q_form", "one")
	f.Set("q_title", "Qui pour délégué ?")
	f.Set("q_options", "Léa Martin / Hugo Petit\nTom Roy / Lina Blanc")
	f.Set("to_profile", "pupil")
}

// TestWhatFamiliesAreAskedBearsTheirChildren asks guardians themselves, not child by child: the home page still says for whom.
func TestWhatFamiliesAreAskedBearsTheirChildren(t *testing.T) {
	s := newStage(t)
	s.publish(t, s.head, "survey", func(f url.Values) {
		f.Set("q_form", "one")
		f.Set("q_title", "Quel jour ?")
		f.Set("q_options", "Lundi\nMardi")
	})
	s.mother.Get(t, s.College, "/home").Sees(t, "main", "Sortie au musée").Sees(t, ".item .stamp", "Léa")
}

func TestASlipIsSignedForEachChild(t *testing.T) {
	s := newStage(t)
	c := s.College
	path := s.publish(t, s.teacher, "slip", nil)
	s.teacher.Post(t, c, strings.Replace(path, "/slips/", "/slips/drafts/", 1)+"/publication", url.Values{"version": {"2"}}).LeadsTo(t, path+"/results")
	s.head.Get(t, c, "/slips/desk").Sees(t, ".items", "0 sur 2 (0 personne a répondu)")
	s.mother.Get(t, c, "/home").Sees(t, "main", "Sortie au musée")
	page := s.mother.Get(t, c, path).Is(t, 200).Sees(t, "h2", "Pour Léa Martin").Sees(t, "main", "5e B").Sees(t, "strong", "8 h")
	page.SeesNot(t, "Hugo")
	yes := url.Values{"child": {s.lea.ID.String()}, "q1": {"yes"}, "signature": {"anne MARTIN"}}
	s.mother.Post(t, c, path+"/replies", url.Values{"child": {s.lea.ID.String()}, "q1": {"yes"}, "signature": {"Zorro"}}).Is(t, 422).Sees(t, "main", "écrivez votre prénom")
	s.mother.Post(t, c, path+"/replies", url.Values{"child": {s.lea.ID.String()}, "signature": {"Anne Martin"}}).Is(t, 422).Sees(t, "main", "attend une réponse")
	s.mother.Post(t, c, path+"/replies", url.Values{"child": {s.lea.ID.String()}, "q1": {"maybe"}, "signature": {"Anne Martin"}}).Is(t, 422)
	for range 2 {
		s.mother.Post(t, c, path+"/replies", yes).LeadsTo(t, path)
	}
	s.mother.Get(t, c, path).Sees(t, "main", "Vous avez répondu").Sees(t, "main", "anne MARTIN")
	s.mother.Get(t, c, path+"/receipt?child="+s.lea.ID.String()).Is(t, 200).Sees(t, "main", "Oui, j’autorise").Sees(t, "main", "Léa Martin, 5e B")
	s.mother.Get(t, c, "/home").SeesNot(t, "Sortie au musée")
	// One answer is enough: the father may say his, and need not. Nobody says that he has.
	s.head.Get(t, c, "/slips/desk").Sees(t, ".items", "Enfants dont la réponse est arrivée : 1 sur 2 (1 personne a répondu)")
	s.teacher.Get(t, c, path+"/results").Sees(t, "main", "1 sur 2 (1 personne a répondu)")
	s.father.Get(t, c, "/home").SeesNot(t, "Sortie au musée")
	s.father.Get(t, c, path).Sees(t, "main", "Anne Martin a déjà répondu").Sees(t, "summary", "Répondre aussi")
	s.teacher.Get(t, c, path+"/results").Is(t, 200).Sees(t, "td,th", "Léa Martin").Sees(t, ".badge", "Sans réponse")
	csv := string(s.teacher.Get(t, c, path+"/results.csv").Is(t, 200).Body)
	if !strings.Contains(csv, "5e B;Léa Martin;Anne Martin;Répondu;") || !strings.Contains(csv, "Rose Petit;Sans réponse;;") {
		t.Errorf("the table is %q", csv)
	}
	// A disagreement is shown, and counted for nobody.
	s.father.Post(t, c, path+"/replies", url.Values{"child": {s.lea.ID.String()}, "q1": {"no"}, "signature": {"Marc Durand"}}).LeadsTo(t, path)
	s.head.Get(t, c, "/slips/desk").Sees(t, ".items", "1 sur 2 (2 personnes ont répondu)")
	s.head.Get(t, c, path+"/results").Is(t, 200).Sees(t, ".badge", "Désaccord").Sees(t, "main", "les deux responsables")
	// What is changed is the answer.
	s.father.Post(t, c, path+"/replies", url.Values{"child": {s.lea.ID.String()}, "q1": {"yes"}, "signature": {"Marc Durand"}}).LeadsTo(t, path)
	if text := s.head.Get(t, c, path+"/results").Page(t).Text(); strings.Contains(text, "Désaccord") {
		t.Error("the disagreement is still shown")
	}
}

func TestOthersAreNotAsked(t *testing.T) {
	s := newStage(t)
	c := s.College
	path := s.publish(t, s.teacher, "slip", nil)
	yes := url.Values{"child": {s.hugo.ID.String()}, "q1": {"yes"}, "signature": {"Anne Martin"}}
	s.mother.Post(t, c, path+"/replies", yes).Is(t, 404)
	for who, client := range map[string]*testkit.Client{"an excluded guardian": s.excluded, "a guardian of another class": s.stranger, "a pupil": s.pupil, "another teacher": s.colleague} {
		client.Get(t, c, "/home").SeesNot(t, "Sortie au musée")
		client.Get(t, c, "/slips").Is(t, 200).SeesNot(t, "Sortie au musée")
		for _, at := range []string{"", "/results", "/results.csv", "/paper", "/receipt?child=" + s.hugo.ID.String()} {
			if got := client.Get(t, c, path+at).Status; got != 404 && got != 403 {
				t.Errorf("%s opens %s: %d", who, at, got)
			}
		}
		if got := client.Post(t, c, path+"/replies", yes).Status; got != 404 {
			t.Errorf("%s answers: %d", who, got)
		}
	}
	head := s.SignInAs(t, s.Sibling, school.Head)
	for _, at := range []string{"", "/results", "/paper", "/texts"} {
		head.Get(t, s.Sibling, path+at).Is(t, 404)
	}
	// Whoever is excluded later sees nothing from then on, whatever was written out before.
	s.aunt.Get(t, c, path).Is(t, 200)
	s.Exec(t, `update guardianship set excluded_until = current_date + 30 where guardian_id = $1`, s.aunt.Person.ID.UUID)
	s.Reissue(t, s.aunt.Person)
	s.aunt.Get(t, c, path).Is(t, 404)
	s.aunt.Get(t, c, "/home").SeesNot(t, "Sortie au musée")
	s.aunt.Post(t, c, path+"/replies", url.Values{"child": {s.hugo.ID.String()}, "q1": {"yes"}, "signature": {"Rose Petit"}}).Is(t, 404)
	// A draft is its author's alone.
	draft := s.begin(t, s.teacher, "survey")
	s.head.Get(t, c, "/slips/drafts/"+draft).Is(t, 404)
	s.head.Get(t, c, "/slips/"+draft).Is(t, 404)
	s.head.Post(t, c, "/slips/drafts/"+draft+"/removal", url.Values{}).Is(t, 404)
	s.teacher.Post(t, c, "/slips/drafts/"+draft+"/removal", url.Values{}).LeadsTo(t, "/slips/desk")
}

func TestEachGuardianAnswersWhereBothMust(t *testing.T) {
	s := newStage(t)
	c := s.College
	path := s.publish(t, s.teacher, "slip", func(f url.Values) { f.Set("both", "both") })
	s.mother.Post(t, c, path+"/replies", url.Values{"child": {s.lea.ID.String()}, "q1": {"yes"}, "signature": {"Anne Martin"}}).LeadsTo(t, path)
	s.father.Get(t, c, "/home").Sees(t, "main", "Sortie au musée")
	s.father.Get(t, c, path).Sees(t, "main", "Votre réponse est attendue aussi")
	s.teacher.Get(t, c, path+"/results").Sees(t, ".badge", "Incomplet")
	s.father.Post(t, c, path+"/replies", url.Values{"child": {s.lea.ID.String()}, "q1": {"yes"}, "signature": {"Marc Durand"}}).LeadsTo(t, path)
	s.teacher.Get(t, c, path+"/results").SeesNot(t, "Incomplet")
}

func TestTheEndHolds(t *testing.T) {
	s := newStage(t)
	c := s.College
	path := s.publish(t, s.teacher, "slip", nil)
	yes := url.Values{"child": {s.lea.ID.String()}, "q1": {"yes"}, "signature": {"Anne Martin"}}
	s.teacher.Post(t, c, path+"/end", url.Values{"version": {"9"}, "now": {"1"}}).Is(t, 409)
	s.teacher.Post(t, c, path+"/end", url.Values{"version": {"3"}, "closes": {local(s.Clock.Now().Add(time.Hour))}}).Is(t, 422)
	s.Clock.Pass(11 * 24 * time.Hour)
	s.mother, s.teacher = s.SignIn(t, s.mother.Person), s.SignIn(t, s.teacher.Person) // nobody stays signed in that long
	s.mother.Post(t, c, path+"/replies", yes).Is(t, 409)
	s.mother.Get(t, c, path).Sees(t, "main", "La date limite est passée")
	s.mother.Get(t, c, path+"/results").Is(t, 200).SeesNot(t, "Léa Martin")
	s.teacher.Post(t, c, path+"/end", url.Values{"version": {"3"}, "closes": {local(s.Clock.Now().Add(48 * time.Hour))}}).LeadsTo(t, path+"/results")
	s.mother.Post(t, c, path+"/replies", yes).LeadsTo(t, path)
	s.teacher.Post(t, c, path+"/withdrawal", url.Values{}).LeadsTo(t, "/slips/desk")
	s.mother.Get(t, c, path).Is(t, 404)
}

func TestPaperIsMarked(t *testing.T) {
	s := newStage(t)
	c := s.College
	path := s.publish(t, s.teacher, "slip", nil)
	s.teacher.Get(t, c, path+"/paper").Is(t, 200).Sees(t, "option", "Hugo Petit : signé par Rose Petit")
	s.teacher.Post(t, c, path+"/paper", url.Values{"who": {""}, "q1": {"yes"}}).Is(t, 422)
	s.teacher.Post(t, c, path+"/paper", url.Values{"who": {s.stranger.Person.ID.String() + ":" + s.hugo.ID.String()}, "q1": {"yes"}}).Is(t, 422)
	s.teacher.Post(t, c, path+"/paper", url.Values{"who": {s.aunt.Person.ID.String() + ":" + s.hugo.ID.String()}, "q1": {"no"}}).LeadsTo(t, path+"/paper")
	s.head.Get(t, c, path+"/results").Sees(t, "main", "Réponse sur papier").Sees(t, "main", "Nadia Prof")
	s.aunt.Get(t, c, path).Sees(t, "main", "Réponse sur papier")
	s.mother.Get(t, c, path+"/paper").Is(t, 403)
	if n := count(t, s, `select count(*) from audit_entry where action = 'slips.paper'`); n != 1 {
		t.Errorf("%d entries in the trail", n)
	}
}

func TestTranslationsAreReadBesideTheFrench(t *testing.T) {
	s := newStage(t)
	c := s.College
	path := s.publish(t, s.teacher, "slip", nil)
	s.teacher.Get(t, c, path+"/texts?lang=ar").Is(t, 200).Sees(t, "h2", "arabe")
	s.teacher.Post(t, c, path+"/texts", url.Values{"lang": {"xx"}, "title": {"x"}}).Is(t, 422)
	s.teacher.Post(t, c, path+"/texts", url.Values{"lang": {"ar"}, "title": {"رحلة مدرسية"}, "body": {"المغادرة\n\n<b>الساعة</b>"}}).LeadsTo(t, path+"/texts")
	s.mother.Get(t, c, path).Sees(t, `a[hreflang="ar"]`, "العربية").SeesNot(t, "المغادرة")
	s.mother.Get(t, c, path+"?lang=ar").Sees(t, `div[lang="ar"][dir="rtl"]`, "<b>الساعة</b>").Sees(t, `div[lang="fr"]`, "Départ")
	s.mother.Get(t, c, path+"?lang=zz").Is(t, 200)
	s.head.Post(t, c, path+"/texts", url.Values{"lang": {"ar"}}).Is(t, 404)
}

func TestAuthorsAskTheirOwnClasses(t *testing.T) {
	s := newStage(t)
	c := s.College
	id := s.begin(t, s.colleague, "slip")
	s.colleague.Get(t, c, "/slips/drafts/"+id).Is(t, 200).Sees(t, "label", "6e A").SeesNot(t, "5e B")
	s.colleague.Post(t, c, "/slips/drafts/"+id, s.editor()).Is(t, 422).Sees(t, "main", "dépasse votre espace")
	whole := s.editor()
	whole.Del("to_class")
	s.colleague.Post(t, c, "/slips/drafts/"+id, whole).Is(t, 422).Sees(t, "main", "une de vos classes")
	s.colleague.Get(t, c, "/slips/audience?to_profile=guardian&to_class="+s.class.String()).Is(t, 200).SeesNot(t, "personnes")
	s.teacher.Get(t, c, "/slips/audience?to_profile=guardian&to_class="+s.class.String()).Is(t, 200).Sees(t, "#reach", "3 personnes")
	head := s.begin(t, s.head, "slip")
	s.head.Post(t, c, "/slips/drafts/"+head, whole).LeadsTo(t, "/slips/drafts/"+head+"/check")
	s.head.Get(t, c, "/slips/drafts/"+head+"/check").Sees(t, "main", "4 personnes").Sees(t, "main", "3 enfants")
	// What is missing is said before anything is sent.
	empty := s.begin(t, s.head, "survey")
	s.head.Get(t, c, "/slips/drafts/"+empty+"/check").Sees(t, ".error-summary", "Donnez un titre")
	s.head.Post(t, c, "/slips/drafts/"+empty+"/publication", url.Values{"version": {"1"}}).Is(t, 422)
	for _, who := range []*testkit.Client{s.mother, s.pupil} {
		who.Get(t, c, "/slips/new").Is(t, 403)
		who.Get(t, c, "/slips/desk").Is(t, 403)
	}
}

func TestQuestionsAreEditedWithoutScripts(t *testing.T) {
	s := newStage(t)
	c := s.College
	id := s.begin(t, s.teacher, "survey")
	path := "/slips/drafts/" + id
	f := s.editor()
	f.Set("do", "add")
	s.teacher.Post(t, c, path, f).LeadsTo(t, path)
	s.teacher.Get(t, c, path).Sees(t, "legend", "Question 2")
	f = url.Values{"version": {"2"}, "title": {"Sondage"}, "q_form": {"one", "many"}, "q_title": {"Une", "Deux"}, "q_options": {"a\nb", "c\nd"}, "q_needed": {"1"}, "do": {"up-1"}}
	s.teacher.Post(t, c, path, f).LeadsTo(t, path)
	page := s.teacher.Get(t, c, path).Page(t)
	var titles []string
	for _, n := range page.All(`input[name="q_title"]`) {
		titles = append(titles, n.Attr("value"))
	}
	if !slices.Equal(titles, []string{"Deux", "Une"}) {
		t.Errorf("the questions are %q", titles)
	}
	s.teacher.Post(t, c, path, f).Is(t, 409) // made from an older version
	f.Set("version", "3")
	f.Set("do", "remove-0")
	s.teacher.Post(t, c, path, f).LeadsTo(t, path)
	s.teacher.Get(t, c, path).SeesNot(t, "Question 2")
}

func TestTemplates(t *testing.T) {
	s := newStage(t)
	c := s.College
	page := s.teacher.Get(t, c, "/slips/new").Is(t, 200)
	for _, title := range []string{"Autorisation de sortie", "Réunion parents-professeurs", "Droit à l’image"} {
		page.Sees(t, "h3", title)
	}
	path := s.publish(t, s.teacher, "slip", nil)
	kept, copied := school.NewID().String(), school.NewID().String()
	for range 2 {
		s.teacher.Post(t, c, path+"/template", url.Values{"id": {kept}}).LeadsTo(t, "/slips/new")
	}
	s.head.Get(t, c, "/slips/new").Sees(t, "h3", "Sortie au musée")
	id := s.begin(t, s.head, kept)
	s.head.Get(t, c, "/slips/drafts/"+id).Sees(t, "textarea", "Départ à **8 h**")
	s.colleague.Post(t, c, "/slips/templates/"+kept+"/removal", url.Values{}).Is(t, 404)
	s.teacher.Post(t, c, "/slips/templates/"+kept+"/removal", url.Values{}).LeadsTo(t, "/slips/new")
	s.head.Get(t, c, "/slips/new").SeesNot(t, "Sortie au musée")
	s.teacher.Post(t, c, path+"/copies", url.Values{"id": {copied}}).LeadsTo(t, "/slips/drafts/"+copied)
	s.teacher.Get(t, c, "/slips/drafts/"+copied).Is(t, 200)
	s.colleague.Post(t, c, path+"/copies", url.Values{"id": {school.NewID().String()}}).Is(t, 404)
}

func TestASurveyTakesEveryFormOfAnswer(t *testing.T) {
	s := newStage(t)
	c := s.College
	path := s.publish(t, s.teacher, "survey", func(f url.Values) {
		f["q_form"] = []string{"one", "many", "scale", "text", "number", "date"}
		f["q_title"] = []string{"Un", "Plusieurs", "Échelle", "Texte", "Nombre", "Date"}
		f["q_options"] = []string{"a\nb", "c\nd\ne", "", "", "", ""}
	})
	form := url.Values{"child": {"00000000-0000-0000-0000-000000000000"}, "q1": {"0"}, "q2": {"2", "0"}, "q3": {"4"}, "q4": {"=Merci"}, "q5": {"3,5"}, "q6": {"2026-12-18"}}
	for field, wrong := range map[string]string{"q1": "7", "q3": "6", "q5": "trois", "q6": "hier"} {
		bad := url.Values{}
		for k, v := range form {
			bad[k] = v
		}
		bad.Set(field, wrong)
		s.mother.Post(t, c, path+"/replies", bad).Is(t, 422)
	}
	s.mother.Post(t, c, path+"/replies", form).LeadsTo(t, path)
	s.mother.Get(t, c, path).Sees(t, "dd", "c, e").Sees(t, "dd", "3,5").Sees(t, "dd", "18 décembre 2026").Sees(t, "dd", "4 sur 5")
	s.teacher.Get(t, c, path+"/results").Is(t, 200).Sees(t, "li", "=Merci").Sees(t, "main", "Moyenne : 3,5")
	if csv := string(s.teacher.Get(t, c, path+"/results.csv").Body); !strings.Contains(csv, "'=Merci") {
		t.Errorf("the table runs a formula: %q", csv)
	}
}

// TestConstantRoundTrips holds the pages to the same number of round trips, however many are asked.
func TestConstantRoundTrips(t *testing.T) {
	s := newStage(t)
	c := s.College
	path := s.publish(t, s.teacher, "slip", nil)
	pages := map[string]*testkit.Client{"/slips": s.mother, path: s.mother, path + "/results": s.teacher, "/slips/desk": s.teacher}
	before := map[string]int{}
	for at, who := range pages {
		who.Get(t, c, at) // the first one opens a session
		before[at] = who.Get(t, c, at).Is(t, 200).RoundTrips
	}
	for i := range 5 {
		kid := s.NewPerson(t, testkit.Named("Enfant"+strconv.Itoa(i), "Martin"), testkit.In(c, school.Pupil, testkit.OfClass(s.class)))
		s.NewPerson(t, testkit.In(c, school.Guardian, testkit.Of(kid)))
	}
	for range 3 {
		s.publish(t, s.teacher, "slip", nil)
	}
	for at, who := range pages {
		if got := who.Get(t, c, at).Is(t, 200).RoundTrips; got != before[at] {
			t.Errorf("%s costs %d round trips, then %d", at, before[at], got)
		}
	}
}

// count reads a number, as who sees every row.
func count(t *testing.T, s *stage, sql string, args ...any) (n int) {
	t.Helper()
	conn := s.As(t, "postgres")
	defer conn.Close(t.Context())
	if err := conn.QueryRow(t.Context(), sql, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
