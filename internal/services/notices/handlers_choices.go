package notices

import (
	"errors"
	"slices"

	"github.com/gofiber/fiber/v2"

	"elyco/internal/fault"
	"elyco/internal/hours"
	"elyco/internal/notice"
	"elyco/internal/session"
	"elyco/internal/ui"
	"elyco/internal/web"
	"elyco/internal/words"
)

// choicesForm is the page of choices. Ways are "kind way" pairs that are ticked.
type choicesForm struct {
	Ways     []string `form:"way"`
	Digest   string   `form:"digest"`
	Language string   `form:"language"`
	Own      bool     `form:"own"`
	Days     []string `form:"days"`
	From     string   `form:"from"`
	To       string   `form:"to"`
	Sees     string   `form:"sees"`
}

func (f choicesForm) choices(kinds []notice.Kind) choices {
	c := choices{Choices: notice.Choices{Digest: notice.Rhythm(f.Digest), Language: f.Language}, own: hours.Own{Sees: hours.Sees(f.Sees)}}
	for _, k := range kinds {
		choice := notice.Choice{Kind: k}
		for _, way := range waysOffered() {
			if slices.Contains(f.Ways, k.Name+" "+string(way)) {
				choice.Ways = append(choice.Ways, way)
			}
		}
		c.Kinds = append(c.Kinds, choice)
	}
	if !f.Own {
		return c
	}
	from, _ := hours.Minutes(f.From) // what is no hour is refused as hours that never come
	to, _ := hours.Minutes(f.To)
	mask := 0
	for i, d := range hours.DayNames() {
		if slices.Contains(f.Days, d) {
			mask |= 1 << i
		}
	}
	w := hours.FromMask(mask, from, to)
	c.own.Week = &w
	return c
}

func (r *Room) getChoices(c *fiber.Ctx) error {
	chosen, err := r.Choices(c.UserContext())
	if err != nil {
		return err
	}
	return r.showChoices(c, chosen, nil)
}

func (r *Room) showChoices(c *fiber.Ctx, chosen choices, faults map[string]string) error {
	ctx := c.UserContext()
	p := web.Page{Title: words.T(ctx, "notices.choices"), Room: name, Action: read}
	v := shapeChoices(ctx, chosen, faults)
	v.Push = ui.PushButton{PublicKey: r.letters.PushKey(), SubscribeURL: "/push/subscriptions"}
	if len(faults) > 0 {
		return web.Retry(c, p, choicesPage(v))
	}
	return web.Show(c, p, choicesPage(v))
}

func (r *Room) postChoices(c *fiber.Ctx) error {
	ctx := c.UserContext()
	f, err := web.Decode[choicesForm](c)
	if err != nil {
		return err
	}
	chosen := f.choices(r.offered(session.Actor(ctx)))
	err = r.Choose(ctx, chosen)
	var wrong *fault.Error
	if errors.As(err, &wrong) && len(wrong.Fields) > 0 {
		kept, missing := r.Choices(ctx)
		if missing != nil {
			return missing
		}
		chosen.bounced, chosen.devices = kept.bounced, kept.devices
		return r.showChoices(c, chosen, wrong.Fields)
	}
	if err != nil {
		return err
	}
	return web.Done(c, home+"/choices", words.T(ctx, "notices.choices.kept"))
}
