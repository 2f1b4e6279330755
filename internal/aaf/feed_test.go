package aaf

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestParseName(t *testing.T) {
	day := time.Date(2025, 10, 2, 0, 0, 0, 0, time.UTC)
	for name, want := range map[string]File{
		"ENT2DVA-ENT16_Complet_20251002_Eleve_0000.xml":             {Category: Pupils, kind: "complet", date: day},
		"FULL_ENTTSSERVICES_Complet_20251002_PersRelEleve_0012.xml": {Category: Relatives, Chunk: 12, kind: "complet", date: day},
		"ENT_0449901Y_Delta_20251002_PersEducNat_0001.xml":          {Category: StaffMembers, Chunk: 1, kind: "delta", date: day},
		"ENT_Complet_20251002_MatiereEducNat_0000.XML":              {Category: Subjects, kind: "complet", date: day},
		"dossier/ENT_Complet_20251002_MefEducNat_0000.xml":          {Category: Programmes, kind: "complet", date: day},
		`C:\aaf\ENT_EtabEducNat_0000.xml`:                           {Category: Structures},
		"Eleve_0000.xml":                                            {Category: Pupils},
	} {
		got, ok := ParseName(name)
		if !ok || got.Category != want.Category || got.Chunk != want.Chunk || got.kind != want.kind || !got.date.Equal(want.date) {
			t.Errorf("%s: got %+v, %v", name, got, ok)
		}
		if strings.ContainsAny(got.Name, `/\`) {
			t.Errorf("%s keeps its folder: %s", name, got.Name)
		}
	}
	for _, name := range []string{"ficAlimMENESR.dtd", "readme.xml", "ENT_Complet_20251002_Eleve_0000.xml.gz", "ENT_AutreEleve_0000.xml",
		"ENT_Eleve_00.xml", "MatEducNat_0000.xml", ""} {
		if got, ok := ParseName(name); ok {
			t.Errorf("%q is taken for %+v", name, got)
		}
	}
}

// files is a small feed, in the order in which nobody should read it.
func files() map[string]string {
	one := func(attr, category, id string) string {
		return `<ficAlimMENESR><addRequest><operationalAttributes><attr name="` + attr + `"><value>` + category + `</value></attr></operationalAttributes><identifier><id>` +
			id + `</id></identifier><attributes><attr name="sn"><value>X</value></attr><attr name="ENTNouveau"><value>1</value></attr></attributes></addRequest></ficAlimMENESR>`
	}
	const p = "ENT2DVA_Complet_20251002_"
	return map[string]string{
		p + "Eleve_0001.xml":          one("categoriePersonne", "Eleve", "p2"),
		p + "Eleve_0000.xml":          one("categoriePersonne", "Eleve", "p1"),
		p + "PersEducNat_0000.xml":    one("categoriePersonne", "PersEducNat", "s"),
		p + "PersRelEleve_0000.xml":   one("categoriePersonne", "PersRelEleve", "r"),
		p + "EtabEducNat_0000.xml":    one("categorieStructure", "EtabEducNat", "e"),
		p + "MefEducNat_0000.xml":     one("categorieMef", "MefEducNat", "m"),
		p + "MatiereEducNat_0000.xml": one("categorieMatiere", "MatEducNat", "u"),
		"ficAlimMENESR.dtd":           "<!ELEMENT ficAlimMENESR ANY>",
		"liste.xml":                   "not ours",
	}
}

// pack writes files as a folder, or as the archive that the name announces, and returns its path.
func pack(t *testing.T, name string, files map[string]string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	var b bytes.Buffer
	must := func(err error) {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
	}
	switch {
	case strings.HasSuffix(name, ".zip"):
		z := zip.NewWriter(&b)
		for n, text := range files {
			w, err := z.Create("aaf/" + n)
			must(err)
			_, err = w.Write([]byte(text))
			must(err)
		}
		must(z.Close())
	case strings.HasSuffix(name, ".tgz"), strings.HasSuffix(name, ".tar"):
		a := tar.NewWriter(&b)
		for n, text := range files {
			must(a.WriteHeader(&tar.Header{Name: "../" + n, Size: int64(len(text)), Mode: 0o600, Typeflag: tar.TypeReg}))
			_, err := a.Write([]byte(text))
			must(err)
		}
		must(a.Close())
		if strings.HasSuffix(name, ".tgz") {
			plain := bytes.Clone(b.Bytes())
			b.Reset()
			g := gzip.NewWriter(&b)
			_, err := g.Write(plain)
			must(err)
			must(g.Close())
		}
	default:
		must(os.Mkdir(path, 0o700))
		for n, text := range files {
			must(os.WriteFile(filepath.Join(path, n), []byte(text), 0o600))
		}
		must(os.Mkdir(filepath.Join(path, "ENT_Eleve_0009.xml"), 0o700))
		return path
	}
	must(os.WriteFile(path, b.Bytes(), 0o600))
	return path
}

func collect(t *testing.T, path string) (ids string, notices []string, err error) {
	t.Helper()
	f, err := Open(path)
	if err != nil {
		return "", nil, err
	}
	defer f.Close()
	err = f.Each(context.Background(), func(r *Record) error {
		ids += r.ID + " "
		return nil
	}, func(n Notice) { notices = append(notices, n.String()) })
	return strings.TrimSpace(ids), notices, err
}

func TestFeedReadsInOrder(t *testing.T) {
	for _, name := range []string{"folder", "ENT2DVA.20251002.zip", "ENT2DVA.20251002.tgz", "ENT2DVA.tar"} {
		t.Run(name, func(t *testing.T) {
			path := pack(t, name, files())
			ids, notices, err := collect(t, path)
			if err != nil {
				t.Fatal(err)
			}
			if ids != "e u m p1 p2 r s" {
				t.Errorf("they were read as %s", ids)
			}
			want := []string{
				"ENT2DVA_Complet_20251002_EtabEducNat_0000.xml, ligne 1 : sn : cet attribut est inconnu ; il n’est pas lu",
				"ENT2DVA_Complet_20251002_EtabEducNat_0000.xml, ligne 1 : ENTNouveau : cet attribut est inconnu ; il n’est pas lu",
			}
			if diff := cmp.Diff(want, notices[:2]); diff != "" {
				t.Error(diff)
			}
			// sn in three nomenclatures, ENTNouveau in six categories: the second file of pupils tells nothing new.
			if len(notices) != 9 {
				t.Errorf("unknown attributes are told %d times: %q", len(notices), notices)
			}
			f, err := Open(path)
			if err != nil {
				t.Fatal(err)
			}
			if f.Delta || f.Date.Format(time.DateOnly) != "2025-10-02" || len(f.Missing()) != 0 {
				t.Errorf("the feed is %v of %s, without %v", f.Delta, f.Date, f.Missing())
			}
			if err := f.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestFeedLeavesNothingUnpacked(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	whole := pack(t, "a.tgz", files())
	if _, _, err := collect(t, whole); err != nil {
		t.Fatal(err)
	}
	cut, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	half := filepath.Join(t.TempDir(), "half.tgz")
	if err := os.WriteFile(half, cut[:len(cut)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := collect(t, half); err == nil || !strings.Contains(err.Error(), "coupée") {
		t.Errorf("half an archive gives %v", err)
	}
	left, err := filepath.Glob(filepath.Join(os.TempDir(), "elyco-aaf-*"))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestFeedTellsItsKind(t *testing.T) {
	one := files()["ENT2DVA_Complet_20251002_Eleve_0000.xml"]
	for name, want := range map[string]bool{"ENT2DVA.20251003.Delta.zip": true, "ENT2DVA_DELTA_20251003.zip": true, "ENT2DVA.20251003.zip": false} {
		f, err := Open(pack(t, name, map[string]string{"ENT_Eleve_0000.xml": one}))
		if err != nil {
			t.Fatal(err)
		}
		if f.Delta != want || f.Date.Format(time.DateOnly) != "2025-10-03" {
			t.Errorf("%s: delta %v, of %s", name, f.Delta, f.Date)
		}
		if diff := cmp.Diff([]Category{Structures, Subjects, Programmes, Relatives, StaffMembers}, f.Missing()); diff != "" {
			t.Error(diff)
		}
		f.Close()
	}
	path := filepath.Join(t.TempDir(), "ENT_Delta_20251003_Eleve_0000.xml")
	if err := os.WriteFile(path, []byte(one), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Open(path)
	if err != nil || !f.Delta || len(f.Files) != 1 {
		t.Errorf("a single file is %+v: %v", f, err)
	}
}

func TestOpenRefuses(t *testing.T) {
	without := func(names ...string) map[string]string {
		all := files()
		for _, n := range names {
			delete(all, n)
		}
		return all
	}
	with := func(name string) map[string]string {
		all := files()
		all[name] = all["ENT2DVA_Complet_20251002_Eleve_0000.xml"]
		return all
	}
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"a chunk in the middle is missing": {with("ENT2DVA_Complet_20251002_Eleve_0003.xml"), "le fichier 0002 de cette suite manque"},
		"the first chunk is missing":       {without("ENT2DVA_Complet_20251002_Eleve_0000.xml"), "le fichier 0000 de cette suite manque"},
		"two dates":                        {with("ENT2DVA_Complet_20251003_Eleve_0002.xml"), "pas du même annuaire"},
		"complete and delta":               {with("ENT2DVA_Delta_20251002_Eleve_0002.xml"), "pas du même annuaire"},
		"nothing of a feed":                {map[string]string{"a.txt": "x"}, "aucun fichier d’annuaire"},
	} {
		for _, kind := range []string{"folder", "a.zip", "a.tgz"} {
			_, err := Open(pack(t, kind, c.files))
			var bad *SyntaxError
			if !errors.As(err, &bad) || !strings.Contains(bad.Error(), c.want) {
				t.Errorf("%s, %s: %v", name, kind, err)
			}
		}
	}
	odd := filepath.Join(t.TempDir(), "photo.jpg")
	if err := os.WriteFile(odd, []byte("\xff\xd8"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(odd); err == nil || !strings.Contains(err.Error(), "ni une archive") {
		t.Errorf("a picture gives %v", err)
	}
	if _, err := Open(filepath.Join(t.TempDir(), "absent")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("what is absent gives %v", err)
	}
}

func TestFeedSaysWhichFileIsWrong(t *testing.T) {
	all := files()
	const cut = "ENT2DVA_Complet_20251002_PersRelEleve_0000.xml"
	all[cut] = all[cut][:100]
	for _, kind := range []string{"folder", "a.zip", "a.tgz"} {
		_, _, err := collect(t, pack(t, kind, all))
		if err == nil || !strings.HasPrefix(err.Error(), cut+", ligne 1 : le fichier est incomplet") {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

func TestFeedPassesOverUnknownCategories(t *testing.T) {
	all := files()
	const name = "ENT2DVA_Complet_20251002_PersEducNat_0000.xml"
	all[name] = strings.ReplaceAll(all[name], ">PersEducNat<", ">PersNouvelle<")
	ids, notices, err := collect(t, pack(t, "folder", all))
	if err != nil || ids != "e u m p1 p2 r" {
		t.Errorf("read %s: %v", ids, err)
	}
	if last := notices[len(notices)-1]; !strings.Contains(last, "PersNouvelle") {
		t.Errorf("told: %s", last)
	}
}

func TestFeedEndsWhenAsked(t *testing.T) {
	f, err := Open(pack(t, "folder", files()))
	if err != nil {
		t.Fatal(err)
	}
	stop := errors.New("stop")
	n := 0
	err = f.Each(context.Background(), func(*Record) error { n++; return stop }, func(Notice) {})
	if !errors.Is(err, stop) || n != 1 {
		t.Errorf("read %d, %v", n, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := f.Each(ctx, func(*Record) error { return nil }, func(Notice) {}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
