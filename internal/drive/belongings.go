package drive

import (
	"archive/zip"
	"context"
	"io"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// mostBelongings bounds what one archive holds.
const mostBelongings = 200000

// Belongings finds what a person keeps in the personal space, the trash apart, for the archive that the person takes away.
// What the antivirus has not let through is left out and named in a note.
func (d *Drive) Belongings(ctx context.Context, who school.PersonID) (*Packing, error) {
	var rows []row
	err := d.db.Batch(tenant.Enter(ctx, d.registry.Academy()), func(b *db.Batch) { queueBelowRoot(b, &rows, who.UUID, mostBelongings) })
	if err != nil {
		return nil, fault.Doing("list what a person keeps", err)
	}
	p := &Packing{drive: d}
	paths := map[uuid.UUID]string{}
	for _, r := range rows {
		at := r.Name
		if r.ParentID != nil {
			at = paths[*r.ParentID] + "/" + r.Name
		}
		paths[r.ID] = at
		if r.IsFile && readable(r, visit{}) != nil {
			p.left = append(p.left, at)
			continue
		}
		p.entries = append(p.entries, parcel{at, r})
	}
	return p, nil
}

// Files counts what the archive will hold.
func (p *Packing) Files() int {
	n := 0
	for _, e := range p.entries {
		if e.row.IsFile {
			n++
		}
	}
	return n
}

// Into writes the entries into an archive that goes on, below a folder, one after the other; nothing is kept in memory.
func (p *Packing) Into(ctx context.Context, z *zip.Writer, folder string) error {
	for _, e := range p.entries {
		e.name = folder + "/" + e.name
		if err := p.write(ctx, z, e); err != nil {
			return fault.Doing("write an archive", err)
		}
	}
	if len(p.left) == 0 {
		return nil
	}
	note, err := z.Create(folder + "/" + absentNote)
	if err != nil {
		return fault.Doing("write an archive", err)
	}
	_, err = io.WriteString(note, p.absent())
	return fault.Doing("write an archive", err)
}
