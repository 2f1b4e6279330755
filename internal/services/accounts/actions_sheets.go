package accounts

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/job"
	"elyco/internal/mail"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/sheet"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

const (
	printKind = "accounts.print"
	endKind   = "accounts.print_end"
	sheetLife = 24 * time.Hour
)

type runPayload struct {
	ID   uuid.UUID       `json:"id"`
	By   school.PersonID `json:"by"`
	Mail bool            `json:"mail"`
}

// Order asks for sheets. ID comes with the form: sending it twice prints once.
type Order struct {
	ID        uuid.UUID
	Class     school.ClassID // zero: the whole space
	Audiences []Audience
	Renew     bool // also those who have a code that serves
	Mail      bool // sends by e-mail to those whose address is known, and prints the others
}

// Print orders the sheets; a job makes them, one document for each class and audience. The fault names the field "audience".
func (r *Room) Print(ctx context.Context, o Order) error {
	o.Audiences = slices.DeleteFunc(o.Audiences, func(a Audience) bool { return !slices.Contains(Audiences(), a) })
	if len(o.Audiences) == 0 {
		return fault.Field("audience", "Choisissez pour qui imprimer : élèves, responsables ou personnels.")
	}
	roster, err := r.Roster(ctx)
	if err != nil {
		return err
	}
	parts := Parts(roster, o.Class, o.Audiences)
	if len(parts) == 0 {
		return fault.Field("class", "Personne ne correspond à ce choix.")
	}
	actor := session.Actor(ctx)
	run := runRow{ID: o.ID, Author: actor.Person.UUID, Renew: o.Renew, Title: orderTitle(ctx, o, parts)}
	rows := make([]partRow, len(parts))
	for i, p := range parts {
		rows[i] = partRow{Class: uuid.NullUUID{UUID: p.Class.ID.UUID, Valid: p.Class.ID != school.ClassID{}}, Audience: string(p.Audience), Label: partLabel(ctx, p)}
	}
	err = r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		run.ExpiresAt = tx.Now().Add(sheetLife)
		fresh, err := insertRun(ctx, tx, run, rows)
		if err != nil || !fresh {
			return err
		}
		payload := runPayload{ID: o.ID, By: actor.Person, Mail: o.Mail}
		end := job.New(endKind, payload)
		end.RunAt = run.ExpiresAt
		return errors.Join(
			job.Enqueue(ctx, tx, job.New(printKind, payload)),
			job.Enqueue(ctx, tx, end),
			audit.Record(ctx, tx, audit.Entry{Actor: actor.Person, Action: "accounts.print", Subject: o.ID.String(), Title: run.Title,
				Detail: map[string]any{"renew": o.Renew, "mail": o.Mail}}))
	})
	if err != nil {
		return fmt.Errorf("order sheets: %w", err)
	}
	return nil
}

func orderTitle(ctx context.Context, o Order, parts []Part) string {
	var who []string
	for _, a := range o.Audiences {
		who = append(who, words.T(ctx, "accounts.audience."+string(a)))
	}
	place := words.T(ctx, "accounts.sheets.everybody")
	if (o.Class != school.ClassID{}) {
		place = parts[0].Class.Name
	}
	return place + " : " + strings.Join(who, ", ")
}

func partLabel(ctx context.Context, p Part) string {
	if p.Class.Name == "" {
		return words.T(ctx, "accounts.audience."+string(p.Audience))
	}
	return p.Class.Name + ", " + words.T(ctx, "accounts.audience."+string(p.Audience))
}

func (r *Room) jobs() []job.Handler {
	return []job.Handler{
		job.Handle(printKind, func(ctx context.Context, _ job.Run, p runPayload) error { return r.print(ctx, p) }),
		job.Handle(endKind, func(ctx context.Context, _ job.Run, p runPayload) error {
			return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
				_, err := deleteRun(ctx, tx, p.ID)
				return err
			})
		}),
	}
}

