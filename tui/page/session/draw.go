package session

import (
	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/chart"
	"wallboard/tui/i18n"
	"wallboard/tui/layout"
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// Draw draws the page.
func (v *Session) Draw(p *panel.Pen, s *panel.Scene, c screen.Canvas) {
	w, h := c.Size()
	d, known := v.view(s)
	var lines []step
	if known {
		lines = timeline(d, v.steps(d), s.At)
	}
	totals := sums(lines)
	l := layout.SessionOf(w, h, factRows, max(factRows, len(totals)))
	x := page.Crumb(p, c.Sub(l.Crumb), i18n.PageSessions, v.id)
	if !known {
		v.drawUnknown(p, c.Sub(l.Steps))
		return
	}
	v.drawHead(p, s, c.Sub(layout.Rect{X: x + 2, Y: l.Crumb.Y, W: w - x - 2, H: 1}), d)
	if !l.Facts.Empty() {
		drawFacts(p, s, p.Panel(c.Sub(l.Facts), p.Say.Say(i18n.PanelSession), panel.Unfocused, l.Boxed), d)
	}
	if !l.Clocks.Empty() {
		drawClocks(p, p.Panel(c.Sub(l.Clocks), p.Say.Say(i18n.PanelClocks), panel.Unfocused, l.Boxed), totals)
	}
	steps := c.Sub(l.Steps)
	title := i18n.PanelSteps
	if len(v.story.timeline.Steps) > 0 {
		title = i18n.PanelAllSteps
	}
	in := p.Panel(steps, p.Say.Say(title), panel.Focused, l.Boxed)
	if len(v.steps(d)) == 0 {
		v.drawUnknown(p, in)
		return
	}
	v.drawSteps(p, s, in, lines)
	if l.Boxed {
		p.Tag(steps, v.storedWord(p, episodes(lines)))
	}
	if !v.found && v.story.state != whole && l.Boxed {
		p.Note(steps, v.remark(p))
	}
}

// drawUnknown says why nothing is known, and how far it is being looked for.
func (v *Session) drawUnknown(p *panel.Pen, c screen.Canvas) {
	w, h := c.Size()
	p.Empty(c, v.remark(p))
	if stored := v.storedWord(p, 0); h > 2 {
		c.PrintFit(1, h/2+2, w-2, stored, p.Look.Dim, screen.Center)
	}
}

// episodes is how many of them begin in the lines; one that began before is one
// as well.
func episodes(lines []step) int {
	n := 1
	for _, l := range lines {
		n = max(n, l.nth)
	}
	return n
}

// remark says how far the steps can be known.
func (v *Session) remark(p *panel.Pen) clean.Text {
	switch {
	case v.still:
		return p.Say.Say(i18n.SessionNoLookup)
	case !v.failed.Empty():
		return p.Say.Fill(i18n.SessionFailed, v.failed)
	case !v.answered:
		return p.Say.Say(i18n.SessionAsking)
	}
	return p.Say.Say(i18n.SessionGone)
}

// drawHead draws behind the name where the session stands and with whom.
func (v *Session) drawHead(p *panel.Pen, s *panel.Scene, c screen.Canvas, d *metrics.SessionDetail) {
	x := c.Print(0, 0, p.Say.Say(page.StateWord(d.State)), p.Look.Text.With(screen.Bold)) + 2
	if !d.Queue.Empty() {
		x += c.Print(x, 0, clean.Line(d.Queue.String()+"/"+d.Channel.String()), p.Look.Text) + 2
	} else if !d.Channel.Empty() {
		x += c.Print(x, 0, d.Channel, p.Look.Text) + 2
	}
	if !d.Agent.Empty() {
		c.Print(x, 0, page.AgentName(p, s, d.Agent), p.Look.Text)
	}
}

// factRows is how many rows drawFacts fills.
const factRows = 4

// drawFacts draws what is known of a session, a line for what belongs together.
func drawFacts(p *panel.Pen, s *panel.Scene, c screen.Canvas, d *metrics.SessionDetail) {
	w, _ := c.Size()
	line := func(y int, facts ...fact) {
		x := 1
		for _, f := range facts {
			need := text.Width(p.Say.Say(f.label).String()) + 1 + text.Width(f.value.String())
			if f.value.Empty() || x+need > w {
				continue
			}
			x = p.Fact(c, x, y, p.Say.Say(f.label), f.value, p.Look.Text) + 3
		}
	}
	age := func(since int64) clean.Text {
		if since == 0 {
			return clean.Text{}
		}
		return p.Num.Clock(float64(s.At-since)/1000, i18n.Down)
	}
	moment := func(at int64) clean.Text {
		if at == 0 {
			return clean.Text{}
		}
		return p.Num.TimeOfDay(at, p.Zone)
	}
	topic := d.Topic
	if topic.Empty() {
		topic = d.SessionView.Topic
	}
	line(0, fact{i18n.FactOpened, moment(d.OpenedAt)}, fact{i18n.ColOpen, age(d.OpenedAt)}, fact{i18n.ColState, p.Say.Say(page.StateWord(d.State))}, fact{i18n.ColSince, age(d.StateSince)}, fact{i18n.FactOutcome, outcome(p, d)})
	line(1, fact{i18n.ColQueue, d.Queue}, fact{i18n.ColChannel, d.Channel}, fact{i18n.ColAgent, person(p, s, d.Agent)}, fact{i18n.ColTurns, count(p, int64(d.Messages))})
	line(2, fact{i18n.ColClass, d.CustomerClass}, fact{i18n.ColLang, d.Lang}, fact{i18n.ColTier, count(p, int64(d.Tier))}, fact{i18n.ColPriority, count(p, int64(d.Priority))},
		fact{i18n.ColTopic, topic}, fact{i18n.ColEmotion, d.Emotion})
	order := clean.Text{}
	if d.OrderSince > 0 {
		order = p.Money(d.OrderAmount, d.OrderCurrency)
	}
	line(3, fact{i18n.ColAsked, age(d.HumanAskedSince)}, fact{i18n.ColFailures, count(p, int64(d.BotFailures))}, fact{i18n.ColDue, moment(d.DueAt)},
		fact{i18n.TabUnpaid, order}, fact{i18n.ColSince, age(d.OrderSince)})
}

type fact struct {
	label i18n.ID
	value clean.Text
}

// count is a number worth saying: none is nothing.
func count(p *panel.Pen, n int64) clean.Text {
	if n == 0 {
		return clean.Text{}
	}
	return p.Num.Count(n)
}

func person(p *panel.Pen, s *panel.Scene, id clean.Text) clean.Text {
	if id.Empty() {
		return clean.Text{}
	}
	return page.AgentName(p, s, id)
}

func outcome(p *panel.Pen, d *metrics.SessionDetail) clean.Text {
	word := [...]i18n.ID{
		metrics.OutcomeNone: "", metrics.OutcomeResolved: i18n.OutcomeResolved, metrics.OutcomeUnresolved: i18n.OutcomeOpen,
		metrics.OutcomeCompleted: i18n.OutcomeDone, metrics.OutcomeAbandoned: i18n.OutcomeAbandoned, metrics.OutcomeOverflowed: i18n.OutcomeOverflow,
		metrics.OutcomeTimedOut: i18n.OutcomeTimeout, metrics.OutcomeCancelled: i18n.OutcomeCancelled, metrics.OutcomeCallback: i18n.OutcomeCallback,
		metrics.OutcomeSpam: i18n.OutcomeSpam,
	}[d.Outcome]
	if word == "" {
		return clean.Text{}
	}
	return p.Say.Say(word)
}

// drawClocks draws what each clock came to, with a bar of its share of the
// longest.
func drawClocks(p *panel.Pen, c screen.Canvas, totals []sum) {
	w, h := c.Size()
	if len(totals) == 0 {
		p.Empty(c, p.Say.Say(i18n.ClocksNone))
		return
	}
	top := int64(1)
	for _, t := range totals {
		top = max(top, t.millis)
	}
	const name, times, value = 16, 4, 7
	for y, t := range totals {
		if y >= h {
			return
		}
		look := p.Look.Text
		if t.running {
			look = p.Look.Accent
		}
		c.PrintFit(1, y, min(name, w-1), p.Say.Say(t.clock), p.Look.Dim, screen.Left)
		if t.times > 1 {
			c.PrintFit(1+name, y, times, p.Say.Plain(clean.Line("×"+p.Num.Count(int64(t.times)).String())), p.Look.Dim, screen.Right)
		}
		c.PrintFit(2+name+times, y, value, p.Num.Span(float64(t.millis)/1000, i18n.Up), look, screen.Right)
		if room := w - name - times - value - 5; room >= 6 {
			chart.Bar(c, 4+name+times+value, y, room, float64(t.millis)/float64(top), p.Look.Bar, p.Look.BarEmpty, p.Look.Glyphs)
		}
	}
}

// Cells of the columns of the timeline.
const (
	timeCells  = 9
	afterCells = 8
	stepCells  = 26
	withCells  = 20 // who had it or where it went, on wide screens
	withFrom   = 110
)

// drawSteps draws the steps, the newest at the bottom and in sight.
func (v *Session) drawSteps(p *panel.Pen, s *panel.Scene, c screen.Canvas, lines []step) {
	w, h := c.Size()
	v.height = max(1, h-1)
	p.Hits.Target(c, v, 0)
	over := max(0, len(lines)-v.height)
	// The offset counts up from the newest: what happens now is what is looked at.
	v.offset = max(-over, min(v.offset, 0))
	lines = lines[over+v.offset:]
	c.PrintFit(1, 0, timeCells, p.Say.Say(i18n.ColTime), p.Look.Dim, screen.Left)
	c.PrintFit(1+timeCells, 0, afterCells, p.Say.Say(i18n.ColAfter), p.Look.Dim, screen.Right)
	x := timeCells + afterCells + 3
	c.PrintFit(x, 0, min(stepCells, max(0, w-x)), p.Say.Say(i18n.ColStep), p.Look.Dim, screen.Left)
	x += stepCells + 1
	if w >= withFrom {
		c.PrintFit(x, 0, withCells, p.Say.Say(i18n.ColWith), p.Look.Dim, screen.Left)
		x += withCells + 1
	}
	c.PrintFit(x, 0, max(0, min(24, w-x)), p.Say.Say(i18n.ColClock), p.Look.Dim, screen.Left)
	longest := int64(1)
	for _, l := range lines {
		longest = max(longest, l.ended.millis)
	}
	for i, l := range lines {
		if i+1 >= h {
			return
		}
		drawStep(p, s, panel.Row(c, i+1), l, longest)
	}
}

// drawStep draws one line: when, how long after the one before, what, and the
// clock that ended with it as a bar and a number.
func drawStep(p *panel.Pen, s *panel.Scene, c screen.Canvas, l step, longest int64) {
	w, _ := c.Size()
	look := p.Look.Text
	switch {
	case l.now:
		look = p.Look.Accent
	case l.nth > 1:
		look = p.Look.Title
	}
	c.PrintFit(1, 0, timeCells, p.Num.TimeOfDay(l.at, p.Zone), p.Look.Dim, screen.Left)
	if l.after >= 0 {
		c.PrintFit(1+timeCells, 0, afterCells, clean.Own("+"+p.Num.Span(float64(l.after)/1000, i18n.Nearest).String()), p.Look.Dim, screen.Right)
	}
	x := timeCells + afterCells + 3
	c.PrintFit(x, 0, min(stepCells, max(0, w-x)), words(p, l), look, screen.Left)
	x += stepCells + 1
	if w >= withFrom {
		c.PrintFit(x, 0, withCells, with(p, s, l), p.Look.Dim, screen.Left)
		x += withCells + 1
	}
	if l.ended.clock == "" || x >= w-8 {
		return
	}
	name := p.Say.Say(l.ended.clock)
	if l.ended.running {
		name = p.Say.Fill(i18n.ClockRunning, name)
	}
	const nameCells = 27
	c.PrintFit(x, 0, min(nameCells, w-x-8), name, p.Look.Dim, screen.Left)
	at := x + min(nameCells, w-x-8)
	c.PrintFit(at, 0, 7, p.Num.Span(float64(l.ended.millis)/1000, i18n.Up), look, screen.Right)
	if room := min(40, w-at-10); room >= 6 {
		chart.Bar(c, at+9, 0, room, float64(l.ended.millis)/float64(longest), p.Look.Bar, p.Look.BarEmpty, p.Look.Glyphs)
	}
}

// with says who had the session at a step, else where it was; of an episode that
// began on another day, on which.
func with(p *panel.Pen, s *panel.Scene, l step) clean.Text {
	switch {
	case l.nth > 0 && s.Floor != nil && l.at < s.Floor.DayStart:
		return p.Num.Date(l.at, p.Zone)
	case l.now || l.agent.Empty() && l.queue.Empty():
		return clean.Text{}
	case l.agent.Empty():
		return l.queue
	}
	return page.AgentName(p, s, l.agent)
}

// words says what happened, and who did it where that is known.
func words(p *panel.Pen, l step) clean.Text {
	if l.now {
		return p.Say.Say(i18n.StepNow)
	}
	if l.nth > 1 {
		return p.Say.Fill(i18n.StepEpisode, p.Say.Say(stepWord(l.event)), p.Num.Count(int64(l.nth)))
	}
	what := p.Say.Say(stepWord(l.event))
	if l.by == metrics.PartyNone {
		return what
	}
	return p.Say.Fill(i18n.StepBy, p.Say.Say(partyWord(l.by)), what)
}

// partyWord names who did something, empty where nobody is known.
func partyWord(by metrics.Party) i18n.ID {
	return [...]i18n.ID{
		metrics.PartyCustomer: i18n.PartyCustomer, metrics.PartyAgent: i18n.PartyAgent, metrics.PartyBot: i18n.PartyBot,
		metrics.PartyAuto: i18n.PartyAuto, metrics.PartySystem: i18n.PartySystem,
	}[by]
}

func stepWord(t metrics.EventType) i18n.ID {
	if !t.Session() {
		return i18n.StepUnknown
	}
	return [...]i18n.ID{
		metrics.TypeSessionOpened: i18n.StepOpened, metrics.TypeSessionBotReply: i18n.StepBotReply, metrics.TypeSessionHumanRequested: i18n.StepHumanAsked,
		metrics.TypeSessionHandoff: i18n.StepHandoff, metrics.TypeSessionQueued: i18n.StepQueued, metrics.TypeSessionOffered: i18n.StepOffered,
		metrics.TypeSessionOfferFailed: i18n.StepOfferFailed, metrics.TypeSessionAssigned: i18n.StepAssigned, metrics.TypeSessionJoined: i18n.StepJoined,
		metrics.TypeSessionLeft: i18n.StepLeft, metrics.TypeSessionMessage: i18n.StepMessage, metrics.TypeSessionHeld: i18n.StepHeld,
		metrics.TypeSessionResumed: i18n.StepResumed, metrics.TypeSessionTransferred: i18n.StepTransferred, metrics.TypeSessionEscalated: i18n.StepEscalated,
		metrics.TypeSessionWrapStarted: i18n.StepWrapStarted, metrics.TypeSessionWrapEnded: i18n.StepWrapEnded, metrics.TypeSessionClosed: i18n.StepClosed,
		metrics.TypeSessionReopened: i18n.StepReopened, metrics.TypeSessionRated: i18n.StepRated, metrics.TypeSessionOrdered: i18n.StepOrdered,
		metrics.TypeSessionTagged: i18n.StepTagged, metrics.TypeSessionScreened: i18n.StepScreened, metrics.TypeSessionEmotion: i18n.StepEmotion,
	}[t]
}
