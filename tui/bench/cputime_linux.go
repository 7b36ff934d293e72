package bench

import (
	"runtime"
	"time"

	"golang.org/x/sys/unix"
)

// millis returns what f takes of a processor, in ms: the time given to this
// thread, which hardly grows when others keep the machine busy.
func millis(f func()) float64 {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	before := onThread()
	f()
	return float64(onThread()-before) / float64(time.Millisecond)
}

func onThread() time.Duration {
	var at unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &at); err != nil {
		return 0
	}
	return time.Duration(at.Nano())
}

// spent returns the processor time of the whole program so far.
func spent() time.Duration {
	var at unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_PROCESS_CPUTIME_ID, &at); err != nil {
		return 0
	}
	return time.Duration(at.Nano())
}
