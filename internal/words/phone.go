package words

import "strings"

// Phone writes a stored number, "+33612345678", as it is said in France: "06 12 34 56 78". Numbers of other countries stay as
// they are stored.
func Phone(stored string) string {
	rest, french := strings.CutPrefix(stored, "+33")
	if !french || len(rest) != 9 || strings.Trim(rest, "0123456789") != "" {
		return stored
	}
	pairs := []string{"0" + rest[:1]}
	for i := 1; i < len(rest); i += 2 {
		pairs = append(pairs, rest[i:i+2])
	}
	return strings.Join(pairs, "\u00a0")
}
