package baseline

import (
	"math"

	"wallboard/metrics/checkpoint"
)

const (
	slots        = 96 // quarters of an hour in a local day
	slotMillis   = 15 * 60_000
	slotRate     = 0.1
	coldWeight   = 12 // values in a slot at which it weighs as much as the median
	tanhScale    = 3  // deviations at which a step of a slot's mean is clipped
	slowestRate  = 0.01
	deviationCap = 4 // a value further out counts as so many deviations
)

// median follows the median of a stream and the mean distance from it, in
// constant space: it steps toward each value by a share of the deviation.
type median struct {
	value     float64
	deviation float64
	count     float64
}

func (m *median) add(v float64) {
	m.count++
	if m.count == 1 {
		m.value = v
		return
	}
	rate := max(slowestRate, 1/m.count)
	distance := math.Abs(v - m.value)
	if m.deviation == 0 {
		m.deviation = distance
	}
	m.value += math.Copysign(min(distance, 2*rate*m.deviation), v-m.value)
	m.deviation += rate * (min(distance, deviationCap*m.deviation) - m.deviation)
}

func (m *median) code(c *checkpoint.Coder) {
	c.Float64(&m.value)
	c.Float64(&m.deviation)
	c.Float64(&m.count)
	if c.Reading() && (!bounded(m.value, m.deviation, m.count) || m.deviation < 0 || m.count < 0) {
		c.Fail("a median that cannot be")
	}
}

// mean is a robust exponentially weighted mean and how many values it has seen.
type mean struct {
	value float64
	count float32
}

// share is how far the mean is believed.
func (m *mean) share() float64 { return float64(m.count) / (float64(m.count) + coldWeight) }

// step moves the mean toward v, never by more than rate x clip; a first value
// moves it from start.
func (m *mean) step(v, start, clip float64) {
	rate := slotRate
	if m.count == 0 {
		m.value, rate = start, 1
	}
	if clip > 0 {
		m.value += rate * clip * math.Tanh((v-m.value)/clip)
	}
	m.count = min(m.count+1, 1<<20)
}

func (m *mean) code(c *checkpoint.Coder) {
	count := float64(m.count)
	c.Float64(&m.value)
	c.Float64(&count)
	m.count = float32(count)
	if c.Reading() && (!bounded(m.value, count) || count < 0) {
		c.Fail("a mean that cannot be")
	}
}

// expectation is what is usual at a time of day, and if asked at a time of the
// week.
type expectation struct {
	overall   median
	residuals median // its deviation is the yardstick for clipping
	slot      [slots]mean
	weekday   *[7][slots]mean // differences from the common shape; nil: one shape
}

// common returns what is expected in a slot on any day.
func (e *expectation) common(slot int) float64 {
	s := &e.slot[slot]
	share := s.share()
	return share*s.value + (1-share)*e.overall.value
}

// at returns what is expected in a slot of a weekday.
func (e *expectation) at(slot, day int) float64 {
	c := e.common(slot)
	if e.weekday != nil {
		d := &e.weekday[day][slot]
		c += d.share() * d.value
	}
	return c
}

// learn takes in v where expected was expected.
func (e *expectation) learn(slot, day int, v, expected float64) {
	common := e.common(slot)
	e.overall.add(v)
	e.residuals.add(v - expected)
	clip := tanhScale * e.residuals.deviation
	if e.weekday == nil {
		e.slot[slot].step(v, expected, clip)
		return
	}
	d := &e.weekday[day][slot]
	e.slot[slot].step(v-d.share()*d.value, common, clip)
	d.step(v-common, 0, clip)
}

func (e *expectation) code(c *checkpoint.Coder) {
	e.overall.code(c)
	e.residuals.code(c)
	for i := range e.slot {
		e.slot[i].code(c)
	}
	if e.weekday == nil {
		return
	}
	for d := range e.weekday {
		for i := range e.weekday[d] {
			e.weekday[d][i].code(c)
		}
	}
}
