//go:build unix

package main

import (
	"regexp"
	"time"

	"wallboard/tui/keys"
)

// decideAboutABreach does what a lead does about the incident that every demo
// begins with: takes it, silences it, and wants to hear of it again.
func decideAboutABreach(s *terminal, began time.Time) {
	s.t.Helper()
	s.types("4")
	s.shows(pages[keys.PageBreaches])
	unacked := regexp.MustCompile(`│[■▲] \S+ +refund/app .* unacked`)
	s.when("a breach of the demo", unacked.MatchString)
	s.types("a")
	s.shows("acknowledge ", "a comment if you like")
	s.types("mine\r")
	s.shows("acknowledged: ")
	s.shows("acked by lin", ": mine")
	s.types("z")
	s.shows("silence ", "for 1h")
	s.types("15m\r")
	s.shows("for 15m: ")
	s.types("\r")
	s.shows("silenced for 15m: ", "1 silenced")
	s.types("1")
	s.shows("1 silenced", pages[keys.PageWall])
	s.types("Z")
	s.shows("heard again: ")
	s.misses("1 silenced")
	s.sound()
	s.mu.Lock()
	defer s.mu.Unlock()
	// One a minute at the most, and none where the breach was taken while it was
	// only a warning.
	if limit := 1 + int(time.Since(began)/time.Minute); s.screen.bells > limit {
		s.t.Errorf("the bell rang %d times, %d are allowed", s.screen.bells, limit)
	}
}
