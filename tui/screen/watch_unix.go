//go:build unix

package screen

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// Watch delivers the terminal's size, now and after every change, until ctx
// ends, and takes care of the job control that raw mode leaves to the program:
// stopped by SIGTSTP it gives the terminal back first, continued it takes it
// again and delivers the size once more. f is called from this goroutine, one
// call at a time; it must repaint, for what the terminal shows is not known.
//
// Bubble Tea's own watcher runs only with its renderer; tea.Program.Send is
// safe to call from f. tea.Suspend raises SIGTSTP for the whole process group
// and so comes by here.
func (t *Terminal) Watch(ctx context.Context, f func(w, h int)) {
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, syscall.SIGWINCH, syscall.SIGTSTP, syscall.SIGCONT)
	defer signal.Stop(signals)
	t.deliver(f)
	for {
		select {
		case <-ctx.Done():
			return
		case s := <-signals:
			switch s {
			case syscall.SIGWINCH:
				drain(signals) // a storm of resizes is one
				t.deliver(f)
			case syscall.SIGTSTP:
				t.stop()
			case syscall.SIGCONT:
				t.resume(f)
			}
		}
	}
}

// drain takes the resizes that wait already, up to the first other signal,
// which is put back.
func drain(signals chan os.Signal) {
	for {
		select {
		case s := <-signals:
			if s != syscall.SIGWINCH {
				select {
				case signals <- s:
				default: // only when eight more came at this instant
				}
				return
			}
		default:
			return
		}
	}
}

// deliver calls f with the present size. A size that cannot be read now will
// come with the next change.
func (t *Terminal) deliver(f func(w, h int)) {
	if w, h, err := t.Size(); err == nil {
		f(w, h)
	}
}

// stop gives the terminal back and stops the process. SIGSTOP, because SIGTSTP
// is caught here and would only come by again.
func (t *Terminal) stop() {
	_ = t.Leave() // stopping is what was asked for, whatever the terminal says
	_ = syscall.Kill(os.Getpid(), syscall.SIGSTOP)
}

// resume takes the terminal again, which the shell has used meanwhile.
func (t *Terminal) resume(f func(w, h int)) {
	if err := t.Enter(); err == nil {
		t.deliver(f)
	}
}
