package drive

import (
	"cmp"
	"context"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// Bridges says whether what belongs to a space may be shared with the holders of a key of another one.
type Bridges interface {
	Bridged(ctx context.Context, from school.ScopeID, key string) (bool, error)
}

// Sharing asks to share a document. ID is made with the form. Keys are those of package audience; Audience and Words say the
// same as the author chose it and as people read it.
type Sharing struct {
	ID       uuid.UUID
	Node     uuid.UUID
	Keys     []string
	Audience audience.Audience
	Words    string
	Role     Role
	Until    time.Time // zero: without an end
}

// Share is a document shared with those who hold one of some keys.
type Share struct {
	ID        uuid.UUID
	Node      uuid.UUID
	Role      Role
	Audience  audience.Audience
	Words     string
	By        string // a name
	CreatedAt time.Time
	Until     time.Time // zero: without an end
}

// Received is what somebody has shared with the actor.
type Received struct {
	Share
	Document Node
}

const maxShareKeys = 200

// Share lets others at a document, as far as the author's own right and until a date. Faults: Invalid in the fields "to",
// "role" and "until".
func (d *Drive) Share(ctx context.Context, s Sharing) (Share, error) {
	v, err := d.writing(ctx)
	if err != nil {
		return Share{}, err
	}
	f, in, err := d.shareable(ctx, v, s.Node, Give)
	if err != nil {
		return Share{}, err
	}
	bad := fault.Fields{}
	if s.Role < View || s.Role > f.self || s.Role == Add && f.chain[0].IsFile {
		bad.Add("role", "Choisissez ce que les personnes pourront faire.")
	}
	if !s.Until.IsZero() && !s.Until.After(d.db.NowIn(ctx)) {
		bad.Add("until", "Cette date est passée : choisissez une date à venir.")
	}
	if err := bad.OrNil(); err != nil {
		return Share{}, err
	}
	if err := d.checkKeys(ctx, v, s.Keys); err != nil {
		return Share{}, err
	}
	var saved shareRow
	err = d.db.Write(in, func(ctx context.Context, tx db.Tx) error {
		made, err := insertShare(ctx, tx, s, v.actor)
		if err != nil {
			return err
		}
		if saved, err = shareOf(ctx, tx, s.ID); err != nil {
			return orMissingRow(err)
		}
		if !made && (saved.NodeID != s.Node || orZero(saved.AuthorID) != v.actor.Person.UUID) {
			return fault.New(fault.Conflict, "Ce partage existe déjà.")
		}
		if !made {
			return nil
		}
		if err := upkeepLater(ctx, tx, int64(f.ref.Scope)); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: v.actor.Person, Action: "documents.share", Subject: s.Node.String(),
			Detail: map[string]any{"share": s.ID.String(), "role": int(s.Role), "keys": len(s.Keys)}})
	})
	return saved.share(), fault.Doing("share a document", err)
}

// shareable finds a document that the actor may open to others: one's own to change, and not merely received.
func (d *Drive) shareable(ctx context.Context, v visit, id uuid.UUID, action string) (found, context.Context, error) {
	f, in, err := d.locate(ctx, v, id)
	if err != nil {
		return found{}, nil, err
	}
	if f.space == None || f.self < Editor || !d.may(v.actor, action) {
		return found{}, nil, fault.New(fault.Forbidden, "Vous ne pouvez pas partager ce document.")
	}
	return f, in, nil
}

// checkKeys holds a share to the people, classes and groups that the author may address: those of this space, and for
// those whose reach is their classes, these alone.
func (d *Drive) checkKeys(ctx context.Context, v visit, keys []string) error {
	if len(keys) == 0 {
		return fault.Field(audience.Field, "Choisissez avec qui vous partagez.")
	}
	if len(keys) > maxShareKeys {
		return fault.Field(audience.Field, "Ce choix est trop détaillé : partagez avec une classe ou un groupe plutôt qu’avec chaque personne.")
	}
	reach, _ := d.judge.For(v.actor, Room, Give)
	var people, classes, groups []uuid.UUID
	named := map[uuid.UUID]string{}
	for _, k := range keys {
		kind, id := parseKey(v.here, k)
		named[id] = k
		switch {
		case kind == keyPerson:
			people = append(people, id)
		case kind == keyClass && (wide(reach) || tiedSomewhere(v.actor, Class, id)):
			classes = append(classes, id)
		case kind == keyGroup && (wide(reach) || tiedSomewhere(v.actor, Group, id)):
			groups = append(groups, id)
		case kind == keyHere && wide(reach):
		case kind == keyForeign:
			if err := d.bridged(ctx, v, k); err != nil {
				return err
			}
		default:
			return fault.Field(audience.Field, "Vous pouvez partager avec des personnes, et avec vos classes et vos groupes.")
		}
	}
	var known []uuid.UUID
	err := d.db.Batch(ctx, func(b *db.Batch) { queueKnown(b, &known, people, classes, groups, directory.Day(d.db.NowIn(ctx))) })
	if err != nil {
		return fault.Doing("check whom a document is shared with", err)
	}
	for _, id := range slices.Concat(people, classes, groups) {
		if !slices.Contains(known, id) {
			if err := d.bridged(ctx, v, named[id]); err != nil {
				return err
			}
		}
	}
	return nil
}

// bridged lets a key of elsewhere through when a bridge does.
func (d *Drive) bridged(ctx context.Context, v visit, key string) error {
	if d.bridges != nil {
		ok, err := d.bridges.Bridged(ctx, v.here.ID, key)
		if err != nil || ok {
			return err
		}
	}
	return fault.Field(audience.Field, "Cette personne ou ce groupe n’est pas de votre établissement. Le partage entre établissements demande une passerelle, que la direction peut ouvrir.")
}

