package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"

	feedbench "wallboard/feed/bench"
)

// idleConfig says how long a board is watched while nothing happens.
type idleConfig struct {
	history feedbench.CatchUpConfig // what it has read before
	settle  time.Duration
	watched time.Duration
}

// measureIdle watches a floor of the usual size, and the largest.
func measureIdle(ctx context.Context, o benchOptions) ([]benchRow, error) {
	var rows []benchRow
	for _, load := range []feedbench.Load{feedbench.UsualFloor(), feedbench.FullFloor()} {
		cfg := idleConfig{history: feedbench.DefaultCatchUp(), settle: 3 * time.Second, watched: 12 * time.Second}
		if cfg.history.Load = load; o.quick {
			cfg.history.Events, cfg.settle, cfg.watched = 50_000, 2*time.Second, 3*time.Second
		}
		row, err := idleBoard(ctx, cfg)
		if err != nil {
			return rows, fmt.Errorf("bench: idle: %w", err)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// idleBoard runs this program as people do, on a server and in a terminal of
// 200x60, and asks the kernel what it takes while its clock ticks.
func idleBoard(ctx context.Context, cfg idleConfig) (benchRow, error) {
	server, err := feedbench.Filled(ctx, cfg.history)
	if err != nil {
		return benchRow{}, err
	}
	defer server.Shutdown()
	home, err := os.MkdirTemp("", "wallboard-bench")
	if err != nil {
		return benchRow{}, err
	}
	defer func() { _ = os.RemoveAll(home) }() // only state of this run
	b, err := startIdle(ctx, home, server.ClientURL())
	if err != nil {
		return benchRow{}, err
	}
	defer b.stop()
	if err := b.settled(ctx); err != nil {
		return benchRow{}, err
	}
	wait(ctx, cfg.settle)
	began, before, sent := time.Now(), b.spent(), b.sent()
	wait(ctx, cfg.watched)
	took := time.Since(began)
	share := 100 * float64(b.spent()-before) / float64(took)
	return benchRow{
		ID: "P9", What: fmt.Sprintf("share of a core while nothing happens: the program in a terminal, %d people", cfg.history.Load.Agents),
		Unit: "%", Ours: share, Ratio: share, Goal: 1, InUnit: true, Reached: ctx.Err() == nil && share <= 1,
		Note: fmt.Sprintf("%.0f B/s to the terminal", float64(b.sent()-sent)/took.Seconds()),
	}, ctx.Err()
}

// idle is a board in a terminal that nobody looks at.
type idle struct {
	cmd  *exec.Cmd
	far  *os.File
	done chan struct{} // closed when nothing more is shown

	mu    sync.Mutex
	shown []byte
	total int64
}

func startIdle(ctx context.Context, home, url string) (*idle, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	b := &idle{done: make(chan struct{})}
	b.cmd = exec.CommandContext(ctx, self, "watch", "--server", url)
	b.cmd.Env = append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_STATE_HOME="+home, "TERM=xterm-256color", "COLORTERM=truecolor", "LC_ALL=C.UTF-8")
	if b.far, err = pty.StartWithSize(b.cmd, &pty.Winsize{Cols: 200, Rows: 60}); err != nil {
		return nil, err
	}
	go b.read() // ends with the terminal
	return b, nil
}

// read takes what is shown and answers where the cursor is, as terminals do.
func (b *idle) read() {
	defer close(b.done)
	buf := make([]byte, 32<<10)
	for {
		n, err := b.far.Read(buf)
		b.mu.Lock()
		b.total += int64(n)
		b.shown = append(b.shown, buf[:n]...)
		b.shown = b.shown[max(0, len(b.shown)-256<<10):]
		b.mu.Unlock()
		if bytes.Contains(buf[:n], []byte("\x1b[6n")) {
			_, _ = b.far.WriteString("\x1b[1;1R")
		}
		if err != nil {
			return
		}
	}
}

// settled waits until the board has read everything: its floor is there, and it
// takes less than a fifth of a core for two seconds.
func (b *idle) settled(ctx context.Context) error {
	for calm := 0; calm < 2; {
		before := b.spent()
		wait(ctx, time.Second)
		select {
		case <-b.done:
			return errors.New("the board ended by itself")
		default:
		}
		if calm++; b.spent()-before > time.Second/5 {
			calm = 0
		}
		if !b.has("WALLBOARD  hz") {
			calm = 0
			_, _ = b.far.WriteString("\x0c") // ctrl+l: the next frame is whole, with the floor's name in one piece
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

// has says whether a text was shown in one piece.
func (b *idle) has(text string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return bytes.Contains(b.shown, []byte(text))
}

// spent returns the processor time of the board so far.
func (b *idle) spent() time.Duration {
	var at unix.Timespec
	const ofProcess = 2 // what its threads were given, in ns
	if err := unix.ClockGettime(int32(^b.cmd.Process.Pid)<<3|ofProcess, &at); err != nil {
		return 0
	}
	return time.Duration(at.Nano())
}

func (b *idle) sent() int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.total
}

func (b *idle) stop() {
	_ = b.cmd.Process.Signal(syscall.SIGTERM)
	_ = b.cmd.Wait()
	_ = b.far.Close()
	<-b.done
}

// wait waits, at most until the context ends.
func wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(cmp.Or(d, 1))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
