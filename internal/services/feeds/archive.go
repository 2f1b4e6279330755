package feeds

import (
	"strings"
	"time"

	"elyco/internal/feed"
)

// Archive is what lies in the folder of feeds.
type Archive struct {
	Name   string
	Size   int64 // bytes; of a folder nothing that says much
	At     time.Time
	Folder bool
}

// mayBeFeed passes over what certainly is none: hidden files, and what is still being sent.
func mayBeFeed(name string, folder, regular bool) bool {
	if strings.HasPrefix(name, ".") {
		return false
	}
	lower := strings.ToLower(name)
	for _, end := range []string{".tgz", ".tar.gz", ".tar", ".zip", ".xml"} {
		if regular && strings.HasSuffix(lower, end) {
			return true
		}
	}
	return folder
}

// part is what the page of one establishment shows.
type part struct {
	feed.Part
	counts   map[feed.FindingKind]int
	findings []feed.Finding
	filter   feed.FindingFilter
}

// kinds lists what reports name, in their order.
func kinds() []feed.FindingKind { return append(feed.PersonKinds(), feed.ProblemKinds()...) }

// firstKind is what a report opens with: the first of which there is anything.
func firstKind(counts map[feed.FindingKind]int) feed.FindingKind {
	for _, k := range kinds() {
		if counts[k] > 0 {
			return k
		}
	}
	return feed.Created
}
