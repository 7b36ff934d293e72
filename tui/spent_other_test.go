//go:build !unix

package tui

import "time"

// spent is nothing where the system is not asked for it.
func spent() time.Duration { return 0 }
