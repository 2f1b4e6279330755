package account

import (
	"context"

	"elyco/internal/session"
	"elyco/internal/ui"
	"elyco/internal/words"
)

func (r *Room) shapeNotices(ctx context.Context, list []session.Notice) []ui.Item {
	var items []ui.Item
	for _, n := range list {
		items = append(items, ui.Item{Title: n.Device, Icon: ui.IconAlert,
			Meta:   words.T(ctx, "account.notice.meta", "when", words.DateTime(n.At), "network", n.Network),
			Action: noticeAnswers("/account/notices/"+n.ID.String()+"/mine", r.noticeLink(n.ID))})
	}
	return items
}

func (r *Room) shapeVisits(ctx context.Context, list []session.Visit) []ui.Item {
	var items []ui.Item
	for _, v := range list {
		items = append(items, ui.Item{Title: words.T(ctx, "account.visit.by", "author", v.Author), Icon: ui.IconEye, Text: v.Reason,
			Meta: words.T(ctx, "account.visit.meta", "when", words.DateTime(v.BegunAt), "until", words.Clock(v.Over()), "space", session.SpaceOf(r.registry, v))})
	}
	return items
}
