package session

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"elyco/internal/fault"
	"elyco/internal/school"
)

// codeAt is what an application with the secret shows at an instant.
func codeAt(t *testing.T, secret string, at time.Time) string {
	t.Helper()
	code, err := hotp.GenerateCodeCustom(strings.ReplaceAll(secret, " ", ""), uint64(at.Unix()/30), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func TestStepOf(t *testing.T) {
	// The vectors of RFC 6238, cut to six digits.
	const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	at := func(seconds int64) time.Time { return time.Unix(seconds, 0) }
	for name, c := range map[string]struct {
		typed string
		now   time.Time
		ok    bool
	}{
		"the first vector":                 {"287082", at(59), true},
		"another vector":                   {"081804", at(1111111109), true},
		"a clock half a minute late":       {"287082", at(59 + 30), true},
		"a clock half a minute early":      {"287082", at(59 - 30), true},
		"a clock a minute late":            {"287082", at(59 + 31), false},
		"a clock more than a minute early": {"287082", at(59 - 60 - 30), false},
		"seven digits":                     {"9287082", at(59), false},
		"five digits":                      {"87082", at(59), false},
		"letters":                          {"28708a", at(59), false},
		"nothing":                          {"", at(59), false},
	} {
		if _, ok := stepOf(secret, c.typed, c.now); ok != c.ok {
			t.Errorf("%s: %t", name, ok)
		}
	}
}

// enrolled makes somebody with an application, and returns the login, the secret and the recovery codes.
func (f fixture) enrolled() (login, secret string, codes []string) {
	f.t.Helper()
	login = f.person(cheap())
	o, err := f.signIn(login, goodPassword)
	if err != nil {
		f.t.Fatal(err)
	}
	ctx := f.as(o, 3)
	e, err := f.Enrol(ctx, "Académie", "")
	if err != nil {
		f.t.Fatal(err)
	}
	if codes, err = f.ConfirmApp(ctx, e.Sealed, codeAt(f.t, e.Key, f.house.db.Now())); err != nil {
		f.t.Fatal(err)
	}
	f.later(login)
	return login, e.Key, codes
}

// later makes the codes of this very half minute count as unused, as if time had gone by.
func (f fixture) later(login string) {
	f.t.Helper()
	f.exec(`update totp_secret set last_step = last_step - 10 where person_id = (select person_id from account where login = $1)`, login)
}

func (f fixture) half(login string) Token {
	f.t.Helper()
	o, err := f.signIn(login, goodPassword)
	if err != nil || o.Half == "" || o.Token != "" {
		f.t.Fatalf("the password alone opens a sign-on: %v, %v", o, err)
	}
	return o.Half
}

func (f fixture) give(token Token, code string) (Opened, error) {
	return f.GiveFactor(f.t.Context(), f.space(3), token, code)
}

func TestHalfOpenOpensNothing(t *testing.T) {
	t.Parallel()
	f := setup(t)
	login, _, _ := f.enrolled()
	before := f.count(`select count(*) from sign_on s join account a using (tenant_id, person_id) where a.login = $1`, login)
	token := f.half(login)
	for _, id := range []school.ScopeID{1, 2, 3, 4} {
		if a, err := f.Resume(t.Context(), token, f.space(id)); err != nil || a.SignedIn() {
			t.Errorf("a half-open sign-in is somebody on the host of %d", id)
		}
	}
	if after := f.count(`select count(*) from sign_on s join account a using (tenant_id, person_id) where a.login = $1`, login); after != before {
		t.Errorf("%d sign-ons, then %d", before, after)
	}
	if w, err := f.HalfOpen(t.Context(), f.space(3), token); err != nil || w != (Waits{Still: true, App: true}) {
		t.Errorf("it does not wait: %+v %v", w, err)
	}
}

func TestAppCodeServesOnce(t *testing.T) {
	t.Parallel()
	f := setup(t)
	login, secret, _ := f.enrolled()
	now := f.house.db.Now()
	o, err := f.give(f.half(login), codeAt(t, secret, now))
	if err != nil || o.Token == "" {
		t.Fatalf("the right code opens nothing: %v", err)
	}
	if a, err := f.Resume(t.Context(), o.Token, f.space(3)); err != nil || !a.SignedIn() {
		t.Fatalf("nobody is there: %v", err)
	}
	if _, err := f.give(f.half(login), codeAt(t, secret, now)); !fault.Is(err, fault.Invalid) {
		t.Errorf("a code is taken twice: %v", err)
	}
	if _, err := f.give(f.half(login), codeAt(t, secret, now.Add(-30*time.Second))); !fault.Is(err, fault.Invalid) {
		t.Errorf("a code before the last one is taken: %v", err)
	}
}

// TestAppCodesTogether sends the same code from several half-open sign-ins at once: one is let in.
func TestAppCodesTogether(t *testing.T) {
	t.Parallel()
	f := setup(t)
	login, secret, _ := f.enrolled()
	code := codeAt(t, secret, f.house.db.Now())
	const many = 4
	tokens := make([]Token, many)
	for i := range tokens {
		tokens[i] = f.half(login)
	}
	results := make(chan error, many)
	for _, token := range tokens {
		go func() { _, err := f.give(token, code); results <- err }()
	}
	in := 0
	for range many {
		if err := <-results; err == nil {
			in++
		} else if !fault.Is(err, fault.Invalid) {
			t.Error(err)
		}
	}
	if in != 1 {
		t.Errorf("%d were let in by one code", in)
	}
}

func TestHalfOpenEnds(t *testing.T) {
	f := setup(t)
	login, secret, codes := f.enrolled()
	code := func() string { return codeAt(t, secret, f.house.db.Now()) }
	if _, err := f.give(newToken(), code()); !fault.Is(err, fault.NotFound) {
		t.Errorf("a forged half: %v", err)
	}
	if _, err := f.give("x", code()); !fault.Is(err, fault.NotFound) {
		t.Errorf("a nonsense half: %v", err)
	}
	if _, err := f.GiveFactor(t.Context(), f.space(4), f.half(login), code()); !fault.Is(err, fault.NotFound) {
		t.Errorf("a half of another host: %v", err)
	}
	token := f.half(login)
	for range halfTries {
		if _, err := f.give(token, "000000"); !fault.Is(err, fault.Invalid) {
			t.Fatalf("a wrong code: %v", err)
		}
	}
	if _, err := f.give(token, code()); !fault.Is(err, fault.NotFound) {
		t.Errorf("a half that was tried too often: %v", err)
	}
	token = f.half(login)
	if _, err := f.give(token, codes[0]); err != nil {
		t.Fatal(err)
	}
	if _, err := f.give(token, codes[1]); !fault.Is(err, fault.NotFound) {
		t.Errorf("a half that was used: %v", err)
	}
	token = f.half(login)
	f.exec(`update account set password_hash = $2 where login = $1`, login, derive("un autre mot de passe", cost{memory: 64, time: 1, threads: 1}))
	if _, err := f.give(token, codes[2]); !fault.Is(err, fault.NotFound) {
		t.Errorf("a half whose password is no longer: %v", err)
	}
	f.exec(`update account set password_hash = $2 where login = $1`, login, cheap())
	token = f.half(login)
	f.exec(`update account set state = 'blocked' where login = $1`, login)
	if _, err := f.give(token, codes[3]); !fault.Is(err, fault.NotFound) {
		t.Errorf("a half of a blocked account: %v", err)
	}
	f.exec(`update account set state = 'active' where login = $1`, login)
	token = f.half(login)
	f.ahead(halfLife + time.Second)
	if _, err := f.give(token, codes[4]); !fault.Is(err, fault.NotFound) {
		t.Errorf("a late half: %v", err)
	}
}

func TestFactorsAreThrottled(t *testing.T) {
	f := setup(t)
	login, _, codes := f.enrolled()
	var wait *Throttled
	for i := range tries + 1 {
		_, err := f.give(f.half(login), "000000")
		if throttled := errors.As(err, &wait); throttled != (i >= tries) {
			t.Fatalf("try %d: %v", i, err)
		}
		// The password was right each time: its own count must not be what stops the tries.
		f.exec(`delete from sign_in_failure where subject = $1`, accountSubject(login))
	}
	if _, err := f.give(f.half(login), codes[0]); !errors.As(err, &wait) {
		t.Errorf("the right code is looked at after too many tries: %v", err)
	}
	f.ahead(window + time.Second)
	if _, err := f.give(f.half(login), codes[0]); err != nil {
		t.Error(err)
	}
}

func TestRecoveryCodes(t *testing.T) {
	t.Parallel()
	f := setup(t)
	login, _, codes := f.enrolled()
	other, _, foreign := f.enrolled()
	if len(codes) != recoveryCodes {
		t.Fatalf("%d codes", len(codes))
	}
	o, err := f.give(f.half(login), " "+strings.ToUpper(codes[0])+" ")
	if err != nil || !o.UsedCode || o.CodesLeft != recoveryCodes-1 {
		t.Fatalf("a recovery code as people write it: %+v, %v", o, err)
	}
	for name, code := range map[string]string{"used": codes[0], "another person's": foreign[0], "cut": codes[1][:8], "empty": ""} {
		if _, err := f.give(f.half(login), code); !fault.Is(err, fault.Invalid) {
			t.Errorf("a code that is %s: %v", name, err)
		}
	}
	fresh, err := f.NewRecoveryCodes(f.as(o, 3))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.give(f.half(login), codes[1]); !fault.Is(err, fault.Invalid) {
		t.Errorf("a code that was replaced: %v", err)
	}
	if _, err := f.give(f.half(login), fresh[0]); err != nil {
		t.Error(err)
	}
	have, err := f.Factors(f.as(o, 3))
	if err != nil || have.CodesLeft != recoveryCodes-1 || have.App.IsZero() {
		t.Errorf("%+v, %v", have, err)
	}
	if _, err := f.give(f.half(other), foreign[0]); err != nil {
		t.Errorf("somebody else's try used it up: %v", err)
	}
}

// TestFactorsAtRest looks for secrets in what the database keeps, and opens a secret with another key.
func TestFactorsAtRest(t *testing.T) {
	t.Parallel()
	f := setup(t)
	login, secret, codes := f.enrolled()
	var sealed []byte
	var hashes [][]byte
	f.see(func(ctx context.Context, c *pgx.Conn) error {
		if err := c.QueryRow(ctx, `select secret from totp_secret join account using (tenant_id, person_id) where login = $1`, login).Scan(&sealed); err != nil {
			return err
		}
		return c.QueryRow(ctx, `select array_agg(code_hash) from recovery_code join account using (tenant_id, person_id) where login = $1`, login).Scan(&hashes)
	})
	plain := strings.ReplaceAll(secret, " ", "")
	if bytes.Contains(sealed, []byte(plain)) {
		t.Error("the secret is kept in clear")
	}
	for _, h := range hashes {
		if slices.Contains(codes, string(h)) || len(h) != 32 {
			t.Error("a recovery code is kept in clear")
		}
	}
	if _, err := newVault([]byte("another secret")).open(sealed, totpLabel(f.id(login))); err == nil {
		t.Error("another key opens the secret")
	}
	if _, err := f.vault.open(sealed, totpLabel(f.id(f.person(cheap())))); err == nil {
		t.Error("the secret opens for somebody else's row")
	}
	if got, err := f.vault.open(sealed, totpLabel(f.id(login))); err != nil || string(got) != plain {
		t.Errorf("the own key opens it not: %v", err)
	}
	if _, err := f.vault.open(sealed[:5], ""); err == nil {
		t.Error("what is cut opens")
	}
}

func TestEnrolment(t *testing.T) {
	f := setup(t)
	mine, err := f.signIn(f.person(cheap()), goodPassword)
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := f.signIn(f.person(cheap()), goodPassword)
	if err != nil {
		t.Fatal(err)
	}
	me, them := f.as(mine, 3), f.as(theirs, 3)
	e, err := f.Enrol(me, "Académie de Nantes", "")
	if err != nil || !strings.HasPrefix(e.Picture, "data:image/png;base64,") || !strings.Contains(e.Address, "issuer=Acad%C3%A9mie%20de%20Nantes") {
		t.Fatalf("%+v, %v", e.Address, err)
	}
	if again, err := f.Enrol(me, "Académie", e.Sealed); err != nil || again.Key != e.Key {
		t.Errorf("a form that comes back shows another secret: %v", err)
	}
	if other, err := f.Enrol(them, "Académie", e.Sealed); err != nil || other.Key == e.Key {
		t.Errorf("a secret is shown to somebody else: %v", err)
	}
	code := codeAt(t, e.Key, f.house.db.Now())
	for name, bad := range map[string]struct {
		ctx          context.Context
		sealed, code string
	}{
		"somebody else's": {them, e.Sealed, code}, "forged": {me, "AAAA" + e.Sealed[4:], code}, "empty": {me, "", code},
		"without the code": {me, e.Sealed, ""}, "with another code": {me, e.Sealed, "000000"},
	} {
		if _, err := f.ConfirmApp(bad.ctx, bad.sealed, bad.code); !fault.Is(err, fault.Invalid) {
			t.Errorf("an enrolment that is %s: %v", name, err)
		}
	}
	if _, err := f.NewRecoveryCodes(me); !fault.Is(err, fault.Conflict) {
		t.Errorf("codes for somebody without a factor: %v", err)
	}
	if _, err := f.ConfirmApp(me, e.Sealed, code); err != nil {
		t.Fatal(err)
	}
	if err := f.EndApp(me, false); err != nil {
		t.Fatal(err)
	}
	if have, err := f.Factors(me); err != nil || have.Any() || have.CodesLeft != 0 {
		t.Errorf("after the end: %+v, %v", have, err)
	}
	late, err := f.Enrol(me, "Académie", "")
	if err != nil {
		t.Fatal(err)
	}
	f.ahead(enrolLife + time.Second)
	if _, err := f.ConfirmApp(me, late.Sealed, codeAt(t, late.Key, f.house.db.Now())); !fault.Is(err, fault.Invalid) {
		t.Errorf("a late enrolment: %v", err)
	}
}

// TestClockSkew has a telephone run ahead and behind.
func TestClockSkew(t *testing.T) {
	t.Parallel()
	f := setup(t)
	login, secret, _ := f.enrolled()
	for _, c := range []struct {
		off time.Duration
		ok  bool
	}{{-95 * time.Second, false}, {95 * time.Second, false}, {-30 * time.Second, true}, {30 * time.Second, true}} {
		f.later(login)
		_, err := f.give(f.half(login), codeAt(t, secret, f.house.db.Now().Add(c.off)))
		if (err == nil) != c.ok {
			t.Errorf("a telephone off by %s: %v", c.off, err)
		}
	}
}
