package drive_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"
	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/db"
	"elyco/internal/drive"
	"elyco/internal/extract"
	"elyco/internal/school"
	"elyco/internal/search"
	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

// reading is a drive that reads documents, in place of the tests' common one.
func reading(t *testing.T) *drive.Drive {
	t.Helper()
	d := h.newDrive()
	d.ReadWith(extract.NewReader(testkit.Program(t)))
	was := h.drive
	h.drive = d
	t.Cleanup(func() { h.drive = was })
	return d
}

// look is what somebody finds, in the space of the request and among what is the person's own.
func look(t *testing.T, ctx context.Context, text string) []drive.Hit {
	t.Helper()
	at := tenant.From(ctx)
	who := service.Reader{Actor: session.Actor(ctx), Tenant: at, Memberships: session.Actor(ctx).Here, Keys: audience.Held(at, session.Actor(ctx))}
	var here, own func() []drive.Hit
	must(h.DB.Batch(ctx, func(b *db.Batch) { here = h.drive.Search(ctx, b, who, search.Parse(text), 50) }))
	must(h.DB.Batch(tenant.Enter(ctx, at.Academy()), func(b *db.Batch) { own = h.drive.SearchOwn(ctx, b, who, search.Parse(text), 50) }))
	return append(here(), own()...)
}

func wantFound(t *testing.T, who string, ctx context.Context, text string, want ...string) {
	t.Helper()
	var got []string
	for _, hit := range look(t, ctx, text) {
		got = append(got, hit.Name)
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("%s finds %q for %q, not %q", who, got, text, want)
	}
}

func TestSearchIsOfWhatOneMayOpen(t *testing.T) {
	d := reading(t)
	mark := "Q" + strings.ReplaceAll(uuid.NewString()[:8], "-", "")
	class, other := h.Class(t, h.Rochelle, "Q1 "+mark, "5EME"), h.Class(t, h.Rochelle, "Q2 "+mark, "5EME")
	far := h.Class(t, h.Lucon, "Q3 "+mark, "5EME")
	teacher, pupil := member(t, h.Rochelle, school.Teacher, class), member(t, h.Rochelle, school.Pupil, class)
	stranger, head := member(t, h.Rochelle, school.Pupil, other), member(t, h.Rochelle, school.Head)
	away, staff := member(t, h.Lucon, school.Teacher, far), member(t, h.Rochelle, school.Teacher, other)
	s, own := classSpace(h.Rochelle, class), mine(t, teacher)

	given := folder(t, teacher, own, uuid.Nil, "Partagé "+mark)
	below := folder(t, teacher, own, given.ID, "Dessous")
	put(t, teacher, own, below.ID, "Élément partagé "+mark+".txt", "Un mot")
	put(t, teacher, own, uuid.Nil, "secret "+mark+".txt", "rien")
	put(t, teacher, s, uuid.Nil, "devoir.txt", "Les élèves de "+mark+" rendront leurs exercices.")
	put(t, head, drive.SpaceRef{Scope: h.Rochelle.ID, Kind: drive.Common}, uuid.Nil, "réglement "+mark+".txt", "x")
	bin := folder(t, teacher, s, uuid.Nil, "Vieux "+mark)
	put(t, teacher, s, bin.ID, "jeté "+mark+".txt", "x")
	must(d.Trash(teacher, bin.ID))
	_, err := d.Share(teacher, drive.Sharing{ID: school.NewID(), Node: given.ID, Keys: []string{audience.PersonKey(session.Actor(stranger).Person)}, Words: "x", Role: drive.View})
	must(err)
	runJobs(t, d, "documents.read")

	house, shared := "réglement "+mark+".txt", []string{"Partagé " + mark, "Élément partagé " + mark + ".txt"}
	wantFound(t, "the teacher", teacher, mark, "Partagé "+mark, "devoir.txt", house, "secret "+mark+".txt", shared[1])
	wantFound(t, "the pupil", pupil, mark, "devoir.txt")
	wantFound(t, "a pupil of another class", stranger, mark, shared...)
	wantFound(t, "the head", head, mark, "devoir.txt", house)
	wantFound(t, "a colleague of another class", staff, mark, house)
	wantFound(t, "another school's teacher", away, mark)
	wantFound(t, "nobody asks nothing", teacher, " ")
	wantFound(t, "without accents", stranger, "element "+mark, shared[1])
	wantFound(t, "by a stem", pupil, "eleve exercice "+mark, "devoir.txt")

	preview := session.Actor(teacher)
	preview.PreviewOnly, preview.Person = true, school.PersonID{UUID: uuid.New()} // a preview plays nobody
	wantFound(t, "who looks with a teacher's eyes", session.With(teacher, preview), mark, "devoir.txt", house)

	for _, hit := range look(t, pupil, mark) {
		if !strings.Contains(hit.Excerpt, "rendront leurs exercices") || hit.Space.Name != "Q1 "+mark || hit.Space.Role == drive.None {
			t.Errorf("the pupil is told %+v", hit)
		}
	}
	for _, hit := range look(t, stranger, "element "+mark) {
		if hit.Space.Role != drive.None || !slices.Equal(hit.Path, []string{"Partagé " + mark, "Dessous"}) {
			t.Errorf("who came by a share is told %+v", hit)
		}
	}
}

