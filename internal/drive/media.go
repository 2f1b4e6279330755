package drive

import (
	"bytes"
	"net/http"
	"path"
	"slices"
	"strings"
)

// headSize is how much of a file is looked at to tell what it is.
const headSize = 3072

const unknownType = "application/octet-stream"

// typeOf tells what a file is from its first bytes. Its name only tells apart what the bytes leave open and what no
// browser runs: office documents among archives, kinds of plain text.
func typeOf(head []byte, name string) string {
	if active(head) {
		return activeType(head)
	}
	found, _, _ := strings.Cut(http.DetectContentType(head), ";")
	ending := strings.ToLower(path.Ext(name))
	switch {
	case found == "application/zip" && packed[ending] != "":
		return packed[ending]
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) && compound[ending] != "":
		return compound[ending]
	case found == "text/plain" && texts[ending] != "":
		return texts[ending]
	case found == "video/mp4" && ending == ".m4a":
		return "audio/mp4"
	case found == unknownType && mpegAudio(head):
		return "audio/mpeg"
	case found == unknownType && len(head) > 12 && string(head[4:8]) == "ftyp":
		return "video/mp4"
	case strings.HasPrefix(found, "text/") && found != "text/plain":
		return found
	}
	return found
}

var packed = map[string]string{
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	".odt":  "application/vnd.oasis.opendocument.text",
	".ods":  "application/vnd.oasis.opendocument.spreadsheet",
	".odp":  "application/vnd.oasis.opendocument.presentation",
	".odg":  "application/vnd.oasis.opendocument.graphics",
	".epub": "application/epub+zip",
	".ggb":  "application/vnd.geogebra.file",
}

var compound = map[string]string{
	".doc": "application/msword", ".xls": "application/vnd.ms-excel", ".ppt": "application/vnd.ms-powerpoint",
}

var texts = map[string]string{".csv": "text/csv", ".md": "text/markdown", ".ics": "text/calendar", ".rtf": "application/rtf"}

// active reports whether the bytes are what a browser would run, however they are called: markup hides behind any name,
// and behind blanks and comments.
func active(head []byte) bool {
	low := bytes.ToLower(head)
	for _, mark := range []string{"<html", "<!doctype html", "<script", "<svg", "<?xml", "<xsl:", "<body", "<iframe", "<object", "<embed", "<math"} {
		if bytes.Contains(low, []byte(mark)) && !bare(head) {
			return true
		}
	}
	return false
}

func activeType(head []byte) string {
	low := bytes.ToLower(head)
	switch {
	case bytes.Contains(low, []byte("<svg")):
		return "image/svg+xml"
	case bytes.Contains(low, []byte("<html")) || bytes.Contains(low, []byte("<script")) || bytes.Contains(low, []byte("<!doctype html")):
		return "text/html"
	case bytes.Contains(low, []byte("<?xml")):
		return "text/xml"
	}
	return "text/html"
}

// bare reports whether the bytes are none of a text.
func bare(head []byte) bool { return bytes.IndexByte(head, 0) >= 0 && !utf16(head) }

func utf16(head []byte) bool {
	return bytes.HasPrefix(head, []byte{0xff, 0xfe}) || bytes.HasPrefix(head, []byte{0xfe, 0xff})
}

func mpegAudio(head []byte) bool {
	return len(head) > 3 && (string(head[:3]) == "ID3" || head[0] == 0xff && head[1]&0xe6 == 0xe2)
}

// Inline reports whether a browser may show what is of the type within the portal. The list is short and closed: nothing
// in it can run. All else is only taken away.
func Inline(mediaType string) bool {
	return slices.Contains([]string{"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain",
		"audio/mpeg", "audio/mp4", "audio/wave", "audio/ogg", "application/ogg", "video/mp4", "video/webm", "video/ogg"}, mediaType)
}

// Disposition is "inline" for what Inline allows and "attachment" for all else.
func Disposition(mediaType string) string {
	if Inline(mediaType) {
		return "inline"
	}
	return "attachment"
}
