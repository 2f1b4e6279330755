package drive

import (
	"context"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
)

// each gathers nodes of one scope, locks their spaces and gives them, judged, to do. Things that are not there, or are in
// the trash already, are left out: asking twice does it once.
func (d *Drive) each(ctx context.Context, ids []uuid.UUID, what string, do func(ctx context.Context, tx db.Tx, v visit, all []found) error) error {
	v, err := d.writing(ctx)
	if err != nil {
		return err
	}
	if len(ids) > maxAtOnce {
		return tooMany()
	}
	seen := 0
	for _, scope := range v.scopes() {
		in, err := d.in(ctx, v, scope)
		if err != nil {
			return err
		}
		err = d.db.Write(in, func(ctx context.Context, tx db.Tx) error {
			ways, err := upMany(ctx, tx, ids, v.keys)
			if err != nil || len(ways) == 0 {
				return err
			}
			if err := lockSpaces(ctx, tx, ways); err != nil {
				return err
			}
			if ways, err = upMany(ctx, tx, ids, v.keys); err != nil {
				return err
			}
			var all []found
			for _, c := range ways {
				if f, err := d.meet(v, c); err == nil {
					all = append(all, f)
				}
			}
			seen += len(all)
			if len(all) == 0 {
				return nil
			}
			return do(ctx, tx, v, all)
		})
		if err != nil {
			return fault.Doing(what, err)
		}
	}
	if seen == 0 && len(ids) > 0 {
		return fault.Missing()
	}
	return nil
}

func orMissing(err error) error {
	if err != nil {
		return err
	}
	return fault.Missing()
}

func denied() error {
	return fault.New(fault.Forbidden, "Vous pouvez consulter ce dossier, mais pas le modifier.")
}

func tooDeep() error {
	return fault.Field("name", "Ce dossier serait trop profond : trente dossiers l’un dans l’autre au plus.")
}

func clash() error {
	return fault.Field("name", "Un document de ce dossier porte déjà ce nom. Choisissez-en un autre.")
}
