// Package folder owns where a viewer's exports are kept: one directory of the
// machine that the board runs on. It must not know what is exported.
package folder

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// mostAlike is how many files of one name are kept before it is given up.
const mostAlike = 1000

// Folder keeps files in a directory. Safe for concurrent use.
type Folder struct{ dir, home string }

// New returns the folder of a directory, which need not be there yet to be named;
// home is what "~/" stands for, empty where nobody has one.
func New(dir, home string) (*Folder, error) {
	f := &Folder{home: home}
	abs, err := filepath.Abs(f.expanded(dir))
	if err != nil {
		return nil, fmt.Errorf("folder: find %q: %w", dir, err)
	}
	f.dir = abs
	return f, nil
}

func (f *Folder) expanded(name string) string {
	if rest, ok := strings.CutPrefix(name, "~/"); ok && f.home != "" {
		return filepath.Join(f.home, rest)
	}
	return name
}

// Where returns the path that a file of the name is meant to have.
func (f *Folder) Where(name string) string {
	name = f.expanded(name)
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(f.dir, name)
}

// Write writes a new file that only its owner can read, and returns its path. A
// file that is there already is kept: the new one is called -2, -3 and so on.
// What cannot be written whole is not left behind.
func (f *Folder) Write(name string, content func(io.Writer) error) (string, error) {
	path := f.Where(name)
	out, err := create(path)
	if err != nil {
		return "", err
	}
	err = content(out)
	if closing := out.Close(); err == nil {
		err = closing
	}
	if err != nil {
		_ = os.Remove(out.Name())
		return "", fmt.Errorf("write %s: %w", out.Name(), err)
	}
	return out.Name(), nil
}

func create(path string) (*os.File, error) {
	ext := filepath.Ext(path)
	stem := strings.TrimSuffix(path, ext)
	for n := 1; n <= mostAlike; n++ {
		try := path
		if n > 1 {
			try = stem + "-" + strconv.Itoa(n) + ext
		}
		out, err := os.OpenFile(try, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		switch {
		case err == nil:
			return out, nil
		case errors.Is(err, fs.ErrExist):
			continue
		case errors.Is(err, fs.ErrNotExist):
			return nil, fmt.Errorf("%s: the directory is not there (make it, or set [wall] export_dir)", filepath.Dir(path))
		case errors.Is(err, fs.ErrPermission):
			return nil, fmt.Errorf("%s: writing is not allowed there (set [wall] export_dir)", filepath.Dir(path))
		}
		return nil, err
	}
	return nil, fmt.Errorf("%s: there are %d files of that name", path, mostAlike)
}
