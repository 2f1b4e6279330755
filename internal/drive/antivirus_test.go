package drive_test

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/google/uuid"

	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/scan"
	"elyco/internal/scan/scantest"
	"elyco/internal/school"
)

func TestAntivirus(t *testing.T) {
	const mark = "ELYCO-VIRUS-MARK"
	clamd := scantest.Start(t, mark)
	c, err := scan.New(clamd.Address)
	if err != nil {
		t.Fatal(err)
	}
	d := h.newDrive()
	d.Scan(c)
	class := h.Class(t, h.Rochelle, "V "+uuid.NewString()[:4], "5EME")
	author, colleague := member(t, h.Rochelle, school.Teacher, class), member(t, h.Rochelle, school.Teacher, class)
	s := classSpace(h.Rochelle, class)
	store := func(name, text string) drive.Node {
		t.Helper()
		in := incoming(s, uuid.Nil, name)
		in.Replace = true
		n, err := d.Store(author, in, strings.NewReader(text), int64(len(text)))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	reads := func(ctx context.Context, id uuid.UUID, version int, want bool) {
		t.Helper()
		body, _, err := d.Open(ctx, id, version, 0, -1)
		if err == nil {
			body.Close()
		}
		if (err == nil) != want || err != nil && !fault.Is(err, fault.Conflict) {
			t.Errorf("version %d is read: %v", version, err)
		}
	}
	good, bad := store("bon.txt", "bon"), store("mauvais.txt", "il y a "+mark+" dedans")
	if good.State != drive.Pending {
		t.Errorf("stored as %s", good.State)
	}
	reads(author, good.ID, 0, true)
	reads(colleague, good.ID, 0, false)
	_, err = d.Copy(colleague, good.ID, school.NewID(), mine(t, colleague), uuid.Nil, "", false)
	wantFault(t, err, fault.Conflict)
	_, err = d.Copy(colleague, good.ID, school.NewID(), s, uuid.Nil, "", false)
	wantFault(t, err, fault.Conflict)
	wantFault(t, d.Unzip(author, school.NewID(), good.ID, s, uuid.Nil), fault.Conflict)
	copied, err := d.Copy(author, bad.ID, school.NewID(), mine(t, author), uuid.Nil, "", false)
	if err != nil || copied.State != drive.Pending {
		t.Errorf("the author's copy: %+v, %v", copied, err)
	}
	_, secret, err := d.NewLink(author, good.ID, school.NewID(), h.Clock.At.AddDate(0, 0, 1), "")
	must(err)
	door, err := d.OpenLink(author, secret, "")
	must(err)
	_, _, err = door.Open(good.ID, 0, -1)
	wantFault(t, err, fault.NotFound)
	var out bytes.Buffer
	must(d.Zip(colleague, []uuid.UUID{good.ID}, &out))
	if bytes.Contains(out.Bytes(), []byte("bon\x00")) || !bytes.Contains(out.Bytes(), []byte("fichiers absents")) {
		t.Error("the archive holds what was not looked at")
	}

	// While it does not answer, nothing changes.
	d.Scan(deaf{})
	runHandlers(t, d.Jobs(), "documents.scan")
	reads(colleague, good.ID, 0, false)
	d.Scan(c)
	later(t, scanPause)
	runHandlers(t, d.Jobs(), "documents.scan")
	reads(colleague, good.ID, 0, true)
	for _, id := range []uuid.UUID{bad.ID, copied.ID} {
		reads(author, id, 0, false)
		if n, err := d.Find(author, id); err != nil || n.State != drive.Quarantined {
			t.Errorf("what has a virus is %+v, %v", n, err)
		}
	}
	reads(colleague, bad.ID, 0, false)
	store("bon.txt", "meilleur")
	reads(colleague, good.ID, 0, false)
	reads(colleague, good.ID, 1, true)
	must(d.Trash(author, bad.ID))
}

const scanPause = 6 * 60 * 1e9

type deaf struct{}

func (deaf) Scan(context.Context, io.Reader) (bool, error) {
	return false, fault.New(fault.Busy, "")
}