func tiedSomewhere(a school.Actor, kind Kind, id uuid.UUID) bool {
	return slices.ContainsFunc(a.Here, func(m school.Membership) bool {
		s := SpaceRef{Kind: kind, Owner: id}
		return tied(m.Classes, m.Groups, s) || followed(m, s)
	})
}

type keyKind int

const (
	keyUnknown keyKind = iota
	keyPerson
	keyClass
	keyGroup
	keyHere
	keyForeign
)

// parseKey tells what a key of package audience means, seen from a space.
func parseKey(here *tenant.Tenant, key string) (keyKind, uuid.UUID) {
	if key == "" {
		return keyUnknown, uuid.Nil
	}
	subject, profile, split := strings.Cut(key[1:], ":")
	switch key[0] {
	case 'p', 'c', 'g':
		id, err := uuid.Parse(subject)
		if err != nil || split == (key[0] == 'p') || split && profile == "" {
			return keyUnknown, uuid.Nil
		}
		return map[byte]keyKind{'p': keyPerson, 'c': keyClass, 'g': keyGroup}[key[0]], id
	case 'e', 't', 'a':
		if !split || profile == "" {
			return keyUnknown, uuid.Nil
		}
		own := map[tenant.Kind]string{tenant.KindEstablishment: "e", tenant.KindCollectivity: "t", tenant.KindAcademy: "a"}[here.Kind]
		if own != "a" {
			own += strconv.FormatInt(int64(here.ID), 10)
		}
		place, _, _ := strings.Cut(key[:len(subject)+1], ".")
		if place == own {
			return keyHere, uuid.Nil
		}
		return keyForeign, uuid.Nil
	}
	return keyUnknown, uuid.Nil
}

// SharesOf lists how a document is shared, for those who may share it.
func (d *Drive) SharesOf(ctx context.Context, node uuid.UUID) ([]Share, error) {
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
	var rows []shareRow
	if err := d.db.Batch(in, func(b *db.Batch) { queueShares(b, &rows, node, d.db.NowIn(ctx)) }); err != nil {
		return nil, fault.Doing("list the shares of a document", err)
	}
	shares := make([]Share, 0, len(rows))
	for _, r := range rows {
		shares = append(shares, r.share())
	}
	return shares, nil
}

// Unshare ends a share: its author may, and those who may change the document. One that has ended stays so.
func (d *Drive) Unshare(ctx context.Context, node, share uuid.UUID) error {
	return d.each(ctx, []uuid.UUID{node}, "end a share", func(ctx context.Context, tx db.Tx, v visit, all []found) error {
		if all[0].space == None || all[0].self < Editor {
			return denied()
		}
		gone, err := deleteShare(ctx, tx, node, share)
		if err != nil || !gone {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: v.actor.Person, Action: "documents.unshare", Subject: node.String(), Detail: map[string]any{"share": share.String()}})
	})
}

// Received lists what others have shared with the actor, here and from personal spaces, the latest first. after is the
// next of the page before.
func (d *Drive) Received(ctx context.Context, after string) (all []Received, next string, err error) {
	v, err := d.visit(ctx)
	if err != nil {
		return nil, "", err
	}
	before := d.db.NowIn(ctx).AddDate(1, 0, 0)
	if after != "" {
		text, _ := base64.RawURLEncoding.DecodeString(after)
		if before, err = time.Parse(time.RFC3339Nano, string(text)); err != nil {
			return nil, "", &fault.Error{Kind: fault.Invalid, Cause: err}
		}
	}
	const page = 50
	for _, scope := range v.scopes() {
		in, err := d.in(ctx, v, scope)
		if err != nil {
			return nil, "", err
		}
		some, err := d.receivedIn(in, v, before, page+1)
		if err != nil {
			return nil, "", fault.Doing("list what was shared", err)
		}
		all = append(all, some...)
	}
	slices.SortFunc(all, func(a, b Received) int { return b.CreatedAt.Compare(a.CreatedAt) })
	if len(all) > page {
		all = all[:page]
		next = base64.RawURLEncoding.EncodeToString([]byte(all[page-1].CreatedAt.Format(time.RFC3339Nano)))
	}
	return all, next, nil
}

func (d *Drive) receivedIn(in context.Context, v visit, before time.Time, limit int) ([]Received, error) {
	var shares []shareRow
	now := d.db.NowIn(in)
	if err := d.db.Batch(in, func(b *db.Batch) { queueReceived(b, &shares, v, before, now, limit) }); err != nil || len(shares) == 0 {
		return nil, err
	}
	ids := make([]uuid.UUID, 0, len(shares))
	for _, s := range shares {
		ids = append(ids, s.NodeID)
	}
	var rows []row
	if err := d.db.Batch(in, func(b *db.Batch) { queueUps(b, &rows, ids, v.keys, now) }); err != nil {
		return nil, err
	}
	seen := map[uuid.UUID]found{}
	for _, c := range chains(rows) {
		if f, err := d.meet(v, c); err == nil {
			seen[c[0].ID] = f
		}
	}
	var all []Received
	for _, s := range shares {
		if f, ok := seen[s.NodeID]; ok {
			all = append(all, Received{s.share(), f.node()})
		}
	}
	slices.SortStableFunc(all, func(a, b Received) int { return cmp.Compare(b.CreatedAt.UnixNano(), a.CreatedAt.UnixNano()) })
	return all, nil
}
