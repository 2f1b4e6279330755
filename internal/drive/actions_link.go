package drive

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"slices"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// Link opens a document to whoever has its secret, until it ends.
type Link struct {
	ID        uuid.UUID
	Node      uuid.UUID
	By        string // a name
	CreatedAt time.Time
	Until     time.Time
	Password  bool // one is asked
	Opened    int
}

const (
	longestLink  = 365 * 24 * time.Hour
	maxLinks     = 20 // of one document
	linkPatience = 10 // wrong passwords, before the link rests
	linkRest     = 15 * time.Minute
)

// NewLink makes a link for a document. The secret is told once: only its hash is kept. id is made with the form.
func (d *Drive) NewLink(ctx context.Context, node, id uuid.UUID, until time.Time, password string) (Link, string, error) {
	v, err := d.writing(ctx)
	if err != nil {
		return Link{}, "", err
	}
	_, in, err := d.shareable(ctx, v, node, Publish)
	if err != nil {
		return Link{}, "", err
	}
	bad := fault.Fields{}
	if now := d.db.NowIn(ctx); !until.After(now) || until.After(now.Add(longestLink)) {
		bad.Add("until", "Choisissez une date de fin, dans un an au plus.")
	}
	if n := len([]rune(password)); password != "" && (n < 8 || n > 200) {
		bad.Add("password", "Choisissez un mot de passe d’au moins huit caractères, ou laissez vide.")
	}
	if err := bad.OrNil(); err != nil {
		return Link{}, "", err
	}
	var raw [32]byte
	rand.Read(raw[:]) // never fails
	secret := base64.RawURLEncoding.EncodeToString(raw[:])
	row := linkRow{ID: id, NodeID: node, SecretHash: hashOf(secret), AuthorID: &v.actor.Person.UUID, AuthorName: v.actor.Name, EndsAt: until}
	if password != "" {
		if err := d.derive(ctx, func() { row.PasswordHash = session.HashPassword(password) }); err != nil {
			return Link{}, "", err
		}
	}
	err = d.db.Write(in, func(ctx context.Context, tx db.Tx) error {
		row.CreatedAt = tx.Now()
		made, err := insertLink(ctx, tx, row, maxLinks)
		if err != nil {
			return err
		}
		if !made {
			return fault.New(fault.Conflict, "Ce lien existe déjà, ou ce document en a trop. Supprimez ceux qui ne servent plus.")
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: v.actor.Person, Action: "documents.link", Subject: node.String(),
			Detail: map[string]any{"link": id.String(), "until": until, "password": password != ""}})
	})
	if err != nil {
		return Link{}, "", fault.Doing("make a link", err)
	}
	return row.link(), secret, nil
}

