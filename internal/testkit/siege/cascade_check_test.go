package siege_test

import (
	"context"
	"crypto/md5"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/notice"
	"elyco/internal/tenant"
)

func md5sum(text string) [16]byte { return md5.Sum([]byte(text)) }

// line is one line of the ledger, with what became of what left the house.
type line struct {
	Person   uuid.UUID
	Channel  string
	Outcome  string
	Delivery uuid.UUID
	State    string // empty: what nobody had taken was given up when the person acknowledged
}

// sent is one letter or text.
type sent struct {
	ID      uuid.UUID
	Person  uuid.UUID
	Channel string
	Address string
	State   string
}

// wrong lists everything that is not as it should be; nothing when all is well.
func (c *cascade) wrong() []string {
	c.t.Helper()
	var found []string
	say := func(format string, args ...any) {
		if found = append(found, fmt.Sprintf(format, args...)); len(found) == 21 {
			found[20] = "and more"
		}
		found = found[:min(len(found), 21)]
	}
	c.wrongPeople(say)
	c.wrongLines(say)
	c.wrongDeliveries(say)
	c.wrongProgress(say)
	return found
}

func rows[T any](c *cascade, sql string, args ...any) (list []T) {
	c.t.Helper()
	c.ask(func(ctx context.Context, conn *pgx.Conn) error {
		found, err := conn.Query(ctx, sql, args...)
		if err != nil {
			return err
		}
		list, err = pgx.CollectRows(found, pgx.RowToStructByPos[T])
		return err
	})
	return list
}

// wrongPeople: each guardian has one row, and who was told that an acknowledgement is noted has it noted.
func (c *cascade) wrongPeople(say func(string, ...any)) {
	type row struct {
		Person uuid.UUID
		By     string
		Left   bool
	}
	seen := map[uuid.UUID]int{}
	for _, r := range rows[row](c, `select person_id, acknowledged_by, next_at is not null from notice_person where notice_id = $1`, c.id) {
		seen[r.Person]++
		if c.acknowledged[r.Person] && r.By != "link" || r.Left {
			say("%s: acknowledged by %q, still climbing: %t", r.Person, r.By, r.Left)
		}
	}
	for i := range guardians {
		if seen[guardian(i)] != 1 {
			say("guardian %d was told %d times", i, seen[guardian(i)])
		}
	}
	if len(seen) != guardians {
		say("%d people were told", len(seen))
	}
}

// wrongLines: the ledger has one line for each way, and the way led where the person has an address.
func (c *cascade) wrongLines(say func(string, ...any)) {
	lines := map[uuid.UUID]map[string]line{}
	for _, l := range rows[line](c, `select w.person_id, w.channel, w.outcome, coalesce(w.delivery_id, '00000000-0000-0000-0000-000000000000'), coalesce(d.state, '')
		from notice_way w left join letter_delivery d on d.tenant_id = w.tenant_id and d.id = w.delivery_id where w.notice_id = $1`, c.id) {
		if lines[l.Person] == nil {
			lines[l.Person] = map[string]line{}
		}
		if _, twice := lines[l.Person][l.Channel]; twice {
			say("%s has two lines for %s", l.Person, l.Channel)
		}
		lines[l.Person][l.Channel] = l
	}
	for i := range guardians {
		want := map[string]string{"page": "shown", "mail": "sent", "push": "no_address", "text": "sent"}
		switch i % 3 {
		case 0:
			want["text"] = "no_address"
		case 1:
			want["mail"] = "no_address"
		}
		who := guardian(i)
		for way, outcome := range want {
			l, there := lines[who][way]
			if !there && c.acknowledged[who] {
				continue // reached before it was this way's turn
			}
			if l.Outcome == "withdrawn" && c.acknowledged[who] && (l.State == "" || l.State == "failed") {
				continue // reached before it left
			}
			if l.Outcome != outcome {
				say("guardian %d, %s: the ledger says %q, not %q", i, way, l.Outcome, outcome)
			}
			if outcome == "sent" && l.State != "sent" {
				say("guardian %d, %s: what was handed over is %q", i, way, l.State)
			}
		}
		if len(lines[who]) > len(want) {
			say("guardian %d has %d lines", i, len(lines[who]))
		}
	}
}

