package session

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
)

// owner is somebody signed in, who may make application passwords.
type owner struct {
	fixture
	login string
	ctx   context.Context
}

func newOwner(t *testing.T) owner {
	t.Helper()
	f := setup(t)
	login := f.person(cheap())
	o, err := f.signIn(login, goodPassword)
	if err != nil {
		t.Fatal(err)
	}
	return owner{f, login, f.as(o, 3)}
}

func (o owner) ask() AppAsk {
	return AppAsk{ID: school.NewID(), Name: " Portable  du salon ", Purpose: ForDocuments, Password: goodPassword}
}

func (o owner) secret(ask AppAsk) string {
	o.t.Helper()
	made, err := o.NewAppPassword(o.ctx, ask)
	if err != nil {
		o.t.Fatal(err)
	}
	if made.Login != o.login {
		o.t.Errorf("made for the login %q", made.Login)
	}
	return made.Secret
}

func (o owner) enter(s *Sessions, login, secret string) (school.Actor, error) {
	return s.Authenticate(o.t.Context(), o.space(3), Credential{Login: login, Secret: secret, Purpose: ForDocuments, Network: "192.0.2.0/24"})
}

func TestAppPassword(t *testing.T) {
	o := newOwner(t)
	secret := o.secret(o.ask())
	if !regexp.MustCompile(`^([a-km-np-z2-9]{5}-){3}[a-km-np-z2-9]{5}$`).MatchString(secret) {
		t.Errorf("%q is not four groups of five clear signs", secret)
	}
	session := Actor(o.ctx)
	for _, typed := range []string{secret, strings.ToUpper(secret), strings.ReplaceAll(secret, "-", " "), strings.ReplaceAll(secret, "-", "")} {
		a, err := o.enter(New(o.house.db), o.login, typed)
		if fault.KindOf(err) != fault.SignIn {
			t.Errorf("with another key: %v", err)
		}
		if a, err = o.enter(o.Sessions, " "+strings.ToUpper(o.login), typed); err != nil {
			t.Fatal(err)
		}
		if a.Person != session.Person || a.Name != session.Name || !a.Has(school.Teacher) || a.SignOn != uuid.Nil {
			t.Errorf("who comes in by %q is %+v", typed, a)
		}
	}
	list, err := o.AppPasswords(o.ctx)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d passwords are listed: %v", len(list), err)
	}
	if p := list[0]; p.Name != "Portable du salon" || p.Purpose != ForDocuments || !p.ExpiresAt.IsZero() || p.UsedAt.IsZero() || p.Network != "192.0.2.0/24" {
		t.Errorf("listed as %+v", p)
	}
	if _, err := o.signIn(o.login, secret); !fault.Is(err, fault.Invalid) {
		t.Errorf("the pages took an application password: %v", err)
	}
	if _, err := o.enter(o.Sessions, o.login, goodPassword); !fault.Is(err, fault.SignIn) {
		t.Errorf("the account's own password opened documents: %v", err)
	}
	if _, err := o.Authenticate(t.Context(), o.space(3), Credential{Login: o.login, Secret: secret, Purpose: "calendar", Network: "192.0.2.0/24"}); !fault.Is(err, fault.SignIn) {
		t.Errorf("another purpose: %v", err)
	}
}

