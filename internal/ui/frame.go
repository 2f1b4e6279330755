package ui

// Frame is everything that surrounds a page, already shaped for the person who looks at it.
type Frame struct {
	Lang      string // "fr" when empty
	Title     string // of the page; the site's name is added after it
	SiteName  string
	SiteKind  string // one small line, for example « Collège public · Vendée »
	HomeURL   string
	Public    bool // the side without login
	Nonce     string
	Here      string // path of this page, sent back by the comfort form so that it can return here
	SearchURL string
	Query     string // what was searched, when this page answers a search
	LiveURL   string // where open pages hear of changes; empty: they do not
	BellURL   string // the person's notices; empty: none are shown
	WhyURL    string

	LogoURL      string
	FaviconURL   string
	ManifestURL  string
	BannerURL    string
	ThemeHref    string // the theme's custom properties
	BaseCSSHref  string // AssetSet.BaseCSS
	ScriptHref   string // AssetSet.Script
	ThemeColor   string // colour of the browser's own bars, for example "#00646b"
	ContactEmail string // shown in the footer when it is set

	Preview    *PreviewBar // while somebody looks with another's eyes
	Menu       []MenuItem
	Person     *PersonChip // nil when nobody is signed in
	SignInURL  string
	SwitchTo   []Link // other portals of this person
	Comfort    Comfort
	ComfortURL string // where the comfort form posts; without it the panel is not shown
	Notice     []Flash
	Urgent     []AnnouncementCard
	Footer     []Link
	Trail      []Link // breadcrumb, from the home page to the parent of this page
}

// PreviewBar says above every page that somebody looks with other eyes, and leads out: a form that posts to URL, with
// then=change for the button that chooses another preview.
type PreviewBar struct {
	Region string // names the bar
	Text   string
	Note   string
	URL    string
	Change string // labels
	Leave  string
}

// MenuItem is one entry of the main menu. Items that follow each other with the same Group stand under that heading.
type MenuItem struct {
	Label   string
	URL     string
	Icon    Icon
	Group   string
	Current bool
	Badge   int // how many things wait there; nothing is shown for zero
}

// PersonChip says who is signed in.
type PersonChip struct {
	Name         string
	ProfileLabel string
	Initials     string
	AccountURL   string
	Own          []MenuItem // what else is the person's own
	SignOutURL   string     // receives a POST
}

// Link is a text and where it leads.
type Link struct {
	Label   string
	URL     string
	Icon    Icon
	Current bool
}

// Comfort holds a person's own reading settings. The zero value follows the device.
type Comfort struct {
	Scheme   string // "", "light" or "dark"
	Contrast string // "" or "high"
	TextSize string // "", "large", "larger" or "largest"
	Font     string // "" or "dyslexic"
	Motion   string // "" or "reduced"
}

// Flash is a message about what has just been done.
type Flash struct {
	Kind Tone
	Text string
}

type menuGroup struct {
	Label string
	Items []MenuItem
}

func (f Frame) lang() string {
	if f.Lang == "" {
		return "fr"
	}
	return f.Lang
}

func (f Frame) fullTitle() string {
	if f.Title == "" || f.Title == f.SiteName {
		return f.SiteName
	}
	return f.Title + " · " + f.SiteName
}

func (f Frame) groups() []menuGroup {
	var groups []menuGroup
	for _, item := range f.Menu {
		last := len(groups) - 1
		if last < 0 || groups[last].Label != item.Group {
			groups = append(groups, menuGroup{Label: item.Group, Items: []MenuItem{item}})
			continue
		}
		groups[last].Items = append(groups[last].Items, item)
	}
	return groups
}

// thumb returns the entries of the bar at the bottom of a phone: as many as fit beside the menu button.
func (f Frame) thumb() []MenuItem {
	const fits = 4
	if len(f.Menu) <= fits {
		return f.Menu
	}
	return f.Menu[:fits]
}

type comfortChoice struct {
	name, legend, value string
	options             [][2]string
}

func (c Comfort) choices() []comfortChoice {
	return []comfortChoice{
		{"scheme", wordScheme, c.Scheme, [][2]string{{"", wordSchemeAuto}, {"light", wordSchemeLight}, {"dark", wordSchemeDark}}},
		{"contrast", wordContrast, c.Contrast, [][2]string{{"", wordContrastAuto}, {"high", wordContrastHigh}}},
		{"text-size", wordTextSize, c.TextSize, [][2]string{{"", wordTextNormal}, {"large", wordTextLarge}, {"larger", wordTextLarger}, {"largest", wordTextLargest}}},
		{"font", wordFont, c.Font, [][2]string{{"", wordFontTheme}, {"dyslexic", wordFontDyslexic}}},
		{"motion", wordMotion, c.Motion, [][2]string{{"", wordMotionAuto}, {"reduced", wordMotionReduced}}},
	}
}
