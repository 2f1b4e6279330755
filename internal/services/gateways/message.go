package gateways

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"elyco/internal/mail"
)

// filter is what part of the outbox is looked at.
type filter struct {
	Channel, State string
	Day            time.Time // zero: every day
	Before         uuid.UUID
}

// clean drops what no choice of the page leads to.
func (f filter) clean() filter {
	if !slices.Contains(mail.Channels(), f.Channel) {
		f.Channel = ""
	}
	if !slices.Contains(mail.States(), f.State) {
		f.State = ""
	}
	return f
}

func (f filter) narrowed() bool { return f.Channel != "" || f.State != "" || !f.Day.IsZero() }

func (f filter) query(zone *time.Location) mail.Filter {
	q := mail.Filter{Before: f.Before, Channel: f.Channel, State: f.State}
	if !f.Day.IsZero() {
		day := f.Day.In(zone)
		q.From = time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, zone)
		q.To = time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, zone)
	}
	return q
}

// acts is what a simulated recipient can do next, in the order in which it happens: time does not go backwards.
func acts(s mail.Sent) []string {
	if !s.Kept {
		return nil
	}
	switch s.State {
	case mail.Acknowledged:
		return nil
	case mail.Answered:
		return []string{mail.Acknowledged}
	case mail.Delivered:
		if s.Channel == mail.ByText || s.Channel == mail.ByVoice {
			return []string{mail.Acknowledged}
		}
		return nil
	case mail.Failed:
		return []string{mail.Delivered}
	}
	if s.Channel == mail.ByText || s.Channel == mail.ByVoice {
		return []string{mail.Delivered, mail.Acknowledged, mail.Failed}
	}
	return []string{mail.Delivered, mail.Failed}
}
