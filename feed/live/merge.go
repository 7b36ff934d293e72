package live

import (
	"errors"
	"fmt"
	"io"

	"wallboard/feed/file"
	"wallboard/feed/wire"
)

// Input is one event file. It is opened once for each pass over the events.
type Input struct {
	Name string
	Open func() (io.ReadCloser, error)
}

// tape is one open file with its next event decoded.
type tape struct {
	name   string
	in     io.ReadCloser
	reader *file.Reader
	folder *folder // with the next event in it
	err    error   // why the next line is no event
	time   int64   // of the next event; where it has none, of the one before
	ended  bool
}

// next decodes the next line.
func (t *tape) next() error {
	line, err := t.reader.Next()
	if errors.Is(err, io.EOF) {
		t.ended = true
		return nil
	}
	if err != nil {
		return fmt.Errorf("live: %s: %w", t.name, err)
	}
	event := &t.folder.event
	t.err = t.folder.decoder.Decode("", nil, line.Text, 0, event)
	switch {
	case t.err != nil:
	case event.Time > 0:
		t.time = event.Time
	case event.Arrival > 0:
		t.time = event.Arrival
	}
	return nil
}

// merge reads several files as one: each in its own order, the file whose next
// event is the earliest first, and of equals the one named first. Files that
// follow each other in time are read one after the other.
type merge struct{ tapes []*tape }

func openMerge(inputs []Input) (*merge, error) {
	m := &merge{}
	for _, input := range inputs {
		in, err := input.Open()
		if err != nil {
			m.close()
			return nil, fmt.Errorf("live: open %s: %w", input.Name, err)
		}
		t := &tape{name: input.Name, in: in, reader: file.NewReader(in, wire.MaxEventBytes), folder: newFolder(nil)}
		m.tapes = append(m.tapes, t)
		if err := t.next(); err != nil {
			m.close()
			return nil, err
		}
	}
	return m, nil
}

// head returns the file whose turn it is, nil at the end.
func (m *merge) head() *tape {
	var first *tape
	for _, t := range m.tapes {
		if !t.ended && (first == nil || t.time < first.time) {
			first = t
		}
	}
	return first
}

func (m *merge) close() {
	for _, t := range m.tapes {
		// Nothing was written: a close that fails loses nothing.
		_ = t.in.Close()
	}
}
