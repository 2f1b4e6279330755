package session

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

const (
	ceremonyLife    = 5 * time.Minute
	mostPasskeys    = 10
	longestResponse = 32 << 10
)

// Passkey is a device that signs for somebody, as its owner sees it in a list.
type Passkey struct {
	ID        uuid.UUID `bun:"id"`
	Name      string    `bun:"name"`
	CreatedAt time.Time `bun:"created_at"`
	UsedAt    time.Time `bun:"used_at,nullzero"` // zero: never
}

// ServePasskeys lets passkeys be made and used at origin, the address of the academy's host. They are bound to that host and
// to it alone: a school with a domain of its own could not use them otherwise, and every other host sends its people there.
func (s *Sessions) ServePasskeys(origin, name string) error {
	u, err := url.Parse(origin)
	if err != nil {
		return fmt.Errorf("serve passkeys at %s: %w", origin, err)
	}
	choose := protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired}
	s.party, err = webauthn.New(&webauthn.Config{RPID: u.Hostname(), RPDisplayName: name, RPOrigins: []string{u.Scheme + "://" + u.Host},
		AttestationPreference: protocol.PreferNoAttestation, AuthenticatorSelection: choose})
	if err != nil {
		return fmt.Errorf("serve passkeys at %s: %w", origin, err)
	}
	return nil
}

// Ceremony is what a browser needs to ask a device for a signature. Options goes to the script; Sealed comes back with what
// the device said.
type Ceremony struct{ Options, Sealed string }

type ceremony struct {
	Data  webauthn.SessionData `json:"d"`
	Until time.Time            `json:"u"`
}

const signInLabel = "passkey sign-in"

func makeLabel(who school.PersonID) string { return "passkey of " + who.String() }

func (s *Sessions) sealCeremony(options any, data *webauthn.SessionData, label string) (Ceremony, error) {
	shown, err := json.Marshal(options)
	if err != nil {
		return Ceremony{}, fmt.Errorf("write the options of a ceremony: %w", err)
	}
	body, err := json.Marshal(ceremony{*data, s.db.Now().Add(ceremonyLife)})
	if err != nil {
		return Ceremony{}, fmt.Errorf("write a ceremony: %w", err)
	}
	return Ceremony{string(shown), base64.RawURLEncoding.EncodeToString(s.vault.seal(body, label))}, nil
}

func errCeremony() error {
	return fault.New(fault.Invalid, "Votre appareil n’a pas pu prouver que c’est vous, ou la page est restée ouverte trop longtemps. Recommencez.")
}

func (s *Sessions) openCeremony(sealed, response, label string) (ceremony, error) {
	var c ceremony
	raw, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil || len(sealed) > longestResponse || len(response) > longestResponse {
		return c, errCeremony()
	}
	body, err := s.vault.open(raw, label)
	if err != nil || json.Unmarshal(body, &c) != nil || !c.Until.After(s.db.Now()) {
		return c, errCeremony()
	}
	return c, nil
}

// holder is a person as the library wants one. The handle is the person's id, which tells nothing of them.
type holder struct {
	id    school.PersonID
	name  string
	login string
	keys  []webauthn.Credential
}

func (h holder) WebAuthnID() []byte                         { return h.id.UUID[:] }
func (h holder) WebAuthnName() string                       { return h.login }
func (h holder) WebAuthnDisplayName() string                { return h.name }
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.keys }

// Passkeys lists the actor's, the latest first.
func (s *Sessions) Passkeys(ctx context.Context) ([]Passkey, error) {
	who, err := own(ctx)
	if err != nil {
		return nil, err
	}
	var list []Passkey
	err = s.db.Read(academy(ctx), func(ctx context.Context, tx db.Tx) (err error) {
		list, err = selectPasskeys(ctx, tx, who.Person)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the passkeys of %s: %w", who.Person, err)
	}
	return list, nil
}

// BeginPasskey prepares a passkey of the actor.
func (s *Sessions) BeginPasskey(ctx context.Context) (Ceremony, error) {
	who, err := own(ctx)
	if err != nil {
		return Ceremony{}, err
	}
	h, err := s.holder(ctx, who)
	if err != nil {
		return Ceremony{}, err
	}
	options, data, err := s.party.BeginRegistration(h, webauthn.WithExclusions(webauthn.Credentials(h.keys).CredentialDescriptors()))
	if err != nil {
		return Ceremony{}, fmt.Errorf("prepare a passkey of %s: %w", who.Person, err)
	}
	return s.sealCeremony(options.Response, data, makeLabel(who.Person))
}

func (s *Sessions) holder(ctx context.Context, who school.Actor) (holder, error) {
	h := holder{id: who.Person, name: who.Name}
	err := s.db.Read(academy(ctx), func(ctx context.Context, tx db.Tx) (err error) {
		h.login, h.keys, err = selectCredentials(ctx, tx, who.Person)
		return err
	})
	if err != nil {
		return h, fmt.Errorf("read the passkeys of %s: %w", who.Person, err)
	}
	return h, nil
}

// KeepPasskey keeps what a device made. Who had no recovery codes gets them. The fault names the field "name"; what the
// device said wrong or late is Invalid without a field.
func (s *Sessions) KeepPasskey(ctx context.Context, name, sealed, response string) (codes []string, err error) {
	who, err := own(ctx)
	if err != nil {
		return nil, err
	}
	name = strings.Join(strings.Fields(name), " ")
	if name == "" || utf8.RuneCountInString(name) > longestName || strings.ContainsFunc(name, unicode.IsControl) {
		return nil, fault.Field("name", "Donnez un nom à cet appareil, de 60 caractères au plus.")
	}
	c, err := s.openCeremony(sealed, response, makeLabel(who.Person))
	if err != nil {
		return nil, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes([]byte(response))
	if err != nil {
		return nil, errCeremony()
	}
	made, err := s.party.CreateCredential(holder{id: who.Person, name: who.Name}, c.Data, parsed)
	if err != nil {
		return nil, errCeremony()
	}
	fresh := newRecoveryCodes()
	err = s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) (err error) {
		if err := useChallenge(ctx, tx, c); err != nil {
			return err
		}
		switch there, n, err := insertPasskey(ctx, tx, who.Person, name, made); {
		case err != nil:
			return err
		case n >= mostPasskeys:
			return fault.New(fault.Conflict, "Vous avez déjà dix clés d’accès. Retirez-en une dont vous ne vous servez plus.")
		case !there:
			return fault.New(fault.Conflict, "Cette clé d’accès existe déjà.")
		}
		if err := noteFactors(ctx, tx, who.Person, who.SignOn); err != nil {
			return err
		}
		have, err := selectFactors(ctx, tx, who.Person)
		if err != nil {
			return err
		}
		if have.CodesLeft == 0 {
			codes = fresh
			if err := replaceRecoveryCodes(ctx, tx, who.Person, s.digests(who.Person.UUID, fresh)); err != nil {
				return err
			}
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: who.Person, Action: "account.passkey", Subject: who.Person.String()})
	})
	if err != nil {
		return nil, fmt.Errorf("keep a passkey of %s: %w", who.Person, err)
	}
	return codes, nil
}

