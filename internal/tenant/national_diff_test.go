package tenant

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func known(code UAI, name, city string) Establishment {
	return Establishment{UAI: code, Name: name, City: city, Department: code.Department(), Nature: "college", Sector: "public"}
}

func provisional(code UAI, name, city string) Establishment {
	e := known(code, name, city)
	e.Provisional = true
	return e
}

func listed(code UAI, name, city string) NationalEstablishment {
	return NationalEstablishment{UAI: code, Name: name, City: city, Department: code.Department(), Nature: "college",
		Sector: "public"}
}

func TestDiffNational(t *testing.T) {
	haxo := known("0850001T", "Collège Haxo", "La Roche-sur-Yon")
	waiting := provisional("0859001X", "Collège Haxo", "La Roche-sur-Yon")
	madeUp := known("0859301Y", "Collège des Aulnes (exemple)", "Luçon")
	madeUp.MadeUp = true
	private := listed("0850001T", "Collège Haxo", "La Roche-sur-Yon")
	private.Sector = "private"
	closed := listed("0850001T", "Collège Haxo", "La Roche-sur-Yon")
	closed.Closed = true
	lycee := listed("0850001T", "Lycée Haxo", "La Roche-sur-Yon")
	lycee.Nature = "lgt"
	same := listed("0850001T", "COLLEGE  HAXO", "LA ROCHE SUR YON CEDEX 2")
	for _, c := range []struct {
		name     string
		current  []Establishment
		national []NationalEstablishment
		want     []string
	}{
		{"nothing to say", []Establishment{haxo}, []NationalEstablishment{same}, nil},
		{"name", []Establishment{haxo}, []NationalEstablishment{listed("0850001T", "Collège Piobetta", "La Roche-sur-Yon")},
			[]string{"Collège Haxo, La Roche-sur-Yon (0850001T) : le nom « Collège Haxo » devient « Collège Piobetta »"}},
		{"city", []Establishment{haxo}, []NationalEstablishment{listed("0850001T", "Collège Haxo", "Aizenay")},
			[]string{"Collège Haxo, La Roche-sur-Yon (0850001T) : la commune « La Roche-sur-Yon » devient « Aizenay »"}},
		{"sector", []Establishment{haxo}, []NationalEstablishment{private},
			[]string{"Collège Haxo, La Roche-sur-Yon (0850001T) : le secteur, public, devient privé"}},
		{"closed", []Establishment{haxo}, []NationalEstablishment{closed},
			[]string{"Collège Haxo, La Roche-sur-Yon (0850001T) : l’annuaire national le dit fermé"}},
		{"gone", []Establishment{haxo}, nil,
			[]string{"Collège Haxo, La Roche-sur-Yon (0850001T) : l’annuaire national ne le connaît pas ; rien ne change"}},
		{"another family of nature", []Establishment{haxo}, []NationalEstablishment{lycee},
			[]string{"Collège Haxo, La Roche-sur-Yon (0850001T) : c’est ici un collège, et pour l’annuaire national un " +
				"lycée général et technologique : Lycée Haxo, La Roche-sur-Yon (0850001T) ; à décider à la main"}},
		{"addition", nil, []NationalEstablishment{same},
			[]string{"COLLEGE  HAXO, LA ROCHE SUR YON CEDEX 2 (0850001T) : nouvel établissement, collège public"}},
		{"closed and unknown here", nil, []NationalEstablishment{closed}, nil},
		{"provisional code", []Establishment{waiting}, []NationalEstablishment{same},
			[]string{"Collège Haxo, La Roche-sur-Yon (0859001X) : le code provisoire est remplacé par le code national 0850001T"}},
		{"provisional, only a closed one", []Establishment{waiting}, []NationalEstablishment{closed},
			[]string{"Collège Haxo, La Roche-sur-Yon (0859001X) : l’annuaire national ne le connaît pas ; rien ne change"}},
		{"provisional, of another sector", []Establishment{waiting}, []NationalEstablishment{private},
			[]string{"Collège Haxo, La Roche-sur-Yon (0859001X) : il est ici public, et pour l’annuaire national privé : " +
				"Collège Haxo, La Roche-sur-Yon (0850001T) ; à décider à la main"}},
		{"provisional, two answers", []Establishment{waiting},
			[]NationalEstablishment{same, listed("0850002U", "Collège Haxo", "La Roche-sur-Yon")},
			[]string{"Collège Haxo, La Roche-sur-Yon (0859001X) : plusieurs établissements de l’annuaire national peuvent " +
				"lui correspondre : COLLEGE  HAXO, LA ROCHE SUR YON CEDEX 2 (0850001T) ; " +
				"Collège Haxo, La Roche-sur-Yon (0850002U) ; à décider à la main"}},
		{"provisional, in another city", []Establishment{waiting}, []NationalEstablishment{listed("0850001T", "Collège Haxo", "Aizenay")},
			[]string{"Collège Haxo, La Roche-sur-Yon (0859001X) : l’annuaire national connaît ce nom dans une autre commune : " +
				"Collège Haxo, Aizenay (0850001T) ; à décider à la main"}},
		{"a line that was paired is not a candidate elsewhere",
			[]Establishment{provisional("0859002Y", "Collège Haxo", "Aizenay"), waiting}, []NationalEstablishment{same},
			[]string{"Collège Haxo, Aizenay (0859002Y) : l’annuaire national ne le connaît pas ; rien ne change",
				"Collège Haxo, La Roche-sur-Yon (0859001X) : le code provisoire est remplacé par le code national 0850001T"}},
		{"provisional, in another department", []Establishment{waiting}, []NationalEstablishment{listed("0440001M", "Collège Haxo", "Nantes")},
			[]string{"Collège Haxo, La Roche-sur-Yon (0859001X) : l’annuaire national ne le connaît pas ; rien ne change",
				"Collège Haxo, Nantes (0440001M) : nouvel établissement, collège public"}},
		{"provisional, of another family", []Establishment{waiting}, []NationalEstablishment{lycee},
			[]string{"Collège Haxo, La Roche-sur-Yon (0859001X) : l’annuaire national ne le connaît pas ; rien ne change",
				"Lycée Haxo, La Roche-sur-Yon (0850001T) : nouvel établissement, lycée général et technologique public"}},
		{"a name that says nothing", []Establishment{provisional("0859001X", "EREA", "Nantes")},
			[]NationalEstablishment{listed("0440001M", "Collège", "Nantes")},
			[]string{"EREA, Nantes (0859001X) : l’annuaire national ne le connaît pas ; rien ne change",
				"Collège, Nantes (0440001M) : nouvel établissement, collège public"}},
		{"the real code goes before the provisional one", []Establishment{waiting, haxo}, []NationalEstablishment{same},
			[]string{"Collège Haxo, La Roche-sur-Yon (0859001X) : l’annuaire national ne le connaît pas ; rien ne change"}},
		{"made up", []Establishment{madeUp}, []NationalEstablishment{listed("0850001T", "Collège des Aulnes (exemple)", "Luçon")},
			[]string{"Collège des Aulnes (exemple), Luçon (0850001T) : nouvel établissement, collège public"}},
		{"an invented code that exists", []Establishment{madeUp}, []NationalEstablishment{listed("0859301Y", "Collège Réel", "Luçon")},
			[]string{"Collège des Aulnes (exemple), Luçon (0859301Y) : son code inventé est celui d’un établissement de " +
				"l’annuaire national : Collège Réel, Luçon (0859301Y) ; à décider à la main"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, change := range DiffNational(c.current, c.national) {
				got = append(got, plainSpaces(change.Words()))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTwinsAreNeverGuessed(t *testing.T) {
	current := []Establishment{provisional("0859001X", "Collège Haxo", "Luçon"), provisional("0859002Y", "Collège HAXO", "Luçon")}
	got := DiffNational(current, []NationalEstablishment{listed("0850001T", "Collège Haxo", "Luçon")})
	if len(got) != 2 || got[0].Kind != ChangeDoubt || got[1].Kind != ChangeDoubt {
		t.Errorf("got %+v", got)
	}
}

func TestChangesOfACodeComeWithTheirLine(t *testing.T) {
	line := listed("0850001T", "Collège Haxo", "Luçon")
	got := DiffNational([]Establishment{provisional("0859001X", "Collège Haxo", "Luçon")}, []NationalEstablishment{line})
	want := []Change{{Kind: ChangeCode, UAI: "0859001X", Label: "Collège Haxo, Luçon", Field: "uai", Before: "0859001X",
		After: "0850001T", National: line}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAdditionsComeInOrder(t *testing.T) {
	got := DiffNational(nil, []NationalEstablishment{listed("0850001T", "Collège B", "Luçon"),
		listed("0850002U", "Collège A", "Luçon"), listed("0850003V", "Collège C", "Évron"), listed("0440001M", "Collège D", "Rezé")})
	var codes []UAI
	for _, c := range got {
		codes = append(codes, c.UAI)
	}
	if !slices.Equal(codes, []UAI{"0440001M", "0850003V", "0850002U", "0850001T"}) {
		t.Errorf("got %v", codes)
	}
}

// A directory that knows each named establishment, written its own way, leaves nothing to say once its codes are taken.
func TestTheNamedEstablishmentsFindTheirCodes(t *testing.T) {
	var current []Establishment
	var national []NationalEstablishment
	for _, c := range loadReal(t).Collectivities {
		for _, e := range c.Establishments {
			current = append(current, e)
			if !e.Provisional || nameKey(e.Name) == "" {
				continue
			}
			digits := string(e.UAI[:3]) + "0" + string(e.UAI[4:7])
			letter, _ := CheckLetter(digits)
			national = append(national, NationalEstablishment{UAI: UAI(digits + string(letter)), Nature: e.Nature, Sector: e.Sector,
				Name: strings.ToUpper(fold(e.Name)), City: strings.ToUpper(fold(e.City)), Department: e.Department})
		}
	}
	codes := map[UAI]UAI{}
	for _, c := range DiffNational(current, national) {
		switch c.Kind {
		case ChangeCode:
			codes[c.UAI] = UAI(c.After)
		case ChangeMissing:
			if !strings.HasPrefix(c.Label, "EREA,") {
				t.Error(c.Words())
			}
		default:
			t.Error(c.Words())
		}
	}
	if len(codes) != 92 {
		t.Errorf("%d codes are replaced", len(codes))
	}
	for i, e := range current {
		if code, ok := codes[e.UAI]; ok {
			current[i].UAI, current[i].Provisional = code, false
		}
	}
	if again := DiffNational(current, national); len(again) != 1 {
		t.Errorf("a second comparison still finds %d changes", len(again))
	}
}
