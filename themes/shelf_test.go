package themes

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// shelf returns a shelf whose folder holds the files.
func shelf(t *testing.T, files map[string]string) Shelf {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return Shelf{Dir: dir}
}

func TestAUsersOwnThemesStandBesideThoseThatShip(t *testing.T) {
	s := shelf(t, map[string]string{"mine.toml": Sample(), "notes.txt": "x", ".toml": "x", ".hidden.toml": "x"})
	names := s.Names()
	if !slices.Contains(names, "mine") || !slices.Contains(names, Default) || len(names) != len(Names())+1 || !slices.IsSorted(names) {
		t.Errorf("the shelf has %v", names)
	}
	theme, err := s.Load("mine")
	if err != nil || theme.Name != "mine" {
		t.Errorf("got %q, %v", theme.Name, err)
	}
	if _, err := (Shelf{}).Load("mine"); err == nil {
		t.Error("another shelf has it as well")
	}
}

func TestAUsersOwnThemeReplacesTheOneOfItsName(t *testing.T) {
	s := shelf(t, map[string]string{"dusk.toml": strings.Replace(Sample(), "title    = ", `title    = "Ours" # `, 1)})
	if theme, err := s.Load("dusk"); err != nil || theme.Title != "Ours" {
		t.Errorf("got %q, %v", theme.Title, err)
	}
	if len(s.Names()) != len(Names()) {
		t.Errorf("the name is there twice: %v", s.Names())
	}
	if theme, err := Load("dusk"); err != nil || theme.Title == "Ours" {
		t.Errorf("the embedded theme is %q, %v", theme.Title, err)
	}
}

func TestABrokenThemeTakesNoOtherWithIt(t *testing.T) {
	s := shelf(t, map[string]string{"broken.toml": "title = ", "mine.toml": Sample()})
	for _, e := range s.List() {
		if broken := e.Name == "broken"; broken != (e.Err != nil) || broken != isOwn(e.Err) {
			t.Errorf("theme %q: %v", e.Name, e.Err)
		}
		if own := e.Name == "broken" || e.Name == "mine"; own != e.Own {
			t.Errorf("theme %q is the user's: %v", e.Name, e.Own)
		}
	}
	_, err := s.Load("broken")
	if err == nil || !strings.Contains(err.Error(), filepath.Join(s.Dir, "broken.toml")) || !strings.Contains(err.Error(), "line 1") {
		t.Errorf("the error does not name file and line: %v", err)
	}
}

func TestAShelfWithoutItsFolderHasWhatShips(t *testing.T) {
	s := Shelf{Dir: filepath.Join(t.TempDir(), "nowhere")}
	if !slices.Equal(s.Names(), Names()) {
		t.Errorf("the shelf has %v", s.Names())
	}
	if _, err := s.Load("../secret"); err == nil || isOwn(err) {
		t.Errorf("a path is read as a name: %v", err)
	}
}

func isOwn(err error) bool {
	var own *OwnError
	return errors.As(err, &own)
}
