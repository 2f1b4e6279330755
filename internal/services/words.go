package services

import (
	_ "embed"

	"elyco/internal/audience"
	"elyco/internal/calendar"
	"elyco/internal/directory"
	"elyco/internal/hours"
	"elyco/internal/notice"
	"elyco/internal/publication"
	"elyco/internal/service"
	"elyco/internal/setting"
	"elyco/internal/words"
)

//go:embed words.fr.yaml
var sharedWords []byte

// Words puts the messages of all rooms together with those that they share.
func Words(rooms []service.Service) (*words.Catalog, error) {
	c := words.NewCatalog("fr")
	for name, content := range map[string][]byte{"services": sharedWords, "audience": audience.Words(), "publication": publication.Words(),
		"setting": setting.Words(), "directory": directory.Words(),
		"calendar": calendar.Words(), "hours": hours.Words(), "notice": notice.Words()} {
		if err := c.Add(name+"/words.fr.yaml", content); err != nil {
			return nil, err
		}
	}
	for _, s := range rooms {
		if err := c.Add("services/"+s.Name+"/words.fr.yaml", s.Words); err != nil {
			return nil, err
		}
	}
	return c, nil
}
