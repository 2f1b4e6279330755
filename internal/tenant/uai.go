package tenant

import (
	"fmt"
	"strconv"
	"strings"
)

// UAI is the national code of an establishment: three digits of department, four of order, a check letter.
type UAI string

// The letters I, O and Q are left out, which makes 23.
const checkLetters = "ABCDEFGHJKLMNPRSTUVWXYZ"

const uaiDigits = 7

// CheckLetter returns the letter that must follow the seven digits of a code, and false when they are not seven
// digits.
func CheckLetter(digits string) (byte, bool) {
	if len(digits) != uaiDigits || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0, false
	}
	return checkLetters[n%len(checkLetters)], true
}

// ParseUAI reads a code as a person types it: case and surrounding spaces do not matter. The error is a French
// sentence that says what is wrong and, when only the check letter is, which one was expected.
func ParseUAI(s string) (UAI, error) {
	s = strings.ToUpper(strings.TrimSpace(s))
	if s == "" {
		return "", fmt.Errorf("le code UAI manque")
	}
	shown := excerpt(s)
	if len([]rune(s)) != uaiDigits+1 {
		return "", fmt.Errorf("%s : un code UAI compte 7 chiffres suivis d’une lettre", shown)
	}
	for i, c := range []rune(s)[:uaiDigits] {
		if c < '0' || c > '9' {
			return "", fmt.Errorf("%s : le caractère %d, « %c », devrait être un chiffre", shown, i+1, c)
		}
	}
	want, _ := CheckLetter(s[:uaiDigits])
	if s[uaiDigits:] != string(want) {
		return "", fmt.Errorf("%s : la lettre de contrôle devrait être %c", shown, want)
	}
	return UAI(s), nil
}

// Department is the code of the department as people know it: "44", "971". It is empty when u is not a code.
func (u UAI) Department() string {
	if len(u) != uaiDigits+1 {
		return ""
	}
	if u[0] == '0' {
		return string(u[1:3])
	}
	return string(u[:3])
}

// excerpt keeps a stray value from filling a message.
func excerpt(s string) string {
	const most = 40
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return string(r[:most]) + "…"
}
