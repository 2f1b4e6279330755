package dav

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/school"
)

// walk finds what an address names in a space; the root of the space for its top.
func (q *request) walk(ctx context.Context, at place) (drive.Node, error) {
	if at.root() || at.dusty() {
		return drive.Node{}, fault.Missing()
	}
	return q.h.drive.Walk(ctx, at.space, at.path)
}

// folder finds the folder that something is about to be put into. What is not there, or is no folder, is a conflict.
func (q *request) folder(ctx context.Context, at place) (drive.Node, error) {
	n, err := q.walk(ctx, at)
	if fault.Is(err, fault.NotFound) || err == nil && !n.Folder {
		err = refuse(http.StatusConflict, "Le dossier qui doit recevoir ce document n’existe pas.")
	}
	return n, err
}

func (q *request) get(ctx context.Context) error {
	if q.at.root() {
		return q.explain()
	}
	n, err := q.walk(ctx, q.at)
	if err != nil {
		return err
	}
	if n.Folder {
		return q.explain()
	}
	head := q.w.Header()
	head.Set("Content-Type", n.Type)
	head.Set("ETag", etag(n))
	head.Set("Content-Disposition", disposition(n))
	c := &content{ctx: ctx, drive: q.h.drive, node: n, window: -1}
	if q.r.Header.Get("Range") != "" {
		c.window = firstWindow
	}
	defer c.Close()
	w := pacedWriter{ResponseWriter: q.w, control: http.NewResponseController(q.w)}
	http.ServeContent(w, q.r, "", n.ModifiedAt, c)
	if c.err != nil {
		return c.err
	}
	return nil
}

// explain answers a browser that was led to a folder.
func (q *request) explain() error {
	q.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	q.w.WriteHeader(http.StatusOK)
	if q.r.Method == http.MethodHead {
		return nil
	}
	_, err := io.WriteString(q.w, "Ce dossier s’ouvre dans un explorateur de fichiers.\nLa marche à suivre : "+
		q.h.registry.URL(q.tenant, "/account/file-manager")+"\n")
	return err
}

// disposition lets a browser show what cannot run, and save the rest.
func disposition(n drive.Node) string {
	if text := mime.FormatMediaType(drive.Disposition(n.Type), map[string]string{"filename": n.Name}); text != "" {
		return text
	}
	return "attachment; filename*=utf-8''" + url.PathEscape(n.Name)
}

// content reads a file where it is asked to. Nothing is opened before the first byte is wanted, and only for a part when a
// part was asked for: a store that is left in the middle of gigabytes has sent some of them for nothing.
type content struct {
	ctx    context.Context
	drive  *drive.Drive
	node   drive.Node
	window int64 // how much is opened at a time; negative: all that follows
	pos    int64
	left   int64 // of what is open
	body   io.ReadCloser
	err    error
}

const (
	firstWindow = 1 << 20
	lastWindow  = 64 << 20
)

// Seek moves the place of the next Read.
func (c *content) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += c.pos
	case io.SeekEnd:
		offset += c.node.Size
	}
	if offset < 0 {
		return 0, errors.New("dav: seek before the beginning")
	}
	if offset != c.pos {
		c.close()
	}
	c.pos = offset
	return offset, nil
}

// Read reads the version that the answer's head announced, whatever is stored meanwhile.
func (c *content) Read(p []byte) (int, error) {
	if c.pos >= c.node.Size {
		return 0, io.EOF
	}
	if c.body == nil {
		c.left = c.node.Size - c.pos
		if c.window > 0 {
			c.left = min(c.left, c.window)
			c.window = min(2*c.window, lastWindow)
		}
		if c.body, _, c.err = c.drive.Open(c.ctx, c.node.ID, c.node.Version, c.pos, c.left); c.err != nil {
			c.body = nil
			return 0, c.err
		}
	}
	n, err := c.body.Read(p[:min(int64(len(p)), c.left)])
	c.pos += int64(n)
	if c.left -= int64(n); c.left == 0 {
		c.close()
		err = nil
	} else if err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		c.err = err
	}
	return n, err
}

func (c *content) close() {
	if c.body != nil {
		c.body.Close()
		c.body = nil
	}
}

// Close ends what is open.
func (c *content) Close() error {
	c.close()
	return nil
}

const mostDust = 16 << 20

// put keeps a file. Its bytes go to the object store as they come; what ends early leaves nothing behind.
func (q *request) put(ctx context.Context) error {
	head := q.r.Header
	switch {
	case q.at.root() || q.at.top() || q.at.slash:
		return refuse(http.StatusMethodNotAllowed, "Un fichier ne peut pas prendre la place d’un dossier.")
	case head.Get("Content-Range") != "":
		return refuse(http.StatusBadRequest, "Un fichier s’envoie en entier.")
	case head.Get("Content-Encoding") != "" && head.Get("Content-Encoding") != "identity":
		return refuse(http.StatusUnsupportedMediaType, "Un fichier s’envoie tel qu’il est.")
	}
	body := q.paced()
	if q.at.dusty() {
		if _, err := io.Copy(io.Discard, http.MaxBytesReader(q.w, io.NopCloser(body), mostDust)); err != nil {
			return err
		}
		q.w.WriteHeader(http.StatusCreated)
		return nil
	}
	parent, err := q.folder(ctx, q.at.parent())
	if err != nil {
		return err
	}
	there, err := q.there(ctx, q.at)
	if err != nil {
		return err
	}
	if there != nil && there.Folder {
		return refuse(http.StatusMethodNotAllowed, "Un dossier porte déjà ce nom.")
	}
	if err := q.matched(there); err != nil {
		return err
	}
	if err := q.free(ctx, need{at: q.at, parent: there == nil}); err != nil {
		return err
	}
	in := drive.Incoming{Space: q.at.space, Parent: parent.ID, ID: school.NewID(), Name: q.at.name(), Replace: head.Get("If-None-Match") != "*"}
	if there != nil && (head.Get("If-Match") != "" || q.cond.fixed()) {
		in.IfHash = there.Hash
	}
	n, err := q.h.drive.Store(ctx, in, body, q.length())
	if err != nil {
		if body.cut {
			return refuse(http.StatusRequestTimeout, "L’envoi s’est interrompu. Recommencez.")
		}
		return err
	}
	q.w.Header().Set("ETag", etag(n))
	if there == nil {
		q.w.WriteHeader(http.StatusCreated)
		return nil
	}
	q.w.WriteHeader(http.StatusNoContent)
	return nil
}

// there is what an address names, or nil.
func (q *request) there(ctx context.Context, at place) (*drive.Node, error) {
	n, err := q.walk(ctx, at)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &n, nil
}

// length is how much is being sent; negative when nobody says. The Finder sends pieces, and the length beside them.
func (q *request) length() int64 {
	if q.r.ContentLength >= 0 {
		return q.r.ContentLength
	}
	n, err := strconv.ParseInt(strings.TrimSpace(q.r.Header.Get("X-Expected-Entity-Length")), 10, 64)
	if err != nil || n < 0 {
		return -1
	}
	return n
}
