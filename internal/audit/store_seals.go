package audit

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/school"
)

// roundSize bounds one transaction of sealing.
const roundSize = 5000

// turn lets one keeper at a time seal, among all replicas.
const turn = `select pg_try_advisory_xact_lock(hashtextextended('elyco audit seal', 0))`

const writtenColumns = `e.id, e.at, coalesce(e.actor_id, '00000000-0000-0000-0000-000000000000'), e.action, e.subject, e.title, e.detail::text`

// sealSome seals up to roundSize entries: they leave the waiting list and enter the chain in one transaction, or neither.
func sealSome(ctx context.Context, d *db.DB, k key) (int, error) {
	taken := 0
	err := d.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		var mine bool
		if err := tx.QueryRow(ctx, turn).Scan(&mine); err != nil || !mine {
			return err
		}
		entries, err := takeOpen(ctx, tx)
		if err != nil || len(entries) == 0 {
			return err
		}
		taken = len(entries)
		heads, err := headsOf(ctx, tx, entries)
		if err != nil {
			return err
		}
		var seals []seal
		for len(entries) > 0 {
			n := 1
			for n < len(entries) && n < longestSeal && entries[n].Scope == entries[0].Scope {
				n++
			}
			s := k.next(heads[entries[0].Scope], d.Now(), entries[:n])
			heads[s.Scope] = s
			seals, entries = append(seals, s), entries[n:]
		}
		return insertSeals(ctx, tx, seals)
	})
	return taken, err
}

// takeOpen empties the waiting list, in the order of scopes and ids. An entry that was deleted while it waited cannot be
// sealed any more; its place on the list is all that tells.
func takeOpen(ctx context.Context, tx pgx.Tx) ([]written, error) {
	rows, err := tx.Query(ctx, `
		with head as (select tenant_id, entry_id from audit_open order by tenant_id, entry_id limit $1),
		taken as (delete from audit_open o using head s where o.tenant_id = s.tenant_id and o.entry_id = s.entry_id returning o.tenant_id, o.entry_id)
		select t.tenant_id, t.entry_id, e.id is not null, coalesce(e.at, now()), coalesce(e.actor_id, '00000000-0000-0000-0000-000000000000'),
		       coalesce(e.action, ''), coalesce(e.subject, ''), coalesce(e.title, ''), coalesce(e.detail::text, '')
		from taken t left join audit_entry e on e.tenant_id = t.tenant_id and e.id = t.entry_id
		order by t.tenant_id, t.entry_id`, roundSize)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var entries []written
	for rows.Next() {
		var w written
		var there bool
		if err := rows.Scan(&w.Scope, &w.ID, &there, &w.At, &w.Actor, &w.Action, &w.Subject, &w.Title, &w.Detail); err != nil {
			return nil, err
		}
		if !there {
			slog.ErrorContext(ctx, "an audit entry vanished before it was sealed", "scope", int64(w.Scope), "entry", w.ID)
			continue
		}
		entries = append(entries, w)
	}
	return entries, rows.Err()
}

// headsOf reads the last seal of each scope that the entries belong to.
func headsOf(ctx context.Context, tx pgx.Tx, entries []written) (map[school.ScopeID]seal, error) {
	seen := map[school.ScopeID]bool{}
	var scopes []int64
	for _, e := range entries {
		if !seen[e.Scope] {
			seen[e.Scope] = true
			scopes = append(scopes, int64(e.Scope))
		}
	}
	rows, err := tx.Query(ctx, `
		select w.id, s.number, s.link from unnest($1::bigint[]) w (id)
		cross join lateral (select number, link from audit_seal where tenant_id = w.id order by number desc limit 1) s`, scopes)
	if err != nil {
		return nil, err
	}
	return collectHeads(rows)
}

func collectHeads(rows pgx.Rows) (map[school.ScopeID]seal, error) {
	defer rows.Close()
	heads := map[school.ScopeID]seal{}
	for rows.Next() {
		var s seal
		if err := rows.Scan(&s.Scope, &s.Number, &s.Link); err != nil {
			return nil, err
		}
		heads[s.Scope] = s
	}
	return heads, rows.Err()
}

func insertSeals(ctx context.Context, tx pgx.Tx, seals []seal) error {
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"audit_seal"}, []string{"tenant_id", "number", "at", "entries", "leaves", "previous", "link"},
		pgx.CopyFromSlice(len(seals), func(i int) ([]any, error) {
			s := seals[i]
			return []any{int64(s.Scope), s.Number, s.At, int32(s.Entries), s.Leaves, s.Previous, s.Link}, nil
		}))
	return err
}

// takeHead notes where every chain stands, once a day among all replicas.
func takeHead(ctx context.Context, d *db.DB, k key, day, now time.Time) (Head, bool, error) {
	h := Head{Day: day, At: now, Numbers: map[school.ScopeID]int64{}}
	taken := false
	err := d.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		var mine, there bool
		if err := tx.QueryRow(ctx, turn).Scan(&mine); err != nil || !mine {
			return err
		}
		err := tx.QueryRow(ctx, `select exists (select from audit_head where tenant_id = 1 and day = $1)`, day).Scan(&there)
		if err != nil || there {
			return err
		}
		rows, err := tx.Query(ctx, `
			select t.id, s.number, s.link from tenant t
			cross join lateral (select number, link from audit_seal where tenant_id = t.id order by number desc limit 1) s`)
		if err != nil {
			return err
		}
		heads, err := collectHeads(rows)
		if err != nil {
			return err
		}
		links := map[school.ScopeID][]byte{}
		for scope, s := range heads {
			h.Numbers[scope], links[scope] = s.Number, s.Link
		}
		h.Root = k.root(day, links)
		taken = true
		_, err = tx.Exec(ctx, `insert into audit_head (tenant_id, day, at, numbers, root) values (1, $1, $2, $3, $4)`, day, now, h.Numbers, h.Root)
		return err
	})
	return h, taken && err == nil, err
}

