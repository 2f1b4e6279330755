package session

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"elyco/internal/fault"
)

// cost is what one guess costs an attacker, and each sign-in the house.
type cost struct {
	memory  uint32 // KiB
	time    uint32
	threads uint8
}

// present is OWASP's argon2id recommendation; some twenty milliseconds on one core.
func present() cost { return cost{memory: 19 * 1024, time: 2, threads: 1} }

const (
	saltLength = 16
	keyLength  = 32
)

// HashPassword derives what is stored of a password, as a PHC string. It takes some twenty milliseconds and 19 MiB:
// requests go through Sessions, which bounds how many run at once; bulk loads call it once per password.
func HashPassword(password string) string { return derive(password, present()) }

func derive(password string, c cost) string {
	salt := make([]byte, saltLength)
	rand.Read(salt) // never fails
	key := argon2.IDKey(canonical(password), salt, c.time, c.memory, c.threads, keyLength)
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.memory, c.time, c.threads, b64.EncodeToString(salt), b64.EncodeToString(key))
}

// canonical makes an accent the same bytes on a phone and on a computer.
func canonical(password string) []byte { return norm.NFC.Bytes([]byte(password)) }

type stored struct {
	cost      cost
	salt, key []byte
}

// parse reads a PHC string and refuses costs that nobody here has chosen: a forged row must not exhaust the memory.
func parse(phc string) (stored, error) {
	var s stored
	var version int
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return s, fmt.Errorf("read a stored password: not argon2id")
	}
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return s, fmt.Errorf("read a stored password: unknown version")
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &s.cost.memory, &s.cost.time, &s.cost.threads); err != nil {
		return s, fmt.Errorf("read a stored password: no cost")
	}
	if s.cost.memory < 8 || s.cost.memory > 256*1024 || s.cost.time < 1 || s.cost.time > 10 || s.cost.threads < 1 || s.cost.threads > 8 {
		return s, fmt.Errorf("read a stored password: cost out of bounds")
	}
	var err error
	if s.salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil || len(s.salt) < 8 || len(s.salt) > 64 {
		return s, fmt.Errorf("read a stored password: no salt")
	}
	if s.key, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil || len(s.key) < 16 || len(s.key) > 64 {
		return s, fmt.Errorf("read a stored password: no key")
	}
	return s, nil
}

// matches compares in constant time.
func (s stored) matches(password string) bool {
	key := argon2.IDKey(canonical(password), s.salt, s.cost.time, s.cost.memory, s.cost.threads, uint32(len(s.key)))
	return subtle.ConstantTimeCompare(key, s.key) == 1
}

// hasher lets as many derivations run as there are cores, and a bounded number wait: a rush is slow, then told to come
// back, and never takes the machine down.
type hasher struct {
	queue chan struct{}
	slots chan struct{}
	dummy string // what unknown logins are compared with, so that they take the same time
}

// waitingPerCore makes the longest wait about a second.
const waitingPerCore = 40

func newHasher(cores int) *hasher {
	return &hasher{
		queue: make(chan struct{}, cores*waitingPerCore),
		slots: make(chan struct{}, cores),
		dummy: HashPassword(string(newToken())),
	}
}

func cores() int { return runtime.GOMAXPROCS(0) }

func errCrowded() error {
	return fault.New(fault.Busy, "Beaucoup de personnes se connectent en ce moment. Réessayez dans quelques secondes.")
}

// crowded reports whether a newcomer would be sent away, before anything is spent on it.
func (h *hasher) crowded() bool { return len(h.queue) == cap(h.queue) }

// run does one derivation when its turn comes. It fails with Busy when too many wait already.
func (h *hasher) run(ctx context.Context, derivation func()) error {
	select {
	case h.queue <- struct{}{}:
	default:
		return errCrowded()
	}
	defer func() { <-h.queue }()
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-h.slots }()
	derivation()
	return nil
}

// verify compares a password with what is stored of it; an empty phc stands for an unknown account, which costs the
// same and never matches. stale tells that the stored cost is no longer the present one.
func (h *hasher) verify(ctx context.Context, password, phc string) (ok, stale bool, err error) {
	known := phc != ""
	if !known {
		phc = h.dummy
	}
	s, err := parse(phc)
	if err != nil {
		return false, false, err
	}
	err = h.run(ctx, func() { ok = s.matches(password) })
	return ok && known, s.cost != present(), err
}

// hash derives a new password in its turn.
func (h *hasher) hash(ctx context.Context, password string) (phc string, err error) {
	err = h.run(ctx, func() { phc = HashPassword(password) })
	return phc, err
}

// PasswordMatches reports whether a password is the one that HashPassword was given. Like it, it is costly, and callers
// bound how many run at once.
func PasswordMatches(phc, password string) bool {
	s, err := parse(phc)
	return err == nil && s.matches(password)
}
