package panel

import (
	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/tui/i18n"
	"wallboard/tui/layout"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// story is what there is to say of a breach, the most useful first: a low panel
// cuts the end.
type story struct{ lines []storyLine }

type storyLine struct {
	label i18n.ID
	value clean.Text
	look  screen.Style
}

func (t *story) add(label i18n.ID, value clean.Text, look screen.Style) {
	if !value.Empty() {
		t.lines = append(t.lines, storyLine{label, value, look})
	}
}

// BreachDetail draws everything about a breach in words: how far out it is,
// where the limit is now and where it comes from, why, what to do, who has it.
func (p *Pen) BreachDetail(c screen.Canvas, s *Scene, b *metrics.Breach) {
	var t story
	plain, dim := p.Look.Text, p.Look.Dim
	state := i18n.BreachFiring
	if b.State == metrics.BreachRecovering {
		state = i18n.BreachRecovering
	}
	since := p.Say.Fill(i18n.DetailSince, p.Say.Say(state), p.lasted(s, b), p.moment(s, b.FiringSince))
	if IsFlag(b.KPI) {
		t.add(i18n.DetailState, since, plain)
	} else {
		t.add(i18n.DetailValue, p.Say.Fill(i18n.DetailPeak, p.quantity(b.KPI, b.Value), p.quantity(b.KPI, b.Peak)), p.Graded(b.Level).Without(screen.Reverse))
		t.add(i18n.DetailLimit, p.Say.Fill(i18n.DetailReturn, p.quantity(b.KPI, b.Limit), p.quantity(b.KPI, b.Return)), plain)
	}
	p.tellBand(&t, b)
	t.add(i18n.DetailReason, p.Say.Pick(b.ReasonEN, b.ReasonZH), plain)
	t.add(i18n.DetailAdvice, p.Say.Pick(b.AdviceEN, b.AdviceZH), plain.With(screen.Bold))
	p.tellOwner(&t, s, b)
	if !IsFlag(b.KPI) {
		t.add(i18n.DetailState, since, plain)
	}
	if b.Flaps > 0 {
		t.add(i18n.DetailAgain, p.Say.Count(i18n.DetailFlaps, int64(b.Flaps), p.Num.Count(int64(b.Flaps)), p.moment(s, b.FirstSince)), plain)
	}
	rule := p.Say.Fill(i18n.DetailRule, clean.Own(b.Rule), p.modeName(b.Mode), p.windowOf(b.Window))
	if b.SampleSize > 0 {
		rule = p.Say.Fill(i18n.DetailSamples, rule, p.Num.Count(b.SampleSize))
	}
	t.add(i18n.DetailRuleLabel, rule, dim)
	p.tell(c, t)
}

// tellBand says where a limit that moves comes from.
func (p *Pen) tellBand(t *story, b *metrics.Breach) {
	if Learns(b) {
		t.add(i18n.DetailBase, p.Say.Fill(i18n.DetailLearning, p.quantity(b.KPI, b.Base), p.Num.Count(int64(b.LearnedSteps)), p.Num.Count(int64(b.NeededSteps))), p.Look.Accent)
		return
	}
	if Moves(b) {
		t.add(i18n.DetailBase, p.Say.Fill(i18n.DetailWithoutBand, p.quantity(b.KPI, b.Base)), p.Look.Text)
	}
	if trail := b.Trail; trail != nil && len(trail.Lo) > 0 && len(trail.Hi) > 0 {
		lo, hi := float64(trail.Lo[len(trail.Lo)-1]), float64(trail.Hi[len(trail.Hi)-1])
		t.add(i18n.DetailUsual, p.Say.Fill(i18n.DetailBetween, p.quantity(b.KPI, lo), p.quantity(b.KPI, hi)), p.Look.Text)
	}
}

// Moves says whether the limit of a breach is not always the same.
func Moves(b *metrics.Breach) bool { return b.Mode == "dynamic" }

// Learns says whether the band of a breach does not know enough yet.
func Learns(b *metrics.Breach) bool { return b.NeededSteps > 0 && b.LearnedSteps < b.NeededSteps }

// tellOwner says who has it and who silenced it, each with their words.
func (p *Pen) tellOwner(t *story, s *Scene, b *metrics.Breach) {
	if b.AckedBy.Empty() {
		t.add(i18n.DetailOwner, p.Say.Say(i18n.DetailNobody), p.Look.Text)
	} else {
		t.add(i18n.DetailOwner, p.said(p.Say.Fill(i18n.DetailAcked, b.AckedBy, p.moment(s, b.AckedAt)), b.AckComment), p.Look.Text)
	}
	if Silenced(b, s.At) {
		t.add(i18n.DetailSilence, p.said(p.Say.Fill(i18n.DetailSilenced, p.moment(s, b.SilencedUntil), b.SilencedBy), b.SilenceComment), p.Look.Text)
	}
}

// said appends what somebody wrote.
func (p *Pen) said(who, comment clean.Text) clean.Text {
	if comment.Empty() {
		return who
	}
	return p.Say.Fill(i18n.DetailComment, who, comment)
}

// EpisodeDetail draws everything about a breach that is over.
func (p *Pen) EpisodeDetail(c screen.Canvas, s *Scene, e *metrics.Episode) {
	var t story
	t.add(i18n.DetailState, p.Say.Fill(i18n.DetailOver, p.Num.Words(float64(e.Ended-e.FiringSince)/1000, i18n.Nearest), p.moment(s, e.FiringSince), p.moment(s, e.Ended)), p.Look.Text)
	if !IsFlag(e.KPI) {
		t.add(i18n.DetailWorst, p.Say.Fill(i18n.DetailAgainst, p.quantity(e.KPI, e.Peak), p.quantity(e.KPI, e.Limit)), p.Graded(e.Level).Without(screen.Reverse))
	}
	if e.AckedBy.Empty() {
		t.add(i18n.DetailOwner, p.Say.Say(i18n.DetailHadNobody), p.Look.Text)
	} else {
		t.add(i18n.DetailOwner, e.AckedBy, p.Look.Text)
	}
	if e.Flaps > 0 {
		t.add(i18n.DetailAgain, p.Say.Count(i18n.DetailFlaps, int64(e.Flaps), p.Num.Count(int64(e.Flaps)), p.moment(s, e.FiringSince)), p.Look.Text)
	}
	t.add(i18n.DetailRuleLabel, p.said(clean.Own(e.Rule), p.windowOf(e.Window)), p.Look.Dim)
	p.tell(c, t)
}

// tell draws a story line by line, its labels in a column of their own.
func (p *Pen) tell(c screen.Canvas, t story) {
	w, h := c.Size()
	const label = 12
	y := 0
	for _, l := range t.lines {
		for i, part := range wrap(l.value, w-label-2) {
			if y >= h {
				return
			}
			if i == 0 {
				c.PrintFit(1, y, min(label-1, w), p.Say.Say(l.label), p.Look.Dim, screen.Left)
			}
			c.Sub(layout.Rect{Y: y, W: w - 1, H: 1}).PrintFit(label, 0, min(w-label-1, text.Width(part.String())), part, l.look, screen.Left)
			y++
		}
	}
}

// moment writes when something is or was: the time, and the date where it is not
// of the floor's day.
func (p *Pen) moment(s *Scene, at int64) clean.Text {
	const day = 24 * 3_600_000
	if s.Floor != nil && (at < s.Floor.DayStart || at >= s.Floor.DayStart+day) {
		return clean.Line(p.Num.Date(at, p.Zone).String() + " " + p.Num.Minute(at, p.Zone).String())
	}
	return p.Num.Minute(at, p.Zone)
}

// modeName names the kind of a rule.
func (p *Pen) modeName(mode string) clean.Text {
	switch mode {
	case "dynamic":
		return p.Say.Say(i18n.ModeDynamic)
	case "share":
		return p.Say.Say(i18n.ModeShare)
	case "burn":
		return p.Say.Say(i18n.ModeBurn)
	}
	return p.Say.Say(i18n.ModeFixed)
}

// windowOf writes the window of a rule: now, 15 min.
func (p *Pen) windowOf(name string) clean.Text {
	if w, ok := fact.ParseWindow(name); ok {
		return p.WindowName(w)
	}
	return p.Say.Say(i18n.ModeNow)
}
