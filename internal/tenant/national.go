package tenant

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// NationalEstablishment is what the national directory of establishments says of one of ours. What the directory
// leaves out is empty, and zero for the position.
type NationalEstablishment struct {
	UAI        UAI
	Name       string
	Nature     string // as in Establishment
	Sector     string // public, private
	City       string
	Department string
	Closed     bool
	Address    string
	PostalCode string
	Phone      string
	Mail       string
	Web        string
	Latitude   float64
	Longitude  float64
}

// ReadNationalDirectory reads the official directory as published (CSV, one line an establishment of the country) and
// keeps the collèges, lycées and EREA of the académie de Nantes, public or under contract. Columns are found by their
// header, whatever its case and accents; UTF-8 and Windows-1252 are both read. A line of ours that cannot be
// understood is left out and reported; the others are returned all the same.
func ReadNationalDirectory(r io.Reader) ([]NationalEstablishment, []Problem) {
	src := bufio.NewReaderSize(r, 64<<10)
	skipMark(src)
	d := directory{seen: map[UAI]int{}}
	d.csv = csv.NewReader(src)
	d.csv.Comma = separator(src)
	d.csv.FieldsPerRecord = -1
	d.csv.LazyQuotes = true
	d.csv.ReuseRecord = true
	header, err := d.csv.Read()
	if err != nil {
		return nil, []Problem{{Sentence: "ce fichier est vide ou illisible"}}
	}
	if !d.locate(header) {
		return nil, d.problems
	}
	for d.next() {
	}
	return d.found, d.problems
}

// directory is the national file while it is read.
type directory struct {
	csv      *csv.Reader
	columns  map[string]int
	record   []string
	line     int
	seen     map[UAI]int
	found    []NationalEstablishment
	problems []Problem
}

func skipMark(r *bufio.Reader) {
	if head, err := r.Peek(3); err == nil && string(head) == "\ufeff" {
		// The three bytes were just seen: discarding them cannot fail.
		_, _ = r.Discard(len(head))
	}
}

// separator is the one that the header uses most; the official file has semicolons, spreadsheets save commas or tabs.
func separator(r *bufio.Reader) rune {
	head, _ := r.Peek(8 << 10)
	first, _, _ := bytes.Cut(head, []byte("\n"))
	best := ';'
	for _, c := range ",\t" {
		if bytes.Count(first, []byte(string(c))) > bytes.Count(first, []byte(string(best))) {
			best = c
		}
	}
	return best
}

// headerNames gives the folded headers under which each thing is published: by the directory, then by the file of
// addresses of establishments, which has the same lines.
func headerNames() map[string][]string {
	return map[string][]string{
		"uai":       {"identifiant de l etablissement", "numero uai", "uai", "code uai"},
		"name":      {"nom etablissement", "appellation officielle", "nom de l etablissement"},
		"sector":    {"statut public prive", "secteur public prive libe", "secteur"},
		"city":      {"nom commune", "libelle commune", "commune"},
		"type":      {"type etablissement"},
		"nature":    {"code nature", "nature uai"},
		"academy":   {"libelle academie", "academie"},
		"code":      {"code academie"},
		"state":     {"etat", "etat etablissement libe"},
		"contract":  {"type contrat prive"},
		"address":   {"adresse 1", "adresse uai"},
		"postcode":  {"code postal", "code postal uai"},
		"phone":     {"telephone"},
		"mail":      {"mail"},
		"web":       {"web"},
		"latitude":  {"latitude"},
		"longitude": {"longitude"},
	}
}

// locate finds the columns, and reports those without which nothing can be read.
func (d *directory) locate(header []string) bool {
	d.columns = map[string]int{}
	for name, known := range headerNames() {
		for i, h := range header {
			if _, have := d.columns[name]; !have && slices.Contains(known, fold(utf8Of(h))) {
				d.columns[name] = i
			}
		}
	}
	for _, name := range []string{"uai", "name", "sector", "city"} {
		if _, ok := d.columns[name]; !ok {
			d.report(1, headerNames()[name][0], "cette colonne manque")
		}
	}
	_, byType := d.columns["type"]
	_, byNature := d.columns["nature"]
	if !byType && !byNature {
		d.report(1, "type etablissement", "il faut cette colonne ou « code nature »")
	}
	return len(d.problems) == 0
}

func (d *directory) report(line int, column, sentence string) {
	d.problems = append(d.problems, Problem{Line: line, Column: column, Sentence: sentence})
}

