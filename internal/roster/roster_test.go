package roster

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"elyco/internal/fault"
	"elyco/internal/feed"
)

const pupilsText = `Nom;Prénom;Né(e) le;Classe;Niveau;Groupes;INE;Nom resp. légal 1;Prénom resp. légal 1;Courriel resp. légal 1;Lien resp. légal 1
GUÉRINEAU;Loïs;03/05/2014;6A;6e;6ANG1, 6LAT;140905512HK;MARTIN;Anne;anne.martin@exemple.fr;Mère
GUÉRINEAU;Maë;12/01/2016;5 B;5e;;;MARTIN;Anne;anne.martin@exemple.fr;Mère
`

func table(t *testing.T, content string) *Table {
	t.Helper()
	tab, err := Read([]byte(content))
	if err != nil {
		t.Fatal(told(err))
	}
	return tab
}

// told gives what a fault tells people.
func told(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Words + f.Fields[field]
	}
	return fmt.Sprint(err)
}

func TestReadTakesWhatSchoolsHave(t *testing.T) {
	encode := func(e interface {
		Bytes([]byte) ([]byte, error)
	}) string {
		out, err := e.Bytes([]byte(pupilsText))
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	for name, content := range map[string]string{
		"UTF-8":              pupilsText,
		"marked":             "\xef\xbb\xbf" + pupilsText,
		"Windows":            encode(charmap.Windows1252.NewEncoder()),
		"UTF-16":             encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()),
		"UTF-16, big end":    encode(unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder()),
		"tabs":               strings.ReplaceAll(pupilsText, ";", "\t"),
		"bars":               strings.ReplaceAll(pupilsText, ";", "|"),
		"commas":             strings.ReplaceAll(strings.ReplaceAll(pupilsText, "6ANG1, 6LAT", `"6ANG1, 6LAT"`), ";", ","),
		"quoted":             `"` + strings.ReplaceAll(strings.ReplaceAll(strings.TrimSpace(pupilsText), ";", `";"`), "\n", "\"\n\"") + `"`,
		"lines of Windows":   strings.ReplaceAll(pupilsText, "\n", "\r\n"),
		"a named separator":  "sep=;\n" + pupilsText,
		"titles above":       "Collège Saint-Aubin\nListe des élèves;au 24/11/2026\n\n" + pupilsText,
		"empty lines within": strings.ReplaceAll(pupilsText, "\n", "\n;;;;\n\n"),
	} {
		t.Run(name, func(t *testing.T) {
			tab := table(t, content)
			m := Guess(Pupils, tab.Header, nil)
			l := Compile(Pupils, tab, m)
			if len(l.Pupils) != 2 || len(l.Problems) != 0 {
				t.Fatalf("%d pupils, %v, of %q", len(l.Pupils), l.Problems, tab.Header)
			}
			p := l.Pupils[0]
			if p.Person.FamilyName != "GUÉRINEAU" || p.Person.GivenName != "Loïs" || !p.Person.BirthDate.Equal(time.Date(2014, 5, 3, 0, 0, 0, 0, time.UTC)) ||
				p.Class != "6A" || p.Level != "6e" || len(p.Groups) != 2 || p.INE != "140905512HK" || l.Pupils[1].Class != "5 B" {
				t.Errorf("got %+v", p)
			}
			if a, b := p.Guardians[0], l.Pupils[1].Guardians[0]; a.Person.Key != b.Person.Key || a.Link != 10 {
				t.Errorf("a mother of two is %+v and %+v", a, b)
			}
		})
	}
}

func TestLinesKeepTheirNumbers(t *testing.T) {
	tab := table(t, "sep=;\nListe\n\n"+strings.ReplaceAll(pupilsText, "\n5e", "\n\n"))
	if tab.Rows[0].Number != 5 || tab.Rows[1].Number != 6 {
		t.Errorf("the lines are %d and %d", tab.Rows[0].Number, tab.Rows[1].Number)
	}
}

