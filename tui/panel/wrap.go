package panel

import "wallboard/metrics/clean"

// Wrap breaks a text into lines of at most w cells, for what is written outside
// of a screen in the same way.
func Wrap(t clean.Text, w int) []clean.Text { return wrap(t, w) }