func hashOf(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// derive runs one costly derivation when its turn comes.
func (d *Drive) derive(ctx context.Context, do func()) error {
	select {
	case d.derivations <- struct{}{}:
		defer func() { <-d.derivations }()
		do()
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// LinksOf lists the links of a document that have not ended, for those who may share it.
func (d *Drive) LinksOf(ctx context.Context, node uuid.UUID) ([]Link, error) {
	v, err := d.visit(ctx)
	if err != nil {
		return nil, err
	}
	f, in, err := d.locate(ctx, v, node)
	if err != nil {
		return nil, err
	}
	if f.space == None || f.self < Editor {
		return nil, nil
	}
	var rows []linkRow
	if err := d.db.Batch(in, func(b *db.Batch) { queueLinks(b, &rows, node, d.db.NowIn(ctx)) }); err != nil {
		return nil, fault.Doing("list the links of a document", err)
	}
	links := make([]Link, 0, len(rows))
	for _, r := range rows {
		links = append(links, r.link())
	}
	return links, nil
}

// RevokeLink ends a link at once.
func (d *Drive) RevokeLink(ctx context.Context, node, link uuid.UUID) error {
	return d.each(ctx, []uuid.UUID{node}, "end a link", func(ctx context.Context, tx db.Tx, v visit, all []found) error {
		if all[0].space == None || all[0].self < Editor {
			return denied()
		}
		gone, err := deleteLink(ctx, tx, node, link)
		if err != nil || !gone {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: v.actor.Person, Action: "documents.unlink", Subject: node.String(), Detail: map[string]any{"link": link.String()}})
	})
}

// Door is a document that a link has opened, and what it holds, to read.
type Door struct {
	Link     Link
	Document Node

	drive *Drive
	in    context.Context
}

// errPassword is the fault of a link that asks for a password, or for another one.
func errPassword(words string) error { return fault.Field("password", words) }

// OpenLink opens what a link leads to, without sign-in. Faults: NotFound for a link that is not there or has ended, Invalid
// in the field "password" when one is asked for, Busy after too many wrong ones.
func (d *Drive) OpenLink(ctx context.Context, secret, password string) (*Door, error) {
	here := tenant.From(ctx)
	hash := hashOf(secret)
	for _, t := range slices.Compact([]*tenant.Tenant{here, here.Academy()}) {
		in := tenant.Enter(ctx, t)
		var links []linkRow
		var way []row
		if err := d.db.Batch(in, func(b *db.Batch) { queueLink(b, &links, &way, hash, d.db.NowIn(ctx)) }); err != nil {
			return nil, fault.Doing("open a link", err)
		}
		if len(links) == 0 || len(way) == 0 || chain(way).trashed() {
			continue
		}
		if err := d.challenge(in, links[0], password); err != nil {
			return nil, err
		}
		return &Door{Link: links[0].link(), Document: way[0].node(View), drive: d, in: in}, nil
	}
	return nil, fault.Missing()
}

// challenge asks for the link's password, and lets the link rest after too many wrong ones.
func (d *Drive) challenge(in context.Context, l linkRow, password string) error {
	if l.PasswordHash == "" {
		return nil
	}
	if l.Failures >= linkPatience && l.FailedAt != nil && l.FailedAt.Add(linkRest).After(d.db.NowIn(in)) {
		return fault.New(fault.Busy, "Trop de mots de passe ont été essayés. Attendez un quart d’heure.")
	}
	if password == "" {
		return errPassword("Écrivez le mot de passe que l’on vous a donné avec ce lien.")
	}
	right := false
	if err := d.derive(in, func() { right = session.PasswordMatches(l.PasswordHash, password) }); err != nil {
		return err
	}
	if right && l.Failures == 0 {
		return nil
	}
	err := d.db.Write(in, func(ctx context.Context, tx db.Tx) error {
		return noteGuess(ctx, tx, l.ID, right, tx.Now().Add(-linkRest))
	})
	if err != nil || right {
		return fault.Doing("open a link", err)
	}
	return errPassword("Ce mot de passe n’est pas celui du lien.")
}

// Enter notes that somebody has come by the link, for its author.
func (o *Door) Enter() error {
	return fault.Doing("note the use of a link", o.drive.db.Write(o.in, func(ctx context.Context, tx db.Tx) error { return noteOpened(ctx, tx, o.Link.ID) }))
}

// Tree lists what the document holds at any depth, itself first.
func (o *Door) Tree(limit int) ([]Node, error) {
	var rows []row
	limit = min(limit, maxTree)
	if err := o.drive.db.Batch(o.in, func(b *db.Batch) { queueBelow(b, &rows, o.Document.ID, limit+1) }); err != nil {
		return nil, fault.Doing("list what a link leads to", err)
	}
	if len(rows) > limit {
		return nil, fault.New(fault.TooLarge, "Ce dossier contient trop d’éléments pour être affiché en une fois.")
	}
	nodes := make([]Node, 0, len(rows))
	for _, r := range rows {
		nodes = append(nodes, r.node(View))
	}
	return nodes, nil
}

// Open reads n bytes from off of the document, or of a file that it holds. What no antivirus has cleared is not given.
func (o *Door) Open(id uuid.UUID, off, n int64) (io.ReadCloser, Node, error) {
	r, err := o.find(id)
	if err != nil {
		return nil, Node{}, err
	}
	if !r.IsFile || State(r.State) != Clean {
		return nil, Node{}, fault.Missing()
	}
	key, err := blob.ParseKey(r.ObjectKey)
	if err != nil {
		return nil, Node{}, err
	}
	body, _, err := o.drive.blobs.Get(o.in, key, off, n)
	return body, r.node(View), fault.Doing("read a file", err)
}

// Find is a document below the one that the link leads to, or that one.
func (o *Door) Find(id uuid.UUID) (Node, error) {
	r, err := o.find(id)
	return r.node(View), err
}

func (o *Door) find(id uuid.UUID) (row, error) {
	var way []row
	if err := o.drive.db.Batch(o.in, func(b *db.Batch) { queueUp(b, &way, id, nil, o.drive.db.NowIn(o.in)) }); err != nil {
		return row{}, fault.Doing("find what a link leads to", err)
	}
	if len(way) == 0 || chain(way).trashed() || !slices.ContainsFunc(way, func(r row) bool { return r.ID == o.Document.ID }) {
		return row{}, fault.Missing()
	}
	return way[0], nil
}
