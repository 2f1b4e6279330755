package documents_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/testkit"
)

func TestFilesByAPlainForm(t *testing.T) {
	h := testkit.NewHouse(t)
	c := h.SignInAs(t, h.College, school.Teacher)
	post(t, c, h.College, "perso", "", sent{"Leçon 1.txt", "Bonjour"}, sent{"../../etc/passwd", "x"}, sent{"a\u202egpj.exe", "MZ"}).LeadsTo(t, "/documents/spaces/perso")
	c.Get(t, h.College, "/documents/spaces/perso").Sees(t, ".file-words", "Leçon 1.txt").Sees(t, ".file-words", "passwd").Sees(t, ".file-words", "agpj.exe")
	// A name that is taken: both are kept.
	post(t, c, h.College, "perso", "", sent{"Leçon 1.txt", "Bonsoir"})
	c.Get(t, h.College, "/documents/spaces/perso").Sees(t, ".file-words", "Leçon 1 (2).txt")
	post(t, c, h.College, "perso", "").Is(t, http.StatusUnprocessableEntity).Sees(t, "[role=alert]", "Choisissez au moins un fichier")
	// What may not be added to is not, whoever asks.
	pupil := h.SignInAs(t, h.College, school.Pupil)
	post(t, pupil, h.College, "etablissement", "", sent{"a.txt", "x"}).Is(t, http.StatusUnprocessableEntity).Sees(t, "[role=alert]", "a.txt")
	post(t, h.Visitor(), h.College, "perso", "", sent{"a.txt", "x"}).Is(t, http.StatusUnauthorized)
}

// random is content that no packing makes small.
func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(b)
	return b
}

func TestUploadInPieces(t *testing.T) {
	h := testkit.NewHouse(t)
	c := h.SignInAs(t, h.College, school.Teacher)
	content := random(8<<20 + 12345)
	u := begin(t, c, h.College, "Film de la sortie.bin", int64(len(content)))
	if u.Offset != 0 || u.Chunk < 5<<20 || u.ID == "" {
		t.Fatalf("begun: %+v", u)
	}
	chunk := func(off int64) string { return fmt.Sprintf("uploads/%s/chunks?offset=%d", u.ID, off) }
	// The line breaks in the middle of the first piece.
	cutShort(t, h, c, "/documents/"+chunk(0), content[:u.Chunk], 3<<20)
	await(t, func() bool { return ask(t, c, h.College, "GET", "uploads/"+u.ID, nil, nil).Offset == 0 })
	first := ask(t, c, h.College, "POST", chunk(0), nil, content[:u.Chunk])
	if first.Offset != u.Chunk {
		t.Fatalf("the first piece again: %+v", first)
	}
	// The answer was lost: the same piece comes once more, then one from the wrong place.
	if again := ask(t, c, h.College, "POST", chunk(0), nil, content[:u.Chunk]); again.Offset != u.Chunk || again.Status != http.StatusOK {
		t.Errorf("a piece twice: %+v", again)
	}
	if wrong := ask(t, c, h.College, "POST", chunk(u.Chunk+5), nil, content[u.Chunk+5:]); wrong.Status != http.StatusConflict || wrong.Offset != u.Chunk {
		t.Errorf("a piece from the wrong place: %+v", wrong)
	}
	if early := ask(t, c, h.College, "POST", "uploads/"+u.ID+"/end", url.Values{}, nil); early.Error == "" {
		t.Errorf("ended half-way: %+v", early)
	}
	// Another person neither sees the upload nor adds to it.
	other := h.SignInAs(t, h.College, school.Teacher)
	for _, a := range []said{ask(t, other, h.College, "GET", "uploads/"+u.ID, nil, nil), ask(t, other, h.College, "POST", chunk(u.Chunk), nil, content[u.Chunk:])} {
		if a.Error == "" || a.Offset != 0 {
			t.Errorf("another person: %+v", a)
		}
	}
	if last := ask(t, c, h.College, "POST", chunk(u.Chunk), nil, content[u.Chunk:]); last.Offset != int64(len(content)) {
		t.Fatalf("the last piece: %+v", last)
	}
	if end := ask(t, c, h.College, "POST", "uploads/"+u.ID+"/end", url.Values{}, nil); end.Name != "Film de la sortie.bin" {
		t.Fatalf("the end: %+v", end)
	}
	a := c.Get(t, h.College, only(t, c, h.College, "/documents/spaces/perso", "Film de la sortie.bin")+"/content").Is(t, http.StatusOK)
	if sha256.Sum256(a.Body) != sha256.Sum256(content) {
		t.Errorf("%d bytes came back, changed", len(a.Body))
	}
}

// cutShort sends the beginning of a piece and hangs up.
func cutShort(t *testing.T, h *testkit.House, c *testkit.Client, path string, piece []byte, sentOf int) {
	t.Helper()
	conn, err := net.Dial("tcp", h.Address)
	if err != nil {
		t.Fatal(err)
	}
	host := h.College.Host()
	head := fmt.Sprintf("POST %s HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nCookie: %s=%s\r\nContent-Type: application/octet-stream\r\nContent-Length: %d\r\n\r\n",
		path, host, host, session.Cookie, c.Cookie(host, session.Cookie), len(piece))
	if _, err := io.Copy(conn, io.MultiReader(strings.NewReader(head), bytes.NewReader(piece[:sentOf]))); err != nil {
		t.Fatal(err)
	}
	_ = conn.Close()
}

func await(t *testing.T, done func() bool) {
	t.Helper()
	for range 100 {
		if done() {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Error("it never came to that")
}

func TestUploadsAreRefusedInWords(t *testing.T) {
	h := testkit.NewHouse(t)
	guardian := h.SignInAs(t, h.College, school.Guardian)
	if a := begin(t, guardian, h.College, "Film.mp4", 600<<20); !strings.Contains(a.Error, "place") || a.Status != http.StatusUnprocessableEntity {
		t.Errorf("more than the quota: %+v", a)
	}
	if a := begin(t, guardian, h.College, "Film.mp4", -1); a.Error == "" {
		t.Errorf("less than nothing: %+v", a)
	}
	pupil := h.SignInAs(t, h.College, school.Pupil)
	a := ask(t, pupil, h.College, "POST", "uploads", url.Values{"space": {"etablissement"}, "name": {"a.txt"}, "size": {"5"}}, nil)
	if a.Error == "" || a.Status != http.StatusUnprocessableEntity {
		t.Errorf("a pupil into the common space: %+v", a)
	}
	for _, path := range []string{"Sortie/Photos", "Sortie/Photos", "sortie/Vidéos"} {
		if a := ask(t, pupil, h.College, "POST", "paths", url.Values{"space": {"perso"}, "path": {path}}, nil); a.ID == "" {
			t.Errorf("the folders of %s: %+v", path, a)
		}
	}
	folder := only(t, pupil, h.College, "/documents/spaces/perso", "Sortie")
	pupil.Get(t, h.College, folder).Sees(t, ".file-words", "Photos").Sees(t, ".file-words", "Vidéos").SeesNot(t, "(2)")
}
