package documents

import "testing"

func TestShare(t *testing.T) {
	for _, c := range []struct {
		used, quota int64
		want        int
	}{{0, 100, 0}, {50, 100, 500}, {200, 100, 1000}, {1, 0, 0}, {5 * gib, 10 * gib, 500}} {
		if got := share(c.used, c.quota); got != c.want {
			t.Errorf("%d of %d: %d", c.used, c.quota, got)
		}
	}
}

func TestKindOf(t *testing.T) {
	for _, c := range []struct {
		media, name, letters string
		look                 look
	}{
		{"image/png", "a.png", "IMG", lookImage}, {"image/svg+xml", "a.png", "SVG", lookNone}, {"application/pdf", "a", "PDF", lookPDF},
		{"text/plain", "a.txt", "TXT", lookText}, {"text/html", "a.txt", "WEB", lookWords}, {"video/mp4", "a.mp4", "VID", lookVideo},
		{"application/vnd.oasis.opendocument.spreadsheet", "a.ods", "ODS", lookWords}, {"application/octet-stream", "a.geogebra", "GEOG", lookNone},
		{"application/octet-stream", "a", "", lookNone},
	} {
		if k := kindOf(c.media, c.name); k.letters != c.letters || k.look != c.look {
			t.Errorf("%s %s: %s, %s", c.media, c.name, k.letters, k.look)
		}
	}
}

func TestBackStaysInTheRoom(t *testing.T) {
	for back, want := range map[string]string{"": "else", "//evil.test": "else", "/home": "else", "/documentsx": "else", "/documents": "/documents",
		"/documents/spaces/perso?view=grid&trashed=x": "/documents/spaces/perso?view=grid", "https://evil.test/documents/": "else"} {
		if got := backOr(back, "else"); got != want {
			t.Errorf("%q: %q", back, got)
		}
	}
}
