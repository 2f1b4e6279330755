package messages_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"elyco/internal/db"
	"elyco/internal/privacy"
	"elyco/internal/tenant"
)

// TestAPersonLeavesTheMail exports, erases and purges what the room holds.
func TestAPersonLeavesTheMail(t *testing.T) {
	m := newMail(t)
	path := m.send(t, m.teacher, form("Sortie", "À jeudi", "to:guardians:"+m.leaP.ID.String()+":"))
	m.send(t, m.guardian, form("Merci", "Entendu", to(m.teacherP)))
	var record privacy.Record
	for _, s := range m.App.Rooms() {
		if s.Name == "messages" {
			record = s.Privacy
		}
	}
	in := tenant.Enter(t.Context(), m.College)
	run := func(do func(ctx context.Context, tx db.Tx) error) {
		t.Helper()
		if err := m.DB.Write(in, do); err != nil {
			t.Fatal(err)
		}
	}
	run(func(ctx context.Context, tx db.Tx) error {
		held, err := record.Export(ctx, tx, m.guardianP.ID)
		if said := fmt.Sprint(held); !strings.Contains(said, "Entendu") || strings.Contains(said, "À jeudi") {
			t.Errorf("the export holds %s", said)
		}
		return err
	})
	run(func(ctx context.Context, tx db.Tx) error { return record.Erase(ctx, tx, m.guardianP.ID) })
	run(func(ctx context.Context, tx db.Tx) error { return record.Erase(ctx, tx, m.teacherP.ID) })
	m.father.Get(t, m.College, path).Is(t, 200).SeesNot(t, "Nadia").Sees(t, "main", "À jeudi")
	m.Clock.Pass(37 * 31 * 24 * time.Hour)
	run(func(ctx context.Context, tx db.Tx) error {
		n, err := record.Purge(ctx, tx)
		if n < 2 {
			t.Errorf("%d rows went", n)
		}
		return err
	})
}
