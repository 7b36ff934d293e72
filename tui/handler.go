package tui

import (
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// Handler carries out what a viewer decides about a breach. Each method returns
// at once: the work is done behind it and shows in a later snapshot, on this
// screen and on every other. An error says why it cannot even be tried; it is
// shown to whoever pressed the key. Safe for concurrent use.
type Handler interface {
	// Acknowledge says that somebody takes care of the breach.
	Acknowledge(b metrics.Breach, comment clean.Text) error
	// Silence hides the notice of the breach for d, at most MaxSilence.
	Silence(b metrics.Breach, d time.Duration, comment clean.Text) error
	// Unsilence ends the silence of the breach.
	Unsilence(b metrics.Breach) error
}

// MaxSilence is how long a breach can be silenced for at the most.
const MaxSilence = 24 * time.Hour
