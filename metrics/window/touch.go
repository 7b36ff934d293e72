package window

// Touch reads what a write to the running minute will need first, and returns
// a number that means nothing: a floor has far more series than a cache holds,
// and whoever knows that several will be written to soon waits for all of them
// at once.
func (s *Series) Touch() uint64 { return uint64(s.minute) + uint64(s.recent.last) }

// TouchOpen reads where the next entry of the running minute goes. Touch has
// been called a while ago.
func (s *Series) TouchOpen() uint64 {
	if n := len(s.open); s.dense == nil && n < cap(s.open) {
		return uint64(s.open[:n+1][n])
	}
	return 0
}
