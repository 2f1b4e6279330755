package branding

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/theme"
)

// own keeps to the space itself: an establishment could also read its collectivity's versions.
const own = `tenant_id = current_setting('app.tenant')::bigint`

const versionColumns = `id, coalesce(number, 0) as number, source, accent, logo_type, favicon_type, banner_type,
	coalesce(author_id, '00000000-0000-0000-0000-000000000000') as author_id, author_name, note, revision, changed_at,
	coalesce(published_at, changed_at) as published_at`

type versionRow struct {
	ID          uuid.UUID `bun:"id"`
	Number      int       `bun:"number"`
	Source      string    `bun:"source"`
	Accent      string    `bun:"accent"`
	LogoType    string    `bun:"logo_type"`
	FaviconType string    `bun:"favicon_type"`
	BannerType  string    `bun:"banner_type"`
	AuthorID    uuid.UUID `bun:"author_id"`
	AuthorName  string    `bun:"author_name"`
	Note        string    `bun:"note"`
	Revision    int       `bun:"revision"`
	ChangedAt   time.Time `bun:"changed_at"`
	PublishedAt time.Time `bun:"published_at"`
}

func (r versionRow) version() Version {
	return Version{ID: r.ID, Number: r.Number, Source: r.Source, Accent: r.Accent, LogoType: r.LogoType, FaviconType: r.FaviconType,
		BannerType: r.BannerType, Author: school.PersonID{UUID: r.AuthorID}, AuthorName: r.AuthorName, Note: r.Note,
		Revision: r.Revision, ChangedAt: r.ChangedAt.UTC(), PublishedAt: r.PublishedAt.UTC()}
}

// queueVersions reads the draft, if there is one, and the last published versions, newest first.
func queueVersions(b *db.Batch) func() []Version {
	rows := []versionRow{}
	db.Rows(b, &rows, pgx.RowToStructByPos[versionRow], `
		select `+versionColumns+`
		from theme_version
		where `+own+`
		order by number desc nulls first
		limit $1`, historyLength+1)
	return func() []Version {
		versions := make([]Version, len(rows))
		for i, r := range rows {
			versions[i] = r.version()
		}
		return versions
	}
}

// queueVersion reads one version with its pictures, as the wardrobe lays it over others.
func queueVersion(b *db.Batch, id uuid.UUID, v *theme.Version, found *bool) {
	db.Row(b, found, []any{&v.Scope, &v.Source, &v.Accent, &v.Logo.Bytes, &v.Logo.ContentType, &v.Favicon.Bytes, &v.Favicon.ContentType,
		&v.Banner.Bytes, &v.Banner.ContentType}, `
		select tenant_id, source, accent, logo, logo_type, favicon, favicon_type, banner, banner_type
		from theme_version
		where `+own+` and id = $1`, id)
}

// lockDraft reads the draft and keeps others from changing it until the transaction ends. Without a draft, one is opened from
// what the space wears.
func lockDraft(ctx context.Context, tx db.Tx) (Version, error) {
	if v, err := lock(ctx, tx, `state = 'draft'`); err == nil || !db.NoRows(err) {
		return v, err
	}
	_, err := tx.ExecContext(ctx, `
		insert into theme_version (id, state, source, accent, logo, logo_type, favicon, favicon_type, banner, banner_type, revision, created_at, changed_at)
		select ?, 'draft', coalesce(w.source, ''), coalesce(w.accent, ''), coalesce(w.logo, ''), coalesce(w.logo_type, ''), coalesce(w.favicon, ''),
			coalesce(w.favicon_type, ''), coalesce(w.banner, ''), coalesce(w.banner_type, ''), 0, ?, ?
		from (select) one
		left join lateral (
			select * from theme_version where `+own+` and state = 'published' order by number desc limit 1
		) w on true
		on conflict (tenant_id) where state = 'draft' do nothing`, school.NewID(), tx.Now(), tx.Now())
	if err != nil {
		return Version{}, fmt.Errorf("open a draft: %w", err)
	}
	return lock(ctx, tx, `state = 'draft'`)
}

