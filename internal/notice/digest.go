package notice

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/job"
	"elyco/internal/mail"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

const (
	digestKind  = "notice.digest"
	digestBatch = 500 // people in one transaction
	digestLines = 12  // shown of one person's notices
)

// Rhythm is how often a person wants a digest.
type Rhythm string

// The rhythms. A digest comes at the end of the afternoon, each day or on Fridays.
const (
	Daily  Rhythm = "day"
	Weekly Rhythm = "week"
	Never  Rhythm = "never"
)

// digestSent names the digest itself in a link that ends it.
var digestSent = Kind{Name: "notice.digest", Title: "notice.digest.kind"}

const (
	dailyHour  = 18
	weeklyHour = 17
)

// slot is one digest to make: what became visible between From and To, for people after After.
type slot struct {
	Rhythm Rhythm    `json:"rhythm"`
	From   time.Time `json:"from"`
	End    time.Time `json:"to"`
	After  uuid.UUID `json:"after"`
}

// next is the first slot of a rhythm after an instant.
func (r Rhythm) next(now time.Time) slot {
	local := now.In(words.Zone())
	hour, step := dailyHour, 1
	if r == Weekly {
		hour, step = weeklyHour, 7
	}
	at := time.Date(local.Year(), local.Month(), local.Day(), hour, 0, 0, 0, words.Zone())
	for !at.After(now) || r == Weekly && at.Weekday() != time.Friday {
		at = time.Date(at.Year(), at.Month(), at.Day()+1, hour, 0, 0, 0, words.Zone())
	}
	from := time.Date(at.Year(), at.Month(), at.Day()-step, hour, 0, 0, 0, words.Zone())
	return slot{Rhythm: r, From: from.UTC(), End: at.UTC()}
}

// Schedule has the next digests made. Those that wait already stay as they are.
func (h *Herald) Schedule(ctx context.Context) error {
	return h.db.Write(tenant.Enter(ctx, h.registry.Academy()), func(ctx context.Context, tx db.Tx) error {
		for _, r := range []Rhythm{Daily, Weekly} {
			if err := h.enqueueDigest(ctx, tx, r.next(tx.Now())); err != nil {
				return err
			}
		}
		return nil
	})
}

func (h *Herald) enqueueDigest(ctx context.Context, tx db.Tx, s slot) error {
	j := job.New(digestKind, s)
	j.ID = uuid.NewSHA1(uuid.NameSpaceOID, fmt.Appendf(nil, "digest %s %d %s", s.Rhythm, s.End.Unix(), s.After))
	j.RunAt = s.End
	return job.Enqueue(ctx, tx, j)
}

// line is one notice that a person has not opened.
type line struct {
	Person             uuid.UUID
	Name, Address      string
	Space              int64
	Title, AboutNames  string
	SentAt             time.Time
	Number, Altogether int // of this one, and how many the person has
}

// digest makes one batch of a slot; the next batch and the next slot are enqueued in the transaction that queues the letters.
func (h *Herald) digest(ctx context.Context, _ job.Run, s slot) error {
	lines, last, err := unread(ctx, h.db, s, h.digested())
	if err != nil {
		return fmt.Errorf("gather a digest: %w", err)
	}
	to, err := h.recipients(ctx, lines)
	if err != nil {
		return err
	}
	return h.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if s.After == uuid.Nil {
			if err := h.enqueueDigest(ctx, tx, s.Rhythm.next(s.End)); err != nil {
				return err
			}
		}
		if len(to) > 0 {
			out, err := h.digestLetter(ctx, s.Rhythm)
			if err != nil {
				return err
			}
			out.To = to
			if _, err := mail.QueueFor(ctx, tx, out); err != nil {
				return err
			}
		}
		if last == uuid.Nil {
			return nil
		}
		s.After = last
		return h.enqueueDigest(ctx, tx, s)
	})
}

