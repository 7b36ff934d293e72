package queuelog

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
)

// FollowOptions say how a log is followed.
type FollowOptions struct {
	Tick    <-chan time.Time // when to look for more; a ticker of 250 ms does
	FromEnd bool             // leave out what the log holds already
}

// Follow gives the events of a log to emit as it grows, until ctx is done. A
// log that is renamed and created anew, cut to nothing, or missing for a while
// is followed on; a last line without its end waits for it.
func Follow(ctx context.Context, path string, options FollowOptions, t *Translator, emit Emit) error {
	tail := Tail{path: path}
	defer tail.Close()
	if options.FromEnd {
		if err := tail.skipToEnd(); err != nil {
			return err
		}
	}
	for {
		err := tail.Poll(func(line string) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return t.Line(line, emit)
		})
		if err != nil && ctx.Err() == nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-options.Tick:
		}
	}
}

// oldPolls is how many polls without anything new a renamed log is still read:
// a PBX goes on writing to it until it is told of the new one.
const oldPolls = 240

// Tail reads a file that grows and rotates, line by line.
type Tail struct {
	path    string
	current *source
	old     *source // renamed, read on until it stays silent
	silent  int     // polls for which old has been
}

// NewTail returns a tail of the file at path, which need not exist yet.
func NewTail(path string) *Tail { return &Tail{path: path} }

// Close lets go of the files.
func (t *Tail) Close() {
	for _, s := range []*source{t.old, t.current} {
		if s != nil {
			_ = s.file.Close() // it was only read
		}
	}
	t.old, t.current = nil, nil
}

// skipToEnd leaves out what the file holds already: whole lines only, so that
// a line being written is not missed.
func (t *Tail) skipToEnd() error {
	return t.Poll(func(string) error { return nil })
}

// Poll gives every whole line that is new to take.
func (t *Tail) Poll(take func(line string) error) error {
	if err := t.pollOld(take); err != nil {
		return err
	}
	if t.current == nil {
		if err := t.open(); err != nil || t.current == nil {
			return err
		}
	}
	for {
		if _, err := t.current.read(take); err != nil {
			return err
		}
		moved, err := t.moved()
		if err != nil || !moved {
			return err
		}
		// What was written between reading to the end and looking at the name.
		if _, err := t.current.read(take); err != nil {
			return err
		}
		if err := t.dropOld(take); err != nil {
			return err
		}
		t.old, t.current, t.silent = t.current, nil, 0
		if err := t.open(); err != nil || t.current == nil {
			return err
		}
	}
}

// open opens the file if it is there.
func (t *Tail) open() error {
	file, err := os.Open(t.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("queuelog: follow: %w", err)
	}
	t.current = &source{file: file}
	return nil
}

// moved says whether the name now means another file. A file that became
// shorter than what was read of it is read from its beginning.
func (t *Tail) moved() (bool, error) {
	named, err := os.Stat(t.path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil // between the renaming and the creating
	}
	if err != nil {
		return false, fmt.Errorf("queuelog: follow: %w", err)
	}
	opened, err := t.current.file.Stat()
	if err != nil {
		return false, fmt.Errorf("queuelog: follow: %w", err)
	}
	if !os.SameFile(named, opened) {
		return true, nil
	}
	if named.Size() < t.current.offset {
		return false, t.current.restart()
	}
	return false, nil
}

// pollOld reads on in a renamed file until it has been silent for long.
func (t *Tail) pollOld(take func(string) error) error {
	if t.old == nil {
		return nil
	}
	grew, err := t.old.read(take)
	if err != nil {
		return err
	}
	if t.silent++; grew {
		t.silent = 0
	}
	if t.silent < oldPolls {
		return nil
	}
	return t.dropOld(take)
}

// dropOld ends the reading of a renamed file: its last line has no end to wait for.
func (t *Tail) dropOld(take func(string) error) error {
	if t.old == nil {
		return nil
	}
	last := t.old.partial
	_ = t.old.file.Close() // it was only read
	t.old = nil
	if len(last) == 0 {
		return nil
	}
	return take(string(last))
}

// source is one open file.
type source struct {
	file    *os.File
	offset  int64  // bytes read
	partial []byte // the beginning of a line whose end is not there yet
}

// restart reads the file from its beginning.
func (s *source) restart() error {
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("queuelog: follow: %w", err)
	}
	s.offset, s.partial = 0, nil
	return nil
}

// read gives the lines up to the file's present end; grew says that there was
// anything new.
func (s *source) read(take func(string) error) (grew bool, err error) {
	buffer := make([]byte, 32<<10)
	for {
		n, err := s.file.Read(buffer)
		s.offset += int64(n)
		grew = grew || n > 0
		if errTake := s.split(buffer[:n], take); errTake != nil {
			return grew, errTake
		}
		if errors.Is(err, io.EOF) || err == nil && n == 0 {
			return grew, nil
		}
		if err != nil {
			return grew, fmt.Errorf("queuelog: follow: %w", err)
		}
	}
}

// split gives the whole lines of data and keeps the rest.
func (s *source) split(data []byte, take func(string) error) error {
	for {
		line, rest, whole := bytes.Cut(data, []byte{'\n'})
		if keep := maxLineBytes + 1 - len(s.partial); keep > 0 {
			s.partial = append(s.partial, line[:min(keep, len(line))]...)
		}
		if !whole {
			return nil
		}
		text := string(s.partial)
		s.partial, data = s.partial[:0], rest
		if err := take(text); err != nil {
			return err
		}
	}
}
