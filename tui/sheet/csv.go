package sheet

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// CSV writes the first table as RFC 4180 has it. What the head says leads every
// row, so that a row cut out of the file still says what it is.
func (s *Sheet) CSV(w io.Writer) error {
	if len(s.Tables) == 0 {
		return fmt.Errorf("sheet: write csv: page %q holds no table", s.Head.Page)
	}
	t := s.Tables[0]
	out := csv.NewWriter(w)
	out.UseCRLF = true
	record := append([]string{"page", "table", "floor", "scope", "window", "at", "mark"}, t.Columns...)
	for i, c := range record {
		record[i] = guarded(c)
	}
	err := out.Write(record)
	lead := [...]string{s.Head.Page, t.Name, s.Head.Floor, s.Head.Scope, s.Head.Window.String(), s.Head.at(), s.Head.Words()}
	for i := 0; i < len(t.Rows) && err == nil; i++ {
		record = record[:0]
		for _, l := range lead {
			record = append(record, guarded(l))
		}
		for _, c := range t.Rows[i] {
			record = append(record, c.csv())
		}
		err = out.Write(record)
	}
	if err == nil {
		out.Flush()
		err = out.Error()
	}
	if err != nil {
		return fmt.Errorf("sheet: write csv: %w", err)
	}
	return nil
}

func (c Cell) csv() string {
	switch c.kind {
	case textual:
		return guarded(c.text)
	case numeric:
		return number(c.number)
	}
	return ""
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// formulas are what a spreadsheet takes for the beginning of a formula, the wide
// forms too.
const formulas = "=+-@\t\r\n＝＋－＠"

// guarded keeps a text from being run as a formula by the spreadsheet that opens
// it: names come from outside. An apostrophe before it makes it a text, as OWASP
// advises; numbers need none.
func guarded(s string) string {
	if s != "" && strings.ContainsRune(formulas, []rune(s)[0]) {
		return "'" + s
	}
	return s
}
