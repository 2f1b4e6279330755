package tenant

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
)

// What is decided about a space, as its history names it.
const (
	EventState = "state"
	EventWave  = "wave"
)

// MaxReason is how many characters a reason, or a notice for visitors, may have.
const MaxReason = 500

// Decision changes where one space stands. From is what the decider saw: when it is no longer so, the decision is refused
// as a Conflict. Reason stays in the history; Note is what visitors of a space that is not open read.
type Decision struct {
	Space  school.ScopeID
	From   State
	To     State
	Into   school.ScopeID // of a merger: where the establishment's people have gone
	Note   string
	Reason string
	By     school.PersonID
	ByName string
}

// Event is one line of the history of a space, the way back included.
type Event struct {
	ID      string
	At      time.Time
	Kind    string // EventState, EventWave
	Was     string
	Becomes string
	WasNote string
	Note    string
	Reason  string
	ByName  string
}

func (d Decision) check() error {
	wrong := fault.Fields{}
	checkReason(wrong, d.Reason)
	if utf8.RuneCountInString(d.Note) > MaxReason {
		wrong.Add("note", fmt.Sprintf("Le mot aux visiteurs dépasse %d caractères : raccourcissez-le.", MaxReason))
	}
	if d.To == d.From {
		wrong.Add("state", "L’espace est déjà dans cet état : choisissez-en un autre.")
	}
	if (d.To == Merged) != (d.Into != 0) || d.Into == d.Space {
		wrong.Add("into", "Choisissez l’établissement dans lequel celui-ci est fusionné.")
	}
	return wrong.OrNil()
}

func checkReason(wrong fault.Fields, reason string) {
	if reason == "" {
		wrong.Add("reason", "Dites pourquoi : ce motif reste dans l’historique de l’établissement.")
	}
	if utf8.RuneCountInString(reason) > MaxReason {
		wrong.Add("reason", fmt.Sprintf("Le motif dépasse %d caractères : raccourcissez-le.", MaxReason))
	}
}

// Decide opens, suspends, closes or merges an establishment. The registry, its history and the trail of the establishment
// and of the academy are written together, and every replica follows at once. Besides Invalid and Conflict it answers
// NotFound for a space that is no establishment, and for a merger into one that is not there or not open.
func Decide(ctx context.Context, d *db.DB, decision Decision) error {
	if !knownState(decision.To) {
		return fault.Field("state", unknownState)
	}
	if err := decision.check(); err != nil {
		return err
	}
	return inRegistry(ctx, d, true, func(ctx context.Context, w registryTx) error {
		now, err := w.establishment(ctx, decision.Space)
		if err != nil {
			return err
		}
		if now.State != decision.From {
			return moved()
		}
		if decision.Into != 0 {
			into, err := w.establishment(ctx, decision.Into)
			if err != nil {
				return err
			}
			if !into.LetsIn() {
				return fault.Field("into", "Cet établissement n’est pas ouvert : choisissez-en un qui accueille ses membres.")
			}
		}
		if err := w.decide(ctx, decision); err != nil {
			return fmt.Errorf("decide the state of space %d: %w", decision.Space, err)
		}
		return w.tell(ctx, d.Now(), now, Event{Kind: EventState, Was: string(now.State), Becomes: string(decision.To),
			WasNote: now.StateNote, Note: decision.Note, Reason: decision.Reason, ByName: decision.ByName},
			audit.Entry{Actor: decision.By, Action: "tenant.decide"})
	})
}

// Move is the decision that an establishment joins in another school year than From.
type Move struct {
	Space  school.ScopeID
	From   string
	To     string // 2009-2010
	Reason string
	By     school.PersonID
	ByName string
}

// MoveToWave moves an establishment to another wave of the deployment. From then on the files of the territory leave its
// wave alone. It answers like Decide.
func MoveToWave(ctx context.Context, d *db.DB, m Move) error {
	wrong := fault.Fields{}
	checkReason(wrong, m.Reason)
	if schoolYearStart(m.To) == 0 || m.To == m.From {
		wrong.Add("wave", "Choisissez une autre année scolaire, écrite comme 2026-2027.")
	}
	if err := wrong.OrNil(); err != nil {
		return err
	}
	return inRegistry(ctx, d, true, func(ctx context.Context, w registryTx) error {
		now, err := w.establishment(ctx, m.Space)
		if err != nil {
			return err
		}
		if now.Wave != m.From {
			return moved()
		}
		if err := w.moveToWave(ctx, m.Space, m.To); err != nil {
			return fmt.Errorf("move space %d to another wave: %w", m.Space, err)
		}
		return w.tell(ctx, d.Now(), now, Event{Kind: EventWave, Was: now.Wave, Becomes: m.To, Reason: m.Reason, ByName: m.ByName},
			audit.Entry{Actor: m.By, Action: "tenant.move"})
	})
}

func moved() error {
	return fault.New(fault.Conflict, "Quelqu’un a changé cet établissement entre-temps. Ouvrez de nouveau sa fiche pour voir où il en est : rien n’a été enregistré.")
}

// SchoolYear names the school year that begins in a year: 2026-2027.
func SchoolYear(start int) string { return fmt.Sprintf("%04d-%04d", start, start+1) }
