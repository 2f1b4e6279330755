package documents

import (
	"path"
	"strings"
	"unicode/utf8"
)

const (
	kib = 1 << 10
	mib = 1 << 20
	gib = 1 << 30

	mostSelected = 100      // things that one form names
	textShown    = 64 * kib // of a text, on its page
	longComment  = 2000     // characters
)

// share of a whole, in thousandths, which a bar shows.
func share(used, quota int64) int {
	if quota <= 0 {
		return 0
	}
	return int(min(1000, used*1000/quota))
}

// look is how a file is shown on its page.
type look string

const (
	lookNone  look = ""
	lookImage look = "image"
	lookPDF   look = "pdf"
	lookText  look = "text"
	lookWords look = "words" // what it says, without its layout
	lookAudio look = "audio"
	lookVideo look = "video"
)

// kind is what people call a sort of file: a sentence of the room, the letters on its tile and the colour of the tile.
type kind struct {
	key     string
	letters string
	hue     int
	look    look
}

// kindOf tells the kind from the media type, which was found in the bytes, and the letters from the name.
func kindOf(mediaType, name string) kind {
	k := plainKind(mediaType)
	if k.letters == "" {
		k.letters = strings.ToUpper(strings.TrimPrefix(path.Ext(name), "."))
	}
	if utf8.RuneCountInString(k.letters) > 4 {
		k.letters = string([]rune(k.letters)[:4])
	}
	return k
}

func plainKind(mediaType string) kind {
	family, sub, _ := strings.Cut(mediaType, "/")
	switch {
	case mediaType == "image/svg+xml":
		return kind{"documents.kind.drawing", "SVG", 2, lookNone}
	case family == "image":
		return kind{"documents.kind.image", "IMG", 2, lookImage}
	case mediaType == "application/pdf":
		return kind{"documents.kind.pdf", "PDF", 3, lookPDF}
	case family == "audio" || mediaType == "application/ogg":
		return kind{"documents.kind.audio", "SON", 4, lookAudio}
	case family == "video":
		return kind{"documents.kind.video", "VID", 4, lookVideo}
	case mediaType == "text/html" || mediaType == "text/xml":
		return kind{"documents.kind.page", "WEB", 6, lookWords}
	case family == "text":
		return kind{"documents.kind.text", "TXT", 6, lookText}
	case strings.Contains(sub, "spreadsheet") || strings.Contains(sub, "excel"):
		return kind{"documents.kind.sheet", "", 2, lookWords}
	case strings.Contains(sub, "presentation") || strings.Contains(sub, "powerpoint"):
		return kind{"documents.kind.slides", "", 5, lookWords}
	case strings.Contains(sub, "word") || strings.Contains(sub, "opendocument") || sub == "rtf":
		return kind{"documents.kind.office", "", 1, lookWords}
	case sub == "zip" || sub == "x-gzip" || sub == "x-rar-compressed" || strings.Contains(sub, "7z"):
		return kind{"documents.kind.archive", "ZIP", 0, lookNone}
	}
	return kind{"documents.kind.other", "", 0, lookNone}
}
