package cdr

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

// The limits on a row; more is no row but a broken file.
const (
	maxLineBytes = 256 << 10
	maxRowLines  = 64 // of one quoted field with line ends in it
)

// row is one row of a table.
type row struct {
	line   int // of its first line, from 1
	fields []string
	mask   *mask
}

// value returns a column's text, "" if it is not set.
func (r *row) value(column int) string {
	if column >= len(r.fields) {
		return ""
	}
	v := strings.TrimSpace(r.fields[column])
	if v == "" || r.mask.hides(column, v) {
		return ""
	}
	if needed, ok := r.mask.needs[column]; ok && r.value(needed) == "" {
		return ""
	}
	return v
}

// mask knows which values mean "not set".
type mask struct {
	anywhere map[string]bool
	unset    map[int]map[string]bool
	needs    map[int]int
}

func (m *mask) hides(column int, value string) bool {
	return m.anywhere[value] || m.unset[column][value]
}

// bindMask resolves the columns of unset and needs.
func (m *Map) bindMask(h *header) (*mask, error) {
	bound := &mask{anywhere: set(m.Unset["*"]), unset: make(map[int]map[string]bool), needs: make(map[int]int)}
	for name, values := range m.Unset {
		if name == "*" {
			continue
		}
		column, err := h.find(name)
		if err != nil {
			return nil, fmt.Errorf("unset: %w", err)
		}
		bound.unset[column] = set(values)
	}
	for name, needed := range m.Needs {
		column, err := h.find(name)
		if err != nil {
			return nil, fmt.Errorf("needs: %w", err)
		}
		if bound.needs[column], err = h.find(needed); err != nil {
			return nil, fmt.Errorf("needs: %w", err)
		}
	}
	for start := range bound.needs {
		at, steps := start, 0
		for next, more := bound.needs[at]; more; next, more = bound.needs[at] {
			if at, steps = next, steps+1; steps > len(bound.needs) {
				return nil, fmt.Errorf("needs: column %q needs itself", h.names[start])
			}
		}
	}
	return bound, nil
}

// unreadable is why a row cannot be used. It never ends the reading.
type unreadable struct {
	line   int
	reason string // one of few, for counting
	detail string
}

func (u *unreadable) Error() string {
	if u.detail == "" {
		return fmt.Sprintf("line %d: %s", u.line, u.reason)
	}
	return fmt.Sprintf("line %d: %s: %s", u.line, u.reason, u.detail)
}

// lines gives the lines of a text one by one, with one kept back on demand.
type lines struct {
	in      *bufio.Reader
	number  int // of the line given last
	pending []string
}

var errLongLine = errors.New("line too long")

// next returns a line without its end; io.EOF after the last.
func (l *lines) next() (string, error) {
	if len(l.pending) > 0 {
		line := l.pending[0]
		l.pending = l.pending[1:]
		l.number++
		return line, nil
	}
	return l.read()
}

func (l *lines) read() (string, error) {
	var long []byte
	skipping := false
	for {
		piece, err := l.in.ReadSlice('\n')
		if len(long)+len(piece) > maxLineBytes {
			skipping, long = true, long[:0]
		}
		if err == bufio.ErrBufferFull {
			if !skipping {
				long = append(long, piece...)
			}
			continue
		}
		if err != nil && (err != io.EOF || len(piece)+len(long) == 0 && !skipping) {
			return "", err
		}
		l.number++
		if skipping {
			return "", errLongLine
		}
		text := string(append(long, piece...))
		if l.number == 1 {
			text = strings.TrimPrefix(text, "\ufeff")
		}
		return strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r"), nil
	}
}

// giveBack puts lines back to be given again; they were the last ones given.
func (l *lines) giveBack(lines []string) {
	l.pending = append(lines, l.pending...)
	l.number -= len(lines)
}

// separated reads CSV (RFC 4180) and TSV (no quoting).
type separated struct {
	lines   lines
	comma   string
	quoting bool
	columns int // of every row; 0: not known yet
}

// next returns the fields of the next row that is not blank. The error is
// *unreadable for a broken row, after which reading goes on, or io.EOF.
func (s *separated) next() (line int, fields []string, err error) {
	for {
		text, err := s.lines.next()
		line = s.lines.number
		if errors.Is(err, errLongLine) {
			return line, nil, &unreadable{line: line, reason: "line too long"}
		}
		if err != nil {
			return line, nil, err
		}
		if strings.TrimSpace(text) == "" {
			continue
		}
		if !s.quoting || !strings.Contains(text, `"`) {
			fields = strings.Split(text, s.comma)
		} else if fields, err = s.quoted(text); err != nil {
			return line, nil, &unreadable{line: line, reason: err.Error()}
		}
		if s.columns > 0 && len(fields) != s.columns {
			return line, nil, &unreadable{line: line, reason: "wrong number of columns", detail: fmt.Sprintf("%d expected, %d found", s.columns, len(fields))}
		}
		return line, fields, nil
	}
}

var errOpenQuote = errors.New("quote never closed")

// quoted splits a line with quotes in it, going on to further lines if a
// quoted field does. If that field never closes, only its first line is lost:
// one stray quote must not swallow the rest of the file.
func (s *separated) quoted(text string) ([]string, error) {
	var more []string
	for {
		fields, open := splitQuoted(text, s.comma[0])
		if !open {
			return fields, nil
		}
		next, err := s.lines.next()
		if err != nil || len(more) == maxRowLines || len(text) > maxLineBytes {
			if err == nil {
				more = append(more, next)
			}
			s.lines.giveBack(more)
			return nil, errOpenQuote
		}
		more = append(more, next)
		text += "\n" + next
	}
}

// splitQuoted splits at commas outside quotes. A quote inside a field that did
// not begin with one is an ordinary character. open: the text ends in quotes.
func splitQuoted(text string, comma byte) (fields []string, open bool) {
	for {
		if text == "" || text[0] != '"' {
			field, rest, found := strings.Cut(text, string(comma))
			fields = append(fields, field)
			if !found {
				return fields, false
			}
			text = rest
			continue
		}
		var b strings.Builder
		i := 1
		for ; ; i++ {
			if i >= len(text) {
				return nil, true
			}
			if text[i] == '"' {
				if i+1 >= len(text) || text[i+1] != '"' {
					break
				}
				i++
			}
			b.WriteByte(text[i])
		}
		tail, rest, found := strings.Cut(text[i+1:], string(comma))
		fields = append(fields, b.String()+tail)
		if !found {
			return fields, false
		}
		text = rest
	}
}
