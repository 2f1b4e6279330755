package session

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"strings"
	"unicode"
)

// Code is what a person types to make an account the own one: twelve letters in groups of four, for reading off paper. It
// has no letter that looks like another one, and the last one is reckoned from the others: a slip of one letter, or two that
// change places, is told at once and is no try.
type Code string

// codeLetters are as many as a prime number, so that the last letter tells every such slip. Five groups of eleven letters
// make fifty bits: with a million codes given out, a guess in nine hundred million is one.
const (
	codeLetters = "ABCDEFGHJKMNPQRSTUVWXYZ"
	codeDrawn   = 11
	codeGroup   = 4
)

// newCode draws a code.
func newCode() Code {
	const fair = 256 / len(codeLetters) * len(codeLetters) // a byte beyond would favour the first letters
	plain := make([]byte, 0, codeDrawn+1)
	for len(plain) < codeDrawn {
		var b [1]byte
		rand.Read(b[:]) // never fails
		if int(b[0]) < fair {
			plain = append(plain, codeLetters[int(b[0])%len(codeLetters)])
		}
	}
	for i := range len(codeLetters) {
		if whole := append(plain, codeLetters[i]); codeSum(string(whole)) == 0 {
			return Code(whole)
		}
	}
	panic("session: no letter completes a code")
}

// codeSum weighs each letter by its place; the whole of a right code weighs nothing.
func codeSum(plain string) int {
	sum := 0
	for i := range len(plain) {
		sum += (i + 1) * strings.IndexByte(codeLetters, plain[i])
	}
	return sum % len(codeLetters)
}

// ReadCode reads what somebody typed: in capitals or not, with the dashes or without. It reports false for what cannot be a
// code, which then costs no query.
func ReadCode(typed string) (Code, bool) {
	if len(typed) > 64 {
		return "", false
	}
	plain := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("-–—.·", r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, typed)
	if len(plain) != codeDrawn+1 || strings.Trim(plain, codeLetters) != "" || codeSum(plain) != 0 {
		return "", false
	}
	return Code(plain), true
}

// Print writes the code the way it stands on paper: ABCD-EFGH-JKMN.
func (c Code) Print() string {
	var out strings.Builder
	for i, r := range string(c) {
		if i > 0 && i%codeGroup == 0 {
			out.WriteByte('-')
		}
		out.WriteRune(r)
	}
	return out.String()
}

// String keeps codes out of logs.
func (c Code) String() string { return "code" }

// hashCode is what is kept of a code, or of the figures that were sent to an address.
func (a *apps) hashCode(purpose, plain string) []byte {
	mac := hmac.New(sha256.New, a.key)
	mac.Write([]byte(purpose + ":" + plain))
	return mac.Sum(nil)
}
