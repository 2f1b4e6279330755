package notice

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/job"
	"elyco/internal/live"
	"elyco/internal/mail"
	"elyco/internal/tenant"
)

const (
	climbKind = "notice.climb"
	atOnce    = 200 // people in one transaction
)

// Jobs are the work of the herald.
func (h *Herald) Jobs() []job.Handler {
	return []job.Handler{
		job.Handle(climbKind, func(ctx context.Context, _ job.Run, _ struct{}) error { return h.Climb(ctx) }),
		job.Handle(digestKind, h.digest),
	}
}

// due is one person for whom something is to be done.
type due struct {
	Notice, Person    uuid.UUID
	Kind              string
	Title, Text, Path string
	AuthorName        string
	SentAt            time.Time
	Urgent            bool
	Ladder            Ladder
	Name, AboutNames  string
	Step              int
	Read, Done        bool     // opened; acknowledged, or the notice has ended
	Met               bool     // something went to the person outside the house
	Chosen            []string // ways, when HasChosen
	HasChosen         bool
}

// move is what is done for one person: the ways that are taken, and when the next thing is due; a zero Next is never.
type move struct {
	due
	Takes []taken
	Step  int
	After time.Duration
	More  bool
}

// taken is one way that is taken, or that leads nowhere.
type taken struct {
	Channel Channel
	Outcome string
	Payer   string
	Address string
}

// The outcomes of a way.
const (
	outcomeSent      = "sent"
	outcomeShown     = "shown"
	outcomeWaiting   = "waiting" // for somebody to print it
	outcomeNoAddress = "no_address"
	outcomeBounced   = "bounced" // what was sent to the address came back
	outcomeClosed    = "closed"
)

// Climb does what is due in the space of ctx, and sees to it that a job comes for what is due later. Several may run at once.
func (h *Herald) Climb(ctx context.Context) error {
	for {
		n, err := h.climbSome(ctx)
		if err != nil {
			return errors.Join(err, h.comeBack(ctx, h.db.NowIn(ctx).Add(time.Minute)))
		}
		if n < atOnce {
			return h.comeBack(ctx, time.Time{})
		}
	}
}

// comeBack leaves a job for what is due next, and not before an instant.
func (h *Herald) comeBack(ctx context.Context, notBefore time.Time) error {
	return h.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		at, err := nextDue(ctx, tx)
		if err != nil || at.IsZero() {
			return err
		}
		if at.Before(notBefore) {
			at = notBefore
		}
		return h.climbAt(ctx, tx, at)
	})
}

// climbSome reads who is due, looks addresses up in the academy's scope, decides, and does all of it in one transaction, for
// those who are still where they were.
func (h *Herald) climbSome(ctx context.Context) (int, error) {
	var list []due
	err := h.db.Read(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		list, err = selectDue(ctx, tx, atOnce)
		return err
	})
	if err != nil || len(list) == 0 {
		return 0, err
	}
	t := tenant.From(ctx)
	people := make([]uuid.UUID, 0, len(list))
	for _, d := range list {
		people = append(people, d.Person)
	}
	addresses, err := h.addresses(ctx, people)
	if err != nil {
		return 0, err
	}
	moves := make([]move, len(list))
	for i, d := range list {
		moves[i] = h.decide(t, d, addresses[d.Person])
	}
	if err := h.do(ctx, t, moves); err != nil {
		return 0, fmt.Errorf("take the next way of %d notices: %w", len(moves), err)
	}
	return len(list), nil
}

// bounced stands for an address from which everything comes back, and a number that nobody has.
const bounced = "bounced"

