package baseline

import (
	"math"
	"time"

	"wallboard/metrics/checkpoint"
)

// stateVersion is written first; another one does not read back.
const stateVersion = 1

// Code writes what has been learned, or reads it into a series made with the
// same options. A series read back goes on exactly as the one written would.
func (s *Series) Code(c *checkpoint.Coder) {
	version, shape, step := int64(stateVersion), int64(s.options.Shape), int64(s.options.Step)
	c.Int64(&version)
	c.Int64(&shape)
	c.Int64(&step)
	if c.Err() == nil && (version != stateVersion || shape != int64(s.options.Shape) || step <= 0) {
		c.Fail("baseline of version %d and shape %d, not %d and %d", version, shape, stateVersion, s.options.Shape)
	}
	if c.Err() != nil {
		return
	}
	s.SetStep(time.Duration(step))
	s.usual.code(c)
	for i := range s.lens {
		s.lens[i].code(c)
	}
	for _, v := range [...]*float64{&s.drift, &s.level, &s.size, &s.latch, &s.learned} {
		c.Float64(v)
	}
	s.weight.code(c)
	c.Bool(&s.hasLevel)
	checkpoint.Int(c, &s.paused)
	if c.Reading() && c.Err() == nil && !s.sound() {
		c.Fail("a baseline that cannot be")
	}
}

func (s *Series) sound() bool {
	if !bounded(s.drift, s.level, s.size, s.latch, s.learned) || s.size < 0 || s.latch < 0 || s.latch > mostSurprise || s.learned < 0 || s.paused < 0 {
		return false
	}
	return s.learned == 0 || (s.size > 0 && s.lens[lensNow].width > 0 && s.lens[lensDrift].width > 0 && s.lens[lensLevel].width > 0)
}

// bounded says whether every value is of a size that values fed can lead to.
func bounded(values ...float64) bool {
	for _, v := range values {
		if !(math.Abs(v) <= 10*mostConfidence*largestValue) {
			return false
		}
	}
	return true
}
