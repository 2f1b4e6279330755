package tenant

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
)

const nationalHeader = "Identifiant_de_l_etablissement;Nom_etablissement;Type_etablissement;Statut_public_prive;Adresse_1;" +
	"Code_postal;Nom_commune;Code_departement;Libelle_academie;Telephone;Web;Mail;Type_contrat_prive;etat;Code_nature;" +
	"latitude;longitude\n"

// nationalLine fills the columns that matter to a case.
func nationalLine(uai, name, kind, sector, city, academy, contract, state, nature string) string {
	return strings.Join([]string{uai, name, kind, sector, "1 rue des Prés", "44000", city, "044", academy, "02 40 00 00 00",
		"https://ecole.example.org", "ce@example.org", contract, state, nature, "47.2181", "-1.5528"}, ";") + "\n"
}

const nationalSample = nationalHeader +
	"0449901Y;Collège Sévigné;Collège;Public;1 rue des Prés;44000;Nantes;044;Nantes;02 40 00 00 00;" +
	"https://ecole.example.org;ce@example.org;SANS OBJET;OUVERT;340;47.2181;-1.5528\n"

func sampleEstablishment() NationalEstablishment {
	return NationalEstablishment{UAI: "0449901Y", Name: "Collège Sévigné", Nature: "college", Sector: "public",
		City: "Nantes", Department: "44", Address: "1 rue des Prés", PostalCode: "44000", Phone: "02 40 00 00 00",
		Mail: "ce@example.org", Web: "https://ecole.example.org", Latitude: 47.2181, Longitude: -1.5528}
}