// EndPasskey forgets one of the actor's passkeys; another person's is NotFound. keep refuses, with Conflict, to forget the
// last factor.
func (s *Sessions) EndPasskey(ctx context.Context, id uuid.UUID, keep bool) error {
	who, err := own(ctx)
	if err != nil {
		return err
	}
	err = s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		n, err := deletePasskey(ctx, tx, who.Person, id)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Missing()
		}
		left, err := selectFactors(ctx, tx, who.Person)
		if err != nil {
			return err
		}
		if keep && !left.Any() {
			return errLastFactor()
		}
		if err := noteFactors(ctx, tx, who.Person, who.SignOn); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: who.Person, Action: "account.passkey_end", Subject: who.Person.String()})
	})
	if err != nil {
		return fmt.Errorf("forget a passkey of %s: %w", who.Person, err)
	}
	return nil
}

// AskPasskey prepares a sign-in by a passkey that the device finds by itself: nobody says who they are.
func (s *Sessions) AskPasskey() (Ceremony, error) {
	options, data, err := s.party.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return Ceremony{}, fmt.Errorf("prepare a sign-in by passkey: %w", err)
	}
	return s.sealCeremony(options.Response, data, signInLabel)
}

// SignInByPasskey opens a sign-on by what a device signed, with its session on the academy's host t. The device has
// verified its owner, so that nothing else is asked for. Anything that is not right is the same Invalid fault.
func (s *Sessions) SignInByPasskey(ctx context.Context, t *tenant.Tenant, sealed, response, device, network string) (Opened, error) {
	c, err := s.openCeremony(sealed, response, signInLabel)
	if err != nil {
		return Opened{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes([]byte(response))
	if err != nil {
		return Opened{}, errCeremony()
	}
	var found signer
	who, used, err := s.party.ValidatePasskeyLogin(func(raw, handle []byte) (webauthn.User, error) {
		return s.findSigner(ctx, raw, handle, &found)
	}, c.Data, parsed)
	if err != nil || used.Authenticator.CloneWarning || !bytes.Equal(who.WebAuthnID(), found.person[:]) {
		return Opened{}, errCeremony()
	}
	o := opening{signOn: school.NewID(), person: found.person, host: t.ID, token: newToken(), device: device, network: network,
		subject: accountSubject(""), phc: found.phc, supersede: Actor(ctx).SignOn}
	err = s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		if err := useChallenge(ctx, tx, c); err != nil {
			return err
		}
		if ok, err := touchPasskey(ctx, tx, found, used); err != nil || !ok {
			return orCeremony(err)
		}
		ok, err := open(ctx, tx, o)
		if err != nil || !ok {
			return orCeremony(err)
		}
		return nil
	})
	if err != nil {
		return Opened{}, fmt.Errorf("open a sign-on of %s by passkey: %w", found.person, err)
	}
	return Opened{Token: o.token, Person: school.PersonID{UUID: o.person}, SignOn: o.signOn}, nil
}

func orCeremony(err error) error {
	if err == nil {
		return errCeremony()
	}
	return err
}

func (s *Sessions) findSigner(ctx context.Context, raw, handle []byte, found *signer) (webauthn.User, error) {
	id, err := uuid.FromBytes(handle)
	if err != nil {
		return nil, errCeremony()
	}
	err = s.db.Read(academy(ctx), func(ctx context.Context, tx db.Tx) (err error) {
		*found, err = selectSigner(ctx, tx, raw, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	return holder{id: school.PersonID{UUID: found.person}, keys: []webauthn.Credential{found.credential}}, nil
}
