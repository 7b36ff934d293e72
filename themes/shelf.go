package themes

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// extension ends the name of every theme file.
const extension = ".toml"

// OwnError is that of a theme of the user's own that is there and cannot be
// used: a board goes on with another, where it would refuse an unknown name.
type OwnError struct {
	File string
	Err  error
}

func (e *OwnError) Error() string { return fmt.Sprintf("%v in %s", e.Err, e.File) }
func (e *OwnError) Unwrap() error { return e.Err }

// Shelf is where one program finds its themes: the embedded ones and, in Dir,
// the user's own. A value: two programs in one process have different shelves.
type Shelf struct{ Dir string } // empty: the embedded ones only

// Entry is one theme on a shelf, or why it cannot be used.
type Entry struct {
	Name  string
	Theme Theme // empty with an error
	Own   bool  // the user's
	Err   error
}

// Names returns the names on the shelf in order, each once.
func (s Shelf) Names() []string {
	names := append(Names(), s.own()...)
	sort.Strings(names)
	unique := names[:0]
	for i, name := range names {
		if i == 0 || names[i-1] != name {
			unique = append(unique, name)
		}
	}
	return unique
}

// own returns the names of the user's themes. A folder that is not there, or
// cannot be read, holds none: nobody has to have one.
func (s Shelf) own() []string {
	if s.Dir == "" {
		return nil
	}
	entries, err := os.ReadDir(s.Dir)
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), extension); ok && name != "" && !e.IsDir() && !strings.HasPrefix(name, ".") {
			names = append(names, name)
		}
	}
	return names
}

// List reads every theme on the shelf. One that is broken is in the list with
// its error and takes no other with it.
func (s Shelf) List() []Entry {
	var list []Entry
	for _, name := range s.Names() {
		theme, err := s.Load(name)
		list = append(list, Entry{Name: name, Theme: theme, Own: s.has(name), Err: err})
	}
	return list
}

// Load returns the theme of a name, the user's own before an embedded one, or
// reads a file when name holds a slash or ends in .toml.
func (s Shelf) Load(name string) (Theme, error) {
	if isPath(name) {
		return readFile(name)
	}
	if s.has(name) {
		theme, err := readFile(s.path(name))
		if err != nil {
			return Theme{}, &OwnError{File: s.path(name), Err: err}
		}
		return theme, nil
	}
	return embedded(name, s.Names())
}

// has says whether the user has a theme of the name.
func (s Shelf) has(name string) bool {
	if s.Dir == "" || name == "" || isPath(name) {
		return false
	}
	info, err := os.Stat(s.path(name))
	return err == nil && !info.IsDir()
}

func (s Shelf) path(name string) string { return filepath.Join(s.Dir, name+extension) }

// isPath says whether what was asked for is a file rather than a name.
func isPath(name string) bool {
	return strings.ContainsRune(name, '/') || strings.HasSuffix(name, extension)
}
