package bridges

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/bridge"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// Input is a proposal as a head fills it in.
type Input struct {
	ID    uuid.UUID
	Peer  school.ScopeID
	Terms Terms
}

// Today is the day of the house's clock, in France.
func (r *Room) Today(ctx context.Context) time.Time { return bridge.Day(r.db.NowIn(ctx)) }

// List reads the bridges of the space of ctx, the newest proposal first, in one round trip.
func (r *Room) List(ctx context.Context) ([]Bridge, error) {
	var papers []Paper
	if err := r.db.Batch(ctx, func(b *db.Batch) { queuePapers(b, &papers) }); err != nil {
		return nil, fmt.Errorf("read the bridges: %w", err)
	}
	return pair(papers), nil
}

// Find reads one bridge of the space of ctx; NotFound when there is none.
func (r *Room) Find(ctx context.Context, id uuid.UUID) (Bridge, error) {
	var papers []Paper
	if err := r.db.Batch(ctx, func(b *db.Batch) { queueBridge(b, &papers, id) }); err != nil {
		return Bridge{}, fmt.Errorf("read bridge %s: %w", id, err)
	}
	bridges := pair(papers)
	if len(bridges) == 0 {
		return Bridge{}, fault.Missing()
	}
	return bridges[0], nil
}

// Peer is an establishment that the space of ctx may be bridged with, or nil.
func (r *Room) Peer(ctx context.Context, id school.ScopeID) *tenant.Tenant {
	t := r.registry.ByID(id)
	if t == nil || t.Kind != tenant.KindEstablishment || !t.LetsIn() || t.ID == tenant.From(ctx).ID {
		return nil
	}
	return t
}

const mostFound = 20

// Search finds open establishments by name, city or code, in any order of the words, accents aside; at most twenty.
func (r *Room) Search(ctx context.Context, text string) []*tenant.Tenant {
	parts := strings.Fields(plainLetters(text))
	if len(parts) == 0 {
		return nil
	}
	var found []*tenant.Tenant
	for _, t := range r.registry.All() {
		if r.Peer(ctx, t.ID) == nil {
			continue
		}
		hay := plainLetters(t.Name + " " + t.City + " " + t.UAI)
		if !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(hay, p) }) {
			if found = append(found, t); len(found) == mostFound {
				break
			}
		}
	}
	return found
}

// Propose signs a proposal for the space of ctx. It refuses with Invalid terms that cannot be, and with Conflict a second
// bridge to the same establishment. Sent twice, it proposes once.
func (r *Room) Propose(ctx context.Context, in Input) error {
	peer := r.Peer(ctx, in.Peer)
	if peer == nil {
		return fault.Field("with", "Choisissez un établissement ouvert dans l’espace numérique.")
	}
	actor := session.Actor(ctx)
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		today := bridge.Day(tx.Now())
		if err := in.Terms.check(today); err != nil {
			return err
		}
		paper := Paper{ID: in.ID, Peer: in.Peer, Part: Proposal, Terms: in.Terms, SignerName: actor.Name, SignedAt: tx.Now()}
		live, err := hasLive(ctx, tx, in.ID, in.Peer, today)
		if err != nil {
			return fmt.Errorf("look for a bridge with %d: %w", in.Peer, err)
		}
		if live {
			return fault.New(fault.Conflict, "Une passerelle avec cet établissement est déjà ouverte ou attend une réponse. Vous la trouverez dans la liste.")
		}
		made, err := insertPaper(ctx, tx, paper, actor.Person)
		if err != nil || !made {
			return err
		}
		return r.signed(ctx, tx, in.ID, peer, "bridges.propose", Proposal)
	})
}

// signed leaves the trail here, and sends word to the other side.
func (r *Room) signed(ctx context.Context, tx db.Tx, id uuid.UUID, peer *tenant.Tenant, action string, event Part) error {
	err := audit.Record(ctx, tx, audit.Entry{Actor: session.Actor(ctx).Person, Action: action, Subject: id.String(), Title: peer.Name,
		Detail: map[string]any{"with": peer.ID}})
	if err != nil {
		return err
	}
	return bridge.Tell(ctx, tx, bridge.News{Bridge: id, Event: string(event)})
}

// obey has this replica know at once what was signed; the others hear of it a moment later, and so does this one if it
// cannot read now.
func (r *Room) obey(ctx context.Context, err error) error {
	if err != nil {
		return err
	}
	if err := r.standing.Load(ctx); err != nil {
		slog.WarnContext(ctx, "the bridges could not be read at once", "error", err)
	}
	return nil
}

// Accept signs the proposal as it was made. NotFound when it was withdrawn or is over.
func (r *Room) Accept(ctx context.Context, id uuid.UUID, note string) error {
	return r.answer(ctx, id, Acceptance, note, "bridges.accept")
}

// Refuse says no, and why.
func (r *Room) Refuse(ctx context.Context, id uuid.UUID, note string) error {
	if strings.TrimSpace(note) == "" {
		return fault.Field("note", "Dites en une phrase pourquoi : l’autre établissement le lira.")
	}
	return r.answer(ctx, id, Refusal, note, "bridges.refuse")
}

func (r *Room) answer(ctx context.Context, id uuid.UUID, part Part, note, action string) error {
	bad := fault.Fields{}
	if checkText(bad, "note", note); len(bad) > 0 {
		return bad.OrNil()
	}
	actor := session.Actor(ctx)
	return r.obey(ctx, r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		p, err := proposalTo(ctx, tx, id, bridge.Day(tx.Now()))
		if db.NoRows(err) {
			return fault.Missing()
		}
		if err != nil {
			return fmt.Errorf("read the proposal %s: %w", id, err)
		}
		peer := r.registry.ByID(p.Scope)
		paper := Paper{ID: id, Peer: p.Scope, Part: part, Terms: p.Terms, SignerName: actor.Name, SignedAt: tx.Now(), Note: strings.TrimSpace(note)}
		made, err := insertPaper(ctx, tx, paper, actor.Person)
		if err != nil {
			return err
		}
		if !made {
			return fault.New(fault.Conflict, "Votre établissement a déjà répondu à cette proposition.")
		}
		return r.signed(ctx, tx, id, peer, action, part)
	}))
}

// End puts an end to a bridge at once, or withdraws a proposal that nobody has answered. NotFound when there is nothing
// to end.
func (r *Room) End(ctx context.Context, id uuid.UUID, note string) error {
	bad := fault.Fields{}
	if checkText(bad, "end_note", note); len(bad) > 0 {
		return bad.OrNil()
	}
	actor := session.Actor(ctx)
	return r.obey(ctx, r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		peer, err := endPaper(ctx, tx, id, actor.Person, actor.Name, strings.TrimSpace(note))
		if db.NoRows(err) {
			return fault.Missing()
		}
		if err != nil {
			return fmt.Errorf("end bridge %s: %w", id, err)
		}
		return r.signed(ctx, tx, id, r.registry.ByID(peer), "bridges.end", "end")
	}))
}
