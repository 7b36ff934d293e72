package agent

import (
	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/layout"
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// drawActions draws what to do about a person, the worst situation first: what
// it is, for how long, and the next step.
func drawActions(p *panel.Pen, s *panel.Scene, c screen.Canvas, a *metrics.AgentView, list []page.Standing) {
	w, h := c.Size()
	if len(list) == 0 {
		if h > 0 {
			p.Glyph(c, 1, 0, metrics.LevelOK)
			c.PrintFit(3, 0, w-4, p.Say.Say(i18n.ActionsNone), p.Look.Dim, screen.Left)
		}
		return
	}
	y := 0
	for _, one := range list {
		if y >= h {
			return
		}
		look := p.Graded(one.Level())
		p.Glyph(c, 1, y, one.Level())
		x := 3 + c.Print(3, y, p.Say.Say(one.Word()), look) + 2
		if one.Since > 0 {
			c.PrintFit(x, y, max(0, w-x-1), p.Num.Clock(float64(s.At-one.Since)/1000, i18n.Down), p.Look.Text, screen.Left)
		}
		y++
		lines := max(1, min(h-y, rows(nextStep(p, s, a, one.Situation), w-4)))
		if y < h {
			p.Paragraph(c.Sub(layout.Rect{X: 3, Y: y, W: max(0, w-4), H: min(lines, h-y)}), nextStep(p, s, a, one.Situation), p.Look.Dim)
		}
		y += lines
	}
}

// rows is about how many lines of w cells a text takes.
func rows(t clean.Text, w int) int {
	if w <= 0 {
		return 1
	}
	return (text.Width(t.String()) + w - 1) / w
}

// nextStep says what a supervisor can do about a situation.
func nextStep(p *panel.Pen, s *panel.Scene, a *metrics.AgentView, what page.Situation) clean.Text {
	switch what {
	case page.SituationUnanswered:
		return p.Say.Fill(i18n.ActionReply, unansweredLeg(a))
	case page.SituationOver:
		return p.Say.Fill(i18n.ActionOver, p.Num.Count(int64(a.SlotsUsed)), p.Num.Count(int64(a.Slots)))
	case page.SituationMissed:
		return p.Say.Fill(i18n.ActionMissed, p.Num.Count(int64(a.MissedOffers15m)))
	case page.SituationIdle:
		if q := waitingQueue(s, a); q != nil {
			return p.Say.Fill(i18n.ActionIdle, clean.Line(q.Queue.String()+"/"+q.Channel.String()), p.Num.Count(int64(q.Row.Now.Waiting)))
		}
		return p.Say.Say(i18n.ActionIdleAny)
	case page.SituationLongWrap:
		return p.Say.Say(i18n.ActionWrap)
	case page.SituationLongPause:
		return p.Say.Fill(i18n.ActionPause, p.Num.Minute(a.PauseUntil, p.Zone))
	case page.SituationDraining:
		return p.Say.Count(i18n.ActionDraining, int64(len(a.Legs)), p.Num.Count(int64(len(a.Legs))))
	}
	return p.Say.Fill(i18n.ActionLong, oldestLeg(a))
}

// unansweredLeg returns the session whose customer waits longest for a reply.
func unansweredLeg(a *metrics.AgentView) clean.Text {
	return earliest(a, func(v *metrics.SessionView) int64 { return v.UnansweredSince })
}

// oldestLeg returns the session that has been open longest.
func oldestLeg(a *metrics.AgentView) clean.Text {
	return earliest(a, func(v *metrics.SessionView) int64 { return v.OpenedAt })
}

func earliest(a *metrics.AgentView, of func(*metrics.SessionView) int64) clean.Text {
	var id clean.Text
	first := int64(0)
	for i := range a.Legs {
		if t := of(&a.Legs[i]); t > 0 && (first == 0 || t < first) {
			first, id = t, a.Legs[i].ID
		}
	}
	return id
}

// waitingQueue returns the queue of a person in which most wait, nil where
// nobody does.
func waitingQueue(s *panel.Scene, a *metrics.AgentView) *metrics.QueueView {
	var most *metrics.QueueView
	for _, q := range s.Floor.Tables {
		for _, served := range a.Queues {
			if q.Queue == served && q.Row.Now.Waiting > 0 && (most == nil || q.Row.Now.Waiting > most.Row.Now.Waiting) {
				most = q
			}
		}
	}
	return most
}
