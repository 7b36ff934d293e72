//go:build !unix

package bench

import "time"

// spent stands in for processor time where the system is not asked for it.
func spent() time.Duration { return wall() }
