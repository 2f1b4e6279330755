package documents

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/school"
)

// MakePath makes the folders of a path in a place, those that are there already aside, and gives the last one's id. Names
// are mended as those of files are.
func (r *Room) MakePath(ctx context.Context, p place, path string) (uuid.UUID, error) {
	const deepest = 30
	names := slices.DeleteFunc(strings.Split(path, "/"), func(s string) bool { return strings.TrimSpace(s) == "" })
	if len(names) > deepest {
		return uuid.Nil, fault.Field("path", "Ce dossier serait trop profond : trente dossiers l’un dans l’autre au plus.")
	}
	for _, name := range names {
		next, err := r.folderNamed(ctx, p, drive.SafeName(name))
		if err != nil {
			return uuid.Nil, err
		}
		p.folder = next
	}
	return p.folder, nil
}

// folderNamed is the folder of a name in a place. Two files of one folder that are sent at the same time both find it
// missing, and one of them makes it.
func (r *Room) folderNamed(ctx context.Context, p place, name string) (uuid.UUID, error) {
	made, failed := r.drive.MakeFolder(ctx, p.space, p.folder, school.NewID(), name)
	if failed == nil {
		return made.ID, nil
	}
	if !fault.Is(failed, fault.Invalid) && !fault.Is(failed, fault.Conflict) {
		return uuid.Nil, failed
	}
	// Folders come before files, and nobody has five hundred of them side by side.
	l, err := r.drive.List(ctx, p.space, p.folder, drive.ListOptions{Limit: 500})
	if err != nil {
		return uuid.Nil, err
	}
	for _, n := range l.Nodes {
		if n.Folder && strings.EqualFold(n.Name, name) {
			return n.ID, nil
		}
	}
	return uuid.Nil, failed
}

// Carry moves or copies things to a place, and says where the first of them was.
func (r *Room) Carry(ctx context.Context, ids []uuid.UUID, to place, copies bool) (place, error) {
	var from place
	for i, id := range ids {
		n, err := r.drive.Find(ctx, id)
		if err != nil {
			return from, err
		}
		if i == 0 {
			from = place{n.Space, n.Parent}
		}
		if copies {
			_, err = r.drive.Copy(ctx, id, school.NewID(), to.space, to.folder, "", false)
		} else {
			_, err = r.drive.Move(ctx, id, to.space, to.folder, n.Name, false)
		}
		if err != nil {
			return from, err
		}
	}
	return from, nil
}