func paper(t *testing.T, line string) string {
	t.Helper()
	p := fpdf.New("P", "mm", "A4", "")
	p.SetFont("Helvetica", "", 12)
	p.AddPage()
	p.Cell(40, 10, p.UnicodeTranslatorFromDescriptor("")(line))
	var b bytes.Buffer
	must(p.Output(&b))
	return b.String()
}

// texts counts the rows that some contents have in the academy's scope.
func texts(t *testing.T, hashes ...string) (rows, empty int) {
	t.Helper()
	must(h.DB.Read(tenant.Enter(t.Context(), h.Academy), func(ctx context.Context, tx db.Tx) error {
		for _, hash := range hashes {
			var n, e int
			if err := tx.NewRaw(`select count(*), count(*) filter (where body = '') from drive_text where hash = ?`, hash).Scan(ctx, &n, &e); err != nil {
				return err
			}
			rows, empty = rows+n, empty+e
		}
		return nil
	}))
	return rows, empty
}

func TestSearchReadsContents(t *testing.T) {
	d := reading(t)
	ctx := member(t, h.Rochelle, school.Teacher)
	s := mine(t, ctx)
	first := put(t, ctx, s, uuid.Nil, "cours.pdf", paper(t, "La photosynthèse des végétaux"))
	broken := put(t, ctx, s, uuid.Nil, "cassé.pdf", "%PDF-1.7 ceci n’est pas un PDF")
	wantFound(t, "before it is read, one", ctx, "photosynthese")
	runJobs(t, d, "documents.read")
	wantFound(t, "one", ctx, "vegetal photosynthese", "cours.pdf")
	if rows, empty := texts(t, first.Hash, broken.Hash); rows != 2 || empty != 1 {
		t.Errorf("%d contents are kept, %d of them without words", rows, empty)
	}

	_, err := d.Copy(ctx, first.ID, school.NewID(), s, uuid.Nil, "copie.pdf", false)
	must(err)
	wantFound(t, "the copy is found at once: one", ctx, "photosynthèse", "copie.pdf", "cours.pdf")

	in := incoming(s, uuid.Nil, "cours.pdf")
	in.Replace = true
	again := paper(t, "La tectonique")
	replaced, err := d.Store(ctx, in, strings.NewReader(again), int64(len(again)))
	must(err)
	runJobs(t, d, "documents.read")
	wantFound(t, "by the old words, one", ctx, "photosynthese", "copie.pdf")
	wantFound(t, "by the new words, one", ctx, "tectonique", "cours.pdf")

	must(d.Trash(ctx, replaced.ID))
	must(d.Erase(ctx, replaced.ID))
	later(t, 25*60*60*1e9)
	runJobs(t, d, "documents.upkeep")
	if rows, _ := texts(t, replaced.Hash, first.Hash); rows != 1 {
		t.Errorf("%d contents are kept once one is gone", rows)
	}
}
