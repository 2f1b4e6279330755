package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// File is what Send gives away. Its bytes come from Open, as many as the browser asks for.
type File struct {
	Name   string // as people call it; empty: the file has none, and is shown where it is
	Type   string // media type, never the sender's word
	Size   int64
	Hash   string // of the content; empty: the browser asks for all of it each time
	Inline bool   // the browser may show it where it is; else it is taken away
	Policy string // content security policy; empty: nothing may run, and nothing may load
	Open   func(ctx context.Context, off, n int64) (io.ReadCloser, error)
}

// locked is the policy of what others have sent: a document of its own, without rights of any kind.
const locked = "default-src 'none'; frame-ancestors 'self'; sandbox"

// Send answers with a file or the one range of it that is asked for, or says that the browser has it already. The bytes
// leave as they come, and a slow reader is waited for as long as anything moves.
func Send(c *fiber.Ctx, f File) error {
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderContentSecurityPolicy, orElse(f.Policy, locked))
	c.Set(fiber.HeaderCacheControl, "private, no-cache")
	c.Set(fiber.HeaderVary, fiber.HeaderCookie)
	c.Set(fiber.HeaderAcceptRanges, "bytes")
	if f.Name != "" {
		c.Set(fiber.HeaderContentDisposition, Disposition(f.Name, f.Inline))
	}
	tag := ""
	if f.Hash != "" {
		tag = `"` + f.Hash + `"`
		c.Set(fiber.HeaderETag, tag)
	}
	if tag != "" && named(c.Get(fiber.HeaderIfNoneMatch), tag) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	asked := c.Get(fiber.HeaderRange)
	if since := c.Get(fiber.HeaderIfRange); since != "" && since != tag {
		asked = ""
	}
	off, n, partial, err := rangeOf(asked, f.Size)
	if err != nil {
		c.Set(fiber.HeaderContentRange, "bytes */"+strconv.FormatInt(f.Size, 10))
		return c.SendStatus(fiber.StatusRequestedRangeNotSatisfiable)
	}
	if partial {
		c.Status(fiber.StatusPartialContent)
		c.Set(fiber.HeaderContentRange, fmt.Sprintf("bytes %d-%d/%d", off, off+n-1, f.Size))
	}
	return give(c, f, off, n)
}

func give(c *fiber.Ctx, f File, off, n int64) error {
	c.Set(fiber.HeaderContentType, f.Type)
	if c.Method() == fiber.MethodHead {
		c.Response().SkipBody = true
		c.Response().Header.SetContentLength(int(n))
		return nil
	}
	if n == 0 {
		return nil
	}
	body, err := f.Open(c.UserContext(), off, n)
	if err != nil {
		return err
	}
	return c.SendStream(outgoing{body, c.Context()}, int(n))
}

// named reports whether a list of tags holds one, or any.
func named(list, tag string) bool {
	for _, one := range strings.Split(list, ",") {
		one = strings.TrimPrefix(strings.TrimSpace(one), "W/")
		if one == tag || one == "*" {
			return true
		}
	}
	return false
}

func orElse(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

var errRange = errors.New("web: the range is not in the file")

// rangeOf reads a Range header of one part; several parts, or none, mean the whole file.
func rangeOf(header string, size int64) (off, n int64, partial bool, err error) {
	spec, ok := strings.CutPrefix(header, "bytes=")
	first, last, dash := strings.Cut(spec, "-")
	if !ok || !dash || strings.Contains(spec, ",") {
		return 0, size, false, nil
	}
	if first == "" {
		tail, err := strconv.ParseInt(last, 10, 64)
		if err != nil || tail <= 0 || size == 0 {
			return 0, 0, false, errRange
		}
		tail = min(tail, size)
		return size - tail, tail, true, nil
	}
	from, err := strconv.ParseInt(first, 10, 64)
	if err != nil || from < 0 || from >= size {
		return 0, 0, false, errRange
	}
	to := size - 1
	if last != "" {
		to, err = strconv.ParseInt(last, 10, 64)
		if err != nil || to < from {
			return 0, 0, false, errRange
		}
	}
	to = min(to, size-1)
	return from, to - from + 1, true, nil
}

// Disposition says whether a file is shown or taken away, and names it twice: for old browsers in ASCII, for the others
// in full.
func Disposition(name string, inline bool) string {
	how := "attachment"
	if inline {
		how = "inline"
	}
	ascii := strings.Map(func(r rune) rune {
		if r < 32 || r > 126 || r == '"' || r == '\\' || r == '%' {
			return '_'
		}
		return r
	}, name)
	return how + `; filename="` + ascii + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}
