//go:build !linux

package bench

import "time"

// millis returns how long f takes, in ms of wall time: a thread's own time is
// asked for on Linux only.
func millis(f func()) float64 { return wallMillis(f) }

// spent stands in for processor time where the system is not asked for it.
func spent() time.Duration { return time.Duration(time.Now().UnixNano()) }
