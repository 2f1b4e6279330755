package publication

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
	"elyco/internal/school"
)

// row is a publication as the table holds it, read by bun in a transaction and by pgx in a batch.
type row struct {
	TenantID      int64      `bun:"tenant_id" db:"tenant_id"`
	ID            uuid.UUID  `bun:"id" db:"id"`
	Room          string     `bun:"room" db:"room"`
	Section       string     `bun:"section" db:"section"`
	Title         string     `bun:"title" db:"title"`
	Summary       string     `bun:"summary" db:"summary"`
	Body          string     `bun:"body" db:"body"`
	BodyHTML      string     `bun:"body_html" db:"body_html"`
	Urgent        bool       `bun:"urgent" db:"urgent"`
	Public        bool       `bun:"public" db:"public"`
	WantsReceipt  bool       `bun:"wants_receipt" db:"wants_receipt"`
	State         string     `bun:"state" db:"state"`
	PublishAt     *time.Time `bun:"publish_at" db:"publish_at"`
	EndsAt        *time.Time `bun:"ends_at" db:"ends_at"`
	AnnouncedAt   *time.Time `bun:"announced_at" db:"announced_at"`
	AuthorID      *uuid.UUID `bun:"author_id" db:"author_id"`
	AuthorName    string     `bun:"author_name" db:"author_name"`
	Keys          []string   `bun:"keys,array" db:"keys"`
	Audience      []byte     `bun:"audience" db:"audience"`
	AudienceWords string     `bun:"audience_words" db:"audience_words"`
	CoverKey      string     `bun:"cover_key" db:"cover_key"`
	CoverType     string     `bun:"cover_type" db:"cover_type"`
	CoverSize     int64      `bun:"cover_size" db:"cover_size"`
	CoverAlt      string     `bun:"cover_alt" db:"cover_alt"`
	Version       int        `bun:"version" db:"version"`
	UpdatedAt     time.Time  `bun:"updated_at" db:"updated_at"`
}

const columns = `p.tenant_id, p.id, p.room, p.section, p.title, p.summary, p.body, p.body_html, p.urgent, p.public,
	p.wants_receipt, p.state, p.publish_at, p.ends_at, p.announced_at, p.author_id, p.author_name, p.keys, p.audience,
	p.audience_words, p.cover_key, p.cover_type, p.cover_size, p.cover_alt, p.version, p.updated_at`

func (r row) publication() (Publication, error) {
	p := Publication{
		ID: r.ID, Scope: school.ScopeID(r.TenantID), Room: r.Room, Section: r.Section, Title: r.Title, Summary: r.Summary,
		Body: r.Body, HTML: r.BodyHTML, Urgent: r.Urgent, Public: r.Public, WantsReceipt: r.WantsReceipt, State: State(r.State),
		PublishAt: instant(r.PublishAt), EndsAt: instant(r.EndsAt), AnnouncedAt: instant(r.AnnouncedAt), AuthorName: r.AuthorName,
		Keys: r.Keys, AudienceWords: r.AudienceWords, Cover: Cover{r.CoverKey, r.CoverType, r.CoverSize, r.CoverAlt},
		Version: r.Version, UpdatedAt: r.UpdatedAt.UTC(),
	}
	if r.AuthorID != nil {
		p.Author.UUID = *r.AuthorID
	}
	if err := json.Unmarshal(r.Audience, &p.Audience); err != nil {
		return Publication{}, fmt.Errorf("read the audience of publication %s: %w", r.ID, err)
	}
	return p, nil
}

func instant(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}

func orNull(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}

// lock reads a publication of this very space and keeps it from others until the transaction ends.
func lock(ctx context.Context, tx db.Tx, room string, id uuid.UUID) (Publication, bool, error) {
	var rows []row
	err := tx.NewSelect().TableExpr("publication p").ColumnExpr(columns).
		Where("p.id = ?", id).Where("p.room = ?", room).
		Where("p.tenant_id = current_setting('app.tenant')::bigint").
		For("update").Scan(ctx, &rows)
	if err != nil || len(rows) == 0 {
		return Publication{}, false, err
	}
	p, err := rows[0].publication()
	if err != nil {
		return Publication{}, false, err
	}
	p.Attachments, err = attachmentsOf(ctx, tx, id)
	return p, err == nil, err
}

