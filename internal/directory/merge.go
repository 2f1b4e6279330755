package directory

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

// Column is a column of a table that names a person.
type Column struct{ Table, Name string }

// Merger makes one person of two accounts, by hand, and two again. What names the account that goes in any space is given to
// the one that stays and noted, row by row; what the one that stays has already stays where it is.
type Merger struct {
	db       *db.DB
	registry *tenant.Registry
	columns  []Column
}

// NewMerger makes a merger that moves what stands in columns. What is about the account itself stays with the account, and what
// says who signed, ordered or looked at something stays as it was said; personal documents stay too, for which the account that
// goes must have none.
func NewMerger(d *db.DB, r *tenant.Registry, columns []Column) *Merger {
	own := []string{"person", "passport", "account", "sign_on", "session", "app_password", "totp_secret", "recovery_code", "sign_in_half",
		"passkey", "known_device", "sign_in_notice", "activation_code", "recovery_link", "account_contact", "contact_check", "account_event",
		"letter_delivery", "push_device", "drive_space", "access_entry", "audit_entry", "erasure", "support_visit", "mydata_export", "feed", "feed_part",
		"tenant_event", "bridge_paper", "person_merge", "person_apart"}
	m := &Merger{db: d, registry: r}
	for _, c := range columns {
		if !slices.Contains(own, c.Table) && !slices.Contains(m.columns, c) {
			m.columns = append(m.columns, c)
		}
	}
	return m
}

// Twin is one of two accounts that may be one human being's.
type Twin struct {
	Person        school.PersonID
	Given, Family string
	Birth         time.Time // zero: not known
	Login, State  string
	SeenAt        time.Time // zero: nobody has signed in yet
	Profiles      []string
	Places        []school.ScopeID
	Classes       []string
	Fed           bool // a feed or a list keeps it
	Files         int  // personal documents
}

// Name is the twin's, as people say it.
func (t Twin) Name() string { return t.Given + " " + t.Family }

// Pair is two accounts with the same name and, as far as is known, the same birthday.
type Pair struct {
	One, Other Twin
	Sure       bool // both birthdays are known
}

// Merged is a merge that was made.
type Merged struct {
	ID         uuid.UUID
	Kept, Gone school.PersonID
	Name       string
	Login      string // of the account that went
	By         string
	At, Undone time.Time
	Moved      int
}

// mostPairs bounds the list of doubles, and of the latest merges.
const mostPairs = 100

// LeastName is how many letters of a name the academy has to give.
const LeastName = 2

// Doubles lists accounts of the space of ctx that may be one human being's, the surest first. The academy sees everybody's,
// of a name that begins with text.
func (m *Merger) Doubles(ctx context.Context, text string) (list []Pair, more bool, err error) {
	t := tenant.From(ctx)
	text = words.Fold(strings.TrimSpace(text))
	if t.Kind == tenant.KindAcademy && utf8.RuneCountInString(text) < LeastName {
		return nil, false, nil
	}
	err = m.db.Import(ctx, func(ctx context.Context, tx bulk) error {
		ids, err := selectPairs(ctx, tx, t.ID, m.db.NowIn(ctx), text, mostPairs+1)
		if err != nil {
			return err
		}
		if more = len(ids) > mostPairs; more {
			ids = ids[:mostPairs]
		}
		list, err = pairsOf(ctx, tx, t.ID, m.db.NowIn(ctx), ids)
		return err
	})
	if err != nil {
		return nil, false, fmt.Errorf("list doubles: %w", err)
	}
	return list, more, nil
}

