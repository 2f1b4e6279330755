package ui

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
)

// htmxConfig keeps htmx inside a strict content security policy, and lets a refused form (422) replace itself.
const htmxConfig = `{"allowEval":false,"includeIndicatorStyles":false,"selfRequestsOnly":true,"historyCacheSize":0,` +
	`"responseHandling":[{"code":"204","swap":false},{"code":"[23]..","swap":true},{"code":"422","swap":true},{"code":"[45]..","swap":false,"error":true}]}`

//go:embed assets
var files embed.FS

// Asset is one file for browsers. Its name holds a hash of its content, so it may be cached for ever.
type Asset struct {
	Bytes       []byte
	Gzip        []byte
	ContentType string
}

// AssetSet is the style sheet and the script of every page.
type AssetSet struct {
	Files   map[string]Asset // by file name
	BaseCSS string           // name of the style sheet
	Script  string           // name of the script
}

// Assets puts the embedded files together: the layers of the style sheet in their order, then htmx followed by the house's own
// script. It is meant to be called once, when the program starts.
func Assets() (AssetSet, error) {
	css, err := concat("assets/css",
		"layers.css",
		"reset.css",
		"tokens.css",
		"base.css",
		"layout.css",
		"panels.css",
		"forms.css",
		"buttons.css",
		"content.css",
		"lists.css",
		"publication.css",
		"home.css",
		"branding.css",
		"bridges.css",
		"mydata.css",
		"documents.css",
		"messages.css",
		"notices.css",
		"mustread.css",
		"chat.css",
		"slips.css",
		"console.css",
		"oversight.css",
		"people.css",
		"preview.css",
		"rights.css",
		"account.css",
		"gateways.css",
		"utilities.css",
		"print.css",
	)
	if err != nil {
		return AssetSet{}, err
	}
	script, err := concat("assets/js",
		"htmx.min.js",
		"elyco.js",
		"upload.js",
		"passkey.js",
		"push.js",
		"messages.js",
		"chat.js",
		"live.js",
	)
	if err != nil {
		return AssetSet{}, err
	}
	set := AssetSet{Files: map[string]Asset{}}
	if set.BaseCSS, err = set.add("base", ".css", "text/css; charset=utf-8", css); err != nil {
		return AssetSet{}, err
	}
	if set.Script, err = set.add("elyco", ".js", "text/javascript; charset=utf-8", script); err != nil {
		return AssetSet{}, err
	}
	return set, nil
}

func (s AssetSet) add(stem, ext, contentType string, content []byte) (string, error) {
	sum := sha256.Sum256(content)
	name := stem + "." + hex.EncodeToString(sum[:8]) + ext
	packed, err := pack(content)
	if err != nil {
		return "", fmt.Errorf("compress %s: %w", name, err)
	}
	s.Files[name] = Asset{Bytes: content, Gzip: packed, ContentType: contentType}
	return name, nil
}

func concat(dir string, names ...string) ([]byte, error) {
	var all bytes.Buffer
	for _, name := range names {
		content, err := fs.ReadFile(files, path.Join(dir, name))
		if err != nil {
			return nil, fmt.Errorf("read asset: %w", err)
		}
		all.Write(content)
		all.WriteByte('\n')
	}
	return all.Bytes(), nil
}

func pack(content []byte) ([]byte, error) {
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(content); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}
