package slips_test

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/school"
	"elyco/internal/services/slips"
	"elyco/internal/testkit"
)

var nobody = uuid.Nil.String()

func vote(choice string) url.Values { return url.Values{"child": {nobody}, "q1": {choice}} }

// voters are n pupils of the class.
func (s *stage) voters(t *testing.T, n int) []*testkit.Client {
	t.Helper()
	var list []*testkit.Client
	for i := range n {
		list = append(list, s.SignIn(t, s.NewPerson(t, testkit.Named("Voix", "Numéro"+strconv.Itoa(i)), testkit.In(s.College, school.Pupil, testkit.OfClass(s.class)))))
	}
	return list
}

// end closes a slip at once, and gives the table of its results.
func (s *stage) end(t *testing.T, path string, version int) string {
	t.Helper()
	s.teacher.Post(t, s.College, path+"/end", url.Values{"version": {strconv.Itoa(version)}, "now": {"1"}}).LeadsTo(t, path+"/results")
	return string(s.teacher.Get(t, s.College, path+"/results.csv").Is(t, 200).Body)
}

func TestABallot(t *testing.T) {
	s := newStage(t)
	c := s.College
	path := s.publish(t, s.teacher, "ballot", ballotOf)
	s.pupil.Get(t, c, "/home").Sees(t, "main", "Sortie au musée")
	s.pupil.Get(t, c, path).Is(t, 200).Sees(t, "label", "Léa Martin").Sees(t, "main", "Suppléant ou suppléante").Sees(t, "label", "Vote blanc").Sees(t, ".slip-promise", "jamais ce que vous avez voté")
	s.pupil.Post(t, c, path+"/votes", url.Values{"child": {nobody}}).Is(t, 422).Sees(t, "main", "attend une réponse")
	s.pupil.Post(t, c, path+"/votes", vote("2")).Is(t, 422)
	s.pupil.Post(t, c, path+"/votes", url.Values{"child": {nobody}, "q1": {"0", "1"}}).Is(t, 422)
	s.pupil.Post(t, c, path+"/replies", vote("0")).Is(t, 404) // no way round the secret
	s.pupil.Post(t, c, path+"/votes", vote("0")).LeadsTo(t, path)
	s.pupil.Post(t, c, path+"/votes", vote("1")).LeadsTo(t, path)
	s.pupil.Get(t, c, path).Sees(t, "main", "Votre réponse est dans l’urne").SeesNot(t, "Voter")
	s.pupil.Get(t, c, "/home").SeesNot(t, "Sortie au musée")
	s.other.Post(t, c, path+"/votes", vote("blank")).LeadsTo(t, path)
	for _, who := range []*testkit.Client{s.mother, s.colleague, s.stranger} {
		who.Post(t, c, path+"/votes", vote("0")).Is(t, 404)
	}
	// Nothing is read before the end, by nobody, and no name ever.
	for _, who := range []*testkit.Client{s.teacher, s.head} {
		who.Get(t, c, path+"/results").Is(t, 200).Sees(t, "main", "après la date limite").SeesNot(t, "Tom Roy").SeesNot(t, "Hugo Petit")
		who.Get(t, c, path+"/results.csv").Is(t, 404)
		who.Get(t, c, path+"/paper").Is(t, 404)
	}
	s.pupil.Get(t, c, path+"/results").Is(t, 404)
	csv := s.end(t, path, 3)
	if !strings.Contains(csv, "Léa Martin (Suppléant ou suppléante : Hugo Petit);1") && !strings.Contains(csv, "Hugo Petit);1") || !strings.Contains(csv, "Vote blanc;1") || !strings.Contains(csv, "Lina Blanc);0") {
		t.Errorf("the results are %q", csv)
	}
	s.pupil.Get(t, c, path+"/results").Is(t, 200).Sees(t, "main", "Majorité absolue : 1").SeesNot(t, "pas bon")
	late := s.voters(t, 1)[0]
	late.Post(t, c, path+"/votes", vote("0")).Is(t, 404)
	// What is over stays over.
	s.teacher.Post(t, c, path+"/end", url.Values{"version": {"5"}, "closes": {local(s.Clock.Now().Add(48 * time.Hour))}}).Is(t, 409)
}

func TestNoVoteAfterTheEnd(t *testing.T) {
	s := newStage(t)
	path := s.publish(t, s.teacher, "ballot", ballotOf)
	s.Clock.Pass(11 * 24 * time.Hour)
	s.SignIn(t, s.lea).Post(t, s.College, path+"/votes", vote("0")).Is(t, 409)
	if n := count(t, s, `select count(*) from slip_roll`); n != 0 {
		t.Errorf("%d are on the roll", n)
	}
}

func TestManyVoteAtOnce(t *testing.T) {
	s := newStage(t)
	all := s.voters(t, 8)
	path := s.publish(t, s.teacher, "ballot", ballotOf)
	var wg sync.WaitGroup
	for i, who := range all {
		for range 3 {
			wg.Go(func() { who.Post(t, s.College, path+"/votes", vote(strconv.Itoa(i%2))) })
		}
	}
	wg.Wait()
	csv := s.end(t, path, 3)
	if strings.Count(csv, ";4\n") != 2 {
		t.Errorf("eight voters made %q", csv)
	}
	s.teacher.Get(t, s.College, path+"/results").SeesNot(t, "pas bon")
}

