package history

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"wallboard/metrics/checkpoint"
	"wallboard/metrics/clean"
)

// ErrCorrupt is wrapped by every failure to read a day's file.
var ErrCorrupt = errors.New("history: the file holds no day")

// A file is magic, version, the length of what follows the sum, its SHA-256,
// and the day, deflated.
const (
	magic       = "wallboard day\n"
	fileVersion = 1
	headLength  = len(magic) + 1 + 8 + sha256.Size
	// bodyLimit bounds what a file may unfold to: a floor of a thousand queues
	// and ten thousand people takes a tenth.
	bodyLimit = 1 << 30
)

// Encode returns the bytes of a closed day.
func Encode(d *Day) ([]byte, error) {
	c := checkpoint.NewWriter(nil)
	codeDay(c, d)
	if err := c.Err(); err != nil {
		return nil, fmt.Errorf("history: encode %s: %w", d.Date(), err)
	}
	var body bytes.Buffer
	w, err := flate.NewWriter(&body, flate.DefaultCompression)
	if err == nil {
		_, err = w.Write(c.Bytes())
	}
	if err = errors.Join(err, closeOf(w)); err != nil {
		return nil, fmt.Errorf("history: encode %s: %w", d.Date(), err)
	}
	sum := sha256.Sum256(body.Bytes())
	out := append(make([]byte, 0, headLength+body.Len()), magic...)
	out = append(out, fileVersion)
	out = binary.LittleEndian.AppendUint64(out, uint64(body.Len()))
	out = append(out, sum[:]...)
	return append(out, body.Bytes()...), nil
}

func closeOf(w *flate.Writer) error {
	if w == nil {
		return nil
	}
	return w.Close()
}

// Decode is the inverse of Encode, for bytes from anywhere.
func Decode(b []byte) (*Day, error) {
	if len(b) < headLength || string(b[:len(magic)]) != magic {
		return nil, fmt.Errorf("%w: no such beginning", ErrCorrupt)
	}
	if v := b[len(magic)]; v != fileVersion {
		return nil, fmt.Errorf("%w: version %d, this program reads %d", ErrCorrupt, v, fileVersion)
	}
	body := b[headLength:]
	if n := binary.LittleEndian.Uint64(b[len(magic)+1:]); n != uint64(len(body)) {
		return nil, fmt.Errorf("%w: %d bytes of %d", ErrCorrupt, len(body), n)
	}
	if sum := sha256.Sum256(body); !bytes.Equal(sum[:], b[headLength-sha256.Size:headLength]) {
		return nil, fmt.Errorf("%w: its sum is wrong", ErrCorrupt)
	}
	return decodeBody(body)
}

func decodeBody(body []byte) (*Day, error) {
	plain, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(body)), bodyLimit))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	d := new(Day)
	c := checkpoint.NewReader(plain)
	codeDay(c, d)
	if c.Err() == nil && len(c.Bytes()) > 0 {
		c.Fail("history: %d bytes too many", len(c.Bytes()))
	}
	if c.Err() == nil && d.End == 0 {
		c.Fail("history: the day is not over")
	}
	if err := c.Err(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	return d, nil
}

// Store keeps closed days in a folder: <dir>/<floor>/days/YYYY-MM-DD. Safe for
// concurrent use by readers and one writer.
type Store struct{ dir string }

// NewStore returns the store in a folder, which need not exist.
func NewStore(dir string) *Store { return &Store{dir: dir} }

// Dir returns the folder.
func (s *Store) Dir() string { return s.dir }

// longestName is what file systems take, with room to spare.
const longestName = 200

// folder is where a floor's days are. A floor's id comes from outside: no
// character of it may lead elsewhere.
func (s *Store) folder(floor string) string {
	name := url.PathEscape(floor)
	if strings.HasPrefix(name, ".") || name == "" {
		name = "%2E" + strings.TrimPrefix(name, ".")
	}
	if len(name) > longestName {
		sum := sha256.Sum256([]byte(floor))
		name = fmt.Sprintf("%%%x", sum[:16])
	}
	return filepath.Join(s.dir, name, "days")
}

func (s *Store) path(floor, date string) string { return filepath.Join(s.folder(floor), date) }

