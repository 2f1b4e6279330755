package directory

import (
	"context"
	"fmt"
	"time"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
)

// Administrators lists who administers the context's space today or will, by name; two hundred at the most.
func (d *Directory) Administrators(ctx context.Context) ([]Administrator, error) {
	var list []Administrator
	err := d.db.Read(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		list, err = administrators(ctx, tx, Day(tx.Now()))
		return err
	})
	return list, wrap("list the administrators", err)
}

// Delegate gives a member of the context's space its administration; by is who gives. A person who holds a delegation
// gets the new one in its place. It refuses with Invalid what g.check, g.within and the person's profile refuse, with
// NotFound somebody who is no member, with Conflict an administrator whom the directory names without dates.
func (d *Directory) Delegate(ctx context.Context, by school.PersonID, g Delegation) error {
	g.From, g.To = dayOrZero(g.From), dayOrZero(g.To)
	if g.From.IsZero() {
		g.From = d.today(ctx)
	}
	if err := g.check(d.today(ctx)); err != nil {
		return err
	}
	err := d.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := lockDelegations(ctx, tx); err != nil {
			return err
		}
		list, err := administrators(ctx, tx, Day(tx.Now()))
		if err != nil {
			return fmt.Errorf("read the administrators: %w", err)
		}
		if err := g.allowed(list, by); err != nil {
			return err
		}
		if err := checkMember(ctx, tx, g); err != nil {
			return err
		}
		if err := replaceDelegation(ctx, tx, by, g); err != nil {
			return fmt.Errorf("give the administration to %s: %w", g.Person, err)
		}
		detail := map[string]any{"from": g.From.Format(time.DateOnly)}
		if !g.To.IsZero() {
			detail["to"] = g.To.Format(time.DateOnly)
		}
		if err := audit.Record(ctx, tx, audit.Entry{Actor: by, Action: "directory.delegate", Subject: g.Person.String(), Detail: detail}); err != nil {
			return err
		}
		for _, at := range (Membership{StartsOn: g.From, EndsOn: g.To}).moments(tx.Now()) {
			if err := reissueAt(ctx, tx, at, g.Person); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return IssuePassports(ctx, d.db, []school.PersonID{g.Person})
}

func (g Delegation) allowed(list []Administrator, by school.PersonID) error {
	for _, a := range list {
		if a.Person == g.Person && a.Standing {
			return fault.New(fault.Conflict, "Cette personne administre déjà l’espace, sans date de fin.")
		}
		// Giving an end to the only endless delegation would leave the space without an administrator on that day.
		if a.Person == g.Person && !a.Standing && a.To.IsZero() && !g.To.IsZero() {
			if err := endures(list, g.Person, g.From); err != nil {
				return err
			}
		}
	}
	return g.within(list, by)
}

func checkMember(ctx context.Context, tx db.Tx, g Delegation) error {
	profiles, err := profilesHeld(ctx, tx, g.Person, g.From)
	if err != nil {
		return fmt.Errorf("read the memberships of %s: %w", g.Person, err)
	}
	if len(profiles) == 0 {
		return fault.Missing()
	}
	for _, p := range profiles {
		if p.Adult() {
			return nil
		}
	}
	return fault.Field("person", "Seuls les personnels peuvent administrer l’espace. Choisissez une autre personne.")
}

// Withdraw takes the administration of the context's space back from a person, at once; by is who decides. It refuses
// with Invalid to leave the space without an administrator whose administration has no end, with NotFound somebody who
// does not administer.
func (d *Directory) Withdraw(ctx context.Context, by, person school.PersonID) error {
	err := d.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := lockDelegations(ctx, tx); err != nil {
			return err
		}
		list, err := administrators(ctx, tx, Day(tx.Now()))
		if err != nil {
			return fmt.Errorf("read the administrators: %w", err)
		}
		found := false
		for _, a := range list {
			found = found || a.Person == person
		}
		if !found {
			return fault.Missing()
		}
		if err := endures(list, person, Day(tx.Now())); err != nil {
			return err
		}
		if err := withdraw(ctx, tx, person); err != nil {
			return fmt.Errorf("take the administration back from %s: %w", person, err)
		}
		if err := audit.Record(ctx, tx, audit.Entry{Actor: by, Action: "directory.withdraw", Subject: person.String()}); err != nil {
			return err
		}
		return Reissue(ctx, tx, person)
	})
	if err != nil {
		return err
	}
	// The job that the transaction left does the same, should this fail; now the person's next page is already refused.
	return IssuePassports(ctx, d.db, []school.PersonID{person})
}

// Find lists the members of the context's space who may be given its administration and whose name holds the text,
// accents and case aside: twenty at the most, by name.
func (d *Directory) Find(ctx context.Context, text string) ([]Member, error) {
	var found []Member
	err := d.db.Read(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		found, err = findStaff(ctx, tx, text, Day(tx.Now()))
		return err
	})
	return found, wrap("find a member", err)
}

func dayOrZero(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return Day(t)
}
