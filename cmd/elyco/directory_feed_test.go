package main

import (
	"strings"
	"testing"

	"elyco/internal/feed"
	"elyco/internal/words"
)

// TestFeedsAreSaidInFrench holds each state and each problem that a command prints to the words of the page.
func TestFeedsAreSaidInFrench(t *testing.T) {
	spoken, err := spokenWords()
	if err != nil {
		t.Fatal(err)
	}
	ctx := words.With(t.Context(), spoken)
	for _, s := range []feed.State{feed.Reading, feed.Checked, feed.Applying, feed.Applied, feed.Refused, feed.Dropped} {
		if said := words.T(ctx, "feeds.state."+string(s)); strings.Contains(said, "feeds.") {
			t.Errorf("the state %s has no words: %s", s, said)
		}
	}
	for _, k := range feed.ProblemKinds() {
		if said := words.T(ctx, "feeds.finding."+string(k)); strings.Contains(said, "feeds.") {
			t.Errorf("the problem %s has no words: %s", k, said)
		}
	}
	for want, p := range map[string]feed.Part{
		"À appliquer":                         {State: feed.PartReady},
		"À confirmer (trop de manquants)":     {State: feed.PartHeld, HeldFor: feed.TooManyGone},
		"À confirmer (trop de liens changés)": {State: feed.PartHeld, HeldFor: feed.TooManyTies},
		"Sans changement":                     {State: feed.Unchanged},
		"Appliqué":                            {State: feed.PartApplied, HeldFor: feed.TooManyGone},
		"Confirmé, à appliquer":               {State: feed.PartAgreed},
	} {
		if said := partState(ctx, p); said != want {
			t.Errorf("%+v is called %q", p.State, said)
		}
	}
}