// Twins are the accounts of the space that bear the name of one, which comes first. Somebody who is alone is NotFound.
func (m *Merger) Twins(ctx context.Context, who school.PersonID) ([]Twin, error) {
	t := tenant.From(ctx)
	var list []Twin
	err := m.db.Import(ctx, func(ctx context.Context, tx bulk) error {
		ids, err := selectNamesakes(ctx, tx, t.ID, m.db.NowIn(ctx), who)
		if err != nil {
			return err
		}
		list, err = selectTwins(ctx, tx, t.ID, m.db.NowIn(ctx), ids)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("find the namesakes of %s: %w", who, err)
	}
	i := slices.IndexFunc(list, func(o Twin) bool { return o.Person == who })
	if i < 0 || len(list) < 2 {
		return nil, fault.Missing()
	}
	list[0], list[i] = list[i], list[0]
	return list, nil
}

// Made reports whether the merge with this id was made in the space.
func (m *Merger) Made(ctx context.Context, id uuid.UUID) (made bool, err error) {
	err = m.db.Read(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		made, err = isMade(ctx, tx, id)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("look for the merge %s: %w", id, err)
	}
	return made, nil
}

// Merge gives kept what gone has. The form's own id makes a repeated merge one. Faults: NotFound for people whom the space does
// not know; Conflict where one belongs to other spaces too, is tied to the other, or has documents that would be left.
func (m *Merger) Merge(ctx context.Context, id uuid.UUID, kept, gone school.PersonID) (moved int, err error) {
	by, err := session.Writer(ctx)
	if err != nil {
		return 0, err
	}
	if kept == gone {
		return 0, fault.New(fault.Invalid, "Choisissez deux comptes différents.")
	}
	if gone == by.Person {
		return 0, fault.New(fault.Conflict, "Le compte qui disparaît est le vôtre : gardez celui-ci, ou demandez à quelqu’un d’autre.")
	}
	t := tenant.From(ctx)
	err = m.db.Import(ctx, func(ctx context.Context, tx bulk) error {
		now := m.db.NowIn(ctx)
		if err := holdPair(ctx, tx, kept, gone); err != nil {
			return err
		}
		scopes, err := m.judge(ctx, tx, t, now, kept, gone)
		if err != nil {
			return err
		}
		fresh, err := insertMerge(ctx, tx, t.ID, id, kept, gone, by, now)
		if err != nil || !fresh {
			return err
		}
		moved = 0
		for _, scope := range scopes {
			rows, err := moveIn(ctx, tx, scope, kept, gone, m.columns)
			if err != nil {
				return fmt.Errorf("in space %d: %w", scope, err)
			}
			if err := noteMoved(ctx, tx, t.ID, id, scope, moved, rows); err != nil {
				return err
			}
			moved += len(rows)
		}
		return finishMerge(ctx, tx, t.ID, id, moved, kept, gone)
	})
	if err != nil {
		return 0, fmt.Errorf("merge %s into %s: %w", gone, kept, err)
	}
	return moved, nil
}

// judge lists the spaces where gone is named, after it has been made sure that the two may become one.
func (m *Merger) judge(ctx context.Context, tx bulk, t *tenant.Tenant, now time.Time, kept, gone school.PersonID) ([]school.ScopeID, error) {
	twins, err := both(ctx, tx, t, now, kept, gone)
	if err != nil {
		return nil, err
	}
	for _, one := range twins {
		if t.Kind != tenant.KindAcademy && len(one.Places) > 1 {
			return nil, fault.New(fault.Conflict, one.Name()+" appartient aussi à un autre établissement : seule l’académie peut réunir ces comptes.")
		}
		if one.State == "blocked" {
			return nil, fault.New(fault.Conflict, "Le compte « "+one.Login+" » est bloqué : débloquez-le d’abord, si rien ne s’y oppose.")
		}
	}
	i := slices.IndexFunc(twins, func(o Twin) bool { return o.Person == gone })
	if twins[i].Files > 0 {
		return nil, fault.New(fault.Conflict, "Le compte qui disparaît a des documents personnels, qui seraient perdus : gardez plutôt celui-ci, ou demandez à la personne de les déplacer.")
	}
	tied, err := areTied(ctx, tx, kept, gone)
	if err != nil {
		return nil, err
	}
	if tied {
		return nil, fault.New(fault.Conflict, "L’un est responsable de l’autre : ce sont deux personnes.")
	}
	scopes := []school.ScopeID{1}
	for _, one := range twins[i].Places {
		for space := m.registry.ByID(one); space != nil; space = space.Parent {
			if !slices.Contains(scopes, space.ID) {
				scopes = append(scopes, space.ID)
			}
		}
	}
	return scopes, nil
}

// both finds two people of the space of t; the academy knows everybody. Fault: NotFound.
func both(ctx context.Context, tx bulk, t *tenant.Tenant, now time.Time, one, other school.PersonID) ([]Twin, error) {
	twins, err := selectTwins(ctx, tx, t.ID, now, []uuid.UUID{one.UUID, other.UUID})
	if err != nil {
		return nil, err
	}
	strange := func(o Twin) bool { return t.Kind != tenant.KindAcademy && !slices.Contains(o.Places, t.ID) }
	if len(twins) != 2 || slices.ContainsFunc(twins, strange) {
		return nil, fault.Missing()
	}
	return twins, nil
}

// Merges lists the latest merges that were decided in the space.
func (m *Merger) Merges(ctx context.Context) (list []Merged, err error) {
	err = m.db.Read(ctx, func(ctx context.Context, tx db.Tx) error {
		list, err = selectMerges(ctx, tx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list merges: %w", err)
	}
	return list, nil
}

// Undo makes two people of one again. What came to the one since stays there. Conflict where it was undone already, or where the
// one has been merged into yet another since.
func (m *Merger) Undo(ctx context.Context, id uuid.UUID) (Merged, error) {
	if _, err := session.Writer(ctx); err != nil {
		return Merged{}, err
	}
	t := tenant.From(ctx)
	var one Merged
	err := m.db.Import(ctx, func(ctx context.Context, tx bulk) (err error) {
		if one, err = holdMerge(ctx, tx, t.ID, id); err != nil {
			return err
		}
		if !one.Undone.IsZero() {
			return fault.New(fault.Conflict, "Ces comptes ont déjà été séparés.")
		}
		further, err := wentOn(ctx, tx, one.Kept)
		if err != nil {
			return err
		}
		if further {
			return fault.New(fault.Conflict, "Le compte qui est resté a été réuni depuis avec un autre : séparez d’abord ceux-là.")
		}
		return undoMerge(ctx, tx, t.ID, one, m.db.NowIn(ctx))
	})
	if err != nil {
		return Merged{}, fmt.Errorf("undo the merge %s: %w", id, err)
	}
	return one, nil
}

// Apart notes that two people of the space are two; they are not proposed any more. Fault: NotFound.
func (m *Merger) Apart(ctx context.Context, one, other school.PersonID) error {
	by, err := session.Writer(ctx)
	if err != nil {
		return err
	}
	if one == other {
		return fault.New(fault.Invalid, "Choisissez deux comptes différents.")
	}
	t := tenant.From(ctx)
	err = m.db.Import(ctx, func(ctx context.Context, tx bulk) error {
		now := m.db.NowIn(ctx)
		if _, err := both(ctx, tx, t, now, one, other); err != nil {
			return err
		}
		return insertApart(ctx, tx, t.ID, one, other, by.Person, now)
	})
	if err != nil {
		return fmt.Errorf("note that %s and %s are two: %w", one, other, err)
	}
	return nil
}
