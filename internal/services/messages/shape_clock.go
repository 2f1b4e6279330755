package messages

import (
	"context"
	"strconv"
	"strings"
	"time"

	"elyco/internal/words"
)

// dayHour writes "lundi 7 décembre à 7 h".
func dayHour(t time.Time) string {
	day := strings.Fields(words.Date(t))
	return strings.Join(day[:len(day)-1], " ") + " à " + strings.TrimSuffix(words.Clock(t), "\u00a000")
}

// momentsWords says "maintenant pour 3 collègues, lundi 7 décembre à 7 h pour 28 responsables".
func momentsWords(ctx context.Context, list []Moment, now time.Time) string {
	var parts []string
	for i := 0; i < len(list); {
		var whom []string
		at := list[i].At
		for ; i < len(list) && list[i].At.Equal(at); i++ {
			whom = append(whom, words.N(ctx, "messages.moment."+list[i].Kind, list[i].People))
		}
		when := words.T(ctx, "messages.moment.now")
		if at.After(now) {
			when = dayHour(at)
		}
		parts = append(parts, words.T(ctx, "messages.moment", "when", when, "whom", listed(ctx, whom)))
	}
	return strings.Join(parts, ", ")
}

// listed joins with commas, and "et" before the last.
func listed(ctx context.Context, parts []string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	end := len(parts) - 1
	return words.T(ctx, "messages.and", "first", strings.Join(parts[:end], ", "), "last", parts[end])
}

func decimal(f float64) string {
	return strings.Replace(strings.TrimSuffix(strconv.FormatFloat(f, 'f', 1, 64), ".0"), ".", ",", 1)
}
