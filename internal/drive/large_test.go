package drive_test

import (
	"io"
	"math/rand/v2"
	"os"
	"regexp"
	"strconv"
	"testing"

	"github.com/google/uuid"

	"elyco/internal/drive"
	"elyco/internal/school"
)

// endless gives bytes that look like nothing, quickly.
type endless struct{ *rand.ChaCha8 }

// peak is the most memory that this program has held, in mebibytes.
func peak(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip("the kernel does not tell")
	}
	m := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindSubmatch(status)
	n, err := strconv.Atoi(string(m[1]))
	if err != nil {
		t.Fatal(err)
	}
	return n / 1024
}

// TestLargerThanMemory stores files whole, of unknown size and in pieces, and holds the program's memory to what it needs
// for a small one. ELYCO_TEST_LARGE says how many mebibytes each has; 192 is enough to see a file that is held.
func TestLargerThanMemory(t *testing.T) {
	size := int64(192 << 20)
	if n, err := strconv.Atoi(os.Getenv("ELYCO_TEST_LARGE")); err == nil {
		size = int64(n) << 20
	}
	ctx := member(t, h.Rochelle, school.Teacher)
	s := mine(t, ctx)
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		t.Skip("the kernel does not measure anew")
	}
	before := peak(t)
	body := func() io.Reader { return io.LimitReader(endless{rand.NewChaCha8([32]byte{1})}, size) }
	hashes := map[string]bool{}
	for name, store := range map[string]func() (drive.Node, error){
		"whole": func() (drive.Node, error) {
			return h.drive.Store(ctx, incoming(s, uuid.Nil, uuid.NewString()), body(), size)
		},
		"of unknown size": func() (drive.Node, error) {
			return h.drive.Store(ctx, incoming(s, uuid.Nil, uuid.NewString()), body(), -1)
		},
		"in pieces": func() (drive.Node, error) {
			in, r := incoming(s, uuid.Nil, uuid.NewString()), body()
			u, err := h.drive.BeginUpload(ctx, in, size)
			for err == nil && u.Received < u.Size {
				n := min(int64(drive.PieceSize), size-u.Received)
				u, err = h.drive.Append(ctx, in.ID, u.Received, io.LimitReader(r, n), n)
			}
			if err != nil {
				return drive.Node{}, err
			}
			return h.drive.FinishUpload(ctx, in.ID)
		},
	} {
		n, err := store()
		if err != nil || n.Size != size {
			t.Fatalf("%s: %+v, %v", name, n, err)
		}
		hashes[n.Hash] = true
		t.Logf("%s: %d MiB, %d MiB of memory at the most, %d before", name, size>>20, peak(t), before)
		must(h.drive.Trash(ctx, n.ID))
		must(h.drive.EmptyTrash(ctx, s))
		runJobs(t, h.drive, "documents.forget")
	}
	if len(hashes) != 1 {
		t.Errorf("one content has %d hashes", len(hashes))
	}
	if now := peak(t); now > 150 {
		t.Errorf("%d MiB of memory at the most", now)
	}
}