func workbook(t *testing.T, sheets map[string][][]any) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for name, rows := range sheets {
		if _, err := book.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			if err := book.SetSheetRow(name, fmt.Sprintf("A%d", i+1), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReadWorkbook(t *testing.T) {
	content := workbook(t, map[string][][]any{
		"Notice": {{"À lire"}},
		"Élèves": {{"Liste"}, nil, {"Nom", "Prénom", "Date de naissance", "Division"},
			{"BENALI", "Léa", time.Date(2014, 2, 28, 0, 0, 0, 0, time.UTC), "4B"}, {"BENALI", "Hugo", "01/03/2010", 204}},
	})
	tab, err := Read(content)
	if err != nil {
		t.Fatal(told(err))
	}
	l := Compile(Pupils, tab, Guess(Pupils, tab.Header, nil))
	if tab.Sheet != "Élèves" || len(l.Pupils) != 2 || len(l.Problems) != 0 {
		t.Fatalf("the sheet %s has %+v, %v", tab.Sheet, l.Pupils, l.Problems)
	}
	if p := l.Pupils[0]; !p.Person.BirthDate.Equal(time.Date(2014, 2, 28, 0, 0, 0, 0, time.UTC)) || p.Line != 4 {
		t.Errorf("got %+v", p)
	}
	if p := l.Pupils[1]; !p.Person.BirthDate.Equal(time.Date(2010, 3, 1, 0, 0, 0, 0, time.UTC)) || p.Class != "204" {
		t.Errorf("got %+v", p)
	}
}

func TestReadRefuses(t *testing.T) {
	many := "Nom;Prénom;Classe\n" + strings.Repeat("A;B;6A\n", maxRows+titles+1)
	bomb := workbook(t, map[string][][]any{"A": {{"Nom", "Prénom", "Classe", strings.Repeat("x", 3000)}}})
	for name, c := range map[string]struct{ content, want string }{
		"nothing":              {" \n ", "vide"},
		"no header":            {"GUÉRINEAU;Loïs\nMARTIN;Anne\n", "ligne de titres"},
		"a text":               {"Bonjour,\nvoici la liste.\n", "ligne de titres"},
		"an old workbook":      {"\xd0\xcf\x11\xe0\xa1\xb1", "ancien classeur"},
		"a document":           {"%PDF-1.7", "PDF"},
		"bytes":                {"\x00\x01\x02", "pas un tableau"},
		"a broken archive":     {"PK\x03\x04rest", "pas lisible"},
		"too many lines":       {many, "10 000 lignes"},
		"too many columns":     {"Nom;Prénom" + strings.Repeat(";x", maxColumns), "200 colonnes"},
		"a cell without bound": {"Nom;Prénom\n" + strings.Repeat("x", maxCell+1) + ";B", "trop longue"},
		"the same in a sheet":  {string(bomb), "trop longue"},
		"too large":            {strings.Repeat("x", MaxBytes+1), "8 Mo"},
	} {
		if _, err := Read([]byte(c.content)); err == nil || !strings.Contains(told(err), c.want) || fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %s", name, told(err))
		}
	}
}

// TestHeadersOfPrograms holds the guess to headers as usual exports write them.
func TestHeadersOfPrograms(t *testing.T) {
	for _, c := range []struct {
		name, header string
		kind         Kind
		want         map[Field]string
	}{
		{"a program of marks", "NOM;PRENOM;NE(E) LE;CLASSE;REGIME;NUM. NATIONAL", Pupils, map[Field]string{Family: "NOM", Given: "PRENOM", Born: "NE(E) LE", Class: "CLASSE", INE: "NUM. NATIONAL"}},
		{"the national one", "Numéro interne;INE;Nom de famille;Prénom 1;Date Naiss.;Code Division;Lib. MEF;Nom resp. légal1;Prénom resp. légal1;Nom resp. légal2", Pupils,
			map[Field]string{PupilID: "Numéro interne", INE: "INE", Family: "Nom de famille", Given: "Prénom 1", Born: "Date Naiss.", Class: "Code Division", Level: "Lib. MEF",
				OneFamily: "Nom resp. légal1", OneGiven: "Prénom resp. légal1", TwoFamily: "Nom resp. légal2"}},
		{"one of private schools", "Code élève;Nom;Prénom;Née le;Division;E-mail;RL1 Nom;RL1 Prénom;Email RL1", Pupils,
			map[Field]string{PupilID: "Code élève", Family: "Nom", Given: "Prénom", Born: "Née le", Class: "Division", Mail: "E-mail", OneFamily: "RL1 Nom", OneGiven: "RL1 Prénom", OneMail: "Email RL1"}},
		{"teachers", "Nom;Prénom;Mél;Discipline;Classes;PP", Staff, map[Field]string{Family: "Nom", Given: "Prénom", Mail: "Mél", Subject: "Discipline", Classes: "Classes", Form: "PP"}},
		{"staff", "Matricule;Nom d'usage;Prénom d'usage;Fonction;Courriel", Staff, map[Field]string{StaffID: "Matricule", Family: "Nom d'usage", Given: "Prénom d'usage", Function: "Fonction", Mail: "Courriel"}},
	} {
		header := strings.Split(c.header, ";")
		if got := Recognise(header); got != c.kind {
			t.Errorf("%s: taken for %s", c.name, got)
		}
		got := map[Field]string{}
		for f, i := range Guess(c.kind, header, nil) {
			got[f] = header[i]
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestMappingIsRemembered(t *testing.T) {
	header := []string{"Nom", "Prénom", "Classe", "Regroupement perso", "Groupe"}
	m := Mapping{Family: 0, Given: 1, Class: 2, Groups: 3}
	last := m.Remember(Pupils, header)
	next := []string{"Groupe", "regroupement  PERSO", "Classe", "Nom", "Prénom", "INE"}
	if diff := cmp.Diff(Mapping{Family: 3, Given: 4, Class: 2, Groups: 1}, Guess(Pupils, next, last)); diff != "" {
		t.Errorf("what was chosen, and what was left out on purpose: %s", diff)
	}
	if diff := cmp.Diff(Mapping{Family: 3, Given: 4, Class: 2, Groups: 0, INE: 5}, Guess(Pupils, next, nil)); diff != "" {
		t.Error(diff)
	}
}

func TestMappingProblems(t *testing.T) {
	wrong := Mapping{Family: 0, Class: 0, INE: 9}.Problems(Pupils, 3)
	if len(wrong) != 3 || !strings.Contains(wrong[Given], "Choisissez") || !strings.Contains(wrong[Class], "déjà prise pour « Nom de l’élève »") || !strings.Contains(wrong[INE], "pas dans le tableau") {
		t.Errorf("got %v", wrong)
	}
	if wrong := (Mapping{Family: 0, Given: 1, Class: 2}).Problems(Pupils, 3); len(wrong) != 0 {
		t.Errorf("got %v", wrong)
	}
}

func TestCompileTellsWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		kind         Kind
		header, line string
		field, want  string
		left         bool
	}{
		{Pupils, "Nom;Prénom;Classe", ";Léa;6A", "Nom de l’élève", "nom manque", true},
		{Pupils, "Nom;Prénom;Classe", "BENALI;;6A", "Prénom de l’élève", "prénom manque", true},
		{Pupils, "Nom;Prénom;Classe", "BENALI;Léa", "Classe", "sans classe", false},
		{Pupils, "Nom;Prénom;Classe;Né le", "BENALI;Léa;6A;31/02/2014", "Date de naissance", "31/12/2015", false},
		{Pupils, "Nom;Prénom;Classe;Né le", "BENALI;Léa;6A;2014", "Date de naissance", "31/12/2015", false},
		{Pupils, "Nom;Prénom;Classe;Né le", "BENALI;Léa;6A;01/01/0014", "Date de naissance", "31/12/2015", false},
		{Pupils, "Nom;Prénom;Classe;INE", "BENALI;Léa;6A;1234", "INE", "numéro national", false},
		{Pupils, "Nom;Prénom;Classe;Mail", "BENALI;Léa;6A;lea@", "Courriel de l’élève", "pas une adresse", false},
		{Pupils, "Nom;Prénom;Classe;Mail", "BENALI;Léa;6A;Léa <lea@exemple.fr>", "Courriel de l’élève", "pas une adresse", false},
		{Pupils, "Nom;Prénom;Classe", "BENALI;Léa;" + strings.Repeat("x", 41), "Classe", "trop long", false},
		{Pupils, "Nom;Prénom;Classe;Nom responsable 1;Prénom responsable 1", "BENALI;Léa;6A;;Karim", "Nom du 1er responsable légal", "nom de ce responsable manque", false},
		{Pupils, "Nom;Prénom;Classe;Nom responsable 1;Lien responsable 1", "BENALI;Léa;6A;BENALI;voisin", "Lien du 1er responsable légal", "lien « voisin »", false},
		{Staff, "Nom;Prénom;Fonction", "BENALI;Nadia;Dompteuse", "Fonction", "« Dompteuse » est inconnue", true},
		{Staff, "Nom;Prénom;Fonction", "BENALI;Nadia", "Fonction", "fonction manque", true},
		{Staff, "Nom;Prénom;Matière;Classes", "BENALI;Nadia;Latin, Grec;6A", "Matière", "Plusieurs matières", false},
	} {
		tab := table(t, c.header+"\n"+c.line+"\n")
		l := Compile(c.kind, tab, Guess(c.kind, tab.Header, nil))
		if len(l.Problems) != 1 {
			t.Errorf("%s: %v", c.line, l.Problems)
			continue
		}
		p := l.Problems[0]
		if p.Line != 2 || p.Field != c.field || !strings.Contains(p.Words, c.want) || p.Left != c.left || (l.LeftOut == 1) != c.left || (l.People() == 0) != c.left {
			t.Errorf("%s: %+v, %d left out", c.line, p, l.LeftOut)
		}
	}
}

func TestHomonymsAreToldApart(t *testing.T) {
	read := func(lines string) *List {
		tab := table(t, "Nom;Prénom;Classe;Né le;INE;Identifiant\n"+lines)
		return Compile(Pupils, tab, Guess(Pupils, tab.Header, nil))
	}
	for _, apart := range []string{"BENALI;Léa;6A;01/02/2014\nBENALI;Léa;6B;02/02/2014", "BENALI;Léa;6A;;140905512HK\nBENALI;Léa;6B;;140905513HK", "BENALI;Léa;6A;;;1\nBENALI;Léa;6B;;;2"} {
		if l := read(apart); len(l.Pupils) != 2 || len(l.Problems) != 0 {
			t.Errorf("%s: %v", apart, l.Problems)
		}
	}
	l := read("BENALI;Léa;6A;01/02/2014\nBenali;LÉA;6B;01/02/2014")
	if len(l.Pupils) != 1 || len(l.Problems) != 1 || l.Problems[0].Line != 3 || !strings.Contains(l.Problems[0].Words, "La ligne 2") {
		t.Errorf("two lines of one person: %v", l.Problems)
	}
}

// TestGuardiansAreNotMixed is what keeps a parent from the children of another who has the same name.
func TestGuardiansAreNotMixed(t *testing.T) {
	read := func(lines string) *List {
		tab := table(t, "Nom;Prénom;Classe;Nom responsable 1;Prénom responsable 1;Email responsable 1;Id responsable 1\n"+lines)
		return Compile(Pupils, tab, Guess(Pupils, tab.Header, nil))
	}
	same := func(l *List) bool { return l.Pupils[0].Guardians[0].Person.Key == l.Pupils[1].Guardians[0].Person.Key }
	for lines, want := range map[string]bool{
		"A;Léa;6A;MARTIN;Anne\nB;Tom;6A;MARTIN;Anne":                                       false,
		"A;Léa;6A;MARTIN;Anne;a@exemple.fr\nA;Tom;6A;Martin;ANNE;A@exemple.fr":             true,
		"A;Léa;6A;MARTIN;Anne;a@exemple.fr\nB;Tom;6A;MARTIN;Anne;b@exemple.fr":             false,
		"A;Léa;6A;MARTIN;Anne;famille@exemple.fr\nA;Tom;6A;MARTIN;Paul;famille@exemple.fr": false,
		"A;Léa;6A;MARTIN;Anne;;17\nA;Tom;6A;MARTIN;Anne;;17":                               true,
	} {
		l := read(lines)
		if same(l) != want || len(l.Problems) != 0 {
			t.Errorf("%q: one person: %v, %v", lines, same(l), l.Problems)
		}
	}
	if l := read("A;Léa;6A;MARTIN;Anne;;17\nB;Tom;6A;DURAND;Paul;;17"); len(l.Pupils[1].Guardians) != 0 || len(l.Problems) != 1 {
		t.Errorf("a number that two people have: %+v", l.Pupils[1])
	}
}

func TestFunctions(t *testing.T) {
	for text, want := range map[string]string{"Professeur": "ENS", "Enseignante": "ENS", "Professeur documentaliste": "DOC", "ENS": "ENS", "Cheffe d’établissement": "DIR",
		"Directrice adjointe": "DIR", "Principal adjoint": "DIR", "Conseillère principale d’éducation": "EDU", "CPE": "EDU", "Assistant d’éducation": "AED", "Surveillante": "AED",
		"AESH": "AES", "Secrétaire de direction": "ADM", "Gestionnaire": "ADF", "Infirmière": "MDS", "Agent d’entretien": "OUV", "Psychologue EN": "PSY",
		"Responsable vie scolaire": "EDU", "engagement": "", "": ""} {
		if code, _, known := functionOf(text); code != want || known != (want != "") {
			t.Errorf("%q is %q", text, code)
		}
	}
}

func TestSource(t *testing.T) {
	day := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	of := School{ID: 42, UAI: "0859906F", Name: "Collège Saint-Aubin"}
	rows := func(k Kind, content string) (all []feed.Row, h feed.Header) {
		tab := table(t, content)
		src := NewSource(Compile(k, tab, Guess(k, tab.Header, nil)), of, day, "liste.csv")
		if err := src.Rows(context.Background(), func(r *feed.Row) error {
			all = append(all, *r)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return all, src.Header()
	}
	got, h := rows(Pupils, pupilsText+"SANS;;;6A\n")
	if diff := cmp.Diff(feed.Header{Source: "csv:42", Kind: feed.Complete, Day: day, Label: "liste.csv", Only: 42}, h); diff != "" {
		t.Error(diff)
	}
	if len(got) != 5 || got[0].Structure.UAI != of.UAI || got[1].Line != 4 || got[1].Problem != "Prénom de l’élève : Le prénom manque : la ligne n’est pas lue." {
		t.Fatalf("got %+v", got)
	}
	mother := got[2].Relative
	want := feed.Row{Operation: feed.Put, File: "liste.csv", Line: 2, Pupil: &feed.Pupil{Person: feed.Person{Key: "ine 140905512hk", GivenName: "Loïs", FamilyName: "GUÉRINEAU",
		BirthDate: time.Date(2014, 5, 3, 0, 0, 0, 0, time.UTC)}, INE: "140905512HK", Home: of.UAI, Level: "6e", Classes: []feed.Place{{Structure: of.UAI, Code: "6A"}},
		Groups: []feed.Place{{Structure: of.UAI, Code: "6ANG1"}, {Structure: of.UAI, Code: "6LAT"}}, Ties: []feed.Tie{{Relative: mother.Key, Link: 10, Legal: 1, Contact: true}}}}
	if diff := cmp.Diff(want, got[3]); diff != "" {
		t.Error(diff)
	}
	if standing, _ := got[3].Pupil.Ties[0].Standing(); standing != feed.Authority {
		t.Errorf("a legal guardian of a list is %s", standing)
	}
	got, h = rows(Staff, "Nom;Prénom;Fonction;Matière;Classes;PP\nBENALI;Nadia;Professeure;Mathématiques;4A, 4B;4B\nRIOU;Tom;AED;;;\n")
	if h.Source != "csvstaff:42" {
		t.Errorf("the source is %s", h.Source)
	}
	if len(got) != 4 || *got[1].Subject != (feed.Subject{Code: "mathematiques", Label: "Mathématiques"}) {
		t.Fatalf("got %+v", got)
	}
	if diff := cmp.Diff(&feed.Staff{Person: feed.Person{Key: "name benali/nadia", GivenName: "Nadia", FamilyName: "BENALI"}, Home: of.UAI,
		Functions: []feed.Function{{Structure: of.UAI, Code: "ENS", Label: "Enseignement", Discipline: "Mathématiques"}}, Forms: []feed.Place{{Structure: of.UAI, Code: "4B"}},
		Lessons: []feed.Lesson{{Structure: of.UAI, Class: "4A", Subject: "mathematiques"}, {Structure: of.UAI, Class: "4B", Subject: "mathematiques"}}}, got[2].Staff); diff != "" {
		t.Error(diff)
	}
}

func TestSourceStopsWhenAsked(t *testing.T) {
	tab := table(t, pupilsText)
	src := NewSource(Compile(Pupils, tab, Guess(Pupils, tab.Header, nil)), School{ID: 1, UAI: "0859906F"}, time.Now(), "x")
	stop := errors.New("stop")
	for after := 1; after < 4; after++ {
		n := 0
		err := src.Rows(context.Background(), func(*feed.Row) error {
			if n++; n == after {
				return stop
			}
			return nil
		})
		if err != stop || n != after {
			t.Errorf("after %d rows: %v", n, err)
		}
	}
}

func TestProblemsAreSorted(t *testing.T) {
	l := &List{Problems: []Problem{{Line: 9}, {Line: 3, Left: true}, {Line: 2}, {Line: 1, Left: true}}}
	got := l.Sorted(3)
	if len(got) != 3 || got[0].Line != 1 || got[1].Line != 3 || got[2].Line != 2 {
		t.Errorf("got %v", got)
	}
}

// FuzzRead reads anything that somebody may send.
func FuzzRead(f *testing.F) {
	f.Add([]byte(pupilsText))
	f.Add([]byte("Nom,Prénom\n\"a\"b,\"c\n\xff"))
	f.Add([]byte("sep=\t\nNom\tPrénom\tFonction"))
	f.Fuzz(func(t *testing.T, in []byte) {
		tab, err := Read(in)
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Fatal(err)
			}
			return
		}
		for _, k := range []Kind{Pupils, Staff} {
			m := Guess(k, tab.Header, nil)
			if l := Compile(k, tab, m); l.People()+l.LeftOut != len(tab.Rows) {
				t.Fatalf("%d lines, %d people, %d left out", len(tab.Rows), l.People(), l.LeftOut)
			}
		}
	})
}
