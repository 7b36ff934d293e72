//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// asProgram makes this test binary behave as wallboard itself: the real main
// with the real signals, under the race detector where the tests are.
const asProgram = "WALLBOARD_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// patience is how long a test waits for what must come. It is only ever used up
// by a failure, so a slow machine under the race detector costs nothing.
const patience = 120 * time.Second

// command returns the program as a process of its own, in an environment that
// holds nothing of this machine but what is given here.
func command(t *testing.T, env []string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	cmd := exec.Command(self, args...)
	cmd.Env = append([]string{
		asProgram + "=1", "HOME=" + home, "XDG_CONFIG_HOME=" + filepath.Join(home, ".config"), "TMPDIR=" + home,
		"PATH=" + os.Getenv("PATH"), "TERM=xterm-256color", "LANG=en_US.UTF-8", "TZ=Asia/Shanghai",
	}, env...)
	return cmd
}

// ran is what became of one command line.
type ran struct {
	t              *testing.T
	args           string
	code           int
	stdout, stderr string
}

// call runs one command line inside this process: enough where there is no
// terminal and no signal.
type call struct {
	env   map[string]string
	stdin string
}

func (c call) run(t *testing.T, args ...string) ran {
	t.Helper()
	return c.runUntil(t.Context(), t, args...)
}

func (c call) runUntil(ctx context.Context, t *testing.T, args ...string) ran {
	t.Helper()
	var out, errs bytes.Buffer
	p := &program{stdin: strings.NewReader(c.stdin), stdout: &out, stderr: &errs, getenv: func(name string) string { return c.env[name] }}
	code := p.run(ctx, args)
	return ran{t: t, args: strings.Join(args, " "), code: code, stdout: out.String(), stderr: errs.String()}
}

// run runs one command line with an empty environment.
func run(t *testing.T, args ...string) ran {
	t.Helper()
	return call{}.run(t, args...)
}

// ends fails unless the command ended with the exit code.
func (r ran) ends(code int) ran {
	r.t.Helper()
	if r.code != code {
		r.t.Fatalf("wallboard %s: ended with %d, want %d\nstdout:\n%s\nstderr:\n%s", r.args, r.code, code, r.stdout, r.stderr)
	}
	return r
}

// prints fails unless standard output holds every text.
func (r ran) prints(texts ...string) ran {
	r.t.Helper()
	for _, text := range texts {
		if !strings.Contains(r.stdout, text) {
			r.t.Errorf("wallboard %s: standard output lacks %q:\n%s", r.args, text, r.stdout)
		}
	}
	return r
}

// reports fails unless standard error holds every text.
func (r ran) reports(texts ...string) ran {
	r.t.Helper()
	for _, text := range texts {
		if !strings.Contains(r.stderr, text) {
			r.t.Errorf("wallboard %s: standard error lacks %q:\n%s", r.args, text, r.stderr)
		}
	}
	return r
}

// exitCode returns the code a process ended with.
func exitCode(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.ExitCode()
	}
	return -1
}

// write makes a file of the test's own.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
