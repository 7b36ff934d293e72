// Package probe owns the questions that a terminal is asked: whether it answers,
// what it can do, how wide it draws what the board draws. It must not know
// pages, nor what its findings mean to anybody.
package probe

import (
	"bytes"
	"context"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"wallboard/tui/text"
)

// Answer is what a terminal says of something it may be able to do.
type Answer uint8

// The answers; the zero value says that it gave none.
const (
	Unknown Answer = iota
	Yes
	No
)

// Cells is how wide the terminal drew a text, and how wide the board takes it
// to be.
type Cells struct {
	Text      string
	Got, Want int
}

// Result is everything a terminal said.
type Result struct {
	Answers   bool          // it reports the cursor's position
	Took      time.Duration // within this time
	Sync      Answer        // synchronized output, mode 2026
	Alternate Answer        // the alternate screen, mode 1049
	TrueColor Answer        // 24 bits of colour
	Wrong     []Cells       // texts whose width is another
	Measured  int           // texts that were measured
}

// Terminal is what is asked: a terminal in raw mode, entered, so that whatever
// is drawn on the way is gone afterwards.
type Terminal interface {
	io.Writer
	In() io.Reader
}

// Options are what Ask needs.
type Options struct {
	Samples []string      // texts to measure
	Within  time.Duration // for each answer
	Now     func() time.Time
}

// Ask asks everything. A terminal that does not even report the cursor's
// position is asked nothing more. The goroutine that reads ends when the input
// does: the caller closes or cancels it.
func Ask(ctx context.Context, t Terminal, o Options) (Result, error) {
	d := &dialogue{terminal: t, options: o, input: make(chan []byte)}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go d.read(ctx)
	var r Result
	began := o.Now()
	_, _, ok, err := d.ask(ctx, "")
	if err != nil || !ok {
		return r, err
	}
	r.Answers, r.Took = true, o.Now().Sub(began)
	if r.Sync, err = d.mode(ctx, "2026"); err != nil {
		return r, err
	}
	if r.Alternate, err = d.mode(ctx, "1049"); err != nil {
		return r, err
	}
	if r.TrueColor, err = d.trueColor(ctx); err != nil {
		return r, err
	}
	return r, d.measure(ctx, &r)
}

// dialogue is a terminal being asked.
type dialogue struct {
	terminal Terminal
	options  Options
	input    chan []byte
	left     []byte // read and not yet understood
}

// read hands on what the terminal says.
func (d *dialogue) read(ctx context.Context) {
	defer close(d.input)
	buffer := make([]byte, 4096)
	for {
		n, err := d.terminal.In().Read(buffer)
		if n > 0 {
			select {
			case d.input <- bytes.Clone(buffer[:n]):
			case <-ctx.Done():
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// askPosition is the question that ends every other one. All terminals answer
// it, and answer in order: what has not come before it does not come.
const askPosition = "\x1b[6n"

// position matches the answer to it.
func position() *regexp.Regexp { return regexp.MustCompile(`\x1b\[(\d+);(\d+)R`) }

// ask asks a question and returns what came before the position, and the
// column; not ok means that nothing came in time.
func (d *dialogue) ask(ctx context.Context, question string) (answer []byte, column int, ok bool, err error) {
	if _, err := io.WriteString(d.terminal, question+askPosition); err != nil {
		return nil, 0, false, err
	}
	timer := time.NewTimer(d.options.Within)
	defer timer.Stop()
	form := position()
	for {
		if at := form.FindSubmatchIndex(d.left); at != nil {
			answer = bytes.Clone(d.left[:at[0]])
			column, _ = strconv.Atoi(string(d.left[at[4]:at[5]])) // digits, by the form
			d.left = d.left[at[1]:]
			return answer, column, true, nil
		}
		select {
		case more, open := <-d.input:
			if !open {
				return nil, 0, false, nil
			}
			d.left = append(d.left, more...)
			if bytes.IndexByte(more, 3) >= 0 { // ctrl+c: the line is raw, nobody else hears it
				return nil, 0, false, ErrInterrupted
			}
		case <-timer.C:
			return nil, 0, false, nil
		case <-ctx.Done():
			return nil, 0, false, ctx.Err()
		}
	}
}

// ErrInterrupted is returned when ctrl+c came in place of an answer.
var ErrInterrupted = errors.New("probe: interrupted")

// mode asks whether the terminal knows a mode (DECRQM).
func (d *dialogue) mode(ctx context.Context, number string) (Answer, error) {
	answer, _, ok, err := d.ask(ctx, "\x1b[?"+number+"$p")
	if err != nil || !ok {
		return Unknown, err
	}
	said := regexp.MustCompile(`\x1b\[\?` + number + `;(\d)\$y`).FindSubmatch(answer)
	switch {
	case said == nil:
		return Unknown, nil
	case said[1][0] == '0', said[1][0] == '4': // not known, or off for ever
		return No, nil
	}
	return Yes, nil
}

// trueColor sets a colour of 24 bits and asks which one is set (DECRQSS); where
// that is not answered, whether the terminal says that it has them (XTGETTCAP).
func (d *dialogue) trueColor(ctx context.Context) (Answer, error) {
	answer, _, ok, err := d.ask(ctx, "\x1b[48;2;1;2;3m\x1bP$qm\x1b\\\x1b[m")
	if err != nil || !ok {
		return Unknown, err
	}
	if said := regexp.MustCompile(`\x1bP1\$r([0-9;:]*)m`).FindSubmatch(answer); said != nil {
		if regexp.MustCompile(`48[:;]2[:;]+1[:;]2[:;]3`).Match(said[1]) {
			return Yes, nil
		}
		return No, nil
	}
	answer, _, ok, err = d.ask(ctx, "\x1bP+q524742\x1b\\") // "RGB"
	if err != nil || !ok {
		return Unknown, err
	}
	switch {
	case bytes.Contains(answer, []byte("\x1bP1+r524742")):
		return Yes, nil
	case bytes.Contains(answer, []byte("\x1bP0+r")):
		return No, nil
	}
	return Unknown, nil
}

// together is how many samples are drawn in one line first: a line whose width
// is right need not be looked at one by one, which over a slow link takes long.
const together = 12

// measure draws the samples at the left edge and looks where the cursor is.
func (d *dialogue) measure(ctx context.Context, r *Result) error {
	for group := range slices.Chunk(d.options.Samples, together) {
		got, ok, err := d.width(ctx, strings.Join(group, ""))
		if err != nil || !ok {
			return err // what was measured so far counts
		}
		r.Measured += len(group)
		if got == text.Width(strings.Join(group, "")) {
			continue
		}
		for _, sample := range group {
			got, ok, err := d.width(ctx, sample)
			if err != nil || !ok {
				return err
			}
			if want := text.Width(sample); got != want {
				r.Wrong = append(r.Wrong, Cells{Text: sample, Got: got, Want: want})
			}
		}
	}
	return nil
}

// width draws a text and returns how many cells it took.
func (d *dialogue) width(ctx context.Context, sample string) (cells int, ok bool, err error) {
	_, column, ok, err := d.ask(ctx, "\r\x1b[2K"+sample)
	return column - 1, ok, err
}
