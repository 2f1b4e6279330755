package slips

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"

	"github.com/google/uuid"
)

// block is the step in which a sealed urn grows: far more than a ballot's sums need, so that its length tells nothing.
const block = 16 << 10

// perPart is how many people share one part of an urn. Long texts of a whole school would otherwise be written anew with
// each answer; a vote between candidates is always one part.
const perPart = 300

// Tally is the sums of answers: no answer sheet can be taken out of it. What was answered to one question stands apart
// from what was answered to another; texts are sorted, so that their order says nothing.
type Tally struct {
	Answers int                 `json:"n"`
	Counts  []map[string]int    `json:"counts"`            // by question, by answer
	Texts   [][]string          `json:"texts"`             // by question
	Classes map[string]*Section `json:"classes,omitempty"` // by class
}

// Section is the sums of one class. It has no texts.
type Section struct {
	Answers int              `json:"n"`
	Counts  []map[string]int `json:"counts"`
}

// newTally makes the sums of no answer.
func newTally(questions int) *Tally {
	return &Tally{Counts: make([]map[string]int, questions), Texts: make([][]string, questions), Classes: map[string]*Section{}}
}

// add counts the answers of one person. class is empty where none is told apart.
func (t *Tally) add(questions []Question, answers [][]string, class string) {
	t.Answers++
	section := t.Classes[class]
	if class != "" && section == nil {
		section = &Section{Counts: make([]map[string]int, len(questions))}
		t.Classes[class] = section
	}
	if section != nil {
		section.Answers++
	}
	for i, q := range questions {
		if i >= len(answers) {
			break
		}
		for _, v := range answers[i] {
			if q.Form == Free {
				at, _ := slices.BinarySearch(t.Texts[i], v)
				t.Texts[i] = slices.Insert(t.Texts[i], at, v)
				continue
			}
			count(t.Counts, i, v, 1)
			if section != nil {
				count(section.Counts, i, v, 1)
			}
		}
	}
}

func count(counts []map[string]int, i int, v string, n int) {
	if counts[i] == nil {
		counts[i] = map[string]int{}
	}
	counts[i][v] += n
}

// merge adds the sums of another part of the urn.
func (t *Tally) merge(o *Tally) {
	t.Answers += o.Answers
	sum(t.Counts, o.Counts)
	for i := range t.Texts {
		if i < len(o.Texts) {
			t.Texts[i] = append(t.Texts[i], o.Texts[i]...)
			slices.Sort(t.Texts[i])
		}
	}
	for class, s := range o.Classes {
		if t.Classes[class] == nil {
			t.Classes[class] = &Section{Counts: make([]map[string]int, len(t.Counts))}
		}
		t.Classes[class].Answers += s.Answers
		sum(t.Classes[class].Counts, s.Counts)
	}
}

func sum(into, from []map[string]int) {
	for i := range into {
		if i < len(from) {
			for v, n := range from[i] {
				count(into, i, v, n)
			}
		}
	}
}

// key opens the urns of a space. The database never sees it.
type key [32]byte

// partsFor is how many parts the urn of a slip has.
func partsFor(s Slip, people int) int {
	if s.Kind == Ballot {
		return 1
	}
	return 1 + people/perPart
}

// anyPart chooses a part by chance.
func anyPart(parts int) (int, error) {
	n, err := rand.Int(rand.Reader, big.NewInt(int64(max(1, parts))))
	if err != nil {
		return 0, err
	}
	return int(n.Int64()), nil
}

func (k key) cipher(scope int64, slip uuid.UUID, part int) (cipher.AEAD, []byte, error) {
	name := "elyco slips urn " + strconv.FormatInt(scope, 10) + " " + slip.String() + " " + strconv.Itoa(part)
	own, err := hkdf.Key(sha256.New, k[:], nil, name, len(k))
	if err != nil {
		return nil, nil, err
	}
	b, err := aes.NewCipher(own)
	if err != nil {
		return nil, nil, err
	}
	a, err := cipher.NewGCM(b)
	return a, []byte(name), err
}

// seal closes sums into what the database keeps. It looks new each time, and is as long as that of other sums.
func (k key) seal(scope int64, slip uuid.UUID, part int, t *Tally) ([]byte, error) {
	plain, err := json.Marshal(t)
	if err != nil {
		return nil, err
	}
	plain = append(plain, bytes.Repeat([]byte{' '}, block-len(plain)%block)...)
	a, name, err := k.cipher(scope, slip, part)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, a.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	return a.Seal(nonce, nonce, plain, name), nil
}

var errUrn = errors.New("an urn that was not sealed here, or was changed")

// open reads sealed sums. It fails on an urn that was changed, or belongs elsewhere.
func (k key) open(scope int64, slip uuid.UUID, part, questions int, sealed []byte) (*Tally, error) {
	a, name, err := k.cipher(scope, slip, part)
	if err != nil {
		return nil, err
	}
	if len(sealed) < a.NonceSize() {
		return nil, errUrn
	}
	plain, err := a.Open(nil, sealed[:a.NonceSize()], sealed[a.NonceSize():], name)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUrn, err)
	}
	t := newTally(questions)
	if err := json.Unmarshal(plain, t); err != nil {
		return nil, errUrn
	}
	return t, nil
}
