package publication

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"time"

	"github.com/google/uuid"

	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/fact"
	"elyco/internal/fault"
	"elyco/internal/job"
	"elyco/internal/picture"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// Upload is a file that a form sent.
type Upload struct {
	Name string
	Type string
	Size int64
	Open func() (io.ReadCloser, error)
}

// stored is what has been put in the object store before the transaction that refers to it.
type stored struct {
	cover *Cover
	files []Attachment
}

func (s stored) keys() []string {
	var keys []string
	if s.cover != nil {
		keys = append(keys, s.cover.Key)
	}
	for _, f := range s.files {
		keys = append(keys, f.Key)
	}
	return keys
}

// store puts the form's files in the object store: slow, and therefore before the transaction.
func (d *Desk) store(ctx context.Context, in Input) (stored, error) {
	var s stored
	if d.room.Short && (in.Cover != nil || len(in.Files) > 0) {
		return s, fault.Field("files", "Une annonce ne porte pas de fichier. Publiez une actualité.")
	}
	for _, f := range in.Files {
		if f.Size > maxFile {
			return s, fault.Field("files", "Un fichier dépasse 25 Mio. Réduisez-le, ou partagez-le depuis les documents.")
		}
	}
	if len(in.Files) > maxAttachments {
		return s, tooMany()
	}
	if in.Cover != nil {
		cover, err := d.storeCover(ctx, *in.Cover)
		if err != nil {
			return s, err
		}
		s.cover = &cover
	}
	for _, f := range in.Files {
		a, err := d.storeFile(ctx, f)
		if err != nil {
			d.forget(ctx, s)
			return stored{}, err
		}
		s.files = append(s.files, a)
	}
	return s, nil
}

func tooMany() error {
	return fault.Field("files", "Dix fichiers au plus : retirez-en, ou regroupez-les.")
}

// coverLimit is wide enough for a page's lead on a sharp screen.
func coverLimit() picture.Limit { return picture.Limit{MaxWidth: 1600, MaxHeight: 1200} }

func (d *Desk) storeCover(ctx context.Context, u Upload) (Cover, error) {
	r, err := u.Open()
	if err != nil {
		return Cover{}, fmt.Errorf("open a cover: %w", err)
	}
	defer r.Close()
	select {
	case d.pictures <- struct{}{}:
		defer func() { <-d.pictures }()
	case <-ctx.Done():
		return Cover{}, ctx.Err()
	}
	p, err := picture.Reencode(r, coverLimit())
	if refusal, ok := picture.AsRefusal(err); ok {
		return Cover{}, fault.Field("cover", refusal.Words)
	}
	if err != nil {
		return Cover{}, fmt.Errorf("encode a cover: %w", err)
	}
	key := d.newKey(ctx)
	if err := d.files.Put(ctx, key, bytes.NewReader(p.Bytes), int64(len(p.Bytes)), p.ContentType); err != nil {
		return Cover{}, err
	}
	return Cover{Key: key.String(), Type: p.ContentType, Size: int64(len(p.Bytes))}, nil
}

func (d *Desk) storeFile(ctx context.Context, u Upload) (Attachment, error) {
	r, err := u.Open()
	if err != nil {
		return Attachment{}, fmt.Errorf("open an attachment: %w", err)
	}
	defer r.Close()
	a := Attachment{ID: school.NewID(), Name: cleanName(u.Name), Type: cleanType(u.Type), Size: u.Size}
	key := d.newKey(ctx)
	a.Key = key.String()
	return a, d.files.Put(ctx, key, r, u.Size, a.Type)
}

func (d *Desk) newKey(ctx context.Context) blob.Key {
	return blob.NewKey(int64(tenant.From(ctx).ID), d.db.NowIn(ctx))
}

// replaceFiles makes the publication refer to what the form sent, and has what it no longer refers to removed.
func (d *Desk) replaceFiles(ctx context.Context, tx db.Tx, p *Publication, in Input, s stored) error {
	var gone []string
	if p.Cover.Key != "" && (s.cover != nil || in.RemoveCover) {
		gone = append(gone, p.Cover.Key)
		p.Cover = Cover{Alt: p.Cover.Alt}
	}
	if s.cover != nil {
		p.Cover = Cover{s.cover.Key, s.cover.Type, s.cover.Size, p.Cover.Alt}
	}
	var kept []Attachment
	for _, a := range p.Attachments {
		if !slices.Contains(in.RemoveFiles, a.ID) {
			kept = append(kept, a)
			continue
		}
		gone = append(gone, a.Key)
		if err := detach(ctx, tx, p.ID, a.ID); err != nil {
			return err
		}
	}
	if len(kept)+len(s.files) > maxAttachments {
		return tooMany()
	}
	for _, a := range s.files {
		if err := attach(ctx, tx, p.ID, a); err != nil {
			return err
		}
	}
	p.Attachments = append(kept, s.files...)
	return d.forgetLater(ctx, tx, gone)
}

// forget removes objects that nothing refers to, at once. What stays after a failure takes room and is seen by nobody.
func (d *Desk) forget(ctx context.Context, s stored) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := d.remove(ctx, s.keys()); err != nil {
		slog.WarnContext(ctx, "objects without a publication stay", "error", err)
	}
}

func (d *Desk) remove(ctx context.Context, keys []string) error {
	for _, name := range keys {
		key, err := blob.ParseKey(name)
		if err != nil {
			return err
		}
		if err := d.files.Delete(ctx, key); err != nil {
			return err
		}
	}
	return nil
}

type forgotten struct {
	Keys []string `json:"keys"`
}

type announced struct {
	ID uuid.UUID `json:"id"`
}

func (d *Desk) forgetLater(ctx context.Context, tx db.Tx, keys []string) error {
	if len(keys) == 0 {
		return nil
	}
	return job.Enqueue(ctx, tx, job.New(d.room.Name+".forget", forgotten{keys}))
}

func (d *Desk) announceLater(ctx context.Context, tx db.Tx, p Publication) error {
	j := job.New(d.room.Name+".announce", announced{p.ID})
	j.RunAt = p.PublishAt
	return job.Enqueue(ctx, tx, j)
}

// Jobs are the room's work in the background: removing objects, and telling the house of what was scheduled.
func (d *Desk) Jobs() []job.Handler {
	return []job.Handler{
		job.Handle(d.room.Name+".forget", func(ctx context.Context, _ job.Run, f forgotten) error { return d.remove(ctx, f.Keys) }),
		job.Handle(d.room.Name+".announce", func(ctx context.Context, _ job.Run, a announced) error { return d.announceNow(ctx, a.ID) }),
		job.Handle(d.tellKind(), func(ctx context.Context, _ job.Run, t telling) error { return d.tell(ctx, t) }),
	}
}

// announceNow says that a scheduled publication has appeared. One that was withdrawn meanwhile, or put off, says nothing:
// it is told of when it appears.
func (d *Desk) announceNow(ctx context.Context, id uuid.UUID) error {
	return d.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		p, ok, err := lock(ctx, tx, d.room.Name, id)
		if err != nil || !ok || p.State != Published || !p.AnnouncedAt.IsZero() {
			return err
		}
		if p.PublishAt.After(tx.Now()) {
			return d.announceLater(ctx, tx, p)
		}
		if err := noteAnnounced(ctx, tx, id); err != nil {
			return err
		}
		return fact.Emit(ctx, tx, fact.Published{ID: p.ID, Room: p.Room, Urgent: p.Urgent})
	})
}