// next reads a line, and reports whether there may be another.
func (d *directory) next() bool {
	record, err := d.csv.Read()
	if errors.Is(err, io.EOF) {
		return false
	}
	var malformed *csv.ParseError
	if errors.As(err, &malformed) {
		d.report(malformed.StartLine, "", "cette ligne est mal formée")
		return true
	}
	if err != nil {
		d.report(d.line+1, "", "la lecture s’est interrompue ici")
		return false
	}
	d.record = record
	d.line, _ = d.csv.FieldPos(0)
	nature := d.nature()
	if nature != "" && d.ours() {
		d.keep(nature)
	}
	return true
}

func (d *directory) cell(name string) string {
	i, ok := d.columns[name]
	if !ok || i >= len(d.record) {
		return ""
	}
	return strings.Join(strings.Fields(utf8Of(d.record[i])), " ")
}

// utf8Of tells cells apart, not files: published extracts have been seen with both encodings.
func utf8Of(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	decoded, err := charmap.Windows1252.NewDecoder().String(s)
	if err != nil {
		return strings.ToValidUTF8(s, "\ufffd")
	}
	return decoded
}

// nature is empty for what is no school of ours: écoles, services, sections that belong to another establishment.
func (d *directory) nature() string {
	switch d.cell("nature") {
	case "300":
		return "lgt"
	case "301", "302", "307", "310":
		return "lycee"
	case "306":
		return "lpo"
	case "320":
		return "lp"
	case "340", "350", "352":
		return "college"
	case "370":
		return "erea"
	case "":
		return d.natureOfWords()
	}
	return ""
}

func (d *directory) natureOfWords() string {
	switch fold(d.cell("type")) {
	case "college":
		return "college"
	case "erea":
		return "erea"
	case "lycee":
	default:
		return ""
	}
	name := fold(d.cell("name"))
	switch {
	case strings.Contains(name, "polyvalent"):
		return "lpo"
	case strings.Contains(name, "professionnel"):
		return "lp"
	case strings.Contains(name, "general et technologique"):
		return "lgt"
	}
	return "lycee"
}

func (d *directory) ours() bool {
	if strings.Contains(fold(d.cell("contract")), "hors contrat") {
		return false
	}
	if academy := d.cell("academy"); academy != "" {
		return strings.TrimPrefix(fold(academy), "academie de ") == "nantes"
	}
	if code := d.cell("code"); code != "" {
		return strings.TrimLeft(code, "0") == "17"
	}
	code := strings.ToUpper(d.cell("uai"))
	return slices.Contains([]string{"44", "49", "53", "72", "85"}, UAI(code).Department())
}

func (d *directory) keep(nature string) {
	code, err := ParseUAI(d.cell("uai"))
	if err != nil {
		d.report(d.line, "uai", err.Error())
		return
	}
	if first, twice := d.seen[code]; twice {
		d.report(d.line, "uai", fmt.Sprintf("%s est déjà à la ligne %d ; cette ligne-ci est laissée", code, first))
		return
	}
	n := NationalEstablishment{
		UAI: code, Name: d.cell("name"), Nature: nature, Sector: d.sector(), City: d.cell("city"),
		Department: code.Department(), Closed: strings.HasPrefix(fold(d.cell("state")), "ferme"),
		Address: d.cell("address"), PostalCode: d.cell("postcode"), Phone: d.cell("phone"), Mail: d.cell("mail"),
		Web: d.cell("web"), Latitude: d.number("latitude"), Longitude: d.number("longitude"),
	}
	before := len(d.problems)
	if fault := nameSentence(n.Name); fault != "" {
		d.report(d.line, "name", fault)
	}
	if fault := nameSentence(n.City); fault != "" {
		d.report(d.line, "city", fault)
	}
	if n.Sector == "" {
		d.report(d.line, "sector", fmt.Sprintf("« %s » n’est ni public ni privé", excerpt(d.cell("sector"))))
	}
	if len(d.problems) > before {
		return
	}
	d.seen[code] = d.line
	d.found = append(d.found, n)
}

func (d *directory) sector() string {
	switch words := fold(d.cell("sector")); {
	case words == "public":
		return "public"
	case strings.HasPrefix(words, "prive"):
		return "private"
	}
	return ""
}

// number reads a decimal; what is no number counts as not given.
func (d *directory) number(name string) float64 {
	v, err := strconv.ParseFloat(strings.Replace(d.cell(name), ",", ".", 1), 64)
	if err != nil || v < -180 || v > 180 || v != v {
		return 0
	}
	return v
}
