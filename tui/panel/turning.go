package panel

import (
	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/text"
)

// Turning is how the rotation of pages stands.
type Turning struct {
	State  TurningState
	At, Of int
	Left   int64 // ms until it moves on, or goes on
}

// TurningState says whether pages turn, or why not.
type TurningState uint8

// The states; the zero value has no rotation.
const (
	TurningOff TurningState = iota
	TurningOn
	TurningPaused  // somebody pressed a key
	TurningHeld    // the screen is held, a line is typed
	TurningAlarmed // a critical breach is nobody's
)

// turning is the piece of the header about the rotation.
func (p *Pen) turning(s *Scene) segment {
	t := s.Turning
	g := segment{look: p.Look.Header, rank: 2, right: true}
	switch t.State {
	case TurningOn:
		at, of := p.Num.Count(int64(t.At)), p.Num.Count(int64(t.Of))
		g.text = p.Say.Fill(i18n.TurningNext, at, of, p.Num.Count((t.Left+999)/1000))
		// Room for two more digits, so that nothing beside it moves.
		g.width, g.glyph = text.Width(p.Say.Fill(i18n.TurningNext, of, of, clean.Own("00")).String()), p.Look.Glyphs.Pointer
	case TurningPaused:
		g.text = p.Say.Fill(i18n.TurningPaused, p.Num.Clock(float64((t.Left+999)/1000), i18n.Up))
	case TurningHeld:
		g.text = p.Say.Say(i18n.TurningHeld)
	case TurningAlarmed:
		g.text, g.look = p.Say.Say(i18n.TurningAlarmed), p.Look.Warn
	}
	return g
}
