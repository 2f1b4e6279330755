package drive_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/blob/blobtest"
	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/school"
)

// pack reads an archive of documents back: names and contents.
func pack(t testing.TB, ctx context.Context, ids ...uuid.UUID) map[string]string {
	t.Helper()
	var out bytes.Buffer
	if err := h.drive.Zip(ctx, ids, &out); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(text)
	}
	return all
}

func TestZip(t *testing.T) {
	ctx, other := member(t, h.Rochelle, school.Teacher), member(t, h.Rochelle, school.Teacher)
	s := mine(t, ctx)
	top := folder(t, ctx, s, uuid.Nil, "Séquence été")
	in := folder(t, ctx, s, top.ID, "Vide")
	a := put(t, ctx, s, top.ID, "à lire.txt", strings.Repeat("mot ", 1000))
	b := put(t, ctx, s, uuid.Nil, "À LIRE.TXT", "autre")
	gone := put(t, ctx, s, top.ID, "jeté.txt", "x")
	must(h.drive.Trash(ctx, gone.ID))
	got := pack(t, ctx, top.ID, b.ID, a.ID)
	want := map[string]string{"Séquence été/": "", "Séquence été/Vide/": "", "Séquence été/à lire.txt": strings.Repeat("mot ", 1000), "À LIRE.TXT": "autre", "à lire (2).txt": strings.Repeat("mot ", 1000)}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("packed %.300q", got)
	}
	wantFault(t, h.drive.Zip(other, []uuid.UUID{in.ID}, io.Discard), fault.NotFound)
}

type entry struct {
	name, text string
	mode       os.FileMode
}

func archive(t testing.TB, entries ...entry) string {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, e := range entries {
		f := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		if e.mode != 0 {
			f.SetMode(e.mode)
		}
		w, err := z.CreateHeader(f)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, e.text); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func unzip(t testing.TB, ctx context.Context, s drive.SpaceRef, name, text string) drive.Unzipping {
	t.Helper()
	n := put(t, ctx, s, uuid.Nil, name, text)
	id := school.NewID()
	for range 2 {
		if err := h.drive.Unzip(ctx, id, n.ID, s, uuid.Nil); err != nil {
			t.Fatal(err)
		}
	}
	runJobs(t, h.drive, "documents.unzip")
	u, failed, err := h.drive.UnzipState(ctx, id)
	if err != nil || failed || !u.Finished {
		t.Fatalf("unpacked %+v, %v, %v", u, failed, err)
	}
	_, _, err = h.drive.UnzipState(member(t, h.Rochelle, school.Teacher), id)
	wantFault(t, err, fault.NotFound)
	return u
}

func TestUnzip(t *testing.T) {
	ctx := member(t, h.Rochelle, school.Teacher)
	s := mine(t, ctx)
	u := unzip(t, ctx, s, "cours.zip", archive(t,
		entry{name: "lisez-moi.txt", text: "bonjour"}, entry{name: "LISEZ-MOI.TXT", text: "bonsoir"}, entry{name: "d/e/f.txt", text: "f"}, entry{name: "D/g.txt", text: "g"},
		entry{name: "vide/"}, entry{name: "__MACOSX/._x", text: "x"}, entry{name: `w\in\dows.txt`, text: "w"}, entry{name: "aux.txt", text: "aux"},
		entry{name: "../../evil.txt", text: "evil"}, entry{name: "/etc/passwd", text: "evil"}, entry{name: "a/../../b", text: "evil"}, entry{name: `..\evil.bat`, text: "evil"},
		entry{name: "C:/evil.txt", text: "evil"}, entry{name: "lien", text: "/etc/passwd", mode: os.ModeSymlink | 0o777}))
	if len(u.Refused) != 6 || u.Done != 14 {
		t.Errorf("unpacked %+v", u)
	}
	tree, err := h.drive.Tree(ctx, s, u.Folder, 100)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, n := range tree {
		got = append(got, n.Name)
	}
	slices.Sort(got)
	want := []string{"LISEZ-MOI (2).TXT", "_aux.txt", "cours", "d", "dows.txt", "e", "f.txt", "g.txt", "in", "lisez-moi.txt", "vide", "w"}
	if !slices.Equal(got, want) {
		t.Errorf("unpacked %q", got)
	}
	if again := unzip(t, ctx, s, "cours (2).zip", archive(t, entry{name: "x.txt", text: "x"})); again.Done != 1 {
		t.Errorf("unpacked %+v", again)
	}
}

func TestUnzipRefuses(t *testing.T) {
	ctx := member(t, h.Rochelle, school.Teacher)
	s := mine(t, ctx)
	many := make([]entry, 10001)
	for i := range many {
		many[i].name = fmt.Sprint(i)
	}
	full := archive(t, many...)
	for name, text := range map[string]string{
		"no archive":         "PK\x03\x04 et puis rien",
		"a bomb":             archive(t, entry{name: "zéros", text: strings.Repeat("\x00", 300<<20)}),
		"a bomb that lies":   lying(archive(t, entry{name: "zéros", text: strings.Repeat("\x00", 30<<20)}), 30<<20, 100),
		"too many entries":   full,
		"a list that is cut": full[:len(full)/2],
		"an empty file":      "",
	} {
		before := len(names(t, ctx, s, uuid.Nil))
		start := time.Now()
		u := unzip(t, ctx, s, zipName(name), text)
		if len(u.Refused) != 1 || u.Refused[0].Why == "" {
			t.Errorf("%s: %+v", name, u)
		}
		tree := 0
		if u.Folder != uuid.Nil {
			all, err := h.drive.Tree(ctx, s, u.Folder, 100)
			if tree = len(all); err != nil {
				t.Error(err)
			}
		}
		t.Logf("%s: refused after %s: %s", name, time.Since(start), u.Refused[0].Why)
		if after := len(names(t, ctx, s, uuid.Nil)); after > before+1+min(tree, 1) || tree > 1 {
			t.Errorf("%s: %d documents stay", name, tree)
		}
	}
	damaged := archive(t, entry{name: "a.bin", text: string(blobtest.Bytes(10000))}, entry{name: "b.txt", text: "b"})
	u := unzip(t, ctx, s, "abîmé.zip", strings.Replace(damaged, damaged[200:220], "aaaaaaaaaaaaaaaaaaaa", 1))
	if len(u.Refused) != 1 || u.Refused[0].Name != "a.bin" || u.Done != 2 {
		t.Errorf("damaged: %+v", u)
	}
}

// lying replaces the size that an archive declares by another.
func lying(text string, is, says uint32) string {
	from := string([]byte{byte(is), byte(is >> 8), byte(is >> 16), byte(is >> 24)})
	return strings.ReplaceAll(text, from, string([]byte{byte(says), byte(says >> 8), byte(says >> 16), byte(says >> 24)}))
}

// zipName is a name for an archive.
func zipName(name string) string { return drive.SafeName(name) + ".zip" }
