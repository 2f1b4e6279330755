package mail

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"net/textproto"
	"regexp"
	"strings"
)

// returnNotice is what a mail server says of a letter that it could not give to its recipient (RFC 3464).
type returnNotice struct {
	action     string // failed, delayed, delivered, relayed or expanded
	status     string // three figures with stops between
	diagnostic string // of the server, one line
	messageID  string // of the letter, without its brackets
}

const (
	longestNotice  = 1 << 20
	mostParts      = 20
	longestHeaders = 64 << 10
)

var (
	statusShape = regexp.MustCompile(`^[245]\.[0-9]{1,3}\.[0-9]{1,3}`)
	idShape     = regexp.MustCompile(`<([A-Za-z0-9_-]{20,80}@[A-Za-z0-9.-]{1,253})>`)
)

// readNotice reads a message of the type multipart/report. Anything else is ErrNotOurs.
func readNotice(r io.Reader) (n returnNotice, err error) {
	m, err := netmail.ReadMessage(io.LimitReader(r, longestNotice))
	if err != nil {
		return n, ErrNotOurs
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/report" || !strings.EqualFold(params["report-type"], "delivery-status") || params["boundary"] == "" {
		return n, ErrNotOurs
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for range mostParts {
		part, err := parts.NextRawPart()
		if err != nil {
			break
		}
		n.readPart(part)
	}
	if n.action == "" || n.messageID == "" {
		return n, ErrNotOurs
	}
	return n, nil
}

func (n *returnNotice) readPart(part *multipart.Part) {
	kind, _, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
	if err != nil {
		return
	}
	content, err := io.ReadAll(io.LimitReader(decoded(part), longestHeaders))
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && len(content) == 0 {
		return
	}
	switch kind {
	case "message/delivery-status", "message/global-delivery-status":
		n.readStatus(content)
	case "message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers":
		if found := idShape.FindStringSubmatch(headers(content).Get("Message-Id")); found != nil && n.messageID == "" {
			n.messageID = found[1]
		}
	}
}

func decoded(part *multipart.Part) io.Reader {
	switch strings.ToLower(strings.TrimSpace(part.Header.Get("Content-Transfer-Encoding"))) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, part)
	case "quoted-printable":
		return quotedprintable.NewReader(part)
	}
	return part
}

// readStatus reads groups of fields: the first is about the notice, each other about one recipient. Our letters have one; of
// several the worst is what counts.
func (n *returnNotice) readStatus(content []byte) {
	for i, group := range groups(content) {
		h := headers(group)
		action := strings.ToLower(strings.TrimSpace(h.Get("Action")))
		if i == 0 && action == "" || n.action == "failed" {
			continue
		}
		status := statusShape.FindString(strings.TrimSpace(h.Get("Status")))
		if action == "" {
			continue
		}
		n.action, n.status = action, status
		_, said, found := strings.Cut(h.Get("Diagnostic-Code"), ";")
		if found {
			n.diagnostic = note(printable(strings.ToValidUTF8(said, "�")))
		}
	}
}

// groups splits at empty lines.
func groups(content []byte) (list [][]byte) {
	content = bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n"))
	for _, g := range bytes.Split(content, []byte("\n\n")) {
		if len(bytes.TrimSpace(g)) > 0 && len(list) < mostParts {
			list = append(list, append(g, '\n', '\n'))
		}
	}
	return list
}

// headers reads what can be read: a notice may quote a letter that is cut off.
func headers(content []byte) textproto.MIMEHeader {
	h, err := textproto.NewReader(bufio.NewReader(bytes.NewReader(bytes.TrimLeft(content, "\r\n")))).ReadMIMEHeader()
	if h == nil || err != nil && len(h) == 0 {
		return textproto.MIMEHeader{}
	}
	return h
}
