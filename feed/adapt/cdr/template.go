package cdr

import (
	"fmt"
	"strings"
)

// part is a piece of fixed text or a column.
type part struct {
	text   string
	column int // -1: text
}

// template is a text with columns in it, bound to a table's header.
type template []part

// columnsOf lists the names a template's text refers to.
func columnsOf(text string) ([]string, error) {
	var names []string
	for {
		_, rest, found := strings.Cut(text, "{")
		if !found {
			return names, nil
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed || name == "" {
			return nil, fmt.Errorf("%q: a { without its column and }", text)
		}
		names, text = append(names, name), after
	}
}

// bindTemplate resolves the columns of a text that columnsOf accepted.
func bindTemplate(text string, header *header) (template, error) {
	var t template
	for text != "" {
		fixed, rest, found := strings.Cut(text, "{")
		if fixed != "" {
			t = append(t, part{text: fixed, column: -1})
		}
		if !found {
			break
		}
		name, after, _ := strings.Cut(rest, "}")
		column, err := header.find(name)
		if err != nil {
			return nil, err
		}
		t, text = append(t, part{column: column}), after
	}
	return t, nil
}

// fill returns the text for a row: empty if the template names columns and
// none of them is set.
func (t template) fill(row *row) string {
	if len(t) == 1 && t[0].column >= 0 {
		return row.value(t[0].column)
	}
	var b strings.Builder
	columns, set := 0, 0
	for _, p := range t {
		if p.column < 0 {
			b.WriteString(p.text)
			continue
		}
		columns++
		if v := row.value(p.column); v != "" {
			set++
			b.WriteString(v)
		}
	}
	if columns > 0 && set == 0 {
		return ""
	}
	return b.String()
}
