package mail

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"elyco/internal/db"
)

// MicroEuros is a sum of money in millionths of a euro, which is exact for what a gateway asks for one message.
type MicroEuros int64

// mostExpensive is what one message may cost: a gateway that says more is not believed.
const mostExpensive MicroEuros = 1_000_000_000

// String writes the sum the French way, with all of its figures and at least two: "0,045 €".
func (m MicroEuros) String() string {
	sign := ""
	if m < 0 {
		sign, m = "−", -m
	}
	cents := strings.TrimRight(fmt.Sprintf("%06d", int64(m)%1_000_000), "0")
	for len(cents) < 2 {
		cents += "0"
	}
	return sign + strconv.FormatInt(int64(m)/1_000_000, 10) + "," + cents + "\u00a0€"
}

// Plain writes the sum for a table: "0,045000".
func (m MicroEuros) Plain() string {
	return fmt.Sprintf("%d,%06d", int64(m)/1_000_000, int64(m)%1_000_000)
}

// Spent is what a channel cost a payer in a month.
type Spent struct {
	Month    time.Time  `bun:"month"` // its first day
	Channel  string     `bun:"channel"`
	Payer    string     `bun:"payer"`
	Messages int        `bun:"messages"` // handed over, or kept by a simulator
	Cost     MicroEuros `bun:"cost"`
}

// Spending gives what the scope of tx spent, by month, channel and payer, the latest month first.
func Spending(ctx context.Context, tx db.Tx, months int) ([]Spent, error) {
	list, err := selectSpent(ctx, tx, months)
	if err != nil {
		return nil, fmt.Errorf("sum up what messages cost: %w", err)
	}
	return list, nil
}
