package mail

import (
	"crypto/ecdh"
	"encoding/base64"
	"errors"
	"strconv"
)

// Vapid is the pair of keys with which push services know the house. Browsers subscribe under the public one, so that another
// pair makes every device subscribe again.
type Vapid struct{ private *ecdh.PrivateKey }

// DrawVapid draws the pair from the program's secret: the same on every replica, and for as long as the secret stands.
func DrawVapid(secret []byte) Vapid {
	for n := 0; ; n++ {
		raw := derive(secret, "web push "+strconv.Itoa(n))
		if key, err := ecdh.P256().NewPrivateKey(raw[:]); err == nil { // all but never fails
			return Vapid{key}
		}
	}
}

// ReadVapid reads a pair that an operator brings along: the private key, 32 bytes in base64 for addresses.
func ReadVapid(private string) (Vapid, error) {
	raw, err := base64.RawURLEncoding.DecodeString(private)
	if err != nil {
		return Vapid{}, errors.New("mail: the key of the notifications should be 32 bytes in base64 for addresses, without \"=\"")
	}
	key, err := ecdh.P256().NewPrivateKey(raw)
	if err != nil {
		return Vapid{}, errors.New("mail: the key of the notifications is no private key of P-256")
	}
	return Vapid{key}, nil
}

// Public is what a browser is given to subscribe.
func (v Vapid) Public() string {
	return base64.RawURLEncoding.EncodeToString(v.private.PublicKey().Bytes())
}

func (v Vapid) secret() string { return base64.RawURLEncoding.EncodeToString(v.private.Bytes()) }
