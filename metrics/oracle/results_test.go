package oracle_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// results is a file of the seeds that have run, one line each, so that a long
// run can go on where it was cut off: WALLBOARD_RESULTS names it. Seeds of
// another build, WALLBOARD_BUILD, run again.
type results struct {
	file  *os.File
	build string
	done  map[uint64]bool
}

func openResults(t *testing.T) *results {
	t.Helper()
	r := &results{build: os.Getenv("WALLBOARD_BUILD"), done: map[uint64]bool{}}
	path := os.Getenv("WALLBOARD_RESULTS")
	if path == "" {
		return r
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	r.file = file
	t.Cleanup(func() { file.Close() })
	r.read()
	return r
}

// read takes the seeds that this build has agreed on.
func (r *results) read() {
	lines := bufio.NewScanner(r.file)
	for lines.Scan() {
		var seed uint64
		var verdict, build string
		fmt.Sscanf(strings.ReplaceAll(lines.Text(), "\t", " "), "%d %s %s", &seed, &verdict, &build)
		if verdict == "agrees" && build == r.build {
			r.done[seed] = true
		}
	}
}

// note writes how a seed went.
func (r *results) note(t *testing.T, seed uint64, figures int, found string) {
	t.Helper()
	if r.file == nil {
		return
	}
	verdict := "agrees"
	if found != "" {
		verdict = "DIFFERS"
	}
	if _, err := fmt.Fprintf(r.file, "%d\t%s\t%s\t%d figures\t%s\n", seed, verdict, r.build, figures, found); err != nil {
		t.Fatal(err)
	}
}
