package baseline

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// Rows reads a series in CSV: the columns timestamp and value, named in the
// header, else the first two. A Zone of nil takes the time of day as it is
// written. A row that cannot be read is told to Problem, and passed over.
type Rows struct {
	Zone    *time.Location
	Problem func(line int, reason error) // may be nil

	time, value int // columns
}

// Row is one moment of a series.
type Row struct {
	Stamp string    // as written
	At    time.Time // the instant
	Value float64
	wall  int64 // the clock on the wall there as if that were UTC, ms
}

// longestLine bounds a row; a longer one is unreadable, and passed over.
const longestLine = 1 << 16

// Read calls each with every row in turn until it returns an error, which Read
// returns.
func (r *Rows) Read(in io.Reader, each func(Row) error) error {
	if r.Problem == nil {
		r.Problem = func(int, error) {}
	}
	r.time, r.value = 0, 1
	lines := bufio.NewReaderSize(in, longestLine)
	if head, _ := lines.Peek(3); string(head) == "\xef\xbb\xbf" { // byte order mark
		_, _ = lines.Discard(3)
	}
	header := false
	for n := 1; ; n++ {
		line, cut, err := lines.ReadLine()
		for more := cut; more && err == nil; {
			_, more, err = lines.ReadLine()
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("baseline: read rows: %w", err)
		case cut:
			r.Problem(n, fmt.Errorf("row longer than %d bytes", longestLine))
			continue
		case len(bytes.TrimSpace(line)) == 0:
			continue
		}
		columns := fields(string(line))
		if !header {
			header = true
			if r.header(columns) {
				continue
			}
		}
		row, err := r.row(columns)
		if err != nil {
			r.Problem(n, err)
			continue
		}
		if err := each(row); err != nil {
			return err
		}
	}
}

// fields splits a row. Neither a timestamp nor a number holds a comma, so
// quotes are only taken off: an open one must not swallow the rows below.
func fields(line string) []string {
	row := strings.Split(line, ",")
	for i := range row {
		row[i] = strings.Trim(row[i], " \t\r\"")
	}
	return row
}

// header finds the columns, and says whether the first row names them: a file
// without a header loses no row.
func (r *Rows) header(row []string) bool {
	named := map[string]int{}
	for i, name := range row {
		named[strings.ToLower(name)] = i
	}
	at, hasTime := named["timestamp"]
	value, hasValue := named["value"]
	switch {
	case hasTime && hasValue:
		r.time, r.value = at, value
	case hasTime && at == 1:
		r.time, r.value = 1, 0
	case hasTime:
		r.time, r.value = at, at+1
	default:
		_, err := parseStamp(row[0], nil)
		return err != nil
	}
	return true
}

// row reads one row.
func (r *Rows) row(columns []string) (Row, error) {
	if len(columns) <= max(r.time, r.value) {
		return Row{}, fmt.Errorf("%d columns, a timestamp and a value are needed", len(columns))
	}
	text := columns[r.time]
	at, err := parseStamp(text, r.Zone)
	if err != nil {
		return Row{}, err
	}
	number := columns[r.value]
	if number == "" {
		return Row{}, errors.New("no value: the step tells nothing")
	}
	v, err := strconv.ParseFloat(number, 64)
	if err != nil || !finite(v) || v > largestValue || v < -largestValue {
		return Row{}, fmt.Errorf("value %.40q is not a number within %g", number, largestValue)
	}
	return Row{Stamp: text, At: at.instant, Value: v, wall: at.wall}, nil
}
