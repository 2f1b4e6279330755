package session

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// Credential is what a program sends with each of its requests. Network gives the last field.
type Credential struct {
	Login   string
	Secret  string
	Purpose Purpose
	Network string
}

const (
	endedChannel = "app_password_ended" // payload: the person
	proofLife    = 5 * time.Second      // how long a right password is taken at its word
	rebuffLife   = time.Minute          // how long a wrong one is refused without a query
	mostRemember = 4096                 // of each
	touchEvery   = 10 * time.Minute
)

// apps remembers the credentials that were looked up a moment ago, because a file manager sends its own with each of
// hundreds of requests. Only digests under a key of this process are held.
type apps struct {
	key  []byte // of what the database keeps
	salt []byte // of what this process remembers

	mu    sync.Mutex
	right map[digest]proof
	wrong map[digest]time.Time // until when
}

type digest [sha256.Size]byte

type proof struct {
	actor school.Actor
	until time.Time
}

func newApps() *apps {
	a := &apps{key: make([]byte, 32), salt: make([]byte, 32), right: map[digest]proof{}, wrong: map[digest]time.Time{}}
	rand.Read(a.key)
	rand.Read(a.salt)
	return a
}

func (a *apps) digest(c Credential) digest {
	return sha256.Sum256([]byte(strings.Join([]string{string(a.salt), string(c.Purpose), c.Login, c.Secret}, "\x00")))
}

// recall tells what is remembered of a credential: whose it is, or that it is none.
func (a *apps) recall(d digest, now time.Time) (who school.Actor, right, wrong bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	p, ok := a.right[d]
	return p.actor, ok && p.until.After(now), a.wrong[d].After(now)
}

func (a *apps) keep(d digest, who school.Actor, now time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.right) >= mostRemember {
		clear(a.right)
	}
	a.right[d] = proof{who, now.Add(proofLife)}
}

func (a *apps) rebuff(d digest, now time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.wrong) >= mostRemember {
		clear(a.wrong)
	}
	a.wrong[d] = now.Add(rebuffLife)
}

// forget drops what is remembered of a person's passwords.
func (a *apps) forget(who school.PersonID) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for d, p := range a.right {
		if p.actor.Person == who {
			delete(a.right, d)
		}
	}
}

func (a *apps) forgetAll() {
	a.mu.Lock()
	defer a.mu.Unlock()
	clear(a.right)
}

// Follow drops what other replicas ended, until ctx ends.
func (s *Sessions) Follow(ctx context.Context) {
	s.db.Listen(ctx, []string{endedChannel}, func(_, payload string) {
		if id, err := uuid.Parse(payload); err == nil {
			s.apps.forget(school.PersonID{UUID: id})
		}
	}, s.apps.forgetAll)
}

// Authenticate returns whom an application password stands for, as the actor of a session on the host of t would be. An
// unknown login, a wrong or ended password and a blocked account are all the same SignIn fault; after ten wrong ones
// from one network it is a *Throttled, which keeps out nobody who has the right one, because with a hundred random bits
// there is nothing to guess: a forgotten device that tries all day must not lock its owner out. Who is no member of t is
// Forbidden; a space that lets nobody in is Suspended.
func (s *Sessions) Authenticate(ctx context.Context, t *tenant.Tenant, c Credential) (school.Actor, error) {
	if err := Admits(t); err != nil {
		return school.Actor{}, err
	}
	c.Login, c.Secret = CleanLogin(c.Login), plainSecret(c.Secret)
	now := s.db.Now()
	d := s.apps.digest(c)
	who, right, wrong := s.apps.recall(d, now)
	if wrong || c.Secret == "" || c.Login == "" || len(c.Login) > 200 {
		return school.Actor{}, errNoEntry()
	}
	if !right {
		found, err := s.lookUp(ctx, c)
		if err != nil {
			return school.Actor{}, err
		}
		if !found.SignedIn() {
			s.apps.rebuff(d, now)
			return school.Actor{}, s.noEntry(ctx, c)
		}
		s.apps.keep(d, found, now)
		who = found
	}
	if who = who.In(t.ID); len(who.Here) == 0 {
		return school.Actor{}, fault.New(fault.Forbidden, "Votre compte n’a pas de rôle dans cet espace.")
	}
	return who, nil
}

func errNoEntry() error {
	return fault.New(fault.SignIn, "Identifiant ou mot de passe d’application incorrect. Le mot de passe de votre compte ne convient pas ici : créez un mot de passe d’application depuis votre compte.")
}

// lookUp finds whose a credential is, in one round trip; the zero actor for nobody's.
func (s *Sessions) lookUp(ctx context.Context, c Credential) (school.Actor, error) {
	var found bool
	var id, person uuid.UUID
	var name, network string
	var body, comfort []byte
	var used time.Time
	err := s.db.Batch(academy(ctx), func(b *db.Batch) {
		db.Row(b, &found, []any{&id, &person, &name, &body, &comfort, &used, &network}, findAppPassword,
			s.apps.hashSecret(c.Secret), string(c.Purpose), c.Login, s.db.Now())
	})
	if err != nil || !found {
		return school.Actor{}, err
	}
	actor := school.Actor{Person: school.PersonID{UUID: person}, Name: name}
	if err := json.Unmarshal(body, &actor.Everywhere); err != nil {
		return school.Actor{}, fmt.Errorf("read the passport of %s: %w", person, err)
	}
	if err := json.Unmarshal(comfort, &actor.Comfort); err != nil {
		return school.Actor{}, fmt.Errorf("read the comfort settings of %s: %w", person, err)
	}
	if network == c.Network && s.db.Now().Sub(used) < touchEvery {
		return actor, nil
	}
	err = s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error { return touchAppPassword(ctx, tx, id, c.Network) })
	if err != nil {
		return school.Actor{}, fmt.Errorf("note the use of an application password of %s: %w", person, err)
	}
	return actor, nil
}

// noEntry counts a refusal, and makes the next ones slow.
func (s *Sessions) noEntry(ctx context.Context, c Credential) error {
	var n int
	err := s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) (err error) {
		n, err = countAppFailure(ctx, tx, "w"+accountSubject(c.Login)+":"+c.Network)
		return err
	})
	if err != nil {
		return fmt.Errorf("count a wrong application password: %w", err)
	}
	if n <= tries {
		return errNoEntry()
	}
	if err := s.pause(ctx, min(time.Duration(n-tries)*100*time.Millisecond, slowest)); err != nil {
		return err
	}
	return &Throttled{After: window}
}
