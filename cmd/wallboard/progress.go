package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"wallboard/feed/file"
)

// progressEvery is how often long work says how far it is.
const progressEvery = 250 * time.Millisecond

// showProgress returns a reporter that draws one line on a terminal, nil where
// the stream is none.
func (p *program) showProgress() func(file.Progress) {
	if !isTerminal(p.stderr) {
		return nil
	}
	return func(now file.Progress) {
		fmt.Fprintf(p.stderr, "\r\x1b[K%s", progressLine(now))
	}
}

// endProgress leaves the line of showProgress.
func (p *program) endProgress() {
	if isTerminal(p.stderr) {
		fmt.Fprint(p.stderr, "\r\x1b[K")
	}
}

const progressCells = 24

func progressLine(now file.Progress) string {
	var b strings.Builder
	if now.Total > 0 {
		done := float64(now.Bytes) / float64(now.Total)
		full := int(done * progressCells)
		fmt.Fprintf(&b, "[%s%s] %3.0f %%  ", strings.Repeat("#", full), strings.Repeat("-", progressCells-full), 100*done)
	}
	fmt.Fprintf(&b, "%d events  %.0f/s", now.Sent, now.Rate)
	if now.Left >= 0 {
		fmt.Fprintf(&b, "  %s left", now.Left.Round(time.Second))
	}
	if now.Bad > 0 {
		fmt.Fprintf(&b, "  %d refused", now.Bad)
	}
	return b.String()
}

// printFaults says which lines were refused, and why.
func printFaults(w io.Writer, faults file.Faults) {
	for _, f := range faults.First {
		fmt.Fprintf(w, "line %d: %s: %s\n", f.Line, f.Reason, f.Text)
	}
	if more := faults.Total - int64(len(faults.First)); more > 0 {
		fmt.Fprintf(w, "… and %d more\n", more)
	}
	for _, reason := range faults.Reasons() {
		fmt.Fprintf(w, "refused %s: %d\n", reason, faults.ByReason[reason])
	}
}
