package baseline

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
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
	run := csvRun{o: o, series: series, out: bufio.NewWriterSize(out, 1<<16)}
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
	o      CSVOptions
	series *Series
	out    *bufio.Writer
	report CSVReport
	guess  stepGuess
	line   []byte
}

func (r *csvRun) read(in io.Reader) error {
	rows := Rows{Zone: r.o.Zone, Problem: func(line int, reason error) {
		r.report.Unreadable++
		r.o.Problem(line, reason)
	}}
	return rows.Read(in, func(row Row) error {
		if r.o.Step == 0 {
			if step := r.guess.see(row.At); step > 0 {
				r.series.SetStep(step)
				r.report.Step = step
			}
		}
		r.write(row.Stamp, row.Value, r.series.Feed(Moment{At: row.wall}, row.Value))
		if _, err := r.out.Write(nil); err != nil { // an earlier write's, such as a closed pipe
			return fmt.Errorf("baseline: write rows: %w", err)
		}
		return nil
	})
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