// TestAStopBetweenTheSteps ends a vote's connection after the name was put on the roll and before the urn was written: neither
// is kept, and the voter votes again.
func TestAStopBetweenTheSteps(t *testing.T) {
	s := newStage(t)
	path := s.publish(t, s.teacher, "ballot", ballotOf)
	hand, eye := s.As(t, "postgres"), s.As(t, "postgres")
	tx, err := hand.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), `select from slip_urn for update`); err != nil {
		t.Fatal(err)
	}
	answered := make(chan int, 1)
	go func() { answered <- s.pupil.Post(t, s.College, path+"/votes", vote("0")).Status }()
	var pid int
	for range 200 {
		err := eye.QueryRow(t.Context(), `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%slip_urn%'`).Scan(&pid)
		if err == nil {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if pid == 0 {
		t.Fatal("no vote waits for the urn")
	}
	if _, err := eye.Exec(t.Context(), `select pg_terminate_backend($1)`, pid); err != nil {
		t.Fatal(err)
	}
	_ = tx.Rollback(t.Context())
	if status := <-answered; status < 500 {
		t.Fatalf("the vote that was cut off was acknowledged: %d", status)
	}
	if n := count(t, s, `select count(*) from slip_roll`); n != 0 {
		t.Fatalf("%d names are on the roll, and no vote is in the urn", n)
	}
	s.pupil.Post(t, s.College, path+"/votes", vote("1")).LeadsTo(t, path)
	if csv := s.end(t, path, 3); strings.Count(csv, ";1\n") != 1 || strings.Count(csv, ";0\n") != 2 {
		t.Errorf("one voter made %q", csv)
	}
}

func TestFewAnonymousAnswersAreNotShown(t *testing.T) {
	s := newStage(t)
	c := s.College
	all := s.voters(t, 5)
	path := s.publish(t, s.teacher, "survey", func(f url.Values) {
		f.Set("anonymous", "1")
		f["q_form"], f["q_title"], f["q_options"] = []string{"one", "text"}, []string{"Content ?", "Un mot"}, []string{"oui\nnon", ""}
		f.Set("to_profile", "pupil")
	})
	for i, who := range all[:4] {
		who.Post(t, c, path+"/votes", url.Values{"child": {nobody}, "q1": {"0"}, "q2": {"mot " + strconv.Itoa(9-i)}}).LeadsTo(t, path)
	}
	other := s.publish(t, s.teacher, "survey", func(f url.Values) {
		f.Set("anonymous", "1")
		f["q_form"], f["q_title"], f["q_options"] = []string{"one", "text"}, []string{"Content ?", "Un mot"}, []string{"oui\nnon", ""}
		f.Set("to_profile", "pupil")
	})
	for i, who := range all {
		who.Post(t, c, other+"/votes", url.Values{"child": {nobody}, "q1": {"0"}, "q2": {"mot " + strconv.Itoa(9-i)}}).LeadsTo(t, other)
	}
	if csv := s.end(t, path, 3); strings.Contains(csv, "mot") {
		t.Errorf("four answers are shown: %q", csv)
	}
	s.teacher.Get(t, c, path+"/results").Sees(t, "main", "Moins de cinq").SeesNot(t, "mot 9")
	csv := s.end(t, other, 3)
	if !strings.Contains(csv, "mot 5;\nUn mot;mot 6;\nUn mot;mot 7;") {
		t.Errorf("the texts are not sorted: %q", csv)
	}
	s.teacher.Get(t, c, other+"/results").Sees(t, "td,th", "5e B").SeesNot(t, "Numéro")
}

func TestClassesThatCouldBeWorkedOutAreHidden(t *testing.T) {
	class := func(n int) *slips.Section { return &slips.Section{Answers: n} }
	for _, one := range []struct {
		answers int
		classes map[string]*slips.Section
		shown   []string
		hidden  int
	}{
		{12, map[string]*slips.Section{"A": class(6), "B": class(6)}, []string{"A", "B"}, 0},
		{9, map[string]*slips.Section{"A": class(6), "B": class(3)}, nil, 2},
		{16, map[string]*slips.Section{"A": class(6), "B": class(3), "C": class(7)}, []string{"C"}, 2},
		{14, map[string]*slips.Section{"A": class(8), "B": class(3), "C": class(3)}, []string{"A"}, 2},
		{7, map[string]*slips.Section{"A": class(6)}, nil, 1}, // one answer of no class would be the rest
	} {
		tally := slips.Tally{Answers: one.answers, Classes: one.classes}
		if shown, hidden := tally.Shown(); !slices.Equal(shown, one.shown) || hidden != one.hidden {
			t.Errorf("%v of %d: %v are shown and %d hidden", one.classes, one.answers, shown, hidden)
		}
	}
}
