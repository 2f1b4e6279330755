package audit

import (
	"bytes"
	"context"
	"crypto/hmac"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
)

// Damage is what an examination found.
type Damage string

// What can be wrong with a chain.
const (
	Intact        Damage = ""
	SealBroken    Damage = "seal_broken"    // a seal was changed, moved, removed or made with another secret
	EntryChanged  Damage = "entry_changed"  // it does not say any more what was sealed
	EntryRemoved  Damage = "entry_removed"  // a seal holds it, and it is gone
	EntryAdded    Damage = "entry_added"    // no seal holds it, and none will
	ChainCut      Damage = "chain_cut"      // the chain is shorter than a daily head says
	HeadUnlike    Damage = "head_unlike"    // a daily head is not the one that was kept
	NothingSealed Damage = "nothing_sealed" // entries have been waiting for too long: no program seals
)

// Verdict is the result of examining one scope's chain. Seal and Entry name the first place that does not hold.
type Verdict struct {
	Scope   school.ScopeID
	At      time.Time
	Damage  Damage
	Seal    int64
	Entry   uuid.UUID
	Seals   int64 // examined
	Entries int64 // examined
	Waiting int64 // for their first seal
}

// Holds reports whether nothing was found.
func (v Verdict) Holds() bool { return v.Damage == Intact }

const (
	sealsAtOnce   = 50
	longestWait   = 30 * time.Minute // that an entry waits where a program seals every minute
	digitsOfARoot = 64
)

// Verify examines the chain of the scope of ctx from its first seal: that each seal is the program's own and stands right
// behind the one before, that each entry says what was sealed, and that there is no entry besides. It reads all of the
// scope's trail, some hundred thousand entries a second, and holds no transaction meanwhile.
func (k *Keeper) Verify(ctx context.Context) (Verdict, error) {
	s, err := db.ScopeOf(ctx)
	if err != nil {
		return Verdict{}, err
	}
	scope := school.ScopeID(s.ID())
	v := Verdict{Scope: scope, At: k.db.NowIn(ctx)}
	count, err := readTally(ctx, k.db, scope)
	if err != nil {
		return Verdict{}, fmt.Errorf("count the trail: %w", err)
	}
	v.Waiting = count.waiting
	var last seal
	let := count.release
	for {
		seals, err := readSeals(ctx, k.db, scope, last.Number, sealsAtOnce)
		if err != nil {
			return Verdict{}, fmt.Errorf("read the seals: %w", err)
		}
		if len(seals) == 0 {
			break
		}
		if last, err = k.verifySome(ctx, &v, last, seals, let); err != nil || !v.Holds() {
			return v, err
		}
	}
	if let.Number > last.Number {
		v.Damage, v.Seal = SealBroken, let.Number
		return v, nil
	}
	return v, k.verifyCount(ctx, &v, count)
}

// verifySome examines seals that follow last, and returns the last of them. It stops at the first damage. Of seals whose
// entries were let go, the seals alone are examined, and that the program itself let go of them.
func (k *Keeper) verifySome(ctx context.Context, v *Verdict, last seal, seals []seal, let release) (seal, error) {
	var ids []uuid.UUID
	whole := 0
	for _, s := range seals {
		if !k.key.follows(last, s) {
			break
		}
		last = s
		whole++
		if s.Number > let.Number {
			ids = append(ids, s.ids()...)
		} else if s.Number == let.Number && !k.key.ends(let, s) {
			v.Damage, v.Seal = SealBroken, s.Number
			return last, nil
		}
	}
	entries, err := readWritten(ctx, k.db, v.Scope, ids)
	if err != nil {
		return last, fmt.Errorf("read sealed entries: %w", err)
	}
	for _, s := range seals[:whole] {
		if s.Number <= let.Number {
			v.Seals++
			continue
		}
		if damage, entry := s.compare(entries); damage != Intact {
			v.Damage, v.Seal, v.Entry = damage, s.Number, entry
			return last, nil
		}
		v.Seals++
		v.Entries += int64(s.Entries)
	}
	if whole < len(seals) {
		v.Damage, v.Seal = SealBroken, last.Number+1
	}
	return last, nil
}