// addresses are where people may be reached outside the house, by what they have shown to be theirs; a directory's e-mail
// address serves those who have shown none.
func (h *Herald) addresses(ctx context.Context, people []uuid.UUID) (map[uuid.UUID]map[Channel]string, error) {
	out := map[uuid.UUID]map[Channel]string{}
	err := h.db.Read(tenant.Enter(ctx, h.registry.Academy()), func(ctx context.Context, tx db.Tx) error {
		rows, err := selectAddresses(ctx, tx, people)
		if err != nil {
			return err
		}
		var known []string
		for _, r := range rows {
			if out[r.Person] == nil {
				out[r.Person] = map[Channel]string{}
			}
			address, ok := reachable(Channel(r.Channel), r.Value)
			if !ok {
				continue
			}
			out[r.Person][Channel(r.Channel)] = address
			known = append(known, address)
		}
		returned, err := mail.Bounced(ctx, tx, known)
		if err != nil {
			return err
		}
		for _, ways := range out {
			for way, address := range ways {
				if _, gone := returned[address]; gone {
					ways[way] = bounced
				}
			}
		}
		devices, err := mail.WithDevices(ctx, tx, people)
		for p, has := range devices {
			if has {
				if out[p] == nil {
					out[p] = map[Channel]string{}
				}
				out[p][Push] = p.String() // any of the person's devices
			}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look up addresses: %w", err)
	}
	return out, nil
}

// reachable writes an address as its channel takes it; ok is false for what is none, as directories hold some.
func reachable(way Channel, value string) (address string, ok bool) {
	var err error
	switch way {
	case Mail:
		address, err = mail.CleanAddress(value)
	default:
		address, err = mail.CleanPhone(value)
	}
	return address, err == nil
}

// decide says what is done for one person now.
func (h *Herald) decide(t *tenant.Tenant, d due, at map[Channel]string) move {
	m := move{due: d}
	if d.Done {
		return m
	}
	if len(d.Ladder) == 0 {
		if d.Read {
			return m
		}
		m.Step = 1
		for _, way := range h.kinds[d.Kind].ways(d.Chosen, d.HasChosen) {
			if address := at[way]; way != Digest && address != "" {
				if taking := h.take(t, way, address); taking.Outcome == outcomeSent {
					m.Takes = append(m.Takes, taking)
				}
			}
		}
		return m
	}
	// A way that leads nowhere keeps nobody waiting to whom nothing went yet: the next one is taken in its place. Whoever has
	// something has the time to read it.
	m.Step = d.Step
	met := d.Met
	for m.Step < len(d.Ladder) {
		rung := d.Ladder[m.Step]
		taking := h.take(t, rung.Channel, at[rung.Channel])
		m.Takes = append(m.Takes, taking)
		m.Step++
		met = met || taking.Outcome == outcomeSent || taking.Outcome == outcomeWaiting
		if m.Step == len(d.Ladder) || taking.Outcome == outcomeShown || met && d.Ladder[m.Step].After > 0 {
			break
		}
	}
	if m.Step < len(d.Ladder) {
		m.More, m.After = true, time.Duration(d.Ladder[m.Step].After)*time.Minute
	}
	return m
}

// take says what becomes of a way in a space: who pays for it, and whether it leads to the person.
func (h *Herald) take(t *tenant.Tenant, way Channel, address string) taken {
	k := taken{Channel: way, Address: address, Outcome: outcomeSent}
	switch way {
	case Page:
		k.Outcome = outcomeShown
		return k
	case Text, Voice, Letter:
		k.Payer = h.Payer(t, way)
		if k.Payer == "" {
			k.Outcome = outcomeClosed
			return k
		}
	}
	if way == Letter {
		k.Outcome = outcomeWaiting
	} else if address == "" {
		k.Outcome = outcomeNoAddress
	} else if address == bounced {
		k.Outcome, k.Address = outcomeBounced, ""
	}
	return k
}

// do writes the moves of those who are still where they were, with what goes out, and tells their open pages.
func (h *Herald) do(ctx context.Context, t *tenant.Tenant, moves []move) error {
	return h.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		held, err := holdDue(ctx, tx, moves)
		if err != nil {
			return err
		}
		moves := slices.DeleteFunc(slices.Clone(moves), func(m move) bool { return !held[at{m.Notice, m.Person}] })
		if len(moves) == 0 {
			return nil
		}
		sent, err := h.sendAll(ctx, tx, t, moves)
		if err != nil {
			return err
		}
		if err := insertWays(ctx, tx, sent); err != nil {
			return err
		}
		families, staff := h.weeks(t)
		if err := advance(ctx, tx, moves, families, staff); err != nil {
			return err
		}
		return h.tellMoved(ctx, tx, moves)
	})
}

