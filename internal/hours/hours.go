// Package hours says when what somebody sends may be seen, and when it may make itself heard. Anyone writes and sends at any
// hour; the hours are those of whoever receives. The academy, a collectivity and an establishment decide for families and for
// staff; each person may decide otherwise for oneself.
//
// Everything that the house sends carries four clocks: when it was written, sent, visible and notified. The first two are the
// author's, the last two each recipient's. The SQL function clocks(…) is the rule; Week says the same in Go, for sentences and
// for rooms that open and close.
package hours

import (
	"fmt"
	"strconv"
	"time"

	"elyco/internal/school"
	"elyco/internal/setting"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

// Side is whose hours they are.
type Side string

// The sides: pupils, guardians and all who come from outside; those who work here.
const (
	Families Side = "families"
	Staff    Side = "staff"
)

// SideOf is the side on which a profile receives.
func SideOf(p school.Profile) Side {
	if p.Adult() {
		return Staff
	}
	return Families
}

// Week is the days and hours at which a side may be reached, in local time. From and To are minutes of the day; a week without
// days, or whose hours are the whole day, is always open.
type Week struct {
	Days     []time.Weekday
	From, To int
}

const wholeDay = 24 * 60

// Always reports whether the week is open at any time.
func (w Week) Always() bool {
	return len(w.Days) == 0 || len(w.Days) == 7 && w.From == 0 && w.To == wholeDay
}

// Next is the first instant from at on at which the week is open: at itself while it is.
func (w Week) Next(at time.Time) time.Time {
	if w.Always() {
		return at
	}
	local := at.In(words.Zone())
	for i := range 8 {
		day := time.Date(local.Year(), local.Month(), local.Day()+i, 0, 0, 0, 0, words.Zone())
		opens := time.Date(day.Year(), day.Month(), day.Day(), 0, w.From, 0, 0, words.Zone())
		closes := time.Date(day.Year(), day.Month(), day.Day(), 0, w.To, 0, 0, words.Zone())
		if !w.on(day.Weekday()) || !closes.After(at) {
			continue
		}
		if opens.After(at) {
			return opens.UTC()
		}
		return at
	}
	return at
}

// Open reports whether the week is open at an instant.
func (w Week) Open(at time.Time) bool { return w.Next(at).Equal(at) }

func (w Week) on(d time.Weekday) bool {
	for _, o := range w.Days {
		if o == d {
			return true
		}
	}
	return false
}

// Mask is the days as the database keeps them: Monday is 1, Tuesday 2, Wednesday 4, Sunday 64.
func (w Week) Mask() int {
	mask := 0
	for _, d := range w.Days {
		mask |= 1 << ((int(d) + 6) % 7)
	}
	return mask
}

// FromMask is the week that Mask, From and To describe.
func FromMask(mask, from, to int) Week {
	w := Week{From: from, To: to}
	for i := range 7 {
		if mask&(1<<i) != 0 {
			w.Days = append(w.Days, time.Weekday((i+1)%7))
		}
	}
	return w
}

const group = "hours.settings"

func name(s Side, part string) string { return "hours." + string(s) + "." + part }

// DayNames are the values of the days in forms and settings, Monday first.
func DayNames() []string { return []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"} }

// Settings are what the levels of the territory decide about hours.
func Settings() []setting.Def {
	var list []setting.Def
	days := make([]setting.Option, 0, 7)
	for _, d := range DayNames() {
		days = append(days, setting.Option{Value: d, Label: "hours.day." + d})
	}
	usual := map[Side][]string{Families: DayNames()[:6], Staff: DayNames()[:5]}
	closes := map[Side]int{Families: 20 * 60, Staff: 19 * 60}
	titles := map[Side]string{Families: "hours.setting.families.", Staff: "hours.setting.staff."}
	for _, s := range []Side{Families, Staff} {
		list = append(list,
			setting.Def{Name: name(s, "days"), Title: titles[s] + "days", Help: "hours.setting.help", Group: group, Kind: setting.Choices, Choices: days,
				Default: setting.Value{Many: usual[s]}},
			setting.Def{Name: name(s, "from"), Title: titles[s] + "from", Group: group, Kind: setting.Choice, Choices: times(0, 12*60),
				Default: setting.Value{Text: clock(7 * 60)}},
			setting.Def{Name: name(s, "to"), Title: titles[s] + "to", Group: group, Kind: setting.Choice, Choices: times(12*60, wholeDay),
				Default: setting.Value{Text: clock(closes[s])}})
	}
	return list
}

// Times are the full hours between two minutes of the day, as forms offer them: "07:00".
func Times(from, to int) []string {
	var out []string
	for m := from; m <= to; m += 60 {
		out = append(out, clock(m))
	}
	return out
}

func times(from, to int) []setting.Option {
	var out []setting.Option
	for _, t := range Times(from, to) {
		out = append(out, setting.Option{Value: t, Label: TimeKey(t)})
	}
	return out
}

// TimeKey is the key of the words of a full hour, "hours.time.07".
func TimeKey(t string) string { return "hours.time." + t[:2] }

// Clock writes minutes of the day as Times does.
func Clock(minutes int) string { return clock(minutes) }

func clock(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

// Minutes reads "07:30" as minutes of the day; ok is false for anything else.
func Minutes(text string) (n int, ok bool) {
	if len(text) != 5 || text[2] != ':' {
		return 0, false
	}
	h, err := strconv.Atoi(text[:2])
	m, bad := strconv.Atoi(text[3:])
	if err != nil || bad != nil || h < 0 || m < 0 || m > 59 || h*60+m > wholeDay {
		return 0, false
	}
	return h*60 + m, true
}

// Of is the week of a side in a space, as the levels of the territory decided it.
func Of(b *setting.Book, t *tenant.Tenant, s Side) Week {
	w := Week{}
	w.From, _ = Minutes(b.Text(t, name(s, "from")))
	w.To, _ = Minutes(b.Text(t, name(s, "to")))
	for _, d := range b.Many(t, name(s, "days")) {
		for i, known := range DayNames() {
			if known == d {
				w.Days = append(w.Days, time.Weekday((i+1)%7))
			}
		}
	}
	return w
}