// wrongDeliveries: what is said to be sent was taken under its own name, nothing else was, and nobody got a second one.
func (c *cascade) wrongDeliveries(say func(string, ...any)) {
	took := map[string]map[string]map[string]int{"mail": c.post.took(), "text": c.texts.took()}
	names, whose, again := map[uuid.UUID]int{}, map[uuid.UUID]uuid.UUID{}, 0
	for way, all := range took {
		for address, list := range all {
			if len(list) != 1 {
				say("%s was sent %d different ones by %s", address, len(list), way)
			}
			for name, n := range list {
				names[numberIn(name)] += n
				whose[numberIn(name)] = holder(address)
				again += n - 1
			}
		}
	}
	each := map[string]int{}
	for _, s := range rows[sent](c, `select d.id, d.person_id, l.channel, d.address, d.state from letter_delivery d join letter l on l.tenant_id = d.tenant_id and l.id = d.letter_id
		where d.notice_id = $1`, c.id) {
		if each[s.Person.String()+s.Channel]++; each[s.Person.String()+s.Channel] > 1 {
			say("%s has a second %s", s.Person, s.Channel)
		}
		// Who acknowledges after a try that nobody answered is left in peace, and the ledger calls it withdrawn; wrongLines looks.
		unsure := s.State == "failed" && c.acknowledged[s.Person]
		if !unsure && (s.State != "sent" || names[s.ID] == 0 || len(took[s.Channel][s.Address]) == 0) {
			say("%s by %s is %q and was taken %d times", s.Address, s.Channel, s.State, names[s.ID])
		}
		delete(names, s.ID)
	}
	for id, n := range names {
		// A server that took something and died without a word is asked again; who acknowledges before that is left in peace.
		if c.acknowledged[whose[id]] {
			continue
		}
		say("a message that the house does not know was taken: %s, %d times", id, n)
	}
	c.t.Logf("%d letters and texts, %d of them handed over more than once under the same name", len(each), again)
}

// holder is the guardian who has an address.
func holder(address string) uuid.UUID {
	var i int
	for _, format := range []string{"p%d@exemple.fr", "+336%08d"} {
		if _, err := fmt.Sscanf(address, format, &i); err == nil {
			return guardian(i)
		}
	}
	return uuid.Nil
}

// numberIn is the number of the delivery that a name holds, after eight bytes of the space.
func numberIn(name string) (id uuid.UUID) {
	raw, err := base64.RawURLEncoding.DecodeString(name)
	if err != nil || len(raw) < 24 {
		return uuid.Nil
	}
	return uuid.UUID(raw[8:24])
}

