// Package hintfile owns the file in which a viewer's learned hints are kept. It
// must not know what the hints say, nor when they are shown.
package hintfile

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Most is the highest count that is kept, and MaxHints how many: whatever else a
// file holds was not written here.
const (
	Most     = 1_000
	MaxHints = 200
)

// File keeps how often each hint was seen. Writing is best effort: whoever loses
// it sees a hint once more.
type File struct{ Path string }

// Load returns what was kept, nothing where there is no file or a broken one.
func (f File) Load() map[string]int {
	data, err := os.ReadFile(f.Path)
	if err != nil {
		return nil
	}
	var kept map[string]int
	if json.Unmarshal(data, &kept) != nil || len(kept) > MaxHints {
		return nil
	}
	for id, n := range kept {
		kept[id] = max(0, min(n, Most))
	}
	return kept
}

// Save keeps the higher count of each hint, that of the file or the one given:
// another program of the same user may have written in between.
func (f File) Save(seen map[string]int) error {
	all := f.Load()
	if all == nil {
		all = map[string]int{}
	}
	for id, n := range seen {
		all[id] = max(all[id], n)
	}
	data, err := json.Marshal(all)
	if err != nil {
		return fmt.Errorf("hintfile: encode: %w", err)
	}
	folder := filepath.Dir(f.Path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("hintfile: make the folder: %w", err)
	}
	// Written beside and renamed, so that no reader ever meets half a file.
	part, err := os.CreateTemp(folder, ".hints-*")
	if err != nil {
		return fmt.Errorf("hintfile: write: %w", err)
	}
	_, err = part.Write(data)
	if err = errors.Join(err, part.Close()); err == nil {
		err = os.Rename(part.Name(), f.Path)
	}
	if err != nil {
		if gone := os.Remove(part.Name()); !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
		return fmt.Errorf("hintfile: write: %w", err)
	}
	return nil
}