// readSeals reads the seals of the scope of ctx behind a number.
func readSeals(ctx context.Context, d *db.DB, scope school.ScopeID, behind int64, limit int) ([]seal, error) {
	var seals []seal
	err := d.Batch(ctx, func(b *db.Batch) {
		db.Rows(b, &seals, func(row pgx.CollectableRow) (s seal, err error) {
			s.Scope = scope
			return s, row.Scan(&s.Number, &s.At, &s.Entries, &s.Leaves, &s.Previous, &s.Link)
		}, `select number, at, entries, leaves, previous, link from audit_seal where tenant_id = $1 and number > $2 order by number limit $3`,
			int64(scope), behind, limit)
	})
	return seals, err
}

// readWritten reads entries of the scope of ctx by their ids, as far as they are there.
func readWritten(ctx context.Context, d *db.DB, scope school.ScopeID, ids []uuid.UUID) (map[uuid.UUID]written, error) {
	var entries []written
	err := d.Batch(ctx, func(b *db.Batch) {
		db.Rows(b, &entries, func(row pgx.CollectableRow) (w written, err error) {
			w.Scope = scope
			return w, row.Scan(&w.ID, &w.At, &w.Actor, &w.Action, &w.Subject, &w.Title, &w.Detail)
		}, `select `+writtenColumns+` from audit_entry e where e.tenant_id = $1 and e.id = any ($2)`, int64(scope), ids)
	})
	found := make(map[uuid.UUID]written, len(entries))
	for _, e := range entries {
		found[e.ID] = e
	}
	return found, err
}

// tally counts a scope's entries, those that seals hold and those that wait, all at one instant.
type tally struct {
	entries, sealed, waiting int64
	oldest                   time.Time // of those that wait; zero when none does
	release                  release   // whose entries are gone and count as if they had never been sealed
}

func readTally(ctx context.Context, d *db.DB, scope school.ScopeID) (t tally, err error) {
	var found bool
	var oldest *time.Time
	err = d.Batch(ctx, func(b *db.Batch) {
		queueRelease(b, &t.release, scope)
		db.Row(b, &found, []any{&t.entries, &t.sealed, &t.waiting, &oldest}, `
			select (select count(*) from audit_entry where tenant_id = $1),
			       (select coalesce(sum(entries), 0) from audit_seal where tenant_id = $1
			        and number > coalesce((select number from audit_release where tenant_id = $1), 0)), w.n, w.oldest
			from (select count(e.id) as n, min(e.at) as oldest from audit_open o
			      join audit_entry e on e.tenant_id = o.tenant_id and e.id = o.entry_id where o.tenant_id = $1) w`, int64(scope))
	})
	if oldest != nil {
		t.oldest = oldest.UTC()
	}
	return t, err
}

// readStranger finds an entry that no seal behind a number holds and that does not wait for one: somebody added it.
func readStranger(ctx context.Context, d *db.DB, scope school.ScopeID, behind int64) (id uuid.UUID, found bool, err error) {
	err = d.Batch(ctx, func(b *db.Batch) {
		db.Row(b, &found, []any{&id}, fmt.Sprintf(`
			select e.id from audit_entry e
			where e.tenant_id = $1 and not exists (select from audit_open o where o.tenant_id = $1 and o.entry_id = e.id)
			  and e.id not in (select encode(substr(s.leaves, 1 + %[1]d * i, %[2]d), 'hex')::uuid from audit_seal s, generate_series(0, s.entries - 1) i where s.tenant_id = $1 and s.number > $2)
			order by e.id limit 1`, leafSize, idSize), int64(scope), behind)
	})
	return id, found, err
}

func readHeads(ctx context.Context, d *db.DB) ([]Head, error) {
	var heads []Head
	err := d.Batch(db.WithScope(ctx, db.NewScope(int64(school.Academy))), func(b *db.Batch) {
		db.Rows(b, &heads, func(row pgx.CollectableRow) (h Head, err error) {
			return h, row.Scan(&h.Day, &h.At, &h.Numbers, &h.Root)
		}, `select day, at, numbers, root from audit_head where tenant_id = 1 order by day desc limit 4000`)
	})
	return heads, err
}

// readLinks reads the links of some seals of the scope of ctx.
func readLinks(ctx context.Context, d *db.DB, scope school.ScopeID, numbers []int64) (map[int64][]byte, error) {
	var seals []seal
	err := d.Batch(ctx, func(b *db.Batch) {
		db.Rows(b, &seals, func(row pgx.CollectableRow) (s seal, err error) { return s, row.Scan(&s.Number, &s.Link) },
			`select number, link from audit_seal where tenant_id = $1 and number = any ($2)`, int64(scope), numbers)
	})
	links := map[int64][]byte{}
	for _, s := range seals {
		links[s.Number] = s.Link
	}
	return links, err
}
