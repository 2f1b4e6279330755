package session

import (
	"bytes"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"encoding/base64"
	"fmt"
	"image/png"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
)

const (
	totpStep   = 30 * time.Second
	totpSkew   = 1 // steps that a telephone may be early or late
	totpSecret = 20
	qrSide     = 264
)

// The codes are what every application makes: six digits, SHA-1, half a minute.
func newTOTPSecret() string {
	raw := make([]byte, totpSecret)
	rand.Read(raw) // never fails
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(raw)
}

// stepOf finds the step, near now, whose code was typed. Every step is compared, so that the time it takes tells nothing.
func stepOf(secret, typed string, now time.Time) (step int64, ok bool) {
	if !sixDigits(typed) {
		return 0, false
	}
	at := now.Unix() / int64(totpStep.Seconds())
	for n := at - totpSkew; n <= at+totpSkew; n++ {
		code, err := hotp.GenerateCodeCustom(secret, uint64(n), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && subtle.ConstantTimeCompare([]byte(code), []byte(typed)) == 1 {
			step, ok = n, true
		}
	}
	return step, ok
}

func sixDigits(s string) bool {
	return len(s) == 6 && strings.Trim(s, "0123456789") == ""
}

// totpAddress is what an application reads from the picture.
func totpAddress(secret, issuer, login string) string {
	v := url.Values{"secret": {secret}, "issuer": {issuer}, "algorithm": {"SHA1"}, "digits": {"6"}, "period": {"30"}}
	// Applications take "+" for itself, not for a blank.
	return "otpauth://totp/" + url.PathEscape(issuer+":"+login) + "?" + strings.ReplaceAll(v.Encode(), "+", "%20")
}

// picture is the address as a QR code, in a data URL.
func picture(address string) (string, error) {
	key, err := otp.NewKeyFromURL(address)
	if err != nil {
		return "", fmt.Errorf("read the address of a secret: %w", err)
	}
	img, err := key.Image(qrSide, qrSide)
	if err != nil {
		return "", fmt.Errorf("draw a QR code: %w", err)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		return "", fmt.Errorf("write a QR code: %w", err)
	}
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(out.Bytes()), nil
}

// inFours groups a secret for those who copy it by hand.
func inFours(secret string) string {
	var out strings.Builder
	for i, r := range secret {
		if i > 0 && i%4 == 0 {
			out.WriteByte(' ')
		}
		out.WriteRune(r)
	}
	return out.String()
}
