package accounts

import (
	"context"
	"fmt"
	"slices"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/mail"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// Roster lists everybody of the space in the order of names, with how their accounts stand: two queries, however many.
func (r *Room) Roster(ctx context.Context) ([]Member, error) {
	var rows []memberRow
	err := r.db.Batch(ctx, func(b *db.Batch) { queueRoster(b, &rows, r.db.NowIn(ctx)) })
	if err != nil {
		return nil, fmt.Errorf("read the roster: %w", err)
	}
	list := toMembers(rows)
	people := make([]school.PersonID, len(list))
	for i, m := range list {
		people[i] = m.Person
	}
	standings, err := r.sessions.Standings(ctx, people)
	if err != nil {
		return nil, err
	}
	for i := range list {
		list[i].stand(standings[list[i].Person])
	}
	return list, nil
}

func (m *Member) stand(s session.AccountStanding) {
	m.Login, m.SeenAt, m.Reason, m.Reach = s.Login, s.SeenAt, s.Reason, s.Address
	switch {
	case s.State == "":
		m.State = None
	case s.State == "pending" && !s.Coded.IsZero():
		m.State = Coded
	default:
		m.State = State(s.State)
	}
}

// Within lists those of a roster whom the actor of ctx may help: everybody, the pupils of the actor's classes, or the
// actor's children.
func (r *Room) Within(ctx context.Context, roster []Member) []Member {
	reach, may := r.policy.Can(ctx, "accounts", help)
	if !may {
		return nil
	}
	actor := session.Actor(ctx)
	var list []Member
	for _, m := range roster {
		if helps(actor, reach, m) {
			list = append(list, m)
		}
	}
	return list
}

func helps(actor school.Actor, reach policy.Reach, m Member) bool {
	switch reach {
	case policy.Establishment, policy.Collectivity, policy.Academy:
		return true
	case policy.Classes:
		return m.Has(Pupils) && slices.ContainsFunc(actor.Here, func(own school.Membership) bool {
			return slices.ContainsFunc(own.Classes, func(c school.ClassRef) bool { return m.In(c.ID) })
		})
	case policy.Children:
		return slices.ContainsFunc(actor.Here, func(own school.Membership) bool {
			return slices.ContainsFunc(own.Children, func(c school.ChildRef) bool { return c.ID == m.Person })
		})
	}
	return false
}

// Find gives somebody whom the actor may help; anybody else is NotFound.
func (r *Room) Find(ctx context.Context, who school.PersonID) (Member, error) {
	roster, err := r.Roster(ctx)
	if err != nil {
		return Member{}, err
	}
	for _, m := range r.Within(ctx, roster) {
		if m.Person == who {
			return m, nil
		}
	}
	return Member{}, fault.Missing()
}

// guarded refuses to touch the account of somebody with more rights than the one who helps has: heads and administrators are
// helped by their like alone, or whoever gives codes out could take their place.
func guarded(actor school.Actor, m Member, admin bool) error {
	high := admin || slices.Contains(m.Profiles, school.Head)
	if !high || actor.Has(school.Head) || slices.ContainsFunc(actor.Here, func(own school.Membership) bool { return own.Admin }) {
		return nil
	}
	return fault.New(fault.Forbidden, "Le compte d’un personnel de direction ou d’un administrateur est confié à la direction.")
}

// Code is a code that was given out by hand, shown once.
type Code struct {
	Member
	Print string
	URL   string
}

// GiveCode draws a new code for somebody whom the actor may help. An older one serves no more; a password goes on until the
// code is used. It is written in the trail, and the person sees it.
func (r *Room) GiveCode(ctx context.Context, who school.PersonID) (Code, error) {
	m, d, i, err := r.draw(ctx, who, session.ByHand)
	if err != nil {
		return Code{}, err
	}
	if err := r.keep(ctx, m, i, d, nil); err != nil {
		return Code{}, err
	}
	m.Login = d.Login
	return Code{Member: m, Print: d.Code.Print(), URL: r.activateURL(tenant.From(ctx), d.Code)}, nil
}

// Returned is what is known against the address at which somebody is written to; without a reason nothing is.
func (r *Room) Returned(ctx context.Context, who school.PersonID) (mail.Bounce, error) {
	to, err := r.sessions.AddressesOf(ctx, []school.PersonID{who})
	if err != nil || to[who].Address == "" {
		return mail.Bounce{}, err
	}
	found, err := r.sessions.Returned(ctx, []string{to[who].Address})
	return found[to[who].Address], err
}

// MailCode is GiveCode by e-mail: to the shown address of the person, or the one that the directory holds. Without one it is
// an Invalid fault.
func (r *Room) MailCode(ctx context.Context, who school.PersonID) error {
	m, d, i, err := r.draw(ctx, who, session.ByMail)
	if err != nil {
		return err
	}
	t := tenant.From(ctx)
	skin := r.skins.For(ctx, t)
	return r.keep(ctx, m, i, d, func(ctx context.Context, tx db.Tx) error {
		to, err := r.sessions.Addresses(ctx, tx, []school.PersonID{who})
		if err != nil {
			return err
		}
		address, known := to[who]
		if !known {
			return fault.New(fault.Invalid, "Nous ne connaissons pas d’adresse e-mail pour cette personne. Imprimez plutôt son code.")
		}
		return mail.Queue(ctx, tx, mail.Post{Kind: "accounts.code", To: []mail.Recipient{address},
			Letter: codeLetter(ctx, t, skin.Inline, d.Login, d.Code.Print(), r.activateURL(t, d.Code))})
	})
}

func (r *Room) draw(ctx context.Context, who school.PersonID, via string) (Member, session.Draft, session.Issue, error) {
	m, err := r.Find(ctx, who)
	if err != nil {
		return m, session.Draft{}, session.Issue{}, err
	}
	if err := r.mayTouch(ctx, m); err != nil {
		return m, session.Draft{}, session.Issue{}, err
	}
	i := session.Issue{Space: tenant.From(ctx).ID, People: []school.PersonID{who}, Via: via, Renew: true, Reset: true}
	drafts, err := r.sessions.Draw(ctx, i)
	if err != nil {
		return m, session.Draft{}, i, err
	}
	if len(drafts) == 0 || drafts[0].Code == "" {
		return m, session.Draft{}, i, fault.New(fault.Conflict, "Ce compte est bloqué : débloquez-le avant de donner un code.")
	}
	return m, drafts[0], i, nil
}

func (r *Room) keep(ctx context.Context, m Member, i session.Issue, d session.Draft, also func(context.Context, db.Tx) error) error {
	by := session.Actor(ctx).Person
	if err := r.sessions.Keep(ctx, by, i, []session.Draft{d}, also); err != nil {
		return err
	}
	return r.record(ctx, audit.Entry{Actor: by, Action: "accounts.code", Subject: m.Person.String(), Detail: map[string]any{"via": i.Via}})
}

func (r *Room) record(ctx context.Context, e audit.Entry) error {
	err := r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return audit.Record(ctx, tx, e) })
	if err != nil {
		return fmt.Errorf("write %s in the trail: %w", e.Action, err)
	}
	return nil
}