func TestReadNationalDirectoryAsItComes(t *testing.T) {
	windows, err := charmap.Windows1252.NewEncoder().String(nationalSample)
	if err != nil {
		t.Fatal(err)
	}
	labels := strings.Replace(nationalSample, "Identifiant_de_l_etablissement;Nom_etablissement",
		"Identifiant de l'établissement;NOM ÉTABLISSEMENT", 1)
	for name, file := range map[string]string{
		"utf-8":         nationalSample,
		"utf-8 marked":  "\ufeff" + nationalSample,
		"windows-1252":  windows,
		"labels":        labels,
		"carriage":      strings.ReplaceAll(nationalSample, "\n", "\r\n"),
		"commas":        strings.ReplaceAll(nationalSample, ";", ","),
		"tabs":          strings.ReplaceAll(nationalSample, ";", "\t"),
		"without type":  strings.Replace(nationalSample, "Type_etablissement", "autre", 1),
		"without code":  strings.Replace(nationalSample, "Code_nature", "autre", 1),
		"no academy":    strings.Replace(nationalSample, "Libelle_academie", "autre", 1),
		"quoted":        strings.Replace(nationalSample, "Collège Sévigné", "\"Collège\nSévigné\"", 1),
		"stray quote":   nationalSample + "0440001A;École \"du;Ecole;Public\n",
		"spaces around": strings.Replace(nationalSample, "Collège Sévigné", "  Collège\u00a0 Sévigné ", 1),
	} {
		got, problems := ReadNationalDirectory(strings.NewReader(file))
		if len(problems) > 0 {
			t.Errorf("%s: %q", name, problems)
		}
		if diff := cmp.Diff([]NationalEstablishment{sampleEstablishment()}, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestReadNationalDirectoryKeepsOurs(t *testing.T) {
	line := func(uai, name, kind, sector, academy, contract, state, nature string) string {
		return nationalLine(uai, name, kind, sector, "Nantes", academy, contract, state, nature)
	}
	for _, c := range []struct {
		name, line, want string // want: nature sector closed, or empty when left out
	}{
		{"collège", line("0449901Y", "Collège A", "Collège", "Public", "Nantes", "", "OUVERT", "340"), "college public open"},
		{"privé", line("0449901Y", "Collège A", "Collège", "Privé", "Nantes", "CONTRAT D'ASSOCIATION", "OUVERT", "340"), "college private open"},
		{"privé, in full", line("0449901Y", "Collège A", "Collège", "Privé sous contrat", "Nantes", "", "OUVERT", "340"), "college private open"},
		{"hors contrat", line("0449901Y", "Collège A", "Collège", "Privé", "Nantes", "HORS CONTRAT", "OUVERT", "340"), ""},
		{"fermé", line("0449901Y", "Collège A", "Collège", "Public", "Nantes", "", "FERMÉ", "340"), "college public closed"},
		{"lycée général et technologique", line("0449901Y", "Lycée A", "Lycée", "Public", "NANTES", "", "OUVERT", "300"), "lgt public open"},
		{"polyvalent", line("0449901Y", "Lycée A", "Lycée", "Public", "Nantes", "", "OUVERT", "306"), "lpo public open"},
		{"professionnel", line("0449901Y", "Lycée A", "Lycée", "Public", "Nantes", "", "OUVERT", "320"), "lp public open"},
		{"agricole", line("0449901Y", "Lycée A", "Lycée", "Public", "Nantes", "", "OUVERT", "307"), "lycee public open"},
		{"adapté", line("0449901Y", "EREA A", "EREA", "Public", "Nantes", "", "OUVERT", "370"), "erea public open"},
		{"professionnel, by its name", line("0449901Y", "Lycée professionnel A", "Lycée", "Public", "Nantes", "", "OUVERT", ""), "lp public open"},
		{"polyvalent, by its name", line("0449901Y", "Lycée polyvalent A", "Lycée", "Public", "Nantes", "", "OUVERT", ""), "lpo public open"},
		{"général, by its name", line("0449901Y", "Lycée général et technologique A", "Lycée", "Public", "Nantes", "", "OUVERT", ""), "lgt public open"},
		{"lycée, by its type", line("0449901Y", "Lycée A", "Lycée", "Public", "Nantes", "", "OUVERT", ""), "lycee public open"},
		{"EREA, by its type", line("0449901Y", "A", "EREA", "Public", "Nantes", "", "OUVERT", ""), "erea public open"},
		{"école", line("0449901Y", "École A", "Ecole", "Public", "Nantes", "", "OUVERT", "151"), ""},
		{"service", line("0449901Y", "CIO", "Information et orientation", "Public", "Nantes", "", "OUVERT", ""), ""},
		{"SEGPA", line("0449901Y", "SEGPA A", "Collège", "Public", "Nantes", "", "OUVERT", "390"), ""},
		{"another academy", line("0449901Y", "Collège A", "Collège", "Public", "Rennes", "", "OUVERT", "340"), ""},
		{"école with a bad code", line("0449901Z", "École A", "Ecole", "Public", "Nantes", "", "OUVERT", "151"), ""},
	} {
		got, problems := ReadNationalDirectory(strings.NewReader(nationalHeader + c.line))
		if len(problems) > 0 {
			t.Errorf("%s: %q", c.name, problems)
		}
		shown := ""
		for _, n := range got {
			state := "open"
			if n.Closed {
				state = "closed"
			}
			shown += n.Nature + " " + n.Sector + " " + state
		}
		if shown != c.want {
			t.Errorf("%s: got %q, want %q", c.name, shown, c.want)
		}
	}
}

func TestReadNationalDirectoryByCodeOfAcademy(t *testing.T) {
	file := strings.Replace(nationalSample, "Libelle_academie", "Code_academie", 1)
	for code, want := range map[string]int{"17": 1, "017": 1, "14": 0} {
		got, _ := ReadNationalDirectory(strings.NewReader(strings.Replace(file, ";044;Nantes;", ";044;"+code+";", 1)))
		if len(got) != want {
			t.Errorf("code %s: %d kept", code, len(got))
		}
	}
	elsewhere := strings.Replace(strings.Replace(nationalSample, "Libelle_academie", "autre", 1), "0449901Y", "0290009C", 1)
	if got, _ := ReadNationalDirectory(strings.NewReader(elsewhere)); len(got) != 0 {
		t.Errorf("kept %v of another department", got)
	}
}

func TestReadNationalDirectoryReportsFaults(t *testing.T) {
	good := nationalLine("0449902Z", "Collège B", "Collège", "Public", "Rezé", "Nantes", "", "OUVERT", "340")
	for _, c := range []struct {
		name, line, column, says string
	}{
		{"check letter", nationalLine("0449901Z", "A", "Collège", "Public", "Nantes", "Nantes", "", "", "340"), "uai", "devrait être Y"},
		{"name", nationalLine("0449901Y", "", "Collège", "Public", "Nantes", "Nantes", "", "", "340"), "name", "manque"},
		{"city", nationalLine("0449901Y", "A", "Collège", "Public", "", "Nantes", "", "", "340"), "city", "manque"},
		{"sector", nationalLine("0449901Y", "A", "Collège", "Mixte", "Nantes", "Nantes", "", "", "340"), "sector", "Mixte"},
	} {
		got, problems := ReadNationalDirectory(strings.NewReader(nationalHeader + c.line + good))
		if len(problems) != 1 || problems[0].Line != 2 || problems[0].Column != c.column ||
			!strings.Contains(problems[0].Sentence, c.says) {
			t.Errorf("%s: %q", c.name, problems)
		}
		if len(got) != 1 || got[0].UAI != "0449902Z" {
			t.Errorf("%s: the good line is lost: %v", c.name, got)
		}
	}
	got, problems := ReadNationalDirectory(strings.NewReader(nationalHeader + good + good))
	if len(got) != 1 || len(problems) != 1 || problems[0].Line != 3 {
		t.Errorf("a code twice: %v, %q", got, problems)
	}
}

func TestReadNationalDirectoryRefusesOtherFiles(t *testing.T) {
	for name, file := range map[string]string{
		"empty":         "",
		"another table": "nom;prénom\nA;B\n",
		"no nature":     "uai;nom_etablissement;secteur;commune\n",
	} {
		if got, problems := ReadNationalDirectory(strings.NewReader(file)); len(got) > 0 || len(problems) == 0 {
			t.Errorf("%s: %v, %q", name, got, problems)
		}
	}
	broken := io.MultiReader(strings.NewReader(nationalSample), iotest.ErrReader(errors.New("disk")))
	if got, problems := ReadNationalDirectory(broken); len(got) != 1 || len(problems) != 1 ||
		!strings.Contains(problems[0].Sentence, "interrompue") {
		t.Errorf("a broken read: %v, %q", got, problems)
	}
}

func FuzzReadNationalDirectory(f *testing.F) {
	f.Add([]byte(nationalSample))
	f.Add([]byte(strings.ReplaceAll(nationalSample, "é", "\xe9")))
	f.Add([]byte(nationalHeader + "0449901Y;\"A;;;\n;;\"\n"))
	f.Add([]byte("uai,nom_etablissement,secteur,commune,code_nature\n0449901Y,A,public,B,340\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		got, _ := ReadNationalDirectory(strings.NewReader(string(content)))
		seen := map[UAI]bool{}
		for _, n := range got {
			code, err := ParseUAI(string(n.UAI))
			if err != nil || code != n.UAI || seen[code] || natureFamily(n.Nature) == "" || n.Sector == "" ||
				nameSentence(n.Name) != "" || nameSentence(n.City) != "" {
				t.Errorf("accepted %+v", n)
			}
			seen[code] = true
		}
		DiffNational(nil, got)
	})
}
