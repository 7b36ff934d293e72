package staffing

import (
	"math"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/kpi"
	"wallboard/tui/i18n"
	"wallboard/tui/layout"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
)

// Columns of the list of helpers, from the right.
const (
	helpGap, helpSkills, helpFree, helpIdle = 14, 8, 6, 6
	helpLeast                               = 30 // cells below which only idle people are counted
)

// drawHelp lists who elsewhere could take work of a place, and what nobody can.
func (v *Staffing) drawHelp(p *panel.Pen, s *panel.Scene, c screen.Canvas, pl place) {
	w, h := c.Size()
	if h == 0 || s.Stale() {
		return
	}
	missing := unskilled(s, pl.row)
	helpers := v.helpers(s, pl.row, v.crewOf(s, pl.row))
	if len(helpers) == 0 {
		p.Empty(c.Sub(layout.Rect{W: w, H: max(1, h-len(missing))}), p.Say.Say(i18n.StaffNoHelp))
	} else {
		v.drawHelpers(p, c.Sub(layout.Rect{W: w, H: h - min(h-1, len(missing))}), helpers)
	}
	for i, need := range missing[:min(len(missing), h-1)] {
		t := p.Say.Fill(i18n.StaffNobodyHas, wanted(need), p.Num.Count(int64(need.Waiting)))
		y := h - min(len(missing), h-1) + i
		p.Glyph(c, 1, y, metrics.LevelCritical)
		c.PrintFit(3, y, w-4, t, p.Look.Bad, screen.Left)
	}
}

// drawHelpers draws the list with its head.
func (v *Staffing) drawHelpers(p *panel.Pen, c screen.Canvas, helpers []helper) {
	w, h := c.Size()
	team, queues := (w-helpGap-helpSkills-helpFree-helpIdle)/2, 0
	wide := w >= helpLeast+helpGap+helpSkills+helpFree
	if queues = team - 1; !wide {
		team, queues = w-helpIdle-helpGap, 0
	}
	draw := func(y int, look screen.Style, name, serves, idle, free, skills, gap clean.Text, idleLook, gapLook screen.Style) {
		c.PrintFit(1, y, team-1, name, look, screen.Left)
		x := team + queues
		if wide {
			c.PrintFit(team+1, y, queues-1, serves, p.Look.Dim, screen.Left)
		}
		c.PrintFit(x, y, helpIdle, idle, idleLook, screen.Right)
		x += helpIdle
		if wide {
			c.PrintFit(x, y, helpFree, free, look, screen.Right)
			c.PrintFit(x+helpFree, y, helpSkills, skills, p.Look.Dim, screen.Right)
			x += helpFree + helpSkills
		}
		c.PrintFit(x, y, min(helpGap, w-x)-1, gap, gapLook, screen.Right)
	}
	say := p.Say.Say
	dim := p.Look.Dim
	draw(0, dim, say(i18n.ColTeam), say(i18n.StaffServes), say(i18n.StaffColIdle), say(i18n.StaffColFree), say(i18n.StaffSkills), say(i18n.StaffTheirGap), dim, dim)
	for i := range helpers[:min(len(helpers), max(0, h-1))] {
		one := &helpers[i]
		look, idle := p.Look.Text, p.Look.Text
		if one.group.idle > 0 && !one.short() && one.able() {
			idle = p.Look.Good
		}
		gap, gapLook := gapWords(p, kpi.Value{V: one.gap, OK: !math.IsNaN(one.gap)})
		draw(i+1, look, named(p, one.group.team), serves(p, one.group), p.Num.Count(int64(one.group.idle)), p.Num.Count(int64(one.group.free)), skillWords(p, one), gap, idle, gapLook)
	}
}

// named is a team's name, a dash for people of none.
func named(p *panel.Pen, team clean.Text) clean.Text {
	if team.Empty() {
		return p.Num.NoData()
	}
	return team
}

func serves(p *panel.Pen, g *group) clean.Text {
	if len(g.queues) == 0 {
		return p.Num.NoData()
	}
	return joined(p, g.queues)
}

// skillWords says how many of the queue's skills the helper has.
func skillWords(p *panel.Pen, h *helper) clean.Text {
	switch {
	case h.all == 0:
		return p.Num.NoData()
	case h.able():
		return p.Say.Say(i18n.StaffAllSkills)
	}
	return p.Say.Fill(i18n.StaffSomeSkills, p.Num.Count(int64(h.has)), p.Num.Count(int64(h.all)))
}

// unskilled lists what waits for a queue and nobody available can take.
func unskilled(s *panel.Scene, row *metrics.Row) []metrics.SkillNeed {
	var out []metrics.SkillNeed
	for _, n := range s.Floor.Unskilled {
		if row.Key.Queue.Empty() || n.Queue == row.Key.Queue {
			out = append(out, n)
		}
	}
	return out
}

// wanted writes what a need asks of a person.
func wanted(n metrics.SkillNeed) clean.Text {
	out := ""
	for _, t := range n.Skills {
		if out != "" {
			out += ", "
		}
		out += t.String()
	}
	if !n.Lang.Empty() {
		if out != "" {
			out += ", "
		}
		out += n.Lang.String()
	}
	return clean.Line(out)
}
