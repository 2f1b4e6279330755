package account

import (
	"context"

	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

func (r *Room) shapePasskeySignIn(ctx context.Context, form passkeyForm, ask session.Ceremony, wrong string) passkeySignIn {
	v := passkeySignIn{Gate: shapeGate(ctx, tenant.From(ctx), r.skins), Error: wrong, Options: ask.Options, Sealed: ask.Sealed, To: form.To,
		Return: session.ReturnPath(form.Return)}
	v.Gate.Title, v.Gate.Text = words.T(ctx, "account.passkey.sign_in"), words.T(ctx, "account.passkey.sign_in_lead")
	if session.ValidSeal(form.Seal) {
		v.Seal = form.Seal
	}
	return v
}

func shapePasskeyNew(begun session.Ceremony, name, wrongName, wrong string) passkeyNew {
	v := passkeyNew{Options: begun.Options, Sealed: begun.Sealed, Name: name, WrongName: wrongName}
	if wrongName != "" {
		v.Errors = []ui.FieldError{{FieldID: "name", Text: wrongName}}
	}
	if wrong != "" {
		v.Errors = append(v.Errors, ui.FieldError{FieldID: "passkey-make", Text: wrong})
	}
	return v
}

func shapePasskeys(ctx context.Context, list []session.Passkey) []ui.Item {
	var items []ui.Item
	for _, k := range list {
		used := words.T(ctx, "account.app.unused")
		if !k.UsedAt.IsZero() {
			used = words.T(ctx, "account.passkey.used", "when", words.DateTime(k.UsedAt))
		}
		items = append(items, ui.Item{Title: k.Name, Icon: ui.IconKey, Meta: words.T(ctx, "account.passkey.meta", "made", words.Date(k.CreatedAt), "used", used),
			Action: endButton("/account/passkeys/"+k.ID.String()+"/end", words.T(ctx, "account.passkey.end", "name", k.Name))})
	}
	return items
}
