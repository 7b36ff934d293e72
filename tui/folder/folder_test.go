package folder

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func says(text string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, text); return err }
}

func TestAFileIsNewAndItsOwnersAlone(t *testing.T) {
	dir := t.TempDir()
	f, err := New(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"a.csv", "a-2.csv", "a-3.csv"} {
		path, err := f.Write("a.csv", says(want))
		if err != nil || path != filepath.Join(dir, want) {
			t.Fatalf("file %d became %q, %v", i+1, path, err)
		}
	}
	for _, name := range []string{"a.csv", "a-2.csv", "a-3.csv"} {
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || string(got) != name {
			t.Errorf("%s holds %q, %v", name, got, err)
		}
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
}

func TestWhatCannotBeWrittenWholeIsNotLeftBehind(t *testing.T) {
	dir := t.TempDir()
	f, _ := New(dir, "")
	broken := errors.New("the table is gone")
	if _, err := f.Write("a.json", func(w io.Writer) error { _, _ = io.WriteString(w, "{"); return broken }); !errors.Is(err, broken) {
		t.Errorf("err = %v", err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("%v is left behind", left)
	}
}

func TestWhereAFileGoes(t *testing.T) {
	f, _ := New("~/out", "/home/lin")
	for name, want := range map[string]string{"a.txt": "/home/lin/out/a.txt", "~/b.txt": "/home/lin/b.txt", "/tmp/c.txt": "/tmp/c.txt", "sub/d.txt": "/home/lin/out/sub/d.txt"} {
		if got := f.Where(name); got != want {
			t.Errorf("%q goes to %q, want %q", name, got, want)
		}
	}
	if here, _ := New("", ""); !filepath.IsAbs(here.Where("x")) {
		t.Error("without a directory the path is not told in full")
	}
}

func TestADirectoryThatIsNotThereIsSaidInWords(t *testing.T) {
	f, _ := New(filepath.Join(t.TempDir(), "none"), "")
	if _, err := f.Write("a.txt", says("x")); err == nil || !strings.Contains(err.Error(), "the directory is not there") {
		t.Errorf("err = %v", err)
	}
}