// wrongProgress: the figures that the head reads add up, and so do the sums of what was sent.
func (c *cascade) wrongProgress(say func(string, ...any)) {
	var p notice.Progress
	err := errors.New("not asked")
	for n := 0; err != nil && n < 20; n++ { // the connections of the test's own were cut, too
		err = c.w.DB.Read(tenant.Enter(c.t.Context(), c.w.College), func(ctx context.Context, tx db.Tx) (err error) {
			p, _, err = notice.ProgressOf(ctx, tx, c.id)
			return err
		})
	}
	if err != nil {
		c.t.Fatal(err)
	}
	if p.People != guardians || p.Acknowledged+p.Exhausted+p.Climbing != guardians || p.Climbing != 0 || p.By["link"] != p.Acknowledged || p.Acknowledged < len(c.acknowledged) {
		say("the progress is %+v, %d acknowledged", p, len(c.acknowledged))
	}
	type way struct {
		Channel          string
		Taken, NoAddress int
	}
	for _, l := range rows[way](c, `select channel, count(*) filter (where outcome in ('sent', 'shown'))::int, count(*) filter (where outcome = 'no_address')::int
		from notice_way where notice_id = $1 group by 1`, c.id) {
		if sum := p.Ways[notice.Channel(l.Channel)]; sum.Taken != l.Taken || sum.NoAddress != l.NoAddress || sum.Failed+sum.Waiting+sum.Closed != 0 {
			say("%s: the sum is %+v, the lines %+v", l.Channel, sum, l)
		}
	}
	type told struct{ Expected, Told int }
	for _, m := range rows[told](c, `select expected, told from mustread_notice where id = $1`, c.id) {
		if m.Expected != guardians || m.Told != guardians {
			say("%d of %d were told", m.Told, m.Expected)
		}
	}
	type sum struct{ Spent, Sent int }
	for _, s := range rows[sum](c, `select (select coalesce(sum(messages), 0) from channel_spend)::int, (select count(*) from letter_delivery where state = 'sent')::int`) {
		if s.Spent != s.Sent {
			say("%d messages are counted, %d were sent", s.Spent, s.Sent)
		}
	}
	status, page := c.head.ask(http.MethodGet, c.path(""), "", nil)
	text := strings.Join(strings.Fields(regexp.MustCompile(`<[^>]*>|[\x{a0}\x{202f}]`).ReplaceAllString(string(page), " ")), " ")
	if want := fmt.Sprintf("%d sur 3 000, il en reste %s", p.Acknowledged, thousands(guardians-p.Acknowledged)); status != http.StatusOK || !strings.Contains(text, want) {
		say("the page is answered %d and does not say %q", status, want)
	}
}

func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%d %03d", n/1000, n%1000)
}

// control breaks one thing after the other by hand, and holds the check to finding each.
func (c *cascade) control() {
	c.t.Helper()
	finds := func(what, complaint string) {
		c.t.Helper()
		if all := strings.Join(c.wrong(), "\n"); !strings.Contains(all, complaint) {
			c.t.Errorf("%s is not found: %s", what, all)
		}
	}
	who := guardian(3*23 + 1) // has a telephone, and did not acknowledge
	var back string
	c.ask(func(ctx context.Context, conn *pgx.Conn) error {
		return conn.QueryRow(ctx, `delete from notice_way where notice_id = $1 and person_id = $2 and channel = 'text' returning delivery_id::text`, c.id, who).Scan(&back)
	})
	finds("a line that is missing", `text: the ledger says ""`)
	c.exec(`insert into notice_way (tenant_id, notice_id, person_id, channel, taken_at, outcome, payer, delivery_id) values ($1, $2, $3, 'text', now(), 'sent', 'establishment', $4)`,
		int64(c.w.College.ID), c.id, who, back)
	c.exec(`update letter_delivery set state = 'failed' where id = $1`, back)
	finds("a state that is not true", `what was handed over is "failed"`)
	c.exec(`update letter_delivery set state = 'sent' where id = $1`, back)
	if left := c.wrong(); len(left) != 0 {
		c.t.Fatalf("the control does not put things back: %v", left)
	}
	// The program itself sends what is there twice.
	c.exec(`update letter set body_text = 'Encore', body_html = '' where id = (select letter_id from letter_delivery where id = $1)`, back)
	c.exec(`insert into letter_delivery (tenant_id, id, letter_id, person_id, name, address, due_at, notice_id)
		select tenant_id, gen_random_uuid(), letter_id, person_id, name, address, now(), notice_id from letter_delivery where id = $1`, back)
	c.exec(`insert into job (tenant_id, id, kind, payload, run_at) values ($1, gen_random_uuid(), 'mail.deliver', '{}', now())`, int64(c.w.College.ID))
	c.settle()
	finds("a text that was sent twice", "was sent 2 different ones by text")
}