// create adds a publication, unless one with its id is there: a form sent twice makes one.
func create(ctx context.Context, tx db.Tx, p Publication) (bool, error) {
	res, err := tx.ExecContext(ctx, `
		insert into publication (id, room, title, state, author_id, author_name, created_at, updated_at, version)
		values (?, ?, ?, 'draft', ?, ?, ?, ?, 0)
		on conflict do nothing`, p.ID, p.Room, p.Title, p.Author.UUID, p.AuthorName, tx.Now(), tx.Now())
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// save writes all that may change, if nobody has saved since p was read, and counts the version on.
func save(ctx context.Context, tx db.Tx, p *Publication) (bool, error) {
	meant, err := json.Marshal(p.Audience)
	if err != nil {
		return false, err
	}
	res, err := tx.ExecContext(ctx, `
		update publication set
			section = ?, title = ?, summary = ?, body = ?, body_html = ?, urgent = ?, public = ?, wants_receipt = ?, state = ?,
			publish_at = ?, ends_at = ?, announced_at = ?, keys = ?, audience = ?::jsonb, audience_words = ?,
			cover_key = ?, cover_type = ?, cover_size = ?, cover_alt = ?, updated_at = ?, version = version + 1
		where id = ? and version = ?`,
		p.Section, p.Title, p.Summary, p.Body, p.HTML, p.Urgent, p.Public, p.WantsReceipt, string(p.State),
		orNull(p.PublishAt), orNull(p.EndsAt), orNull(p.AnnouncedAt), pgdialect.Array(append([]string{}, p.Keys...)), string(meant), p.AudienceWords,
		p.Cover.Key, p.Cover.Type, p.Cover.Size, p.Cover.Alt, tx.Now(), p.ID, p.Version)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	if n == 1 {
		p.Version++
		p.UpdatedAt = tx.Now()
	}
	return n == 1, err
}

// noteAnnounced does not count the version on: nothing that an editor sees has changed.
func noteAnnounced(ctx context.Context, tx db.Tx, id uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `update publication set announced_at = ? where id = ?`, tx.Now(), id)
	return err
}

func attachmentsOf(ctx context.Context, tx db.Tx, id uuid.UUID) ([]Attachment, error) {
	var rows []attachmentRow
	err := tx.NewSelect().TableExpr("publication_attachment").ColumnExpr("id, name, content_type, size, blob_key").
		Where("publication_id = ?", id).Where("tenant_id = current_setting('app.tenant')::bigint").
		OrderExpr("created_at, id").Limit(maxAttachments).Scan(ctx, &rows)
	return attachments(rows), err
}

type attachmentRow struct {
	ID          uuid.UUID `bun:"id" db:"id"`
	Name        string    `bun:"name" db:"name"`
	ContentType string    `bun:"content_type" db:"content_type"`
	Size        int64     `bun:"size" db:"size"`
	BlobKey     string    `bun:"blob_key" db:"blob_key"`
}

func attachments(rows []attachmentRow) []Attachment {
	var out []Attachment
	for _, r := range rows {
		out = append(out, Attachment{r.ID, r.Name, r.ContentType, r.Size, r.BlobKey})
	}
	return out
}

func attach(ctx context.Context, tx db.Tx, id uuid.UUID, a Attachment) error {
	_, err := tx.ExecContext(ctx, `
		insert into publication_attachment (id, publication_id, name, content_type, size, blob_key, created_at)
		values (?, ?, ?, ?, ?, ?, ?)`, a.ID, id, a.Name, a.Type, a.Size, a.Key, tx.Now())
	return err
}

func detach(ctx context.Context, tx db.Tx, id, attachment uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `delete from publication_attachment where publication_id = ? and id = ?`, id, attachment)
	return err
}
