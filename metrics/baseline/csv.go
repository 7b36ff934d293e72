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

// CSVOptions say how a series in a file is read. A Step of 0 is inferred from
// the timestamps so far; a Zone of nil takes the time of day as it is written.
type CSVOptions struct {
	Options
	Words   func(Reason) string          // puts a reason in words; nil: English
	Problem func(line int, reason error) // is told of each row that cannot be read; may be nil
}

// CSVReport counts what a file came to.
type CSVReport struct {
	Rows       int // written, learning included
	Learning   int
	Fired      int
	Unreadable int
	Step       time.Duration // as given or inferred last
}

// ErrNoStep is returned where the step was neither given nor to be seen.
var ErrNoStep = errors.New("baseline: the step cannot be inferred: no timestamp is later than the one before it (give --step)")

// RunCSV runs the band over a file with the columns timestamp and value (named
// in the header, else the first two) and writes one JSON object a line and row:
// t as written, v, the band lo and hi known before v (null while learning),
// surprise, score, learning and reason. Rows missing between two others age
// nothing. A row that cannot be read is told to Problem, and no line is written
// for it.
func RunCSV(in io.Reader, out io.Writer, o CSVOptions) (CSVReport, error) {
	if o.Words == nil {
		o.Words = Reason.English
	}
	if o.Problem == nil {
		o.Problem = func(int, error) {}
	}
	local := o.Options
	local.Zone = nil // rows are fed by the clock on the wall, as if that were UTC
	series, err := New(local)
	if err != nil {
		return CSVReport{}, err
	}
	run := csvRun{o: o, series: series, out: bufio.NewWriterSize(out, 1<<16), value: 1}
	run.report.Step = o.Step
	err = run.read(in)
	if flushed := run.out.Flush(); err == nil && flushed != nil {
		err = fmt.Errorf("baseline: write rows: %w", flushed)
	}
	if err == nil && run.report.Rows > 1 && run.report.Step == 0 {
		err = ErrNoStep
	}
	return run.report, err
}

// csvRun is one file on its way through a series.
type csvRun struct {
	o           CSVOptions
	series      *Series
	out         *bufio.Writer
	report      CSVReport
	guess       stepGuess
	time, value int // columns
	line        []byte
}

// longestLine bounds a row; a longer one is unreadable, and passed over.
const longestLine = 1 << 16

func (r *csvRun) read(in io.Reader) error {
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
			r.unreadable(n, fmt.Errorf("row longer than %d bytes", longestLine))
			continue
		case len(bytes.TrimSpace(line)) == 0:
			continue
		}
		row := fields(string(line))
		if !header {
			header = true
			if r.header(row) {
				continue
			}
		}
		if err := r.row(row); err != nil {
			r.unreadable(n, err)
		}
		if _, err := r.out.Write(nil); err != nil { // an earlier write's, such as a closed pipe
			return fmt.Errorf("baseline: write rows: %w", err)
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

func (r *csvRun) unreadable(line int, reason error) {
	r.report.Unreadable++
	r.o.Problem(line, reason)
}

// header finds the columns, and says whether the first row names them: a file
// without a header loses no row.
func (r *csvRun) header(row []string) bool {
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

// row feeds one row and writes its line.
func (r *csvRun) row(row []string) error {
	if len(row) <= max(r.time, r.value) {
		return fmt.Errorf("%d columns, a timestamp and a value are needed", len(row))
	}
	text := row[r.time]
	at, err := parseStamp(text, r.o.Zone)
	if err != nil {
		return err
	}
	number := row[r.value]
	if number == "" {
		return errors.New("no value: the step tells nothing")
	}
	v, err := strconv.ParseFloat(number, 64)
	if err != nil || !finite(v) || v > largestValue || v < -largestValue {
		return fmt.Errorf("value %.40q is not a number within %g", number, largestValue)
	}
	if r.o.Step == 0 {
		if step := r.guess.see(at.instant); step > 0 {
			r.series.SetStep(step)
			r.report.Step = step
		}
	}
	r.write(text, v, r.series.Feed(Moment{At: at.wall}, v))
	return nil
}

// write appends the line of one row. The timestamp has been read as one, so it
// holds nothing JSON would mind.
func (r *csvRun) write(t string, v float64, verdict Verdict) {
	r.report.Rows++
	reason := r.o.Words(verdict.Reason)
	if verdict.Learning {
		r.report.Learning++
		reason = fmt.Sprintf("learning %.0f/100", 100*r.series.Progress())
	}
	if verdict.Fired {
		r.report.Fired++
	}
	b := append(append(r.line[:0], `{"t":"`...), t...)
	b = appendNumber(append(b, `","v":`...), v)
	if verdict.Known {
		b = appendNumber(append(b, `,"lo":`...), verdict.Lo)
		b = appendNumber(append(b, `,"hi":`...), verdict.Hi)
	} else {
		b = append(b, `,"lo":null,"hi":null`...)
	}
	b = appendNumber(append(b, `,"surprise":`...), verdict.Surprise)
	b = appendNumber(append(b, `,"score":`...), verdict.Score)
	b = strconv.AppendBool(append(b, `,"learning":`...), verdict.Learning)
	b = append(append(append(b, `,"reason":"`...), reason...), "\"}\n"...)
	r.line = b
	_, _ = r.out.Write(b) // the error sticks, read looks for it
}

func appendNumber(b []byte, v float64) []byte { return strconv.AppendFloat(b, v, 'g', -1, 64) }
