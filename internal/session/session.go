package session

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// Cookie is the name of the session's cookie. Its prefix makes browsers refuse it from, and for, any other host.
const Cookie = "__Host-elyco"

const (
	idle     = 12 * time.Hour      // a session unused for this long ends
	lifetime = 14 * 24 * time.Hour // a sign-on ends after this, used or not
)

// Sessions answers who a token belongs to, and opens and closes sign-ons.
type Sessions struct {
	db     *db.DB
	hasher *hasher
	slowed chan struct{} // one place for each try that waits for its network's sake
	apps   *apps
	vault  vault
	party  *webauthn.WebAuthn // nil until passkeys are served
}

// mostSlowed lets some classes wait behind the address of a school where many mistype, and keeps a network that guesses
// passwords from filling the house with tries that wait.
const mostSlowed = 96

// New makes the sessions of the house.
func New(d *db.DB) *Sessions {
	a := newApps()
	return &Sessions{db: d, hasher: newHasher(cores()), slowed: make(chan struct{}, mostSlowed), apps: a, vault: newVault(a.key)}
}

// Now is the clock by which sign-ons and passwords end.
func (s *Sessions) Now() time.Time { return s.db.Now() }

// Token is a session's secret: only its hash is stored.
type Token string

func newToken() Token {
	var raw [32]byte
	rand.Read(raw[:]) // never fails
	return Token(base64.RawURLEncoding.EncodeToString(raw[:]))
}

func (t Token) hash() []byte {
	sum := sha256.Sum256([]byte(t))
	return sum[:]
}

// plausible reports whether t could be one of ours; what cannot costs no query.
func (t Token) plausible() bool {
	raw, err := base64.RawURLEncoding.DecodeString(string(t))
	return err == nil && len(raw) == 32
}

// String keeps secrets out of logs.
func (t Token) String() string { return "token" }

// academy puts ctx in the scope where accounts and sessions live.
func academy(ctx context.Context) context.Context {
	return db.WithScope(ctx, db.NewScope(int64(school.Academy)))
}

// Resume returns the actor of a token on the host of t, in one round trip. A token of another host, an ended or an
// unknown one gives the zero actor. Whoever looks through a preview is told as who they are.
func (s *Sessions) Resume(ctx context.Context, token Token, t *tenant.Tenant) (school.Actor, error) {
	actor, _, _, err := s.resume(ctx, token, t)
	return actor, err
}

// resume also returns what is known of the sign-on, and the preview that the session holds, over or not.
func (s *Sessions) resume(ctx context.Context, token Token, t *tenant.Tenant) (school.Actor, Standing, *Preview, error) {
	var standing Standing
	if !token.plausible() {
		return school.Actor{}, standing, nil, nil
	}
	var found bool
	var person, signOn uuid.UUID
	var name string
	var body, comfort, preview []byte
	var seen time.Time
	var since, asked, alerted *time.Time
	err := s.db.Batch(academy(ctx), func(b *db.Batch) {
		db.Row(b, &found, []any{&person, &signOn, &name, &body, &comfort, &seen, &preview, &standing.ProvedAt, &since, &asked,
			&standing.DeviceSince, &alerted}, findSession, token.hash(), int64(t.ID), s.db.Now())
	})
	if err != nil || !found {
		return school.Actor{}, Standing{}, nil, err
	}
	standing.FactorSince, standing.FactorAsked, standing.AlertedAt = orZero(since), orZero(asked), orZero(alerted)
	actor := school.Actor{Person: school.PersonID{UUID: person}, Name: name, SignOn: signOn}
	if err := json.Unmarshal(body, &actor.Everywhere); err != nil {
		return school.Actor{}, Standing{}, nil, fmt.Errorf("read the passport of %s: %w", person, err)
	}
	if err := json.Unmarshal(comfort, &actor.Comfort); err != nil {
		return school.Actor{}, Standing{}, nil, fmt.Errorf("read the comfort settings of %s: %w", person, err)
	}
	actor = actor.In(t.ID)
	if s.db.Now().Sub(seen) > 15*time.Minute {
		err = s.touch(academy(ctx), signOn)
	}
	return actor, standing, unpackPreview(preview), err
}

func orZero(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}
