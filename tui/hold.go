package tui

import (
	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// hold stops the screen at the snapshot it shows, or lets it go.
func (v *viewer) hold() {
	if v.held != nil {
		v.held, v.heldAt = nil, 0
		return
	}
	v.held, v.heldAt = v.shown(), v.now
}

// sinceHeld returns the critical breaches of the floor on the screen that began
// since it was held: whoever studies a moment must not miss the next one.
func (v *viewer) sinceHeld() (out []*metrics.Breach) {
	if v.held == nil || v.latest == nil || v.latest == v.held || v.scene.Floor == nil {
		return nil
	}
	known := map[panel.Identity]bool{}
	for i := range v.held.Breaches {
		if b := &v.held.Breaches[i]; fires(b) {
			known[panel.IdentityOf(b)] = true
		}
	}
	for i := range v.latest.Breaches {
		b := &v.latest.Breaches[i]
		here := b.Key.Floor.Empty() || b.Key.Floor == v.scene.Floor.ID
		if here && fires(b) && !known[panel.IdentityOf(b)] && !panel.Silenced(b, v.latest.At) {
			out = append(out, b)
		}
	}
	return out
}

func fires(b *metrics.Breach) bool {
	return b.Level == metrics.LevelCritical && b.State == metrics.BreachFiring
}

// drawSinceHeld says in the footer what began, of the first what it is; the way
// on stands at the right.
func (v *viewer) drawSinceHeld(c, body screen.Canvas, news []*metrics.Breach) {
	p := v.pen
	w, h := c.Size()
	if h == 0 {
		var rows int
		w, rows = body.Size()
		c = panel.Row(body, rows-1)
	}
	c.Fill(' ', p.Look.Footer)
	p.Glyph(c, 1, 0, metrics.LevelCritical)
	what := p.Say.Count(i18n.HoldNews, int64(len(news)), p.Num.Count(int64(len(news))), v.named(news[0]))
	on := p.Say.Say(i18n.HoldGoOn)
	room := w - 4
	if need := text.Width(on.String()); w > need+40 {
		c.PrintRight(w-1, 0, on, p.Look.Footer)
		room -= need + 2
	}
	c.PrintFit(3, 0, min(room, text.Width(what.String())), clean.Line(what.String()), p.Look.Critical, screen.Left)
}
