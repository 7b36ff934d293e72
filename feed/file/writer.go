package file

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
)

// recordedName is the attribute that stands for arrival when a file is read.
const recordedName = "recordedtime"

// ErrNotAnEvent is returned for what no line can hold: anything but one JSON
// object.
var ErrNotAnEvent = errors.New("not one JSON object")

// Writer writes events one per line. Not safe for concurrent use.
type Writer struct {
	out  *bufio.Writer
	line bytes.Buffer
	flat bytes.Buffer
}

// NewWriter returns a writer; Flush before using what it wrote to.
func NewWriter(out io.Writer) *Writer {
	return &Writer{out: bufio.NewWriterSize(out, 64<<10)}
}

// Write writes one structured event with the time it was recorded, in place of
// the one it may carry, and with the floor where the event leaves that to its
// subject, which a file does not have. floor "" adds none.
func (w *Writer) Write(event []byte, recorded time.Time, floor string) error {
	w.flat.Reset()
	if err := json.Compact(&w.flat, event); err != nil {
		return fmt.Errorf("file: write an event: %w", ErrNotAnEvent)
	}
	w.line.Reset()
	if err := w.stamp(recorded, floor); err != nil {
		return fmt.Errorf("file: write an event: %w", err)
	}
	w.line.WriteByte('\n')
	_, err := w.out.Write(w.line.Bytes())
	return err
}

// stamp copies the members of the object, but for the recorded time, and puts
// what is added in front, where an object without members needs no comma.
func (w *Writer) stamp(recorded time.Time, floor string) error {
	decoder := json.NewDecoder(bytes.NewReader(w.flat.Bytes()))
	if open, err := decoder.Token(); err != nil || open != json.Delim('{') {
		return ErrNotAnEvent
	}
	fmt.Fprintf(&w.line, `{"%s":"%s"`, recordedName, recorded.UTC().Format("2006-01-02T15:04:05.000Z07:00"))
	hasFloor := floor == ""
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return ErrNotAnEvent
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return ErrNotAnEvent
		}
		switch {
		case name == recordedName:
			continue
		case name == "floor" && string(value) == "null" && floor != "":
			continue
		case name == "floor":
			hasFloor = true
		}
		if err := w.member(name, value); err != nil {
			return err
		}
	}
	if !hasFloor {
		if err := w.member("floor", json.RawMessage(`"`+floor+`"`)); err != nil {
			return err
		}
	}
	w.line.WriteByte('}')
	return nil
}

func (w *Writer) member(name json.Token, value json.RawMessage) error {
	w.line.WriteByte(',')
	key := json.NewEncoder(&w.line)
	key.SetEscapeHTML(false)
	if err := key.Encode(name); err != nil {
		return ErrNotAnEvent
	}
	w.line.Truncate(w.line.Len() - 1) // the encoder ends with a new line
	w.line.WriteByte(':')
	w.line.Write(value)
	return nil
}

// Flush writes out what is buffered.
func (w *Writer) Flush() error {
	if err := w.out.Flush(); err != nil {
		return fmt.Errorf("file: write: %w", err)
	}
	return nil
}
