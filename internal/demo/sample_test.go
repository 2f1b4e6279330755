package demo

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"elyco/internal/aaf"
	"elyco/internal/tenant"
	"elyco/tenants"
)

func sampleInto(t *testing.T, o SampleOptions) SampleReport {
	t.Helper()
	territory, problems := tenant.LoadTerritory(tenants.FS)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	o.Dir, o.Scale = filepath.Join(o.Dir, "feed"), Pilot
	if o.Day.IsZero() {
		o.Day = time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	}
	r, err := WriteSample(context.Background(), territory, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// said is what a feed says of each record, by category and key.
type said map[string]map[string][]string

// readSample reads a feed over what was known before.
func readSample(t *testing.T, dir string, known said) (notices []string) {
	t.Helper()
	f, err := aaf.Open(filepath.Join(dir, "feed"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	tell := func(n aaf.Notice) { notices = append(notices, n.String()) }
	err = f.Each(context.Background(), func(r *aaf.Record) error {
		key := string(r.Category) + " " + r.ID
		if (r.Operation == aaf.Add) == (known[key] != nil) {
			t.Fatalf("%s of %s, who is known: %v", r.Operation, key, known[key] != nil)
		}
		if r.Operation == aaf.Delete {
			delete(known, key)
			return nil
		}
		if known[key] == nil {
			known[key] = map[string][]string{}
		}
		for _, name := range r.Names() {
			known[key][name] = slices.Clone(r.All(name))
		}
		switch r.Category {
		case aaf.Pupils:
			r.Pupil(tell)
		case aaf.Relatives:
			r.Relative(tell)
		case aaf.StaffMembers:
			r.Staff(tell)
		case aaf.Structures:
			r.Structure(tell)
		}
		return nil
	}, tell)
	if err != nil {
		t.Fatal(err)
	}
	return notices
}

func TestSampleHoldsWhatTripsReaders(t *testing.T) {
	dir := t.TempDir()
	r := sampleInto(t, SampleOptions{Dir: dir})
	all := said{}
	notices := readSample(t, dir, all)
	if r.Pupils < 4000 || r.Relatives < r.Pupils || r.Staff < 500 || r.Changed != 0 || len(all) < r.Pupils+r.Relatives+r.Staff {
		t.Errorf("the feed has %+v, of which %d records are read", r, len(all))
	}
	if len(notices) == 0 {
		t.Error("no attribute is unknown")
	}
	for _, n := range notices {
		if !strings.Contains(n, "inconnu") {
			t.Errorf("told: %s", n)
		}
	}
	found := map[string]int{}
	see := func(what string, is bool) {
		if is {
			found[what]++
		}
	}
	names := map[string]int{}
	for key, attributes := range all {
		one := func(name string) string { return strings.Join(attributes[name], "|") }
		switch {
		case strings.HasPrefix(key, "Eleve "):
			ties := one("ENTElevePersRelEleve")
			who := one("ENTPersonStructRattach") + one("sn") + one("givenName")
			names[who]++
			see("homonyms of one school", names[who] == 2)
			see("a pupil without relatives", ties == "")
			see("a guardian without rank", strings.Contains(ties, "$$"))
			see("a pupil in two schools", len(attributes["ENTEleveClasses"]) == 2)
			see("a pupil without a national number", one("ENTEleveINE") == "")
			see("a pupil who answers alone", strings.Contains(ties, "$70$"))
			see("a service as a relative", strings.Contains(ties, "$51$"))
			see("somebody in charge", strings.Contains(ties, "$39$0$2$"))
			see("an apprentice", one("ENTEleveStatutEleve") == "APPRENTI")
			for _, tie := range attributes["ENTElevePersRelEleve"] {
				relative, _, _ := strings.Cut(tie, "$")
				see("a relative who is absent", all["PersRelEleve "+relative] == nil)
			}
		case strings.HasPrefix(key, "PersEducNat "):
			structures := map[string]bool{}
			for _, f := range attributes["ENTPersonFonctions"] {
				structure, _, _ := strings.Cut(f, "$")
				structures[structure] = true
			}
			see("staff of several schools", len(structures) > 1)
			see("a function that is none", strings.Contains(one("ENTPersonFonctions"), "$-$"))
			see("a stroke escaped twice", strings.Contains(one("ENTPersonFonctions"), "CHEF D'ETABLISSEMENT"))
			see("staff without mail", one("mail") == "")
		case strings.HasPrefix(key, "PersRelEleve "):
			see("children in two schools", len(attributes["ENTAuxPersRelEleveEleve"]) > 1 &&
				attributes["ENTAuxPersRelEleveEleve"][0][:4] != attributes["ENTAuxPersRelEleveEleve"][1][:4])
			see("a name that is not of ISO-8859-15", strings.ContainsAny(one("sn"), "ŞĞŁĆ"))
		}
	}
	for _, what := range []string{"homonyms of one school", "a pupil without relatives", "a guardian without rank", "a pupil in two schools",
		"a pupil without a national number", "a pupil who answers alone", "a service as a relative", "somebody in charge", "an apprentice",
		"a relative who is absent", "staff of several schools", "a function that is none", "a stroke escaped twice", "staff without mail",
		"children in two schools", "a name that is not of ISO-8859-15"} {
		if found[what] == 0 {
			t.Errorf("the feed lacks %s", what)
		}
	}
	if raw := fileOf(t, dir, "PersRelEleve"); strings.Contains(raw[:200], `"UTF-8"`) || !strings.Contains(raw, "\xc9") || !strings.Contains(raw, "&#350;") {
		t.Error("no file is in ISO-8859-15")
	}
}

func fileOf(t *testing.T, dir, category string) string {
	t.Helper()
	names, err := fs.Glob(os.DirFS(filepath.Join(dir, "feed")), "*_"+category+"_0000.xml")
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "feed", names[0]))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// TestSampleChangesAgree holds the three ways to say a feed together: a complete one, the changes applied to it, and the
// complete one of the next day.
func TestSampleChangesAgree(t *testing.T) {
	before, change, after := t.TempDir(), t.TempDir(), t.TempDir()
	o := SampleOptions{Seed: 7, Change: 0.02}
	sampleInto(t, SampleOptions{Dir: before, Seed: 7})
	o.Dir = after
	whole := sampleInto(t, o)
	o.Dir, o.Delta, o.Day = change, true, time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)
	some := sampleInto(t, o)
	if whole.Changed == 0 || whole.Changed != some.Changed {
		t.Errorf("%d people change in one feed, %d in the other", whole.Changed, some.Changed)
	}
	applied, wanted := said{}, said{}
	readSample(t, before, applied)
	readSample(t, change, applied)
	readSample(t, after, wanted)
	if len(applied) != len(wanted) {
		t.Errorf("the changes lead to %d records, the feed has %d", len(applied), len(wanted))
	}
	for key, attributes := range wanted {
		if !reflect.DeepEqual(attributes, applied[key]) {
			t.Fatalf("%s differs:\n%s", key, cmp.Diff(attributes, applied[key]))
		}
	}
}

func TestSampleIsTheSameForASeed(t *testing.T) {
	digest := func(seed uint64) (sum string) {
		dir := t.TempDir()
		sampleInto(t, SampleOptions{Dir: dir, Seed: seed})
		for _, c := range []string{"EtabEducNat", "Eleve", "PersRelEleve", "PersEducNat"} {
			sum += fmt.Sprintf("%x ", sha256.Sum256([]byte(fileOf(t, dir, c))))
		}
		return sum
	}
	one, again, other := digest(1), digest(1), digest(2)
	if one != again {
		t.Error("the same seed makes two feeds")
	}
	if one == other {
		t.Error("two seeds make the same feed")
	}
}
