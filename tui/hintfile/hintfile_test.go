package hintfile

import (
	"maps"
	"os"
	"path/filepath"
	"testing"
)

func TestWhatIsSavedIsThereAgainAndTheHigherCountStays(t *testing.T) {
	f := File{Path: filepath.Join(t.TempDir(), "not", "yet", "hints.json")}
	if got := f.Load(); len(got) != 0 {
		t.Fatalf("there is no file, and it holds %v", got)
	}
	if err := f.Save(map[string]int{"a": 2, "b": 3}); err != nil {
		t.Fatal(err)
	}
	if err := f.Save(map[string]int{"a": 1, "c": 1}); err != nil {
		t.Fatal(err)
	}
	if got, want := f.Load(), (map[string]int{"a": 2, "b": 3, "c": 1}); !maps.Equal(got, want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	left, err := os.ReadDir(filepath.Dir(f.Path))
	if err != nil || len(left) != 1 {
		t.Fatalf("left %v, %v", left, err)
	}
}

func TestABrokenFileIsIgnoredAndWrittenAnew(t *testing.T) {
	f := File{Path: filepath.Join(t.TempDir(), "hints.json")}
	for _, broken := range []string{"", "{", "[1]", `{"a":"b"}`, "\x00\x01"} {
		if err := os.WriteFile(f.Path, []byte(broken), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := f.Load(); len(got) != 0 {
			t.Errorf("%q holds %v", broken, got)
		}
	}
	if err := f.Save(map[string]int{"a": 1}); err != nil {
		t.Fatal(err)
	}
	if got := f.Load(); got["a"] != 1 {
		t.Errorf("written anew it holds %v", got)
	}
	if err := os.WriteFile(f.Path, []byte(`{"a":-5,"b":99999999}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := f.Load(); got["a"] != 0 || got["b"] != Most {
		t.Errorf("counts out of bounds are read as %v", got)
	}
}

func TestAFolderThatCannotBeMadeIsAnError(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (File{Path: filepath.Join(file, "hints.json")}).Save(map[string]int{"a": 1}); err == nil {
		t.Fatal("a file is no folder")
	}
}
