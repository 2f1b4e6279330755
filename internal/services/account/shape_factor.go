package account

import (
	"context"

	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

func shapeHalfOver(ctx context.Context, back string) lost {
	return lost{Title: words.T(ctx, "account.half.over"), Sentence: words.T(ctx, "account.half.over_help"),
		Again: words.T(ctx, "account.half.again"), URL: session.SignInPath(back)}
}

func (r *Room) shapeHalf(ctx context.Context, form factorForm, waits session.Waits, wrong, passkey string) halfPage {
	v := halfPage{Gate: shapeGate(ctx, tenant.From(ctx), r.skins), App: waits.App, Error: wrong, Return: session.ReturnPath(form.Return)}
	v.Gate.Title, v.Gate.Text = words.T(ctx, "account.half.title"), words.T(ctx, "account.half.lead")
	if waits.Passkey {
		v.Passkey = passkey
	}
	if !waits.App {
		v.Gate.Text = words.T(ctx, "account.half.lead_paper")
	}
	if session.ValidSeal(form.Seal) {
		v.Seal = form.Seal
	}
	return v
}

func (r *Room) shapeFactors(ctx context.Context, f session.Factors, keys []session.Passkey, must bool) factors {
	v := factors{App: !f.App.IsZero(), Any: f.Any(), Must: must, Keys: shapePasskeys(ctx, keys), NewKey: r.registry.URL(r.relay.base(), "/account/passkeys/new")}
	v.MayEndApp = !must || len(keys) > 0
	if v.App {
		v.AppSince = words.T(ctx, "account.factor.app_since", "made", words.Date(f.App), "used", words.DateTime(f.AppUsed))
	}
	if f.Any() {
		v.Codes = words.N(ctx, "account.codes.left", f.CodesLeft)
		v.Few = f.CodesLeft < 3
	}
	return v
}

func shapeEnrol(e session.Enrolment, wrong string) appEnrol {
	v := appEnrol{Sealed: e.Sealed, Picture: e.Picture, Address: e.Address, Key: e.Key, Wrong: wrong}
	if wrong != "" {
		v.Errors = []ui.FieldError{{FieldID: "code", Text: wrong}}
	}
	return v
}

func shapeCodes(ctx context.Context, issuer string, codes []string, said string) recoveryCodes {
	return recoveryCodes{Said: said, Codes: codes, For: words.T(ctx, "account.codes.for", "name", session.Actor(ctx).Name, "portal", issuer)}
}

func shapeConfirm(ctx context.Context, form confirmForm, wrong map[string]string, passkey string) confirm {
	v := confirm{Return: session.ReturnPath(form.Return), Code: !session.StandingOf(ctx).FactorSince.IsZero(), Wrong: wrong}
	if v.Code {
		v.Passkey = passkey
	}
	for _, field := range []string{"password", "code"} {
		if wrong[field] != "" {
			v.Errors = append(v.Errors, ui.FieldError{FieldID: field, Text: wrong[field]})
		}
	}
	return v
}
