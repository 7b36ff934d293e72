package embed

import (
	"errors"
	"fmt"
	"sync"
)

// lastError is a server log that prints nothing, because the terminal belongs
// to the board, and keeps the last complaint as the reason of a failed start.
type lastError struct {
	mu    sync.Mutex
	last  string
	fatal bool
}

func (l *lastError) gaveUp() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.fatal
}

func (l *lastError) keep(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last = fmt.Sprintf(format, args...)
}

func (l *lastError) err() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.last == "" {
		return errors.New("not ready in time")
	}
	return errors.New(l.last)
}

// Errorf keeps the complaint.
func (l *lastError) Errorf(format string, args ...any) { l.keep(format, args...) }

// Fatalf keeps the complaint; the server's own logger would end the process.
func (l *lastError) Fatalf(format string, args ...any) {
	l.keep(format, args...)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fatal = true
}

// Noticef drops the line.
func (l *lastError) Noticef(string, ...any) {}

// Warnf drops the line.
func (l *lastError) Warnf(string, ...any) {}

// Debugf drops the line.
func (l *lastError) Debugf(string, ...any) {}

// Tracef drops the line.
func (l *lastError) Tracef(string, ...any) {}
