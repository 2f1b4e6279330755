package people

import (
	"testing"

	"github.com/google/uuid"
)

func TestWhosePhoto(t *testing.T) {
	zoe, leo, leo2, lea, jo := uuid.New(), uuid.New(), uuid.New(), uuid.New(), uuid.New()
	a := newAlbum([]face{{zoe, "Zoé", "Lefèvre-Dœuf", []string{"zoe.lefevre", "140905512HK"}, []string{"6A"}}, {leo, "Léo", "Martin", []string{"leo.martin"}, []string{"6e A"}}, {leo2, "Leo", "MARTIN", []string{"leo.martin2"}, []string{"6B", "6e C"}},
		{lea, "Léa", "Martin", nil, []string{"6B"}}, {jo, "Jo", "Roux", nil, nil}})
	for file, want := range map[string]struct {
		person  uuid.UUID
		problem string
	}{
		"LEFEVRE-DOEUF Zoé.jpg":        {zoe, ""},
		"6A/lefèvre_dœuf_zoe.JPEG":     {zoe, ""},
		`photos\Zoé Lefèvre Dœuf.png`:  {zoe, ""},
		"zoe.lefevre.jpg":              {zoe, ""},
		"140905512hk.jpg":              {zoe, ""},
		"Martin Léo.jpg":               {uuid.Nil, ambiguous},
		"leo.martin2.jpg":              {leo2, ""},
		"LEO.MARTIN.jpg":               {leo, ""}, // the login of one of the two, though it reads like the name of both
		"Leo_Martin.jpg":               {uuid.Nil, ambiguous},
		"6eA/Martin Léo.jpg":           {leo, ""},
		"photos/6E A/martin_leo.jpg":   {leo, ""},
		`2026\6B\Léo Martin.JPG`:       {leo2, ""},
		"6C/6B/Martin Léo.jpg":         {leo2, ""},
		"6A/martin léo.jpg":            {uuid.Nil, ambiguous}, // neither is of that class
		"6e A/martin.jpg":              {leo, ""},
		"6B/martin.jpg":                {uuid.Nil, ambiguous},
		"6A/lefevre-dœuf.jpg":          {zoe, ""},
		"6B/Zoé Lefèvre-Dœuf.jpg":      {zoe, ""}, // has changed class since, and nobody else has the name
		"martin.jpg":                   {uuid.Nil, unmatched},
		"6A/Roux Jo.jpg":               {jo, ""},
		"6A/roux.jpg":                  {uuid.Nil, unmatched},
		"IMG_0001.jpg":                 {uuid.Nil, unmatched},
		".jpg":                         {uuid.Nil, unmatched},
		"../../etc/Martin Léo/leo.jpg": {uuid.Nil, unmatched},
	} {
		if person, problem := a.whose(file); person != want.person || problem != want.problem {
			t.Errorf("%s is %s's: %q", file, person, problem)
		}
	}
	for name, want := range map[string]bool{"6A/": true, "__MACOSX/6A/._x.jpg": true, "Thumbs.db": true, ".DS_Store": true, "6A/x.jpg": false} {
		if passed(name) != want {
			t.Errorf("%s: %t", name, !want)
		}
	}
}