// tellMoved tells open pages: of the people themselves, and of the authors who watch a ladder.
func (h *Herald) tellMoved(ctx context.Context, tx db.Tx, moves []move) error {
	by := map[uuid.UUID][]uuid.UUID{}
	for _, m := range moves {
		by[m.Notice] = append(by[m.Notice], m.Person)
	}
	for id, people := range by {
		if err := live.Tell(ctx, tx, live.Event{Room: room, Ref: id}, people...); err != nil {
			return err
		}
	}
	authors, err := selectAuthors(ctx, tx, by)
	if err != nil {
		return err
	}
	for id, author := range authors {
		if err := live.Tell(ctx, tx, live.Event{Room: progress, Ref: id}, author); err != nil {
			return err
		}
	}
	return nil
}

// at names one person of one notice.
type at struct{ notice, person uuid.UUID }

// sentWay is one line for the ledger.
type sentWay struct {
	at
	taken
	delivery uuid.UUID
}

// sendAll queues what goes out, each text once for all who get it on a channel.
func (h *Herald) sendAll(ctx context.Context, tx db.Tx, t *tenant.Tenant, moves []move) ([]sentWay, error) {
	var lines []sentWay
	type group struct {
		notice  uuid.UUID
		channel Channel
	}
	var order []group
	grouped := map[group][]int{}
	for _, m := range moves {
		for _, k := range m.Takes {
			lines = append(lines, sentWay{at: at{m.Notice, m.Person}, taken: k})
			if k.Outcome != outcomeSent {
				continue
			}
			g := group{m.Notice, k.Channel}
			if grouped[g] == nil {
				order = append(order, g)
			}
			grouped[g] = append(grouped[g], len(lines)-1)
		}
	}
	byPerson := map[at]move{}
	for _, m := range moves {
		byPerson[at{m.Notice, m.Person}] = m
	}
	for _, g := range order {
		var to []mail.Recipient
		for _, i := range grouped[g] {
			m := byPerson[lines[i].at]
			fields := h.fields(ctx, t, m)
			one := mail.Recipient{Person: m.Person, Name: m.Name, Address: lines[i].Address, Fields: fields}
			if g.channel == Mail && len(m.Ladder) == 0 {
				one.Unsubscribe = fields["off_link"]
			}
			to = append(to, one)
		}
		first := byPerson[lines[grouped[g][0]].at]
		out, err := h.compose(ctx, t, g.channel, first)
		if err != nil {
			return nil, err
		}
		out.To, out.NoticeID, out.Payer = to, g.notice, lines[grouped[g][0]].Payer
		ids, err := mail.QueueFor(ctx, tx, out)
		if err != nil {
			return nil, err
		}
		for n, i := range grouped[g] {
			lines[i].delivery = ids[n]
		}
	}
	return lines, nil
}

// Payer is who pays for a way in a space; empty when the way is closed there, or costs nothing.
func (h *Herald) Payer(t *tenant.Tenant, way Channel) string {
	if way != Text && way != Voice && way != Letter {
		return ""
	}
	payer := h.settings.Text(t, settingPayer+string(way))
	if payer == payerNobody {
		return ""
	}
	return payer
}

// Price is what one piece on a way costs by the space's settings, in thousandths of a euro; what a provider says counts more.
func (h *Herald) Price(t *tenant.Tenant, way Channel) int {
	switch way {
	case Text, Voice, Letter:
		return h.settings.Number(t, settingPrice+string(way))
	}
	return 0
}
