package publication

import (
	"fmt"
	"strings"
	"time"
)

// ListStatement is the readers' statement with its values in it, for a look at its plan.
func ListStatement(room string, keys []string, now, since time.Time) string {
	quote := func(t time.Time) string { return "'" + t.Format(time.RFC3339) + "'::timestamptz" }
	values := map[string]string{"$1": "'" + room + "'", "$2": "'{" + strings.Join(keys, ",") + "}'", "$3": quote(now),
		"$4": "'00000000-0000-0000-0000-000000000000'::uuid", "$5": quote(since), "$6": quote(now.AddDate(1, 0, 0)),
		"$7": "'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid", "$8": "''", "$9": "5"}
	s := listSeen
	for i := 9; i > 0; i-- {
		s = strings.ReplaceAll(s, fmt.Sprintf("$%d", i), values[fmt.Sprintf("$%d", i)])
	}
	return s
}
