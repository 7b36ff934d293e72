package sheet

import (
	"encoding/json"
	"fmt"
	"io"

	"wallboard/metrics/export"
	"wallboard/metrics/fact"
)

// Schema names the form of the JSON of screens that are not made of the
// snapshot's rows.
const Schema = "wallboard/screen/1"

// JSON writes the sheet as one line. A screen of figures becomes what `wallboard
// snapshot --json` prints, of the rows and the window in view; any other its
// tables, a row an object with the columns as keys.
func (s *Sheet) JSON(w io.Writer) error {
	if s.Rows != nil {
		return export.JSON(w, s.Snapshot, export.Options{Windows: []fact.Window{s.Head.Window}, Zone: s.Head.Zone, Keep: s.Rows, About: s.about()})
	}
	b := append([]byte(nil), `{"schema":"`+Schema+`","at":`...)
	b = quoted(b, s.Head.at())
	b = quoted(append(b, `,"mark":`...), export.MarkWord(s.Head.Mark))
	for _, f := range s.about() {
		b = append(quoted(append(b, ','), f.Name), ':')
		b = quoted(b, f.Value)
	}
	b = append(b, `,"tables":[`...)
	for i := range s.Tables {
		if i > 0 {
			b = append(b, ',')
		}
		b = s.Tables[i].json(b)
	}
	if _, err := w.Write(append(b, "]}\n"...)); err != nil {
		return fmt.Errorf("sheet: write json: %w", err)
	}
	return nil
}

// about are the fields of the head that a snapshot does not have.
func (s *Sheet) about() []export.Field {
	h := s.Head
	return []export.Field{{Name: "page", Value: h.Page}, {Name: "floor", Value: h.Floor}, {Name: "scope", Value: h.Scope}, {Name: "window", Value: h.Window.String()}, {Name: "held", Value: h.Held}}
}

func (t *Table) json(b []byte) []byte {
	b = quoted(append(b, `{"name":`...), t.Name)
	b = append(b, `,"columns":[`...)
	for i, c := range t.Columns {
		if i > 0 {
			b = append(b, ',')
		}
		b = quoted(b, c)
	}
	b = append(b, `],"rows":[`...)
	for i, row := range t.Rows {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '{')
		for j, c := range row {
			if j > 0 {
				b = append(b, ',')
			}
			b = c.json(append(quoted(b, t.Columns[j]), ':'))
		}
		b = append(b, '}')
	}
	return append(b, "]}"...)
}

func (c Cell) json(b []byte) []byte {
	switch c.kind {
	case textual:
		return quoted(b, c.text)
	case numeric:
		return append(b, number(c.number)...)
	}
	return append(b, "null"...)
}

// quoted writes a string or a bool; those can always be written.
func quoted[T any](b []byte, v T) []byte {
	q, _ := json.Marshal(v)
	return append(b, q...)
}