// digested are the kinds that go into the digest of those who chose nothing.
func (h *Herald) digested() []string {
	kinds := []string{}
	for _, k := range h.kinds {
		if slices.Contains(k.Default, Digest) {
			kinds = append(kinds, k.Name)
		}
	}
	return kinds
}

// recipients makes of lines, which come by person, what each digest says. Whose address is none, as directories hold some, or
// sent everything back, gets none: that is no reason for all others to go without.
func (h *Herald) recipients(ctx context.Context, lines []line) (to []mail.Recipient, err error) {
	academy := h.registry.Academy()
	var addresses []string
	for len(lines) > 0 {
		n := slices.IndexFunc(lines, func(l line) bool { return l.Person != lines[0].Person })
		if n < 0 {
			n = len(lines)
		}
		own := lines[:n]
		lines = lines[n:]
		address, ok := reachable(Mail, own[0].Address)
		if !ok {
			continue
		}
		off := h.registry.URL(academy, OffPath+h.OffToken(own[0].Person, digestSent.Name))
		to = append(to, mail.Recipient{Person: own[0].Person, Name: own[0].Name, Address: address, Unsubscribe: off,
			Fields: map[string]string{"lines": h.digestWords(ctx, own), "off_link": off}})
		addresses = append(addresses, address)
	}
	if len(to) == 0 {
		return nil, nil
	}
	err = h.db.Read(tenant.Enter(ctx, academy), func(ctx context.Context, tx db.Tx) error {
		returned, err := mail.Bounced(ctx, tx, addresses)
		to = slices.DeleteFunc(to, func(r mail.Recipient) bool { _, gone := returned[r.Address]; return gone })
		return err
	})
	return to, err
}

// digestWords has one section for each child, and one for what concerns the person alone.
func (h *Herald) digestWords(ctx context.Context, own []line) string {
	var names []string
	sections := map[string][]string{}
	for _, l := range own {
		if sections[l.AboutNames] == nil {
			names = append(names, l.AboutNames)
		}
		where := ""
		if t := h.registry.ByID(school.ScopeID(l.Space)); t != nil {
			where = t.Name
		}
		sections[l.AboutNames] = append(sections[l.AboutNames], words.T(ctx, "notice.digest.line", "title", l.Title, "space", where, "day", words.Date(l.SentAt)))
	}
	slices.Sort(names)
	parts := []string{words.N(ctx, "notice.digest.lead", own[0].Altogether)}
	for _, name := range names {
		head := words.T(ctx, "notice.digest.own")
		if name != "" {
			head = words.T(ctx, "notice.digest.about", "child", name)
		}
		parts = append(parts, head+"\n"+strings.Join(sections[name], "\n"))
	}
	if more := own[0].Altogether - len(own); more > 0 {
		parts = append(parts, words.N(ctx, "notice.digest.more", more))
	}
	return strings.Join(parts, "\n\n")
}

func (h *Herald) digestLetter(ctx context.Context, r Rhythm) (mail.Outgoing, error) {
	academy := h.registry.Academy()
	skin := h.skins.For(ctx, academy)
	l := mail.Letter{Light: skin.Letter, Dark: skin.LetterDark, Site: academy.Name, Title: words.T(ctx, "notice.digest."+string(r)),
		Paragraphs: []string{"{{lines}}"}, Action: mail.Action{Label: words.T(ctx, "notice.digest.open"), URL: h.registry.URL(academy, "/notices")},
		Footer: words.T(ctx, "notice.digest.footer") + " " + h.registry.URL(academy, "/notices/choices") + " " + words.T(ctx, "notice.digest.off") + " {{off_link}}"}
	out := mail.Outgoing{Channel: string(Mail), Kind: "notices.digest", Site: academy.Name, Subject: l.Title}
	var err error
	if out.Text, err = l.Text(); err != nil {
		return out, err
	}
	out.HTML, err = l.HTML()
	return out, err
}
