package account_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"elyco/internal/db"
	"elyco/internal/mail"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
	"elyco/internal/words"
)

// posted are the messages of a kind that left the academy, the latest first: what they say and to where.
func posted(t *testing.T, h *testkit.House, kind string) (texts, to []string) {
	t.Helper()
	err := h.DB.Read(tenant.Enter(t.Context(), h.Academy), func(ctx context.Context, tx db.Tx) error {
		list, err := mail.List(ctx, tx, mail.Filter{}, 100)
		if err != nil {
			return err
		}
		for _, s := range list {
			if s.Kind != kind {
				continue
			}
			_, text, _, err := mail.Open(ctx, tx, s.ID)
			if err != nil {
				return err
			}
			texts, to = append(texts, text), append(to, s.Address)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts, to
}

var sixFigures = regexp.MustCompile(`\b\d{6}\b`)

// TestContactIsShown follows an address and a telephone from the first code to the next one, with every code that does not serve.
func TestContactIsShown(t *testing.T) {
	h := testkit.NewHouse(t)
	c := h.SignInAs(t, h.College, school.Guardian)
	ask := func(kind, value string) *testkit.Answer {
		h.Clock.Pass(20 * time.Minute) // past the limit of codes
		return c.Post(t, h.College, "/account/contacts", url.Values{"kind": {kind}, "value": {value}})
	}
	code := func() string {
		texts, _ := posted(t, h, "account.proof")
		return sixFigures.FindString(texts[0])
	}
	confirm := func(kind, code string) *testkit.Answer {
		return c.Post(t, h.College, "/account/contacts/confirm", url.Values{"kind": {kind}, "code": {code}})
	}
	page := func() *testkit.Answer { return c.Get(t, h.College, "/account/contacts").Is(t, 200) }

	for _, wrong := range []string{"", "12", "02 40 12 34 56", "06 12 34"} {
		ask("phone", wrong).Is(t, 422).Sees(t, "#phone-contact .error-summary", "06 12 34 56 78")
	}
	ask("phone", "06 12 34 56 79").LeadsTo(t, "/account/contacts")
	page().Sees(t, "#phone-contact", "par SMS au 06 12 34 56 79").SeesNot(t, "+33")
	confirm("phone", "12").Is(t, 422).Sees(t, "#phone-contact .error-summary", "pas le bon code")
	confirm("phone", code()).LeadsTo(t, "/account/contacts")
	page().Sees(t, "#phone-contact .facts", "06 12 34 56 79").SeesNot(t, "Code reçu")

	// Five wrong codes use up the right one, and the page then asks for none: it offers to send another to the same number.
	ask("phone", "07 11 22 33 44").LeadsTo(t, "/account/contacts")
	for range 4 {
		confirm("phone", "x").Is(t, 422).SeesNot(t, "dernier essai")
	}
	spent := confirm("phone", "x").Is(t, 422).Sees(t, "#phone-contact .error-summary", "dernier essai")
	if len(spent.Page(t).All("#phone-code")) != 0 || spent.Page(t).All("#phone")[0].Attr("value") != words.Phone("+33711223344") {
		t.Error("the page still asks for a code that is used up, or forgets the number")
	}
	confirm("phone", code()).Is(t, 422).Sees(t, `#phone-contact .error-summary a[href="#phone"]`, "Demandez-en un autre")
	page().Sees(t, "#phone-contact .facts", "06 12 34 56 79")
	ask("phone", "07 11 22 33 44").LeadsTo(t, "/account/contacts")
	confirm("phone", code()).LeadsTo(t, "/account/contacts")
	if _, to := posted(t, h, "account.changed"); len(to) != 1 || to[0] != "+33612345679" {
		t.Errorf("the old number is told: %v", to)
	}

	ask("email", "famille@exemple.test").LeadsTo(t, "/account/contacts")
	late := code()
	h.Clock.Pass(31 * time.Minute)
	page().SeesNot(t, "Code reçu")
	confirm("email", late).Is(t, 422).Sees(t, `#email-contact .error-summary a[href="#email"]`, "n’est plus valable")
}

// TestContactsAreChangedByTheOwner holds a browser that was left open away from what a lost password is found by.
func TestContactsAreChangedByTheOwner(t *testing.T) {
	h := testkit.NewHouse(t)
	c := h.SignInAs(t, h.College, school.Pupil)
	h.Unproved(t, c)
	for _, a := range []*testkit.Answer{
		c.Get(t, h.College, "/account/contacts"),
		c.Post(t, h.College, "/account/contacts", url.Values{"kind": {"email"}, "value": {"voisin@exemple.test"}}),
		c.Post(t, h.College, "/account/contacts/drop", url.Values{"kind": {"email"}}),
	} {
		if a.Is(t, http.StatusSeeOther); !strings.HasPrefix(a.Location(), "/account/confirm") {
			t.Errorf("%s: leads to %s", a.Location(), a.Location())
		}
	}
	if texts, _ := posted(t, h, "account.proof"); len(texts) != 0 {
		t.Error("a code left")
	}
}