func (r *Room) administers(ctx context.Context, who school.PersonID) (admin bool, err error) {
	err = r.db.Read(ctx, func(ctx context.Context, tx db.Tx) error {
		admin, err = isAdmin(ctx, tx, who.UUID)
		return err
	})
	return admin, err
}

func (r *Room) activateURL(t *tenant.Tenant, c session.Code) string {
	return r.registry.URL(t, "/activate?code="+c.Print())
}

// Block closes an account, and Unblock opens it again. The trail of the space says who did it.
func (r *Room) Block(ctx context.Context, who school.PersonID, reason string) error {
	if err := r.touchable(ctx, who); err != nil {
		return err
	}
	if err := r.sessions.Block(ctx, who, tenant.From(ctx).ID, reason); err != nil {
		return err
	}
	return r.record(ctx, audit.Entry{Actor: session.Actor(ctx).Person, Action: "accounts.block", Subject: who.String()})
}

// Unblock opens a blocked account again.
func (r *Room) Unblock(ctx context.Context, who school.PersonID) error {
	if err := r.touchable(ctx, who); err != nil {
		return err
	}
	if err := r.sessions.Unblock(ctx, who, tenant.From(ctx).ID); err != nil {
		return err
	}
	return r.record(ctx, audit.Entry{Actor: session.Actor(ctx).Person, Action: "accounts.unblock", Subject: who.String()})
}

func (r *Room) touchable(ctx context.Context, who school.PersonID) error {
	m, err := r.Find(ctx, who)
	if err != nil {
		return err
	}
	return r.mayTouch(ctx, m)
}

func (r *Room) mayTouch(ctx context.Context, m Member) error {
	admin, err := r.administers(ctx, m.Person)
	if err != nil {
		return err
	}
	if err := guarded(session.Actor(ctx), m, admin); err != nil {
		return err
	}
	return r.still(ctx, m)
}
