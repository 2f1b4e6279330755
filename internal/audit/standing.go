package audit

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/words"
)

// Standing is what a page says about the chain of a scope: how far it goes, and what its last examination found.
type Standing struct {
	Seals    int64     // in the chain
	SealedAt time.Time // the last one; zero when there is none
	Waiting  int64     // entries that the next seal will hold
	Last     Verdict   // of the last examination; its At is zero when there was none
}

// Stand reads the standing of the scope of tx.
func Stand(ctx context.Context, tx db.Tx) (Standing, error) {
	s, err := readStanding(ctx, tx)
	if err != nil {
		return Standing{}, fmt.Errorf("read where the trail stands: %w", err)
	}
	return s, nil
}

// Note keeps a verdict on the scope of ctx, for pages. An examination reads the chain itself and never this.
func (k *Keeper) Note(ctx context.Context, v Verdict) error {
	return k.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		entry := uuid.NullUUID{UUID: v.Entry, Valid: v.Entry != uuid.Nil}
		return saveVerdict(ctx, tx, v, entry)
	})
}

// Words says in French, for a page, how sure its reader may be of the trail; alarm when it was changed or is not sealed.
func (s Standing) Words() (text string, alarm bool) {
	switch {
	case s.Last.At.IsZero() && s.Seals == 0:
		return "Ce journal n’a encore aucun sceau : le programme le scelle dans la minute qui suit la première inscription.", false
	case s.Last.At.IsZero():
		return "Ce journal est scellé depuis le " + words.DateTime(s.SealedAt) + ". Il sera examiné en entier cette nuit.", false
	case s.Last.Holds():
		return "Ce journal n’a pas été modifié : ses " + words.Number(int(s.Last.Entries)) + " inscriptions scellées ont été examinées le " + words.DateTime(s.Last.At) + ".", false
	}
	text = "Ce journal n’est pas sûr : " + s.Last.Damage.Words()
	if s.Last.Seal != 0 {
		text += " (sceau " + words.Number(int(s.Last.Seal)) + ")"
	}
	return text + ". Examen du " + words.DateTime(s.Last.At) + ". Prévenez l’exploitant du service.", true
}

// Words says the damage in French, for pages and for the operator's terminal; "" when there is none.
func (d Damage) Words() string {
	return map[Damage]string{
		SealBroken:    "un sceau a été modifié, déplacé ou supprimé",
		EntryChanged:  "une inscription ne dit plus ce qui avait été scellé",
		EntryRemoved:  "une inscription scellée a disparu",
		EntryAdded:    "une inscription a été ajoutée sans passer par le programme",
		ChainCut:      "la fin de la chaîne a été coupée",
		HeadUnlike:    "l’empreinte du jour n’est pas celle qui avait été relevée",
		NothingSealed: "des inscriptions attendent leur sceau depuis plus d’une demi-heure : aucun programme ne scelle",
	}[d]
}
