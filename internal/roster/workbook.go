package roster

import (
	"bytes"
	"strings"

	"github.com/xuri/excelize/v2"
)

// The bounds of a workbook once it is unpacked: a small file may hold a very large one.
const (
	maxUnpacked = 96 << 20
	maxSheets   = 20
)

// readWorkbook takes the sheet whose header says most. Cells are read as they are kept, so that a day is a number and not
// what somebody's computer shows of it.
func readWorkbook(content []byte) (t *Table, err error) {
	const unreadable = "Ce classeur n’est pas lisible : enregistrez-le de nouveau au format .xlsx, sans mot de passe, ou au format CSV."
	book, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked, RawCellValue: true})
	if err != nil {
		return nil, refuse(unreadable)
	}
	defer func() {
		if book.Close() != nil && err == nil {
			t, err = nil, refuse(unreadable)
		}
	}()
	most := 0
	for i, sheet := range book.GetSheetList() {
		if i == maxSheets {
			break
		}
		lines, err := sheetLines(book, sheet)
		if err != nil {
			return nil, err
		}
		if found := tableOf(lines); found != nil {
			if n := recognised(found.Header); n > most {
				t, most = found, n
				t.Sheet = sheet
			}
		}
	}
	if t == nil {
		return nil, errNoHeader
	}
	return t, nil
}

func sheetLines(book *excelize.File, sheet string) (lines []Line, err error) {
	rows, err := book.Rows(sheet)
	if err != nil {
		return nil, nil // a chart's sheet has no rows
	}
	defer func() {
		if rows.Close() != nil && err == nil {
			err = refuse("Une feuille de ce classeur n’est pas lisible.")
		}
	}()
	for number := 1; rows.Next(); number++ {
		cells, err := rows.Columns()
		if err != nil || number > 5*maxRows {
			return nil, refuse("La feuille « " + clip(sheet) + " » n’est pas lisible jusqu’au bout : copiez la liste seule dans un nouveau classeur.")
		}
		if lines, err = appendLine(lines, number, cells); err != nil {
			return nil, err
		}
	}
	return lines, nil
}

// clip shortens what is repeated of a file to its sender.
func clip(s string) string {
	r := []rune(strings.TrimSpace(s))
	if len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return string(r)
}
