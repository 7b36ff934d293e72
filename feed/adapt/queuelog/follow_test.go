package queuelog_test

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"wallboard/feed/adapt/queuelog"
	"wallboard/metrics"
)

// log is a queue_log on disk that a test writes to and polls.
type log struct {
	t    *testing.T
	path string
	tail *queuelog.Tail
	got  []string
}

func newLog(t *testing.T) *log {
	path := filepath.Join(t.TempDir(), "queue_log")
	l := &log{t: t, path: path, tail: queuelog.NewTail(path)}
	t.Cleanup(l.tail.Close)
	return l
}

func (l *log) append(path, text string) {
	l.t.Helper()
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = file.WriteString(text)
	}
	if err == nil {
		err = file.Close()
	}
	if err != nil {
		l.t.Fatal(err)
	}
}

func (l *log) write(text string) { l.t.Helper(); l.append(l.path, text) }

// poll returns the lines that are new.
func (l *log) poll() string {
	l.t.Helper()
	l.got = nil
	if err := l.tail.Poll(func(line string) error {
		l.got = append(l.got, line)
		return nil
	}); err != nil {
		l.t.Fatal(err)
	}
	return strings.Join(l.got, " ")
}

func (l *log) expect(want string) {
	l.t.Helper()
	if got := l.poll(); got != want {
		l.t.Errorf("got %q, want %q", got, want)
	}
}

func (l *log) rename() string {
	l.t.Helper()
	if err := os.Rename(l.path, l.path+".1"); err != nil {
		l.t.Fatal(err)
	}
	return l.path + ".1"
}

func TestTailWaitsForTheEndOfALine(t *testing.T) {
	l := newLog(t)
	l.expect("") // it need not exist
	l.write("a\nb")
	l.expect("a")
	l.expect("")
	l.write("b\nc\n")
	l.expect("bb c")
}

func TestTailFollowsARotation(t *testing.T) {
	l := newLog(t)
	l.write("a\n")
	l.expect("a")
	l.write("b\n")
	old := l.rename()
	l.expect("b") // the renamed file is still open, the new one not there
	l.write("c\n")
	l.expect("c")
	l.append(old, "late\n") // the PBX has not been told yet
	l.write("d\n")
	l.expect("late d")
	l.append(old, "without end")
	l.rename()
	l.write("e\n")
	l.expect("without end e")
}

func TestTailLetsGoOfARenamedFile(t *testing.T) {
	l := newLog(t)
	l.write("a\nlast")
	l.expect("a")
	l.rename()
	l.write("b\n")
	l.expect("b")
	for range 240 {
		l.poll()
	}
	l.expect("")
	l.write("c\n")
	l.expect("c")
}

func TestTailFollowsATruncation(t *testing.T) {
	l := newLog(t)
	l.write("first line\nhalf")
	l.expect("first line")
	if err := os.Truncate(l.path, 0); err != nil {
		t.Fatal(err)
	}
	l.expect("")
	l.write("b\n")
	l.expect("b")
}

func TestTailCutsALongLine(t *testing.T) {
	l := newLog(t)
	l.write(strings.Repeat("x", 200<<10) + "\nb\n")
	l.poll()
	if len(l.got) != 2 || len(l.got[0]) != 64<<10+1 || l.got[1] != "b" {
		t.Errorf("%d lines", len(l.got))
	}
}

func TestFollow(t *testing.T) {
	for _, c := range []struct {
		name    string
		fromEnd bool
		want    []string
	}{
		{"from the beginning", false, []string{"c1", "c2", "c3", "c4"}},
		{"from the end", true, []string{"c2", "c3", "c4"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := newLog(t)
			line := func(n int) string {
				return "170000000" + strconv.Itoa(n) + "|c" + strconv.Itoa(n) + "|q|NONE|ENTERQUEUE||1|1\n"
			}
			l.write(line(1) + line(2)[:20])
			ctx, cancel := context.WithCancel(t.Context())
			tick, done := make(chan time.Time), make(chan error)
			var got []string
			go func() {
				done <- queuelog.Follow(ctx, l.path, queuelog.FollowOptions{Tick: tick, FromEnd: c.fromEnd}, queuelog.NewTranslator(queuelog.Options{}), func(ev *metrics.Event) error {
					got = append(got, ev.Session.String())
					return nil
				})
			}()
			tick <- time.Time{} // taken after the first poll
			l.write(line(2)[20:] + line(3))
			tick <- time.Time{}
			tick <- time.Time{} // taken after a poll that began after the writing
			l.rename()
			l.write(line(4))
			tick <- time.Time{}
			tick <- time.Time{}
			cancel()
			if err := <-done; err != nil {
				t.Fatal(err)
			}
			same(t, got, c.want...)
		})
	}
}
