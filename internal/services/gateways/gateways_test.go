package gateways_test

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/mail"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

// send has a space send something to one person, and its simulator keep it.
func send(t *testing.T, h *testkit.House, in *tenant.Tenant, o mail.Outgoing) string {
	t.Helper()
	o.Kind, o.Site = "absences.notice", in.Name
	ctx := tenant.Enter(t.Context(), in)
	var ids []uuid.UUID
	err := h.DB.Write(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		ids, err = mail.QueueFor(ctx, tx, o)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := mail.NewOffice(h.DB, nil, nil).Deliver(ctx); err != nil {
		t.Fatal(err)
	}
	return ids[0].String()
}

func text(words string) mail.Outgoing {
	return mail.Outgoing{Channel: mail.ByText, Subject: "Absence", Text: words, Payer: mail.PaidByEstablishment, To: []mail.Recipient{{Name: "Claire Martin", Address: "06 12 34 56 78"}}}
}

func TestTheOutboxIsReadAndPlayed(t *testing.T) {
	h := testkit.NewHouse(t)
	head := h.SignInAs(t, h.College, school.Head, testkit.Admin())
	id := send(t, h, h.College, text("Inès est absente ce matin."))
	send(t, h, h.College, mail.Outgoing{Channel: mail.ByPush, Subject: "Nouvelle", Text: "x", Path: "/news", To: []mail.Recipient{{Person: uuid.New(), Name: "Ali"}}})
	head.Get(t, h.College, "/gateways").Is(t, 200).Sees(t, "main", "Claire Martin").Sees(t, "main", "Nouvelle")
	head.Get(t, h.College, "/gateways?channel=text").Is(t, 200).Sees(t, "main", "Claire Martin").SeesNot(t, "Nouvelle")
	head.Get(t, h.College, "/gateways?channel=text&state=delivered&day=").Is(t, 200).Sees(t, "main", "Aucun message")
	head.Get(t, h.College, "/gateways?day=2019-01-01").Is(t, 200).Sees(t, "main", "Aucun message")
	page := "/gateways/" + id
	head.Get(t, h.College, page).Is(t, 200).Sees(t, ".phone-bubble", "Inès est absente ce matin.").Sees(t, "main", "Gardé par le simulateur")
	for range 2 { // sent twice, noted once
		head.Post(t, h.College, page+"/play", url.Values{"do": {"acknowledged"}}).LeadsTo(t, page)
	}
	head.Get(t, h.College, page).Is(t, 200).Sees(t, "main", "Confirmé").Sees(t, "main", "0,045 €")
	head.Post(t, h.College, page+"/play", url.Values{"do": {"failed"}}).Is(t, 409)
	head.Get(t, h.College, "/gateways/spending").Is(t, 200).Sees(t, "table", "L’établissement").Sees(t, "table", "0,045 €")
	if csv := string(head.Get(t, h.College, "/gateways/spending.csv").Is(t, 200).Body); !strings.Contains(csv, ";SMS;L’établissement;1;0,045000") {
		t.Errorf("the sums are %s", csv)
	}
	h.SignInAs(t, h.College, school.Teacher).Get(t, h.College, "/gateways").Is(t, 403)
	h.SignInAs(t, h.Lycee, school.Head, testkit.Admin()).Get(t, h.Lycee, page).Is(t, 404)
}

func TestOnlyAGatewayIsHeard(t *testing.T) {
	h := testkit.NewHouse(t)
	now := strconv.FormatInt(h.Clock.Now().Unix(), 10)
	ask := func(to *tenant.Tenant, channel, body string) int {
		return h.Visitor().Do(t, testkit.Request{Method: http.MethodPost, To: to, Path: "/gateway/" + channel + "/callback", Body: strings.NewReader(body),
			Header: http.Header{"Content-Type": {"application/json"}, mail.TimestampHeader: {now}, mail.SignatureHeader: {strings.Repeat("00", 32)}}}).Status
	}
	for what, c := range map[string]struct{ got, want int }{
		"a forged signature": {ask(h.Academy, "text", `{"id":"x","event":"delivered"}`), 403},
		"an unknown channel": {ask(h.Academy, "pigeon", `{}`), 404},
		"a school's host":    {ask(h.College, "text", `{}`), 404},
		"an endless body":    {ask(h.Academy, "text", strings.Repeat("x", mail.LongestCallback+1)), 413},
	} {
		if c.got != c.want {
			t.Errorf("%s: %d", what, c.got)
		}
	}
}

func TestDevices(t *testing.T) {
	h := testkit.NewHouse(t)
	guardian := h.SignInAs(t, h.College, school.Guardian)
	worker := guardian.Get(t, h.College, "/service-worker.js").Is(t, 200)
	for name, want := range map[string]string{"Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "no-cache", "Content-Security-Policy": "default-src 'none'; connect-src 'self'"} {
		if got := worker.Header.Get(name); got != want {
			t.Errorf("%s is %s", name, got)
		}
	}
	h.Visitor().Get(t, h.Academy, "/service-worker.js").Is(t, 200)
	// The keys are those of an example in RFC 8291.
	device := url.Values{"endpoint": {"https://push.example.com/abc"}, "auth": {"BTBZMqHH6r4Tts7J_aSIgg=="}, "name": {"Firefox sur Linux"},
		"p256dh": {"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"}}
	guardian.Post(t, h.College, "/push/subscriptions", device).Is(t, 204)
	office := mail.NewOffice(h.DB, nil, nil)
	count := func() int {
		list, err := office.Devices(t.Context(), guardian.Person.ID.UUID)
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	if count() != 1 {
		t.Errorf("%d devices", count())
	}
	h.SignInAs(t, h.College, school.Guardian).Post(t, h.College, "/push/subscriptions/remove", url.Values{"endpoint": device["endpoint"]}).Is(t, 204)
	if count() != 1 {
		t.Error("somebody else removed the device")
	}
	guardian.Post(t, h.College, "/push/subscriptions/remove", url.Values{"endpoint": device["endpoint"]}).Is(t, 204)
	if count() != 0 {
		t.Error("the device is still there")
	}
	device.Set("endpoint", "https://169.254.169.254/latest")
	guardian.Post(t, h.College, "/push/subscriptions", device).Is(t, 422)
	if status := h.Visitor().Post(t, h.College, "/push/subscriptions", device).Status; status != 401 && status != 303 {
		t.Errorf("a visitor subscribes: %d", status)
	}
}
