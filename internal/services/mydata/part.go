package mydata

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Part is one list of what a service holds: the same columns in each line. It is what pages show and what spreadsheets
// open; the archive holds the values themselves beside it.
type Part struct {
	Name    string
	Columns []string
	Rows    [][]any // texts, numbers, true or false, instants; nil for nothing
}

// partsOf lays out what a service gave, list by list, in the order of their names. Columns keep the order in which the
// service named them.
func partsOf(values map[string]any) ([]Part, error) {
	var parts []Part
	for _, name := range slices.Sorted(maps.Keys(values)) {
		body, err := json.Marshal(values[name])
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", name, err)
		}
		p, err := layOut(name, body)
		if err != nil {
			return nil, fmt.Errorf("lay out %s: %w", name, err)
		}
		if len(p.Rows) > 0 {
			parts = append(parts, p)
		}
	}
	return parts, nil
}

func layOut(name string, body []byte) (Part, error) {
	p := Part{Name: name}
	var list []json.RawMessage
	if body = bytes.TrimSpace(body); len(body) == 0 || bytes.Equal(body, []byte("null")) {
		return p, nil
	}
	if body[0] != '[' {
		list = []json.RawMessage{body}
	} else if err := json.Unmarshal(body, &list); err != nil {
		return p, err
	}
	for _, one := range list {
		if err := p.add(one); err != nil {
			return p, err
		}
	}
	for i, row := range p.Rows {
		p.Rows[i] = append(row, make([]any, len(p.Columns)-len(row))...)
	}
	return p, nil
}

// add puts one value at the end: an object by its fields, anything else under "value".
func (p *Part) add(body json.RawMessage) error {
	row := make([]any, len(p.Columns))
	put := func(column string, value json.RawMessage) error {
		i := slices.Index(p.Columns, column)
		if i < 0 {
			p.Columns, row = append(p.Columns, column), append(row, nil)
			i = len(row) - 1
		}
		var err error
		row[i], err = plain(value)
		return err
	}
	if trimmed := bytes.TrimSpace(body); len(trimmed) == 0 || trimmed[0] != '{' {
		if err := put("value", body); err != nil {
			return err
		}
		p.Rows = append(p.Rows, row)
		return nil
	}
	fields := json.NewDecoder(bytes.NewReader(body))
	if _, err := fields.Token(); err != nil {
		return err
	}
	for fields.More() {
		name, err := fields.Token()
		if err != nil {
			return err
		}
		var value json.RawMessage
		if err := fields.Decode(&value); err != nil {
			return err
		}
		if err := put(fmt.Sprint(name), value); err != nil {
			return err
		}
	}
	p.Rows = append(p.Rows, row)
	return nil
}

// plain reads one value. An instant is one again, and a list of texts a text; what is nested deeper stays as it is written.
func plain(body json.RawMessage) (any, error) {
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		return nil, err
	}
	switch v := v.(type) {
	case string:
		if t, err := time.Parse(time.RFC3339Nano, v); err == nil {
			return t, nil
		}
		return v, nil
	case []any:
		var texts []string
		for _, one := range v {
			s, ok := one.(string)
			if !ok {
				return string(body), nil
			}
			texts = append(texts, s)
		}
		return strings.Join(texts, ", "), nil
	case map[string]any:
		if len(v) == 0 {
			return nil, nil
		}
		return string(body), nil
	}
	return v, nil
}