func lockVersion(ctx context.Context, tx db.Tx, id uuid.UUID) (Version, error) {
	return lock(ctx, tx, `state = 'published' and id = ?`, id)
}

func lock(ctx context.Context, tx db.Tx, which string, args ...any) (Version, error) {
	var row versionRow
	err := tx.NewRaw(`select `+versionColumns+` from theme_version where `+own+` and `+which+` for update`, args...).Scan(ctx, &row)
	if err != nil {
		return Version{}, err
	}
	return row.version(), nil
}

func saveDraft(ctx context.Context, tx db.Tx, v Version) error {
	_, err := tx.ExecContext(ctx, `
		update theme_version
		set source = ?, accent = ?, author_id = ?, author_name = ?, revision = revision + 1, changed_at = ?
		where `+own+` and id = ?`, v.Source, v.Accent, v.Author.UUID, v.AuthorName, tx.Now(), v.ID)
	return err
}

// saveDrawing puts a picture in its place, or takes it away when there is none.
func saveDrawing(ctx context.Context, tx db.Tx, v Version, place Place, d theme.Drawing) error {
	columns := map[Place]string{Logo: "logo = ?, logo_type = ?", Favicon: "favicon = ?, favicon_type = ?", Banner: "banner = ?, banner_type = ?"}
	if d.Bytes == nil {
		d.Bytes = []byte{}
	}
	_, err := tx.ExecContext(ctx, `
		update theme_version
		set `+columns[place]+`, author_id = ?, author_name = ?, revision = revision + 1, changed_at = ?
		where `+own+` and id = ?`, d.Bytes, d.ContentType, v.Author.UUID, v.AuthorName, tx.Now(), v.ID)
	return err
}

// emptyDraft takes away all that the space sets itself.
func emptyDraft(ctx context.Context, tx db.Tx, v Version) error {
	_, err := tx.ExecContext(ctx, `
		update theme_version
		set source = '', accent = '', logo = '', logo_type = '', favicon = '', favicon_type = '', banner = '', banner_type = '',
			author_id = ?, author_name = ?, revision = revision + 1, changed_at = ?
		where `+own+` and id = ?`, v.Author.UUID, v.AuthorName, tx.Now(), v.ID)
	return err
}

func deleteDraft(ctx context.Context, tx db.Tx, id uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `delete from theme_version where `+own+` and state = 'draft' and id = ?`, id)
	return err
}

// publishDraft gives the draft the next number. Two who publish at once meet at the unique number: the second one fails.
func publishDraft(ctx context.Context, tx db.Tx, v Version, note string) (number int, err error) {
	err = tx.NewRaw(`
		update theme_version
		set state = 'published', note = ?, author_id = ?, author_name = ?, published_at = ?, changed_at = ?,
			number = (select coalesce(max(number), 0) + 1 from theme_version where `+own+`)
		where `+own+` and id = ?
		returning number`, note, v.Author.UUID, v.AuthorName, tx.Now(), tx.Now(), v.ID).Scan(ctx, &number)
	return number, err
}

// copyVersion publishes an earlier version again, under the next number.
func copyVersion(ctx context.Context, tx db.Tx, v Version, id uuid.UUID, note string) (number int, err error) {
	err = tx.NewRaw(`
		insert into theme_version (id, number, state, source, accent, logo, logo_type, favicon, favicon_type, banner, banner_type,
			author_id, author_name, note, created_at, changed_at, published_at)
		select ?, (select max(number) + 1 from theme_version where `+own+`), 'published', source, accent, logo, logo_type, favicon, favicon_type,
			banner, banner_type, ?, ?, ?, ?, ?, ?
		from theme_version
		where `+own+` and id = ?
		returning number`, id, v.Author.UUID, v.AuthorName, note, tx.Now(), tx.Now(), tx.Now(), v.ID).Scan(ctx, &number)
	return number, err
}

// numberTaken is violated when somebody else published in the same moment.
const numberTaken = "theme_version_tenant_id_number_key"
