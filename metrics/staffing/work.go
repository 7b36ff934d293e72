// Package staffing owns how many people work takes: from what comes in, how long
// it is handled and what waits already, now and for the rest of a planned day.
// It knows numbers only, neither the engine nor what the numbers are of.
package staffing

import "math"

const (
	// Comfort is the share of the slots that may be in use on average: above it
	// waits grow without bound.
	Comfort = 0.85
	// ClearIn is in how many minutes a backlog is to be gone.
	ClearIn = 15.0
)

// Work is what comes in and what waits already.
type Work struct {
	PerMinute     float64
	HandleMinutes float64
	Waiting       float64
}

// Load is the offered load in Erlangs: how many are in work at once.
func (w Work) Load() float64 { return w.PerMinute * w.HandleMinutes }

// Slots is how many slots the work takes: those of its load, used to no more
// than Comfort, and those that clear the backlog within ClearIn.
func (w Work) Slots() float64 {
	return w.PerMinute*w.HandleMinutes/Comfort + w.Waiting*w.HandleMinutes/ClearIn
}

// People is how many people that is at so many slots each, in whole people. It
// is NaN where slotsEach is not above zero.
func (w Work) People(slotsEach float64) float64 {
	if !(slotsEach > 0) {
		return math.NaN()
	}
	return math.Ceil(w.Slots() / slotsEach)
}
