package privacy

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"

	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// House is every declaration, and what is done with all of them.
type House struct {
	db       *db.DB
	registry *tenant.Registry
	holdings []Holding
}

// NewHouse makes a house of the declarations, in the order in which people read them. Those that hold nothing are left out.
func NewHouse(d *db.DB, r *tenant.Registry, holdings []Holding) *House {
	h := &House{db: d, registry: r}
	for _, one := range holdings {
		if one.Nothing == "" {
			h.holdings = append(h.holdings, one)
		}
	}
	return h
}

// Holdings lists the declarations.
func (h *House) Holdings() []Holding { return h.holdings }

// Find gives the declaration of a name.
func (h *House) Find(name string) (Holding, bool) {
	for _, one := range h.holdings {
		if one.Name == name {
			return one, true
		}
	}
	return Holding{}, false
}

// Count is how many rows of one kind name a person. Holds is the key of the sentence, or "" for the rest together.
type Count struct {
	Holds string
	Rows  int
}

// Held is what one room holds about a person in one space.
type Held struct {
	Holding Holding
	Counts  []Count
}

// Held counts what the spaces hold about a person: one round trip a space, all spaces at once. What holds nothing is left
// out; the result has one entry for each space, in their order. beside, unless nil, queues more reads on the batch of a space.
func (h *House) Held(ctx context.Context, who school.PersonID, spaces []*tenant.Tenant, beside func(i int, b *db.Batch)) ([][]Held, error) {
	out := make([][]Held, len(spaces))
	g, ctx := errgroup.WithContext(ctx)
	for i, t := range spaces {
		g.Go(func() error {
			counts := make([][]int, len(h.holdings))
			err := h.db.Batch(tenant.Enter(ctx, t), func(b *db.Batch) {
				if beside != nil {
					beside(i, b)
				}
				for n, one := range h.holdings {
					counts[n] = make([]int, len(one.Tables))
					for m, table := range one.Tables {
						queueCount(b, &counts[n][m], table, who)
					}
				}
			})
			if err != nil {
				return fmt.Errorf("count what space %d holds about a person: %w", t.ID, err)
			}
			for n, one := range h.holdings {
				if found := sum(one.Tables, counts[n]); len(found) > 0 {
					out[i] = append(out[i], Held{one, found})
				}
			}
			return nil
		})
	}
	return out, g.Wait()
}

// sum puts tables that share a sentence together, in the order of the declaration, and those without one last.
func sum(tables []Table, counts []int) []Count {
	var out []Count
	rest := 0
	for i, t := range tables {
		if counts[i] == 0 {
			continue
		}
		if t.Holds == "" {
			rest += counts[i]
			continue
		}
		if last := len(out) - 1; last >= 0 && out[last].Holds == t.Holds {
			out[last].Rows += counts[i]
			continue
		}
		out = append(out, Count{t.Holds, counts[i]})
	}
	if rest > 0 {
		out = append(out, Count{"", rest})
	}
	return out
}

// Export reads what one room holds about a person in the space of ctx; nil where it holds nothing.
func (h *House) Export(ctx context.Context, one Holding, who school.PersonID) (found map[string]any, err error) {
	err = h.db.Read(ctx, func(ctx context.Context, tx db.Tx) error {
		found, err = one.Record.Export(ctx, tx, who)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read what %s holds about a person: %w", one.Name, err)
	}
	return found, nil
}
