package account

import (
	"context"

	"elyco/internal/db"
	"elyco/internal/mail"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

// recognise notes the browser of a sign-on. The owner is written to at once when it is a new one, at any hour: whoever came in
// may be somebody else, and the page that asks is seen only at the next visit.
func (r *Room) recognise(ctx context.Context, opened session.Opened, mark session.Token) error {
	t := tenant.From(ctx)
	return r.sessions.Recognise(ctx, opened, mark, func(ctx context.Context, tx db.Tx, n session.Notice, to mail.Recipient) error {
		letter := dressed(ctx, t, r.skins.For(ctx, t), "account.letter.device.", r.noticeLink(n.ID),
			"device", n.Device, "when", words.DateTime(n.At), "name", to.Name, "space", t.Name)
		return mail.Queue(ctx, tx, mail.Post{Kind: "account.device", Letter: letter, To: []mail.Recipient{to}})
	})
}