// print makes the documents that are not made yet. A document is stored before its codes serve, and its codes before it is
// offered: whatever cuts the job short, no code serves that nobody holds, and no sheet is given out whose codes do not serve.
func (r *Room) print(ctx context.Context, p runPayload) error {
	run, parts, found, err := r.readRun(ctx, p.ID)
	if err != nil || !found {
		return err
	}
	roster, err := r.Roster(ctx)
	if err != nil {
		return err
	}
	paper, err := r.skins.Page(ctx, tenant.From(ctx))
	if err != nil {
		return err
	}
	var before []Part
	for _, row := range parts {
		part := partOf(row, roster)
		if row.State != "done" {
			if err := r.printPart(ctx, p, run, row, part.Of(roster, before), paper); err != nil {
				return fmt.Errorf("print %d of %s: %w", row.Place, p.ID, err)
			}
		}
		before = append(before, part)
	}
	return nil
}

func partOf(row partRow, roster []Member) Part {
	p := Part{Audience: Audience(row.Audience), Class: school.ClassRef{ID: school.ClassID{UUID: row.Class.UUID}}}
	for _, m := range roster {
		for _, c := range m.Classes {
			if c.ID == p.Class.ID {
				p.Class = c
				return p
			}
		}
	}
	return p
}

// partID names the work of one part of a run: a kill between the keeping of its codes and the keeping of its sheet leaves it to be
// done again.
func partID(run uuid.UUID, place int) uuid.UUID {
	return uuid.NewSHA1(run, []byte(strconv.Itoa(place)))
}

