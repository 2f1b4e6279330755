package words

import (
	"fmt"
	"time"
	_ "time/tzdata" // a scratch image has no zone files
)

// Zone is the school's time zone: what people read is local, what is stored is UTC.
func Zone() *time.Location {
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		return time.UTC
	}
	return zone
}

var (
	months = [...]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}
	days   = [...]string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"}
)

// paris is read once; it never changes.
var paris = Zone()

// Date writes "lundi 23 novembre 2026".
func Date(t time.Time) string {
	t = t.In(paris)
	return fmt.Sprintf("%s %s %s %d", days[t.Weekday()], dayOfMonth(t), months[t.Month()-1], t.Year())
}

// DateTime writes "lundi 23 novembre 2026 à 8 h 05".
func DateTime(t time.Time) string { return Date(t) + " à " + Clock(t) }

// Stamp writes "23/11/2026 à 8 h 05", for tables of many lines.
func Stamp(t time.Time) string { return t.In(paris).Format("02/01/2006") + " à " + Clock(t) }

// Clock writes "8 h 05".
func Clock(t time.Time) string {
	t = t.In(paris)
	return fmt.Sprintf("%d\u00a0h\u00a0%02d", t.Hour(), t.Minute())
}

func dayOfMonth(t time.Time) string {
	if t.Day() == 1 {
		return "1er"
	}
	return fmt.Sprint(t.Day())
}

// Since writes how a person would say when t was, seen from now: "à l’instant", "il y a 5 minutes", "hier à 8 h 05",
// "le 3 mai". What lies ahead is written as a date.
func Since(t, now time.Time) string {
	d := now.Sub(t)
	lt, ln := t.In(paris), now.In(paris)
	today := time.Date(ln.Year(), ln.Month(), ln.Day(), 0, 0, 0, 0, paris)
	switch {
	case d < 0:
		return "le " + short(lt, ln) + " à " + Clock(t)
	case d < time.Minute:
		return "à l’instant"
	case d < time.Hour:
		return plural(int(d/time.Minute), "il y a une minute", "il y a %d minutes")
	case !lt.Before(today):
		return "aujourd’hui à " + Clock(t)
	case !lt.Before(today.AddDate(0, 0, -1)):
		return "hier à " + Clock(t)
	}
	return "le " + short(lt, ln)
}

func short(t, now time.Time) string {
	s := dayOfMonth(t) + " " + months[t.Month()-1]
	if t.Year() != now.Year() {
		s += fmt.Sprintf(" %d", t.Year())
	}
	return s
}

func plural(n int, one, other string) string {
	if n <= 1 {
		return one
	}
	return fmt.Sprintf(other, n)
}
