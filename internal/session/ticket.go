package session

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// ticketLife is enough for a redirect on a slow telephone.
const ticketLife = 30 * time.Second

// Passage is where a ticket leads.
type Passage struct {
	SignOn uuid.UUID
	To     *tenant.Tenant
	Path   string // of that host
	Seal   string // of the browser on that host, see Seal
}

// Ticket writes a ticket that carries a sign-on to another host: once, within seconds, to that host alone and in that
// browser alone. It fails with Suspended for a space that lets nobody in.
func (s *Sessions) Ticket(ctx context.Context, p Passage) (Token, error) {
	if err := Admits(p.To); err != nil {
		return "", err
	}
	if !ValidSeal(p.Seal) {
		return "", fault.New(fault.Invalid, "Cette connexion est incomplète. Reprenez-la depuis la page de connexion.")
	}
	ticket := newToken()
	err := s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error { return insertTicket(ctx, tx, ticket, p) })
	if err != nil {
		return "", fmt.Errorf("write a ticket of sign-on %s: %w", p.SignOn, err)
	}
	return ticket, nil
}

type landing struct {
	ticket    Token
	host      school.ScopeID
	seal      string
	token     Token
	supersede uuid.UUID
}

// Land uses a ticket up on the host of t and opens the session there. An unknown, used, late or foreign ticket is
// NotFound. Another sign-on that this browser had here ends.
func (s *Sessions) Land(ctx context.Context, t *tenant.Tenant, ticket Token, seal string) (Opened, error) {
	if err := Admits(t); err != nil {
		return Opened{}, err
	}
	if !ticket.plausible() || !ValidSeal(seal) {
		return Opened{}, fault.Missing()
	}
	var o Opened
	l := landing{ticket: ticket, host: t.ID, seal: seal, token: newToken(), supersede: Actor(ctx).SignOn}
	err := s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) (err error) {
		o, err = redeem(ctx, tx, l)
		return err
	})
	if err != nil {
		return Opened{}, fmt.Errorf("use a ticket on scope %d: %w", t.ID, err)
	}
	if o.Token == "" {
		return Opened{}, fault.Missing()
	}
	return o, nil
}