func (r *Room) printPart(ctx context.Context, p runPayload, run runRow, row partRow, members []Member, paper sheet.Page) error {
	t := tenant.From(ctx)
	gone, err := r.moved(ctx, members...)
	if err != nil {
		return err
	}
	by := map[school.PersonID]Member{}
	issue := session.Issue{Space: t.ID, Via: session.OnSheet, Renew: run.Renew, Work: partID(run.ID, row.Place)}
	for _, m := range members {
		if gone[m.Person] {
			continue
		}
		by[m.Person] = m
		issue.People = append(issue.People, m.Person)
	}
	drafts, err := r.sessions.Draw(ctx, issue)
	if err != nil {
		return err
	}
	drafts = slices.DeleteFunc(drafts, func(d session.Draft) bool { return d.Code == "" })
	posts := map[school.PersonID]mail.Recipient{}
	if p.Mail && len(drafts) > 0 {
		if posts, err = r.addresses(ctx, drafts); err != nil {
			return err
		}
	}
	var slips []sheet.Slip
	for _, d := range drafts {
		if _, mailed := posts[d.Person]; !mailed {
			slips = append(slips, r.slip(ctx, t, by[d.Person], d))
		}
	}
	key, size, err := r.store(ctx, run, row, slips, paper)
	if err != nil {
		return err
	}
	skin := r.skins.For(ctx, t)
	err = r.sessions.Keep(ctx, p.By, issue, drafts, func(ctx context.Context, tx db.Tx) error {
		for _, d := range drafts {
			to, mailed := posts[d.Person]
			if !mailed {
				continue
			}
			letter := codeLetter(ctx, t, skin.Inline, d.Login, d.Code.Print(), r.activateURL(t, d.Code))
			if err := mail.Queue(ctx, tx, mail.Post{Kind: "accounts.code", Letter: letter, To: []mail.Recipient{to}}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		return finishPart(ctx, tx, run.ID, row.Place, len(drafts), key, size)
	})
}

func (r *Room) addresses(ctx context.Context, drafts []session.Draft) (map[school.PersonID]mail.Recipient, error) {
	people := make([]school.PersonID, len(drafts))
	for i, d := range drafts {
		people[i] = d.Person
	}
	return r.sessions.AddressesOf(ctx, people)
}

// store writes the document, or nothing when there is nobody to print for.
func (r *Room) store(ctx context.Context, run runRow, row partRow, slips []sheet.Slip, paper sheet.Page) (key string, size int64, err error) {
	if len(slips) == 0 {
		return "", 0, nil
	}
	var out bytes.Buffer
	if err := paper.Slips(&out, run.Title+" : "+row.Label, slips); err != nil {
		return "", 0, err
	}
	k := blob.NewKey(int64(tenant.From(ctx).ID), r.db.NowIn(ctx))
	if err := r.blobs.Put(ctx, k, &out, int64(out.Len()), sheet.ContentType); err != nil {
		return "", 0, err
	}
	info, err := r.blobs.Stat(ctx, k)
	return k.String(), info.Size, err
}

func (r *Room) slip(ctx context.Context, t *tenant.Tenant, m Member, d session.Draft) sheet.Slip {
	s := sheet.Slip{Title: m.Name(), Kicker: kicker(ctx, m), Lead: words.T(ctx, "accounts.slip.lead"), QR: r.activateURL(t, d.Code),
		Facts: []sheet.Fact{
			{Label: words.T(ctx, "accounts.slip.address"), Text: t.Host()},
			{Label: words.T(ctx, "accounts.slip.login"), Text: d.Login},
			{Label: words.T(ctx, "accounts.slip.code"), Text: d.Code.Print()},
		},
		Steps: []string{words.T(ctx, "accounts.slip.step1", "address", t.Host()+"/activate"), words.T(ctx, "accounts.slip.step2"), words.T(ctx, "accounts.slip.step3")},
		Note:  words.T(ctx, "accounts.slip.note")}
	if m.Has(Guardians) && !m.Has(Staff) {
		s.Lead = words.T(ctx, "accounts.slip.lead_guardian", "children", strings.Join(m.Children, ", "))
	}
	return s
}

func kicker(ctx context.Context, m Member) string {
	var classes []string
	for _, c := range m.Classes {
		classes = append(classes, c.Name)
	}
	text := words.T(ctx, "profile."+string(m.Profiles[0]))
	if len(classes) > 0 && !m.Has(Staff) {
		text += ", " + strings.Join(classes, ", ")
	}
	return text
}

func (r *Room) readRun(ctx context.Context, id uuid.UUID) (run runRow, parts []partRow, found bool, err error) {
	err = r.db.Read(ctx, func(ctx context.Context, tx db.Tx) error {
		run, parts, found, err = selectRun(ctx, tx, id)
		return err
	})
	if err != nil {
		err = fmt.Errorf("read a printing: %w", err)
	}
	return run, parts, found, err
}

// Runs lists the printings of the last day.
func (r *Room) Runs(ctx context.Context) (runs []runRow, err error) {
	err = r.db.Read(ctx, func(ctx context.Context, tx db.Tx) error {
		runs, err = selectRuns(ctx, tx)
		return err
	})
	if err != nil {
		err = fmt.Errorf("list the printings: %w", err)
	}
	return runs, err
}

// EndRun deletes the documents of a printing before their day is over. The codes go on serving.
func (r *Room) EndRun(ctx context.Context, id uuid.UUID) error {
	err := r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		title, err := deleteRun(ctx, tx, id)
		if err != nil {
			return err
		}
		if title == "" {
			return fault.Missing()
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: session.Actor(ctx).Person, Action: "accounts.print_end", Subject: id.String(), Title: title})
	})
	if err != nil {
		return fmt.Errorf("delete a printing: %w", err)
	}
	return nil
}

// Document is one file of sheets.
type Document struct {
	Name string
	Size int64
	key  blob.Key
}

// Sheet gives a document of a printing and writes in the trail that somebody took it: whoever has it can come in as those
// whose codes it holds.
func (r *Room) Sheet(ctx context.Context, id uuid.UUID, place int) (Document, error) {
	run, parts, found, err := r.readRun(ctx, id)
	if err != nil {
		return Document{}, err
	}
	i := slices.IndexFunc(parts, func(p partRow) bool { return p.Place == place })
	if !found || i < 0 || parts[i].Object == "" {
		return Document{}, fault.Missing()
	}
	key, err := blob.ParseKey(parts[i].Object)
	if err != nil {
		return Document{}, err
	}
	err = r.record(ctx, audit.Entry{Actor: session.Actor(ctx).Person, Action: "accounts.print_open", Subject: id.String(), Title: parts[i].Label})
	return Document{Name: run.Title + " - " + parts[i].Label + ".pdf", Size: parts[i].Size, key: key}, err
}

// Open reads a document.
func (r *Room) Open(ctx context.Context, d Document, off, n int64) (io.ReadCloser, error) {
	body, _, err := r.blobs.Get(ctx, d.key, off, n)
	return body, err
}