// Put writes a closed day, unless what is there is as good: the same, or begun
// to be seen earlier. It says whether it wrote.
func (s *Store) Put(d *Day) (bool, error) {
	b, err := Encode(d)
	if err != nil {
		return false, err
	}
	path := s.path(d.Floor.String(), d.Date())
	if kept, err := os.ReadFile(path); err == nil {
		if bytes.Equal(kept, b) {
			return false, nil
		}
		if old, err := Decode(kept); err == nil && old.Seen < d.Seen {
			return false, nil
		}
	}
	if err := writeFile(path, b); err != nil {
		return false, fmt.Errorf("history: write %s: %w", d.Date(), err)
	}
	return true, nil
}

// writeFile replaces a file so that after a crash either the old or the new one
// is there whole.
func writeFile(path string, b []byte) error {
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(folder, ".day-*") // 0600
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return syncFolder(folder)
}

func syncFolder(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Get reads a day; the error wraps ErrCorrupt where the file is damaged and
// fs.ErrNotExist where there is none.
func (s *Store) Get(floor, date string) (*Day, error) {
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		return nil, fmt.Errorf("history: read day %q: not of the form 2026-11-20", clean.Own(date))
	}
	b, err := os.ReadFile(s.path(floor, date))
	if err != nil {
		return nil, fmt.Errorf("history: read %s: %w", date, err)
	}
	d, err := Decode(b)
	if err != nil {
		return nil, fmt.Errorf("history: read %s: %w", s.path(floor, date), err)
	}
	if d.Floor.String() != floor || d.Date() != date {
		return nil, fmt.Errorf("history: read %s: %w: it is of %s, %s", s.path(floor, date), ErrCorrupt, d.Floor, d.Date())
	}
	return d, nil
}

// Dates lists the days of a floor, oldest first.
func (s *Store) Dates(floor string) ([]string, error) {
	entries, err := os.ReadDir(s.folder(floor))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("history: list days: %w", err)
	}
	var dates []string
	for _, e := range entries {
		if _, err := time.Parse(time.DateOnly, e.Name()); err == nil {
			dates = append(dates, e.Name())
		}
	}
	slices.Sort(dates)
	return dates, nil
}

// Floors lists the floors that have days.
func (s *Store) Floors() ([]string, error) {
	entries, err := os.ReadDir(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("history: list floors: %w", err)
	}
	var floors []string
	for _, e := range entries {
		floor, err := url.PathUnescape(e.Name())
		if err != nil || filepath.Dir(s.folder(floor)) != filepath.Join(s.dir, e.Name()) {
			continue
		}
		if dates, err := s.Dates(floor); err == nil && len(dates) > 0 {
			floors = append(floors, floor)
		}
	}
	return floors, nil
}

// Last reads the newest days of a floor before a date ("": all), at most n,
// oldest first. Damaged ones are left out and said.
func (s *Store) Last(floor, before string, n int) ([]*Day, error) {
	dates, err := s.Dates(floor)
	if err != nil {
		return nil, err
	}
	var days []*Day
	var failed error
	for _, date := range slices.Backward(dates) {
		if before != "" && date >= before {
			continue
		}
		if len(days) == n {
			break
		}
		d, err := s.Get(floor, date)
		if err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		days = append(days, d)
	}
	slices.Reverse(days)
	return days, failed
}

// AgentDays is how long figures of single people are kept.
const AgentDays = 35

// Prune removes days of a floor that are older than keep days before the date,
// and the people from those older than AgentDays.
func (s *Store) Prune(floor, date string, keep int) error {
	now, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return fmt.Errorf("history: prune: %w", err)
	}
	dates, err := s.Dates(floor)
	if err != nil {
		return err
	}
	drop, strip := now.AddDate(0, 0, -keep).Format(time.DateOnly), now.AddDate(0, 0, -AgentDays).Format(time.DateOnly)
	var failed error
	for _, date := range dates {
		switch {
		case date < drop:
			failed = errors.Join(failed, os.Remove(s.path(floor, date)))
		case date < strip:
			failed = errors.Join(failed, s.strip(floor, date))
		}
	}
	return failed
}

// strip takes the people out of a day, once.
func (s *Store) strip(floor, date string) error {
	d, err := s.Get(floor, date)
	if err != nil {
		return err
	}
	without := d.WithoutAgents()
	if without == d {
		return nil
	}
	b, err := Encode(without)
	if err != nil {
		return err
	}
	return writeFile(s.path(floor, date), b)
}
