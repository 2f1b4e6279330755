package home

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestApply(t *testing.T) {
	start := Layout{Shown: []string{"line", "news", "territory"}, Hidden: []string{"announcements"}}
	for _, tc := range []struct {
		verb, widget  string
		shown, hidden []string
	}{
		{"up", "news", []string{"news", "line", "territory"}, []string{"announcements"}},
		{"up", "line", []string{"line", "news", "territory"}, []string{"announcements"}},
		{"down", "territory", []string{"line", "news", "territory"}, []string{"announcements"}},
		{"pin", "territory", []string{"territory", "line", "news"}, []string{"announcements"}},
		{"pin", "announcements", []string{"announcements", "line", "news", "territory"}, nil},
		{"hide", "news", []string{"line", "territory"}, []string{"announcements", "news"}},
		{"show", "announcements", []string{"line", "news", "territory", "announcements"}, nil},
	} {
		got, ok := start.Apply(tc.verb, tc.widget)
		if !ok || !slices.Equal(got.Shown, tc.shown) || !slices.Equal(got.Hidden, tc.hidden) {
			t.Errorf("%s %s: got %v, want %v %v", tc.verb, tc.widget, got, tc.shown, tc.hidden)
		}
	}
	if _, ok := start.Apply("drop", "news"); ok {
		t.Error("an unknown verb was accepted")
	}
}

// Whatever was stored and whatever is pressed, each offered widget is there exactly once.
func TestEveryWidgetStaysOnce(t *testing.T) {
	offered := []string{"line", "news", "territory", "announcements"}
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SampledFrom(append([]string{"gone"}, offered...))
		l := Layout{Shown: rapid.SliceOf(names).Draw(t, "shown"), Hidden: rapid.SliceOf(names).Draw(t, "hidden")}.Complete(offered)
		for range rapid.IntRange(0, 8).Draw(t, "presses") {
			l, _ = l.Apply(rapid.SampledFrom([]string{"up", "down", "pin", "hide", "show"}).Draw(t, "verb"), rapid.SampledFrom(offered).Draw(t, "widget"))
		}
		all := append(slices.Clone(l.Shown), l.Hidden...)
		slices.Sort(all)
		want := slices.Clone(offered)
		slices.Sort(want)
		if !slices.Equal(all, want) {
			t.Fatalf("got %v, want %v", all, want)
		}
	})
}