// compare finds the first entry that is not what was sealed.
func (s seal) compare(entries map[uuid.UUID]written) (Damage, uuid.UUID) {
	for leaf := range slices.Chunk(s.Leaves, leafSize) {
		id := uuid.UUID(leaf[:idSize])
		e, there := entries[id]
		switch {
		case !there:
			return EntryRemoved, id
		case !bytes.Equal(e.leaf(), leaf):
			return EntryChanged, id
		}
	}
	return Intact, uuid.Nil
}

// verifyCount looks for entries that no seal holds.
func (k *Keeper) verifyCount(ctx context.Context, v *Verdict, count tally) error {
	if count.entries != count.sealed+count.waiting {
		id, found, err := readStranger(ctx, k.db, v.Scope, count.release.Number)
		if err != nil {
			return fmt.Errorf("look for entries without a seal: %w", err)
		}
		if found {
			v.Damage, v.Entry = EntryAdded, id
			return nil
		}
	}
	if !count.oldest.IsZero() && v.At.Sub(count.oldest) > longestWait {
		v.Damage = NothingSealed
	}
	return nil
}

// Kept is a daily head as an operator wrote it down.
type Kept struct {
	Day  time.Time
	Root []byte
}

// ParseKept reads "2026-11-23:" and the 64 digits of the root.
func ParseKept(s string) (Kept, error) {
	day, root, _ := strings.Cut(s, ":")
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return Kept{}, fault.Field("head", "Écrivez le jour, deux points, puis les 64 chiffres de l’empreinte : 2026-11-23:a1b2…")
	}
	b, err := hex.DecodeString(root)
	if err != nil || len(root) != digitsOfARoot {
		return Kept{}, fault.Field("head", "L’empreinte est faite de 64 chiffres hexadécimaux, comme le journal les donne.")
	}
	return Kept{Day: d, Root: b}, nil
}

// VerifyHeads compares every daily head with the chains, and with those that an operator kept. It returns one verdict for
// each head that does not hold; Scope is the chain that was cut, or 0 when the head itself is not right.
func (k *Keeper) VerifyHeads(ctx context.Context, kept ...Kept) ([]Verdict, error) {
	heads, err := readHeads(ctx, k.db)
	if err != nil {
		return nil, fmt.Errorf("read the daily heads: %w", err)
	}
	links, err := k.linksOf(ctx, heads)
	if err != nil {
		return nil, err
	}
	var bad []Verdict
	roots := map[string][]byte{}
	for _, h := range heads {
		roots[h.Day.Format(time.DateOnly)] = h.Root
		if v := k.key.examine(h, links); !v.Holds() {
			bad = append(bad, v)
		}
	}
	for _, want := range kept {
		if !hmac.Equal(roots[want.Day.Format(time.DateOnly)], want.Root) {
			bad = append(bad, Verdict{At: want.Day, Damage: HeadUnlike})
		}
	}
	return bad, nil
}

func (k key) examine(h Head, all map[school.ScopeID]map[int64][]byte) Verdict {
	links := map[school.ScopeID][]byte{}
	for scope, n := range h.Numbers {
		link, there := all[scope][n]
		if !there {
			return Verdict{Scope: scope, At: h.Day, Damage: ChainCut, Seal: n}
		}
		links[scope] = link
	}
	if !hmac.Equal(h.Root, k.root(h.Day, links)) {
		return Verdict{At: h.Day, Damage: HeadUnlike}
	}
	return Verdict{}
}

// linksOf reads, scope by scope, the links that heads speak of.
func (k *Keeper) linksOf(ctx context.Context, heads []Head) (map[school.ScopeID]map[int64][]byte, error) {
	numbers := map[school.ScopeID][]int64{}
	for _, h := range heads {
		for scope, n := range h.Numbers {
			numbers[scope] = append(numbers[scope], n)
		}
	}
	all := map[school.ScopeID]map[int64][]byte{}
	for scope, wanted := range numbers {
		links, err := readLinks(db.WithScope(ctx, db.NewScope(int64(scope))), k.db, scope, wanted)
		if err != nil {
			return nil, fmt.Errorf("read the seals of %d: %w", scope, err)
		}
		all[scope] = links
	}
	return all, nil
}
