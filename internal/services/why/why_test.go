package why_test

import (
	"os"
	"testing"

	"elyco/internal/school"
	"elyco/internal/testkit"
)

func TestMain(m *testing.M) { os.Exit(testkit.Main(m)) }

func TestWhatIsNotHereIsSaid(t *testing.T) {
	h := testkit.NewHouse(t)
	h.Exec(t, `update tenant set services = '{announcements}' where id = $1`, h.College.ID)
	if err := h.Registry.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	head := h.SignInAs(t, h.College, school.Head)
	head.Get(t, h.College, "/news").Is(t, 404).Sees(t, "a", "Pourquoi cette page")
	h.Visitor().Get(t, h.College, "/news").Is(t, 404).SeesNot(t, "Pourquoi cette page")
	head.Get(t, h.College, "/why/news/read").Is(t, 200).Sees(t, "p", "est fermé dans cet espace").SeesNot(t, "vous pouvez")
	head.Get(t, h.College, "/why/announcements/read").Is(t, 200).Sees(t, "p", "comme membre de la direction, vous pouvez").Sees(t, "a[href=/rights/announcements]", "droits")
	agent := h.SignInAs(t, h.Vendee, school.Collectivity)
	agent.Get(t, h.Vendee, "/why/news/read").Is(t, 200).Sees(t, "p", "n’existe pas dans ce type d’espace")
	head.Get(t, h.College, "/why/news/burn").Is(t, 404)
	head.Get(t, h.College, "/why/nothing/read").Is(t, 404)
}

func TestVisitorsLearnWhichSpaceDecidedAndNobodysName(t *testing.T) {
	h := testkit.NewHouse(t)
	conn := h.As(t, "postgres")
	if _, err := conn.Exec(t.Context(), `insert into policy_delta (tenant_id, id, room, action, profile, number, reach, closed, author_name, set_at)
		values ($1, gen_random_uuid(), 'news', 'read_public', 'anyone', 1, 'none', true, 'Dominique Roy', now())`, h.Vendee.ID); err != nil {
		t.Fatal(err)
	}
	if err := h.App.Policy().Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	visitor := h.Visitor().Get(t, h.College, "/why/news/read_public").Is(t, 200)
	visitor.Sees(t, "dd", "Département de la Vendée").Sees(t, "dd", "verrouillée").SeesNot(t, "Roy")
	h.SignInAs(t, h.College, school.Teacher).Get(t, h.College, "/why/news/read_public").Is(t, 200).Sees(t, "dd", "par Dominique Roy")
}
