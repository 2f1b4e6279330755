package roster

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"elyco/internal/fault"
)

// The bounds of a table. The largest school has two thousand pupils.
const (
	MaxBytes   = 8 << 20
	maxRows    = 10_000
	maxColumns = 200
	maxCell    = 2_000 // bytes
	titles     = 15    // lines that may stand above the header
)

// Table is a list as the school has it.
type Table struct {
	Header []string
	Rows   []Line
	Sheet  string // of a workbook; empty for text
}

// Line is a line of a table, with its number in the file, from 1.
type Line struct {
	Number int
	Cells  []string
}

// cell is the text of a column, empty where the line is shorter.
func (l Line) cell(i int) string {
	if i < 0 || i >= len(l.Cells) {
		return ""
	}
	return l.Cells[i]
}

// field is the name under which a form sends the file.
const field = "file"

func refuse(words string) error { return fault.Field(field, words) }

// Read reads a table. The fault is about the field "file" and says what to do.
func Read(content []byte) (*Table, error) {
	switch {
	case len(content) > MaxBytes:
		return nil, refuse("Ce fichier dépasse 8 Mo : ne gardez que la feuille de la liste.")
	case len(bytes.TrimSpace(content)) == 0:
		return nil, refuse("Ce fichier est vide.")
	case bytes.HasPrefix(content, []byte("PK")):
		return readWorkbook(content)
	case bytes.HasPrefix(content, []byte("\xd0\xcf\x11\xe0")):
		return nil, refuse("Ce fichier est un ancien classeur Excel (.xls) ou un classeur protégé : enregistrez-le au format .xlsx, sans mot de passe, ou au format CSV.")
	case bytes.HasPrefix(content, []byte("%PDF")):
		return nil, refuse("Ce fichier est un PDF : exportez la liste au format CSV ou XLSX.")
	}
	text, err := decode(content)
	if err != nil {
		return nil, err
	}
	return readText(text)
}

// decode finds out the alphabet: a mark at the beginning, then UTF-8 where it is, then that of Windows.
func decode(content []byte) (string, error) {
	if bytes.HasPrefix(content, []byte("\xff\xfe")) || bytes.HasPrefix(content, []byte("\xfe\xff")) {
		text, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(content)
		if err != nil {
			return "", refuse("Ce fichier n’est pas lisible : enregistrez-le au format CSV UTF-8 ou XLSX.")
		}
		content = text
	}
	content = bytes.TrimPrefix(content, []byte("\xef\xbb\xbf"))
	if bytes.IndexByte(content, 0) >= 0 {
		return "", refuse("Ce fichier n’est pas un tableau : exportez la liste au format CSV ou XLSX.")
	}
	if utf8.Valid(content) {
		return string(content), nil
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(content)
	if err != nil {
		return "", refuse("Ce fichier n’est pas lisible : enregistrez-le au format CSV UTF-8 ou XLSX.")
	}
	return string(text), nil
}

// separators are what columns are cut by, the commonest first.
var separators = []rune{';', '\t', ',', '|'}

// readText tries the separators and takes the one whose header says most.
func readText(text string) (*Table, error) {
	// Excel names the separator on a line of its own.
	skipped := 0
	if rest, ok := strings.CutPrefix(text, "sep="); ok {
		if _, after, found := strings.Cut(rest, "\n"); found {
			text, skipped = after, 1
		}
	}
	var best *Table
	most := 0
	var failed error
	for _, separator := range separators {
		lines, err := cut(text, separator, skipped)
		if err != nil {
			failed = err
			continue
		}
		t := tableOf(lines)
		if t == nil {
			continue
		}
		if n := recognised(t.Header); best == nil || n > most {
			best, most = t, n
		}
	}
	switch {
	case best != nil:
		return best, nil
	case failed != nil:
		return nil, failed
	}
	return nil, errNoHeader
}

var errNoHeader = refuse("Aucune ligne de titres n’a été trouvée : la première ligne du tableau doit nommer les colonnes (Nom, Prénom, Classe…).")

func cut(text string, separator rune, skipped int) ([]Line, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.TrimLeadingSpace = separator, true, -1, separator != '\t'
	var lines []Line
	for {
		cells, err := r.Read()
		if err == io.EOF {
			return lines, nil
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			return nil, refuse("Ce fichier n’est pas un tableau que l’on puisse lire : enregistrez-le au format XLSX.")
		}
		if err != nil {
			return nil, err
		}
		number, _ := r.FieldPos(0)
		if lines, err = appendLine(lines, number+skipped, cells); err != nil {
			return nil, err
		}
	}
}

// appendLine keeps a line that says something.
func appendLine(lines []Line, number int, cells []string) ([]Line, error) {
	for i, c := range cells {
		cells[i] = strings.Join(strings.Fields(strings.ToValidUTF8(c, "\ufffd")), " ")
		if len(c) > maxCell {
			return nil, refuse("Une case du tableau est trop longue pour une liste de personnes : vérifiez que c’est le bon fichier.")
		}
	}
	for len(cells) > 0 && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	switch {
	case len(cells) == 0:
		return lines, nil
	case len(cells) > maxColumns:
		return nil, refuse("Ce tableau a plus de 200 colonnes : vérifiez que c’est le bon fichier.")
	case len(lines) > maxRows+titles:
		return nil, refuse("Ce tableau a plus de 10 000 lignes : vérifiez que c’est la liste d’un seul établissement.")
	}
	return append(lines, Line{number, cells}), nil
}

// recognised is how many fields a header names, of the kind that it names best.
func recognised(header []string) int { return max(score(Pupils, header), score(Staff, header)) }

// tableOf finds the header: the line among the first that names most fields. nil when none names two.
func tableOf(lines []Line) *Table {
	best, most := -1, 1
	for i, l := range lines[:min(len(lines), titles)] {
		if n := recognised(l.Cells); n > most {
			best, most = i, n
		}
	}
	if best < 0 {
		return nil
	}
	return &Table{Header: lines[best].Cells, Rows: lines[best+1:]}
}

// Example is the first text of a column, shortened, for people to recognise it by.
func (t *Table) Example(column int) string {
	for _, l := range t.Rows[:min(len(t.Rows), 50)] {
		if text := []rune(l.cell(column)); len(text) > 24 {
			return string(text[:24]) + "…"
		} else if len(text) > 0 {
			return string(text)
		}
	}
	return ""
}
