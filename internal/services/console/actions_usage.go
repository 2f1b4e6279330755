package console

import (
	"context"
	"fmt"

	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

// Usage reads how the space is used: its people and their accounts, its connections, its files.
func (r *Room) Usage(ctx context.Context) (usage, error) {
	t := tenant.From(ctx)
	var u usage
	var roll []member
	err := r.DB.Batch(ctx, func(b *db.Batch) { queueRoll(b, &roll, directory.Day(r.DB.NowIn(ctx))) })
	if err != nil {
		return u, fmt.Errorf("list the members of a space: %w", err)
	}
	people := make([]school.PersonID, len(roll))
	for i, m := range roll {
		people[i].UUID = m.Person
	}
	activated, err := r.Sessions.Activated(ctx, people)
	if err != nil {
		return u, err
	}
	u.Profiles = byProfile(roll, activated)
	local := r.DB.NowIn(ctx).In(words.Zone())
	first := day(local.AddDate(0, 0, 1-shownDays).Format("2006-01-02"))
	counted, err := r.Sessions.Connections(ctx, t.ID, first)
	if err != nil {
		return u, err
	}
	days := make([]dayUse, len(counted))
	for i, c := range counted {
		days[i] = dayUse{directory.Day(c.Day), c.Connections}
	}
	u.Days = fill(first, days)
	u.Files, u.Bytes, err = r.stored(ctx)
	u.StoresKnown = len(r.Stores) > 0
	return u, err
}

// stored sums what the rooms of the space keep.
func (r *Room) stored(ctx context.Context) (files int, bytes int64, err error) {
	for _, s := range r.Stores {
		n, size, err := s.Stored(ctx)
		if err != nil {
			return 0, 0, err
		}
		files, bytes = files+n, bytes+size
	}
	return files, bytes, nil
}
