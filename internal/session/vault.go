package session

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
)

// vault seals what must be read again, and digests what must only be recognised. Its keys are drawn from the program's
// secret, each for one use, so that none tells anything of another.
type vault struct {
	seals   cipher.AEAD
	digests []byte
}

func newVault(secret []byte) vault {
	block, err := aes.NewCipher(derivedKey(secret, "elyco factors: seal"))
	if err != nil {
		panic(err) // a key of 32 bytes is always taken
	}
	seals, err := cipher.NewGCM(block)
	if err != nil {
		panic(err) // so is a block of AES
	}
	return vault{seals: seals, digests: derivedKey(secret, "elyco factors: digest")}
}

func derivedKey(secret []byte, use string) []byte {
	h := hmac.New(sha256.New, secret)
	h.Write([]byte(use))
	return h.Sum(nil)
}

// seal hides text. It opens again for the same label only, which says what the text is and whose.
func (v vault) seal(text []byte, label string) []byte {
	nonce := make([]byte, v.seals.NonceSize(), v.seals.NonceSize()+len(text)+v.seals.Overhead())
	rand.Read(nonce) // never fails
	return v.seals.Seal(nonce, nonce, text, []byte(label))
}

// open fails for what was sealed under another label or key, or was changed.
func (v vault) open(sealed []byte, label string) ([]byte, error) {
	n := v.seals.NonceSize()
	if len(sealed) < n {
		return nil, fmt.Errorf("open a sealed value: too short")
	}
	text, err := v.seals.Open(nil, sealed[:n], sealed[n:], []byte(label))
	if err != nil {
		return nil, fmt.Errorf("open a sealed value: %w", err)
	}
	return text, nil
}

// digest stands for a value that is only ever compared.
func (v vault) digest(use, value string) []byte {
	h := hmac.New(sha256.New, v.digests)
	h.Write([]byte(use + "\x00" + value))
	return h.Sum(nil)
}
