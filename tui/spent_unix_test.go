//go:build unix

package tui

import (
	"syscall"
	"time"
)

// spent returns the processor time that the program has used so far: unlike
// wall time it hardly grows when others keep the machine busy.
func spent() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
