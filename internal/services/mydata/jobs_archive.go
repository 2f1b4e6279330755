package mydata

import (
	"archive/zip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"path"

	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/job"
	"elyco/internal/mail"
	"elyco/internal/privacy"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

// attempts is how often an archive is tried before the person is told to ask again.
const attempts = 5

// makeExport puts an archive together and streams it into the store, one service of one space in memory at a time.
func (r *Room) makeExport(ctx context.Context, run job.Run, w exportWork) error {
	var list []Archive
	if err := r.db.Batch(ctx, func(b *db.Batch) { queueArchive(b, &list, w.ID) }); err != nil {
		return fmt.Errorf("find an archive: %w", err)
	}
	if len(list) == 0 || list[0].State != Waiting {
		return nil
	}
	a := list[0]
	key := blob.NewKey(int64(school.Academy), r.db.NowIn(ctx))
	size, err := r.store(ctx, a, key)
	if err != nil && run.Attempt < attempts {
		return err
	}
	if err != nil {
		slog.ErrorContext(ctx, "an archive could not be made", "archive", a.ID, "error", err)
		return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return failArchive(ctx, tx, a.ID) })
	}
	notice, err := r.notice(ctx, a)
	if err != nil {
		return err
	}
	kept := false
	err = r.db.Write(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		if kept, err = finishArchive(ctx, tx, a.ID, key.String(), size); err != nil || !kept {
			return err
		}
		return mail.Queue(ctx, tx, notice)
	})
	if err == nil && !kept {
		err = r.blobs.Delete(ctx, key) // erased meanwhile
	}
	return err
}

// notice is the letter that tells who asked that the archive is ready; it goes to nobody where no address is known. It says
// nothing of what the archive holds.
func (r *Room) notice(ctx context.Context, a Archive) (mail.Post, error) {
	var asker who
	to := a.Author
	if err := r.db.Batch(ctx, func(b *db.Batch) { queueWho(b, &asker, to) }); err != nil {
		return mail.Post{}, fmt.Errorf("find the address of who asked: %w", err)
	}
	if _, err := mail.CleanAddress(asker.Email); err != nil {
		return mail.Post{}, nil
	}
	place := r.subjectOf(a).Spaces[0]
	o, err := r.skins.Dress(place)
	if err != nil {
		return mail.Post{}, err
	}
	light, dark := o.Tokens.Letters()
	return mail.Post{Kind: "mydata.ready", To: []mail.Recipient{{Person: to.UUID, Name: asker.Given + " " + asker.Family, Address: asker.Email}},
		Letter: mail.Letter{Light: light, Dark: dark, Site: place.Name, Title: words.T(ctx, "mydata.letter.title"), Greeting: words.T(ctx, "mydata.letter.greeting"),
			Paragraphs: []string{words.T(ctx, "mydata.letter.text")}, Action: mail.Action{Label: words.T(ctx, "mydata.letter.action"), URL: r.registry.URL(place, home+"/exports")},
			Footer: words.T(ctx, "mydata.letter.footer")}}, nil
}

// store writes the archive into the object store as it is made.
func (r *Room) store(ctx context.Context, a Archive, key blob.Key) (int64, error) {
	var buffer []byte
	select {
	case buffer = <-r.buffers:
		defer func() { r.buffers <- buffer }()
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	if buffer == nil {
		buffer = make([]byte, blob.MinPart)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	read, write := io.Pipe()
	go func() { write.CloseWithError(r.pack(ctx, a, write)) }()
	size, err := r.blobs.PutAll(ctx, key, read, buffer, "application/zip")
	read.CloseWithError(err)
	return size, err
}

func (r *Room) pack(ctx context.Context, a Archive, w io.Writer) error {
	z := zip.NewWriter(w)
	s := r.subjectOf(a)
	var contents []archivedSpace
	done := 0
	for _, t := range s.Spaces {
		in := archivedSpace{Name: t.Name}
		for _, one := range r.holdings() {
			held, err := r.packOne(tenant.Enter(ctx, t), z, one, s, t)
			if err != nil {
				return err
			}
			if len(held.Files) > 0 {
				in.Services = append(in.Services, held)
			}
		}
		if len(in.Services) > 0 {
			contents = append(contents, in)
		}
		done += len(r.holdings())
		if err := r.tellProgress(ctx, a, done); err != nil {
			return err
		}
	}
	documents := 0
	if s.Own {
		p, err := r.files.Belongings(ctx, s.Person)
		if err != nil {
			return err
		}
		if err := p.Into(ctx, z, "documents"); err != nil {
			return err
		}
		documents = p.Files()
	}
	if err := r.packList(ctx, z, shapeArchive(ctx, contents, documents, s.Own, r.db.NowIn(ctx))); err != nil {
		return err
	}
	return z.Close()
}

// packOne writes what one service of the space of ctx holds: its values as JSON, and each list as a table.
func (r *Room) packOne(ctx context.Context, z *zip.Writer, one privacy.Holding, s Subject, t *tenant.Tenant) (archived, error) {
	values, err := r.house.Export(ctx, one, s.Person)
	if err != nil || len(values) == 0 {
		return archived{}, err
	}
	parts, err := partsOf(values)
	if err != nil || len(parts) == 0 {
		return archived{}, err
	}
	held := archived{Title: words.T(ctx, one.Title), Purpose: words.T(ctx, one.Purpose), Ground: words.T(ctx, one.Ground), Retention: words.T(ctx, one.Retention)}
	base := path.Join("donnees", folderOf(t), one.Name)
	out, err := r.entry(ctx, z, base+".json")
	if err != nil {
		return held, err
	}
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(values); err != nil {
		return held, err
	}
	held.Files = append(held.Files, archivedFile{Path: base + ".json", Name: one.Name + ".json"})
	for _, p := range parts {
		name := one.Name + "-" + p.Name + ".csv"
		if out, err = r.entry(ctx, z, path.Join("donnees", folderOf(t), name)); err != nil {
			return held, err
		}
		columns := make([]string, len(p.Columns))
		for i, c := range p.Columns {
			columns[i] = fieldWords(ctx, c)
		}
		if err := writeTable(out, columns, p.texts(words.Zone())); err != nil {
			return held, err
		}
		held.Files = append(held.Files, archivedFile{Path: path.Join("donnees", folderOf(t), name), Name: partWords(ctx, p.Name), Lines: len(p.Rows)})
	}
	return held, nil
}

// entry begins a file of the archive. It is dated: without a date, programs show one that no calendar has, or refuse it.
func (r *Room) entry(ctx context.Context, z *zip.Writer, name string) (io.Writer, error) {
	return z.CreateHeader(&zip.FileHeader{Name: name, Modified: r.db.NowIn(ctx), Method: zip.Deflate})
}

func (r *Room) packList(ctx context.Context, z *zip.Writer, v archiveView) error {
	out, err := r.entry(ctx, z, "index.html")
	if err != nil {
		return err
	}
	return archivePage(v).Render(ctx, out)
}

func (r *Room) tellProgress(ctx context.Context, a Archive, done int) error {
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return saveProgress(ctx, tx, a.ID, done) })
}

// folderOf names a space in an archive: two spaces never share a slug below the same collectivity, and the number keeps
// those of different ones apart.
func folderOf(t *tenant.Tenant) string { return fmt.Sprintf("%s-%d", t.Slug, t.ID) }
