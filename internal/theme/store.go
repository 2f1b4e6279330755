package theme

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// channel is where replicas hear that a space wears something new.
const channel = "theme_changed"

const wornColumns = `tenant_id, source, accent, logo, logo_type, favicon, favicon_type, banner, banner_type`

type wornRow struct {
	TenantID    int64  `bun:"tenant_id"`
	Source      string `bun:"source"`
	Accent      string `bun:"accent"`
	Logo        []byte `bun:"logo"`
	LogoType    string `bun:"logo_type"`
	Favicon     []byte `bun:"favicon"`
	FaviconType string `bun:"favicon_type"`
	Banner      []byte `bun:"banner"`
	BannerType  string `bun:"banner_type"`
}

func (r wornRow) version() Version {
	return Version{Scope: school.ScopeID(r.TenantID), Source: r.Source, Accent: r.Accent,
		Logo: Drawing{r.Logo, r.LogoType}, Favicon: Drawing{r.Favicon, r.FaviconType}, Banner: Drawing{r.Banner, r.BannerType}}
}

// QueueWorn queues the read of the versions that t wears: its collectivity's last published one and its own.
func QueueWorn(b *db.Batch, t *tenant.Tenant) func() []Version {
	rows := []wornRow{}
	db.Rows(b, &rows, pgx.RowToStructByPos[wornRow], `
		select distinct on (tenant_id) `+wornColumns+`
		from theme_version
		where state = 'published' and tenant_id = any ($1::bigint[])
		order by tenant_id, number desc`, scopes(wornBy(t)))
	return func() []Version { return versions(rows) }
}

// ReadWorn is QueueWorn inside a transaction, for those who decide on what they read.
func ReadWorn(ctx context.Context, tx db.Tx, t *tenant.Tenant) ([]Version, error) {
	var rows []wornRow
	err := tx.NewRaw(`
		select distinct on (tenant_id) `+wornColumns+`
		from theme_version
		where state = 'published' and tenant_id in (?)
		order by tenant_id, number desc`, bun.List(scopes(wornBy(t)))).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("read what space %d wears: %w", t.ID, err)
	}
	return versions(rows), nil
}

// Announce tells every replica, when tx commits, that the space wears something new.
func Announce(ctx context.Context, tx db.Tx, t *tenant.Tenant) error {
	return tx.Notify(ctx, channel, fmt.Sprint(int64(t.ID)))
}

func versions(rows []wornRow) []Version {
	out := make([]Version, len(rows))
	for i, r := range rows {
		out[i] = r.version()
	}
	return out
}

func scopes(spaces []*tenant.Tenant) []int64 {
	ids := make([]int64, len(spaces))
	for i, t := range spaces {
		ids[i] = int64(t.ID)
	}
	return ids
}