func TestAppPasswordIsKeptAsAHash(t *testing.T) {
	o := newOwner(t)
	secret := o.secret(o.ask())
	err := o.house.db.Read(academy(t.Context()), func(ctx context.Context, tx db.Tx) error {
		var kept []byte
		if err := tx.QueryRowContext(ctx, `select secret_hash from app_password where person_id = ?`, Actor(o.ctx).Person.UUID).Scan(&kept); err != nil {
			return err
		}
		if len(kept) != 32 || bytes.Contains(kept, []byte(secret[:5])) || !bytes.Equal(kept, o.apps.hashSecret(plainSecret(secret))) {
			t.Errorf("kept as %x", kept)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAppPasswordNeedsTheAccountsOwn(t *testing.T) {
	o := newOwner(t)
	for field, change := range map[string]func(*AppAsk){
		"password": func(a *AppAsk) { a.Password = "autre chose" },
		"name":     func(a *AppAsk) { a.Name = strings.Repeat("é", longestName+1) },
		"until":    func(a *AppAsk) { a.Until = o.house.db.Now().Add(longestValidity + time.Hour) },
		"purpose":  func(a *AppAsk) { a.Purpose = "everything" },
	} {
		ask := o.ask()
		change(&ask)
		_, err := o.NewAppPassword(o.ctx, ask)
		var f *fault.Error
		if !errors.As(err, &f) || f.Fields[field] == "" {
			t.Errorf("%s: %v", field, err)
		}
	}
	ask := o.ask()
	ask.Until = o.house.db.Now().Add(-time.Hour)
	if _, err := o.NewAppPassword(o.ctx, ask); !fault.Is(err, fault.Invalid) {
		t.Errorf("an end that is past: %v", err)
	}
	ask = o.ask()
	o.secret(ask)
	if _, err := o.NewAppPassword(o.ctx, ask); !fault.Is(err, fault.Conflict) {
		t.Errorf("the same form again: %v", err)
	}
	preview := Actor(o.ctx)
	preview.PreviewOnly = true
	if _, err := o.NewAppPassword(With(o.ctx, preview), o.ask()); !fault.Is(err, fault.Forbidden) {
		t.Errorf("through another's eyes: %v", err)
	}
	if _, err := o.NewAppPassword(t.Context(), o.ask()); !fault.Is(err, fault.SignIn) {
		t.Errorf("a visitor: %v", err)
	}
	for range tries {
		ask := o.ask()
		ask.Password = "raté"
		o.NewAppPassword(o.ctx, ask)
	}
	var wait *Throttled
	if _, err := o.NewAppPassword(o.ctx, o.ask()); !errors.As(err, &wait) {
		t.Errorf("after too many tries: %v", err)
	}
}

func TestAppPasswordsHaveAnEnd(t *testing.T) {
	o := newOwner(t)
	ask := o.ask()
	ask.Until = o.house.db.Now().Add(24 * time.Hour)
	secret := o.secret(ask)
	if _, err := o.enter(o.Sessions, o.login, secret); err != nil {
		t.Fatal(err)
	}
	o.ahead(24*time.Hour + time.Second)
	if _, err := o.enter(o.Sessions, o.login, secret); !fault.Is(err, fault.SignIn) {
		t.Errorf("after its end: %v", err)
	}
}

func TestAppPasswordsAreFew(t *testing.T) {
	o := newOwner(t)
	err := o.house.db.Write(academy(t.Context()), func(ctx context.Context, tx db.Tx) error {
		_, err := tx.ExecContext(ctx, `
			insert into app_password (id, person_id, name, purpose, secret_hash, created_at)
			select gen_random_uuid(), ?, 'x', 'webdav', decode(md5(?::text || i), 'hex'), now() from generate_series(1, ?) i`,
			Actor(o.ctx).Person.UUID, Actor(o.ctx).Person.String(), mostPasswords)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.NewAppPassword(o.ctx, o.ask()); !fault.Is(err, fault.Invalid) {
		t.Errorf("one more than twenty: %v", err)
	}
}

// A block, an ended membership and a closed space keep out as they do on the pages, within the seconds for which a right
// password is taken at its word.
func TestAppPasswordOfWhoMayNotComeIn(t *testing.T) {
	o := newOwner(t)
	secret := o.secret(o.ask())
	if _, err := o.enter(o.Sessions, o.login, secret); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Authenticate(t.Context(), o.space(4), Credential{o.login, secret, ForDocuments, ""}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("where one is no member: %v", err)
	}
	if _, err := o.Authenticate(t.Context(), o.space(5), Credential{o.login, secret, ForDocuments, ""}); !fault.Is(err, fault.Suspended) {
		t.Errorf("in a suspended space: %v", err)
	}
	o.exec(`update passport set body = '[]' where person_id = $1`, Actor(o.ctx).Person.UUID)
	o.ahead(proofLife)
	if _, err := o.enter(o.Sessions, o.login, secret); !fault.Is(err, fault.Forbidden) {
		t.Errorf("after the membership ended: %v", err)
	}
	o.exec(`update account set state = 'blocked' where login = $1`, o.login)
	o.ahead(proofLife)
	if _, err := o.enter(o.Sessions, o.login, secret); !fault.Is(err, fault.SignIn) {
		t.Errorf("a blocked account: %v", err)
	}
}

// The second of two replicas remembers the password, and hears that it has ended.
func TestAppPasswordEndsEverywhere(t *testing.T) {
	o := newOwner(t)
	other := New(o.house.db)
	o.SetKey([]byte("clé commune"))
	other.SetKey([]byte("clé commune"))
	go other.Follow(t.Context())
	time.Sleep(200 * time.Millisecond) // until it listens
	for what, end := range map[string]func(id uuid.UUID) error{
		"one":            func(id uuid.UUID) error { return o.EndAppPassword(o.ctx, id) },
		"everywhere":     func(uuid.UUID) error { return o.SignOutEverywhere(o.ctx, Others, true) },
		"a new password": func(uuid.UUID) error { return o.ChangePassword(o.ctx, goodPassword, goodPassword+" encore", true) },
	} {
		ask := o.ask()
		secret := o.secret(ask)
		for _, s := range []*Sessions{o.Sessions, other} {
			if _, err := o.enter(s, o.login, secret); err != nil {
				t.Fatalf("%s: %v", what, err)
			}
		}
		if err := end(ask.ID); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if _, err := o.enter(o.Sessions, o.login, secret); !fault.Is(err, fault.SignIn) {
			t.Errorf("%s, here: %v", what, err)
		}
		heard := false
		for range 40 {
			_, err := o.enter(other, o.login, secret)
			if heard = fault.Is(err, fault.SignIn); heard {
				break
			}
			time.Sleep(50 * time.Millisecond)
		}
		if !heard {
			t.Errorf("%s: the other replica did not hear of it", what)
		}
		if what == "a new password" {
			if err := o.ChangePassword(o.ctx, goodPassword+" encore", goodPassword, false); err != nil {
				t.Fatal(err)
			}
		}
	}
	ask := o.ask()
	secret := o.secret(ask)
	if err := o.SignOutEverywhere(o.ctx, Others, false); err != nil {
		t.Fatal(err)
	}
	if err := newOwner(t).EndAppPassword(newOwner(t).ctx, ask.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("another's: %v", err)
	}
	if _, err := o.enter(o.Sessions, o.login, secret); err != nil {
		t.Errorf("what nobody ended: %v", err)
	}
}

// A forgotten device that tries all day slows itself down, and neither its owner's other devices nor the sign-in page.
func TestWrongAppPasswordsLockNobodyOut(t *testing.T) {
	o := newOwner(t)
	secret := o.secret(o.ask())
	wrong := func(i int) string {
		return fmt.Sprintf("%s%s", secret[:len(secret)-2], string([]byte{signs[i%32], signs[i/32]}))
	}
	var wait *Throttled
	for i := range tries + 2 {
		_, err := o.enter(o.Sessions, o.login, wrong(i))
		if errors.As(err, &wait) != (i >= tries) && wrong(i) != secret {
			t.Errorf("try %d: %v", i+1, err)
		}
	}
	var stats db.Stats
	if _, err := o.Authenticate(db.WithStats(t.Context(), &stats), o.space(3), Credential{o.login, wrong(3), ForDocuments, "192.0.2.0/24"}); !fault.Is(err, fault.SignIn) {
		t.Errorf("a wrong one again: %v", err)
	}
	if n := stats.Statements.Load(); n != 0 {
		t.Errorf("a wrong one that was just looked at cost %d statements", n)
	}
	for i := range 2 {
		stats = db.Stats{}
		if _, err := o.Authenticate(db.WithStats(t.Context(), &stats), o.space(3), Credential{o.login, secret, ForDocuments, "192.0.2.0/24"}); err != nil {
			t.Errorf("the right one: %v", err)
		}
		if n := stats.RoundTrips.Load(); i == 1 && n != 0 {
			t.Errorf("the right one, again at once, cost %d round trips", n)
		}
	}
	if _, err := o.signIn(o.login, goodPassword); err != nil {
		t.Errorf("the sign-in page: %v", err)
	}
	for _, login := range []string{"", "nobody.here", strings.Repeat("x", 300)} {
		if _, err := o.enter(o.Sessions, login, secret); !fault.Is(err, fault.SignIn) {
			t.Errorf("the right secret with the login %.20q: %v", login, err)
		}
	}
}
