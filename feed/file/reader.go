// Package file owns event files: one JSON object per line, read with limits,
// written with the time of recording, and sent on at a chosen speed. It must
// not know the engine or the screens.
package file

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// Line is one line of an event file. Text holds until the next one is read.
type Line struct {
	Number int64  // from 1
	Text   []byte // without the end of the line; cut at one byte over the limit
	End    int64  // bytes of the input up to and with this line
}

// Reader reads lines of bounded length; a line of any length costs no more
// memory than the limit. Not safe for concurrent use.
type Reader struct {
	in     *bufio.Reader
	limit  int
	text   []byte
	number int64
	offset int64
}

// byteOrderMark is what some editors put in front of UTF-8.
const byteOrderMark = "\xef\xbb\xbf"

// NewReader returns a reader of lines up to limit bytes. A longer one is cut
// one byte beyond it, so that whoever decodes it counts it as too large.
func NewReader(in io.Reader, limit int) *Reader {
	return &Reader{in: bufio.NewReaderSize(in, 64<<10), limit: limit}
}

// Next returns the next line that is not blank. It returns io.EOF at the end;
// a last line without its line end is a line.
func (r *Reader) Next() (Line, error) {
	for {
		n, err := r.readLine()
		if n == 0 && err != nil {
			if errors.Is(err, io.EOF) {
				return Line{}, io.EOF
			}
			return Line{}, fmt.Errorf("file: read line %d: %w", r.number+1, err)
		}
		r.number++
		text := r.text
		if r.number == 1 {
			text = bytes.TrimPrefix(text, []byte(byteOrderMark))
		}
		text = bytes.Trim(text, " \t\r")
		if len(text) > 0 {
			return Line{Number: r.number, Text: text, End: r.offset}, nil
		}
	}
}

// readLine fills text and returns how many bytes of the input it took.
func (r *Reader) readLine() (int, error) {
	r.text = r.text[:0]
	taken := 0
	for {
		part, err := r.in.ReadSlice('\n')
		taken += len(part)
		r.offset += int64(len(part))
		if room := r.limit + 1 + len(byteOrderMark) - len(r.text); room > 0 {
			r.text = append(r.text, part[:min(room, len(part))]...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		r.text = bytes.TrimSuffix(r.text, []byte{'\n'})
		return taken, err
	}
}
