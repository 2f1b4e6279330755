package account

import (
	"context"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/job"
	"elyco/internal/mail"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

// activation is the form that makes an account the own one, as it was sent.
type activation struct {
	Code            session.Code
	Password        string
	Email, Phone    string // as typed; empty for none
	Charter         bool
	Device, Network string
}

// activate makes an account its owner's. The address and the telephone that came with it get their codes in the same
// transaction; they count once these are typed.
func (r *Room) activate(ctx context.Context, a activation) (session.Opened, error) {
	t := tenant.From(ctx)
	contacts := map[session.ContactKind]string{}
	wrong := fault.Fields{}
	for kind, typed := range map[session.ContactKind]string{session.Email: a.Email, session.Phone: a.Phone} {
		if typed == "" || kind == session.Phone && !r.office.Texts() {
			continue
		}
		clean, err := session.CleanContact(kind, typed)
		if err != nil {
			wrong.Add(string(kind), words.T(ctx, wordsOf(kind)+"wrong"))
			continue
		}
		contacts[kind] = clean
	}
	if err := wrong.OrNil(); err != nil {
		return session.Opened{}, err
	}
	return r.sessions.Activate(ctx, t, session.Activation{Code: a.Code, Password: a.Password, Charter: a.Charter, Device: a.Device, Network: a.Network,
		Also: func(ctx context.Context, tx db.Tx, who school.PersonID) error {
			for kind, value := range contacts {
				if err := r.sessions.ProveOwn(ctx, tx, who, kind, value, r.tellProof(t)); err != nil {
					return err
				}
			}
			return nil
		}})
}

// recoverKind is the job that answers somebody who lost the password.
const recoverKind = "account.recover"

type recoverPayload struct {
	ID uuid.UUID `json:"id"`
}

// askRecovery takes a wish; the job that answers it alone looks whether there is such an account.
func (r *Room) askRecovery(ctx context.Context, who, network string) error {
	return r.sessions.AskRecovery(ctx, tenant.From(ctx).ID, who, network, func(ctx context.Context, tx db.Tx, id uuid.UUID) error {
		return job.Enqueue(ctx, tx, job.New(recoverKind, recoverPayload{id}))
	})
}

func (r *Room) jobs() []job.Handler {
	return []job.Handler{job.Handle(recoverKind, func(ctx context.Context, _ job.Run, p recoverPayload) error {
		return r.sessions.Recover(ctx, p.ID, func(ctx context.Context, tx db.Tx, found session.Recovering) error {
			t := r.doorOf(found.Space)
			letter := dressed(ctx, t, r.skins.For(ctx, t), "account.letter.recovery.", r.registry.URL(t, "/recover/"+string(found.Token)),
				"name", found.Given, "login", found.Login)
			return mail.Queue(ctx, tx, mail.Post{Kind: "account.recovery", Letter: letter,
				To: []mail.Recipient{{Person: found.Person.UUID, Name: found.Given, Address: found.Address}}})
		})
	})}
}

// doorOf is the space by which somebody comes in: the one that was named, or the academy when it lets nobody in.
func (r *Room) doorOf(id school.ScopeID) *tenant.Tenant {
	if t := r.registry.ByID(id); t != nil && session.Admits(t) == nil {
		return t
	}
	return r.registry.Academy()
}

// finishRecovery sets the password that a link lets somebody choose, and writes to the owner that it was done.
func (r *Room) finishRecovery(ctx context.Context, token session.Token, fresh string) error {
	t := tenant.From(ctx)
	return r.sessions.FinishRecovery(ctx, t.ID, token, fresh, func(ctx context.Context, tx db.Tx, to mail.Recipient) error {
		letter := dressed(ctx, t, r.skins.For(ctx, t), "account.letter.recovered.", r.registry.URL(t, "/account"), "name", to.Name)
		return mail.Queue(ctx, tx, mail.Post{Kind: "account.recovered", Letter: letter, To: []mail.Recipient{to}})
	})
}

// tellProof sends the code that proves an address or a telephone.
func (r *Room) tellProof(t *tenant.Tenant) func(ctx context.Context, tx db.Tx, p session.Proof) error {
	return func(ctx context.Context, tx db.Tx, p session.Proof) error {
		to := []mail.Recipient{{Person: p.Person.UUID, Name: p.Name, Address: p.Value}}
		if p.Kind == session.Phone {
			return mail.QueueText(ctx, tx, mail.Text{Kind: "account.proof", Site: t.Name, Body: words.T(ctx, "account.letter.proof.short", "site", t.Name, "code", p.Code), To: to})
		}
		letter := dressed(ctx, t, r.skins.For(ctx, t), "account.letter.proof.", r.registry.URL(t, "/account/contacts"), "code", p.Code)
		return mail.Queue(ctx, tx, mail.Post{Kind: "account.proof", Letter: letter, To: to})
	}
}

// tellChange writes to the address, or the telephone, that is no longer the person's.
func (r *Room) tellChange(t *tenant.Tenant) func(ctx context.Context, tx db.Tx, p session.Proof) error {
	return func(ctx context.Context, tx db.Tx, p session.Proof) error {
		to := []mail.Recipient{{Person: p.Person.UUID, Name: p.Name, Address: p.Old}}
		if p.Kind == session.Phone {
			return mail.QueueText(ctx, tx, mail.Text{Kind: "account.changed", Site: t.Name, Body: words.T(ctx, "account.letter.changed.short", "site", t.Name), To: to})
		}
		now := words.T(ctx, "account.letter.changed.none")
		if p.Value != "" {
			now = veiled(p.Value)
		}
		letter := dressed(ctx, t, r.skins.For(ctx, t), "account.letter.changed.", r.registry.URL(t, "/account/contacts"), "now", now)
		return mail.Queue(ctx, tx, mail.Post{Kind: "account.changed", Letter: letter, To: to})
	}
}

func (r *Room) proveContact(ctx context.Context, kind session.ContactKind, value string) error {
	return r.sessions.ProveContact(ctx, kind, value, r.tellProof(tenant.From(ctx)))
}

func (r *Room) confirmContact(ctx context.Context, kind session.ContactKind, code string) error {
	t := tenant.From(ctx)
	return r.sessions.ConfirmContact(ctx, t.ID, kind, code, r.tellChange(t))
}

func (r *Room) dropContact(ctx context.Context, kind session.ContactKind) error {
	t := tenant.From(ctx)
	return r.sessions.DropContact(ctx, t.ID, kind, r.tellChange(t))
}

// returned finds out which of somebody's addresses sent a letter back, and which numbers nobody has.
func (r *Room) returned(ctx context.Context, list []session.Contact) (map[string]mail.Bounce, error) {
	var addresses []string
	for _, c := range list {
		addresses = append(addresses, c.Value)
	}
	return r.sessions.Returned(ctx, addresses)
}
