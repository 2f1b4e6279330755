package web

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/textproto"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"elyco/internal/fault"
)

// silence is how long a sender or a reader may keep still in the middle of a file. The server's own limits are meant for
// pages: a file of a gigabyte takes a quarter of an hour on a country line.
const silence = 30 * time.Second

// Within refuses a body that declares more than limit bytes, before any of it is read.
func Within(c *fiber.Ctx, limit int64) error {
	if int64(c.Request().Header.ContentLength()) > limit {
		return closing(c, fault.New(fault.TooLarge, ""))
	}
	return nil
}

// Body is the request's body as it arrives, for routes whose handler reads it. It ends with an error when the sender
// falls silent.
func Body(c *fiber.Ctx) io.Reader {
	if s := c.Context().RequestBodyStream(); s != nil {
		return incoming{s, c.Context()}
	}
	return bytes.NewReader(c.Request().Body())
}

type incoming struct {
	io.Reader
	conn *fasthttp.RequestCtx
}

func (i incoming) Read(p []byte) (int, error) {
	if err := i.conn.SetReadDeadline(time.Now().Add(silence)); err != nil {
		return 0, err
	}
	return i.Reader.Read(p)
}

type outgoing struct {
	io.ReadCloser
	conn *fasthttp.RequestCtx
}

func (o outgoing) Read(p []byte) (int, error) {
	if err := o.conn.SetWriteDeadline(time.Now().Add(silence)); err != nil {
		return 0, err
	}
	return o.ReadCloser.Read(p)
}

// Part is a field or a file of a form that is read as it arrives. FileName is the last part of what the sender calls it;
// empty for a field of files in which none was chosen.
type Part struct {
	Field    string
	File     bool
	FileName string
	io.Reader
}

// Parts calls take for each field and file of a multipart form, in their order and as they arrive: nothing is kept in
// memory or on the disk. What take leaves unread is passed over. A request of another type has none.
func Parts(c *fiber.Ctx, take func(p Part) error) error {
	_, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil || params["boundary"] == "" {
		return nil
	}
	body := Body(c)
	err = each(multipart.NewReader(body, params["boundary"]), take)
	// A browser that is still sending would take an early answer for a broken line.
	if _, drained := io.Copy(io.Discard, body); err == nil && drained != nil {
		err = cut(drained)
	}
	return err
}

func each(r *multipart.Reader, take func(p Part) error) error {
	for {
		part, err := r.NextPart()
		if err == io.EOF { // alone: wrapped, it says that the form was cut
			return nil
		}
		if wrong := textproto.ProtocolError(""); errors.As(err, &wrong) {
			return misnamed(err)
		}
		if err != nil {
			return cut(err)
		}
		_, params, err := mime.ParseMediaType(part.Header.Get(fiber.HeaderContentDisposition))
		if err != nil {
			return misnamed(err)
		}
		_, file := params["filename"]
		if err := take(Part{Field: part.FormName(), File: file, FileName: part.FileName(), Reader: part}); err != nil {
			return err
		}
	}
}

// misnamed is for a part whose head cannot be read: what people write there is the name of a file, and nothing else.
func misnamed(err error) error {
	return &fault.Error{Kind: fault.Invalid, Words: "Le nom d’un des fichiers contient un caractère illisible. Renommez ce fichier, puis recommencez.", Cause: err}
}
