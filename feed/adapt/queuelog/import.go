package queuelog

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
)

// maxLineBytes is the longest line that is read.
const maxLineBytes = 64 << 10

// Import reads a whole log and gives its events to emit in time order, those
// of one instant in the log's own. A line that cannot be read is counted and
// skipped; the error is that of emit, of reading, or with Strict of the first
// such line.
func Import(in io.Reader, options Options, emit Emit) (Report, error) {
	t := NewTranslator(options)
	var entries []entry
	r := bufio.NewReaderSize(in, maxLineBytes)
	for {
		line, err := readLine(r)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return t.report, fmt.Errorf("queuelog: read: %w", err)
		}
		e, ok, err := t.read(line)
		if err != nil {
			return t.report, err
		}
		if ok {
			entries = append(entries, e)
		}
	}
	// A log is in time order, save where the clock was set back.
	slices.SortStableFunc(entries, func(a, b entry) int { return cmp.Compare(a.at, b.at) })
	for i := range entries {
		if err := t.entry(&entries[i], emit); err != nil {
			return t.report, err
		}
	}
	return t.report, nil
}

// readLine returns the next line, with or without an end. One that is too long
// is cut, still too long, so that it is counted as such.
func readLine(r *bufio.Reader) (string, error) {
	var line []byte
	for {
		piece, err := r.ReadSlice('\n')
		if keep := maxLineBytes + 1 - len(line); keep > 0 {
			line = append(line, piece[:min(keep, len(piece))]...)
		}
		switch {
		case err == nil:
			if line[len(line)-1] == '\n' {
				line = line[:len(line)-1]
			}
			return string(line), nil
		case errors.Is(err, io.EOF) && len(line) > 0:
			return string(line), nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return "", err
		}
	}
}
