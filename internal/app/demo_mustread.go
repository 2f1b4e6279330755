package app

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/db"
	"elyco/internal/demo"
	"elyco/internal/fault"
	"elyco/internal/mail"
	"elyco/internal/notice"
	"elyco/internal/school"
	"elyco/internal/services/mustread"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

// MustReadDemo sends one message that must reach its people, which some have acknowledged, and leaves a draft beside it. What
// is there stays as it is.
func (a *App) MustReadDemo(ctx context.Context) error {
	t := demo.Place(a.registry, "vendee/haxo")
	if t == nil {
		return nil
	}
	head, err := demo.Actor(ctx, a.ground.DB, "chef.haxo")
	if err != nil {
		return err
	}
	in := words.With(tenant.Enter(ctx, t), a.words)
	as := session.With(in, head.In(t.ID))
	now := a.ground.DB.NowIn(ctx)
	sent := uuid.NewSHA1(uuid.NameSpaceURL, []byte("demo/mustread/1"))
	if _, err := a.mustread.Message(as, sent); !fault.Is(err, fault.NotFound) {
		return err
	}
	families := audience.Audience{Profiles: []school.Profile{school.Guardian}}
	for _, m := range []mustread.Message{
		{ID: sent, Title: "Pas de cours jeudi matin : coupure d’eau", GoalAt: now.Add(60 * time.Hour), Ways: mustread.Further(), Urgent: true, Reason: "Coupure annoncée ce matin par la commune", Audience: families,
			Body: "La commune coupe l’eau jeudi de 8 h à 12 h. Le collège ne peut pas accueillir les élèves ce matin-là.\n\nLes cours reprennent à 13 h 30. Le repas de midi est servi à ceux qui le demandent avant mercredi."},
		{ID: uuid.NewSHA1(uuid.NameSpaceURL, []byte("demo/mustread/2")), Title: "Nouveaux horaires du bus scolaire", GoalAt: now.Add(120 * time.Hour), Ways: []notice.Channel{notice.Text},
			Audience: families, Body: "Le car de la ligne 12 passe dix minutes plus tôt dès lundi. Merci de confirmer que votre enfant le sait."},
	} {
		if err := a.mustread.Save(as, m); err != nil {
			return fmt.Errorf("keep %q: %w", m.Title, err)
		}
	}
	if err := a.mustread.Send(as, sent); err != nil {
		return err
	}
	if err := a.herald.Climb(in); err != nil {
		return err
	}
	if err := a.letters.Deliver(in); err != nil {
		return err
	}
	if err := a.acknowledgeDemo(in, sent); err != nil {
		return err
	}
	return a.textDemo(in, sent)
}

// textDemo takes the next way for those who are left: a text, to telephones that are simulated. Of the first, one is delivered,
// one answered, and one does not arrive, which has the house call.
func (a *App) textDemo(ctx context.Context, id uuid.UUID) error {
	if !a.letters.Simulates(mail.ByText) {
		return nil
	}
	err := a.ground.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		_, err := a.herald.Hasten(ctx, tx, id)
		return err
	})
	if err != nil {
		return err
	}
	if err := a.herald.Climb(ctx); err != nil {
		return err
	}
	if err := a.letters.Deliver(ctx); err != nil {
		return err
	}
	plays := []string{mail.Delivered, mail.Acknowledged, mail.Failed}
	var list []mail.Sent
	err = a.ground.DB.Read(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		list, err = mail.List(ctx, tx, mail.Filter{Channel: mail.ByText, State: "kept"}, len(plays))
		return err
	})
	if err != nil {
		return err
	}
	for i, s := range list {
		if err := a.letters.Play(ctx, s, plays[i]); err != nil {
			return err
		}
	}
	return nil
}

// acknowledgeDemo has two families in three acknowledge, the ready-made accounts apart: whoever tries them finds what to do.
func (a *App) acknowledgeDemo(ctx context.Context, id uuid.UUID) error {
	spared := map[uuid.UUID]bool{}
	for _, login := range []string{"camille.parent", "karim.parent"} {
		who, err := demo.Actor(ctx, a.ground.DB, login)
		if err != nil {
			return err
		}
		spared[who.Person.UUID] = true
	}
	return a.ground.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		const most = 2000
		people, err := notice.Ledger(ctx, tx, id, notice.LedgerPage{Limit: most})
		if err != nil {
			return err
		}
		for i, p := range people {
			if spared[p.Person] || i%3 == 0 {
				continue
			}
			by := "page"
			if i%2 == 0 {
				by = "link"
			}
			if _, err := a.herald.Acknowledge(ctx, tx, id, p.Person, by, uuid.Nil); err != nil {
				return err
			}
		}
		return nil
	})
}
