package tui

import (
	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/panel"
)

// Bell says when the terminal's bell rings.
type Bell uint8

// The zero value rings while a critical breach is nobody's, once a minute at the
// most.
const (
	BellOnCritical Bell = iota
	BellOff
)

// The least times, in ms, between two rings and between two titles.
const (
	ringEvery  = 60_000
	titleEvery = 2_000
)

// alarm rings the bell and sets the window's title while a critical breach is
// nobody's: what reaches people who look elsewhere. It follows the newest
// snapshot, also while the screen is held.
type alarm struct {
	bell   Bell
	window clean.Text // the title in quiet times; empty: titles are left alone

	rungAt, titledAt int64 // ms of the wall clock
	said             clean.Text
}

// look rings or changes the title if it is time to.
func (a *alarm) look(v *viewer, out painter) {
	loudest, more := alarming(v)
	if loudest != nil && a.bell == BellOnCritical && v.now-a.rungAt >= ringEvery {
		a.rungAt = v.now
		out.ring()
	}
	if a.window.Empty() || v.now-a.titledAt < titleEvery {
		return
	}
	title := a.window
	if loudest != nil {
		title = v.pen.Say.Fill(i18n.WindowTitle, clean.Own(string(v.pen.Look.Glyphs.Critical)), v.named(loudest), a.window)
		if more > 0 {
			title = v.pen.Say.Fill(i18n.WindowTitleMore, clean.Own(string(v.pen.Look.Glyphs.Critical)), v.named(loudest), v.pen.Num.Count(int64(more)), a.window)
		}
	}
	if a.said.Empty() {
		a.said = a.window // set when the terminal was entered
	}
	if title != a.said {
		a.said, a.titledAt = title, v.now
		out.title(title)
	}
}

// alarming returns the critical breach that nobody has for longest on the
// viewer's floor, and how many more there are. A board that catches up, replays
// or shows stale numbers alarms nobody.
func alarming(v *viewer) (loudest *metrics.Breach, more int) {
	s := v.latest
	if s == nil || s.Clock.Replay || s.Mark.Kind == metrics.MarkStale || s.Mark.Kind == metrics.MarkCatchingUp {
		return nil, 0
	}
	floor := s.FloorNamed(v.view.Floor)
	for i := range s.Breaches {
		b := &s.Breaches[i]
		if b.Level != metrics.LevelCritical || b.State != metrics.BreachFiring || !b.AckedBy.Empty() || panel.Silenced(b, s.At) {
			continue
		}
		if floor != nil && !b.Key.Floor.Empty() && b.Key.Floor != floor.ID {
			continue
		}
		if loudest != nil {
			more++
		}
		if loudest == nil || b.FiringSince < loudest.FiringSince {
			loudest = b
		}
	}
	return loudest, more
}
