package console

// standing is what the opening checklist looks at, as it is now.
type standing struct {
	Presented, Reachable, Legal           bool // words, an address or a telephone, an address to write to
	Dressed                               bool // a logo, a banner or a colour of its own is published
	Heads, Administrators, Classes, Terms int
	Decisions                             int // services about which a board decision is noted
	News                                  bool
}

// step is one line of the checklist. Key is the end of the keys of its words.
type step struct {
	Key  string
	URL  string
	Done bool
}

// steps lists what an opening needs, in the order in which a school does it.
func (s standing) steps() []step {
	return []step{
		{"identity", "/console/identity", s.Presented && s.Reachable},
		{"contact", "/console/identity", s.Legal},
		{"branding", "/branding", s.Dressed},
		{"people", "/console/administrators", s.Heads > 0 && s.Administrators > 0},
		{"classes", "/console/usage", s.Classes > 0},
		{"services", "/console/services", s.Decisions > 0},
		{"calendar", "/console/calendar", s.Terms > 0},
		{"news", "/news", s.News},
	}
}

func done(steps []step) int {
	n := 0
	for _, s := range steps {
		if s.Done {
			n++
		}
	}
	return n
}
