package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wallboard/tui"
)

func TestALookAtAPersonIsALineThatOnlyTheOwnerReads(t *testing.T) {
	dir := t.TempDir()
	log := &accessLog{folder: dir, by: "lin"}
	for _, agent := range []string{"a101", "a\"2"} {
		where, err := log.Note(tui.Access{At: 1_764_000_000_000, Floor: "hz", Agent: agent})
		if err != nil || where != filepath.Join(dir, "hz", "access.log") {
			t.Fatalf("noted in %q: %v", where, err)
		}
	}
	raw, err := os.ReadFile(filepath.Join(dir, "hz", "access.log"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], `"by":"lin","floor":"hz","agent":"a101"`) || !strings.Contains(lines[1], `"agent":"a\"2"`) {
		t.Errorf("the log reads %q", lines)
	}
	info, err := os.Stat(filepath.Join(dir, "hz", "access.log"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if _, err := log.Note(tui.Access{Floor: "../../x", Agent: "a"}); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "x", "access.log")); err != nil {
		t.Errorf("a floor leads out of the folder: %v", err)
	}
}

func TestALogThatCannotBeWrittenSaysWhy(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := (&accessLog{folder: file}).Note(tui.Access{Floor: "hz", Agent: "a"}); err == nil || !strings.Contains(err.Error(), "access log") {
		t.Errorf("error %v", err)
	}
}
