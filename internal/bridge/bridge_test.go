package bridge_test

import (
	"context"
	"os"
	"sync"
	"testing"
	"time"

	"elyco/internal/bridge"
	"elyco/internal/school"
	"elyco/internal/testkit"
)

func TestMain(m *testing.M) { os.Exit(testkit.Main(m)) }

const papers = `insert into bridge_paper (tenant_id, id, peer_id, part, proposer_profiles, answerer_profiles, purposes, ends_on, reason, signer_name, signed_at)
	values (10, $1, 11, 'proposal', '{teacher}', '{pupil}', '{share}', current_date + 20, 'x', 'x', now()),
	       (11, $1, 10, 'acceptance', '{teacher}', '{pupil}', '{share}', current_date + 20, 'x', 'x', now())`

// TestFollow hears of a bridge that another replica opens, and of its end.
func TestFollow(t *testing.T) {
	w := testkit.NewTerritory(t, "localhost", nil)
	r := bridge.NewRegistry(w.DB)
	ctx, stop := context.WithCancel(t.Context())
	var following sync.WaitGroup
	following.Go(func() { r.Follow(ctx) })
	defer following.Wait()
	defer stop()
	super := w.As(t, "postgres")
	do := func(sql string, args ...any) {
		t.Helper()
		if _, err := super.Exec(t.Context(), sql, args...); err != nil {
			t.Fatal(err)
		}
	}
	comes := func(want bool) {
		t.Helper()
		for range 100 {
			if r.Between(10, 11, school.Teacher, school.Pupil, bridge.Share) == want {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
		t.Errorf("it is not %v after five seconds", want)
	}
	do(papers, school.NewID())
	comes(true)
	do(`update bridge_paper set ended_at = now() where tenant_id = 11`)
	comes(false)
}

// TestPapersThatMakeNoBridge holds what is not signed by both, on the same terms, for no bridge.
func TestPapersThatMakeNoBridge(t *testing.T) {
	w := testkit.NewTerritory(t, "localhost", nil)
	super := w.As(t, "postgres")
	for what, spoil := range map[string]string{
		"two proposals":      `update bridge_paper set part = 'proposal'`,
		"a refusal":          `update bridge_paper set part = 'refusal' where tenant_id = 11`,
		"other terms":        `update bridge_paper set proposer_profiles = '{teacher,pupil}' where tenant_id = 10`,
		"another day":        `update bridge_paper set ends_on = ends_on + 100 where tenant_id = 10`,
		"for something else": `update bridge_paper set purposes = '{write,share}' where tenant_id = 10`,
		"an answer astray":   `update bridge_paper set peer_id = 12 where tenant_id = 11`,
		"a third answer":     `update bridge_paper set tenant_id = 12 where tenant_id = 11`,
		"two numbers":        `update bridge_paper set id = gen_random_uuid() where tenant_id = 11`,
		"an end":             `update bridge_paper set ended_at = now() where tenant_id = 10`,
		"a day that is over": `update bridge_paper set ends_on = current_date - 3`,
		"nothing wrong":      `select 1`,
	} {
		for _, sql := range []string{`delete from bridge_paper`, `alter table bridge_paper disable trigger bridge_paper_kept`} {
			if _, err := super.Exec(t.Context(), sql); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := super.Exec(t.Context(), papers, school.NewID()); err != nil {
			t.Fatal(err)
		}
		if _, err := super.Exec(t.Context(), spoil); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		r := bridge.NewRegistry(w.DB)
		if err := r.Load(t.Context()); err != nil {
			t.Fatal(err)
		}
		stands := r.Between(10, 11, school.Teacher, school.Pupil, bridge.Share) || r.Between(11, 10, school.Pupil, school.Teacher, bridge.Share)
		if stands != (what == "nothing wrong") {
			t.Errorf("%s: %v", what, stands)
		}
	}
}
