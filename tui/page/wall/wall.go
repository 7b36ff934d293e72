// Package wall owns the page Wall: the floor on one screen, legible from ten
// metres. It names no person and must not know other pages.
package wall

import (
	"wallboard/metrics"
	"wallboard/tui/i18n"
	"wallboard/tui/keys"
	"wallboard/tui/layout"
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
)

// focus is the panel that has the keys.
type focus uint8

const (
	nobody focus = iota // a wall that nobody touches shows no cursor
	onFigures
	onQueues
	numFocus
)

// Wall is the page.
type Wall struct {
	of       *Layout
	queues   page.List[*metrics.QueueView]
	channels panel.Table[*metrics.Row]
	teams    panel.Table[*metrics.Row]
	count    int // queues that the page is cut for
	hours    [mostCharts]panel.HourChart
	focus    focus
	tile     int
	digits   layout.Digits
	shown    int // rows of the digits drawn last
}

// New returns the page with the digits that it begins with.
func New(digits layout.Digits) *Wall {
	w := &Wall{digits: digits}
	w.channels.Columns = panel.RowColumns(i18n.ColChannelName, false)
	w.teams.Columns = panel.RowColumns(i18n.ColTeam, true)
	w.Use(Plain())
	return w
}

// Use shows what a layout says; where the cursor was is forgotten.
func (w *Wall) Use(l *Layout) {
	if w.of == l {
		return
	}
	w.of, w.tile, w.focus = l, 0, nobody
	w.queues = page.Queues(l.columns)
	w.queues.Settle, w.queues.Loud = settle, loudQueues
	w.queues.Collect = func(s *panel.Scene, into []*metrics.QueueView) []*metrics.QueueView {
		for _, q := range s.Floor.Tables {
			if s.Shows(q) && l.shows(q) {
				into = append(into, q)
			}
		}
		return into
	}
	for i, id := range l.charts {
		w.hours[i] = panel.HourChart{KPI: id}
	}
}

// Name is that of the layout in use, empty without one.
func (w *Wall) Name() string { return w.of.Name }

// settle is how long, in ms, rows keep their places on a wall while no queue
// changes its level: from ten metres a row that moves is not found again.
const settle = 60_000

// loudQueues is a number that changes when a queue's breach begins, ends or
// changes level.
func loudQueues(s *panel.Scene) uint64 {
	h := uint64(14695981039346656037)
	for _, b := range s.Breaches {
		if !b.Key.Queue.Empty() {
			h = (h ^ uint64(b.Level) ^ uint64(b.FiringSince)) * 1099511628211
		}
	}
	return h
}

// BiggerDigits goes to the next size of the figures, from the whole screen back
// to plain ones.
func (w *Wall) BiggerDigits() { w.digits = w.digits.Next(w.shown) }

// Draw draws the page.
func (w *Wall) Draw(p *panel.Pen, s *panel.Scene, c screen.Canvas) {
	w.queues.Prepare(s)
	width, height := c.Size()
	mode := w.of.mode
	if w.queues.Filter() == "" {
		w.count = len(w.queues.Rows()) // a filter narrows the table, not the page
	}
	mode.Digits, mode.Queues = w.digits, w.count
	if s.Floor != nil {
		mode.Channels, mode.Teams = len(s.Floor.Channels), len(s.Floor.Teams)
	}
	l := layout.WallOf(width, height, mode)
	w.shown = l.Digits
	p.Breaches(c.Sub(l.Breaches), s)
	p.Flow(c.Sub(l.Flow), s)
	w.drawFigures(p, s, c, l)
	w.drawQueues(p, s, c.Sub(l.Queues), l.Boxed)
	w.drawCharts(p, s, c, l)
	if !l.People.Empty() {
		p.People(c.Sub(l.People), s, s.Row, l.Boxed)
	}
	if !l.Bot.Empty() {
		p.Bot(c.Sub(l.Bot), s, l.Boxed)
	}
	if s.Floor == nil {
		return
	}
	rowTable(p, s, c.Sub(l.Channels), &w.channels, i18n.PanelChannels, s.Floor.Channels)
	rowTable(p, s, c.Sub(l.Teams), &w.teams, i18n.PanelTeams, s.Floor.Teams)
}

func (w *Wall) drawFigures(p *panel.Pen, s *panel.Scene, c screen.Canvas, l layout.Wall) {
	for i, t := range w.of.tiles {
		f := panel.Focus(w.focus == onFigures && w.tile == i)
		if l.Figures[i].Empty() {
			continue
		}
		p.Hits.Target(c.Sub(l.Figures[i]), w, i)
		at := c.Sub(l.Figures[i])
		switch {
		case l.Full:
			p.FullTile(at, s, t, f)
		case l.Boxed:
			p.BigTile(at, s, t, l.Digits, f)
		case l.Digits > 1:
			p.HeadTile(at, s, t, l.Digits, f)
		default:
			p.SmallTile(at, s, t, f)
		}
	}
}

func (w *Wall) drawQueues(p *panel.Pen, s *panel.Scene, c screen.Canvas, boxed bool) {
	width, height := c.Size()
	if width == 0 || height == 0 {
		return
	}
	f := panel.Focus(w.focus == onQueues)
	in := c
	if boxed {
		in = p.Box(c, page.Title(p, i18n.PanelQueues, w.queues.Filter()), f)
	}
	w.queues.Draw(p, s, in, f)
	if len(w.queues.Rows()) == 0 {
		p.Empty(in, p.Say.Say(i18n.NoQueues))
	}
	if _, below := w.queues.Hidden(); boxed && below > 0 {
		p.Note(c, page.MoreRows(p, below))
	}
}

func (w *Wall) drawCharts(p *panel.Pen, s *panel.Scene, c screen.Canvas, l layout.Wall) {
	for i, r := range l.Charts {
		if r.Empty() || i >= len(w.of.charts) {
			continue
		}
		switch at := c.Sub(r); w.of.charts[i] {
		case chartWaiting:
			p.WaitingChart(at, s, s.Row, l.Boxed)
		case chartFRT:
			p.FRTChart(at, s, s.Row, l.Boxed)
		case chartFlow:
			p.FlowChart(at, s, s.Row, l.Boxed)
		default:
			w.hours[i].Draw(p, at, s, s.Row, l.Boxed)
		}
	}
}

func rowTable(p *panel.Pen, s *panel.Scene, c screen.Canvas, t *panel.Table[*metrics.Row], title i18n.ID, rows []*metrics.Row) {
	if w, h := c.Size(); w == 0 || h == 0 {
		return
	}
	in := p.Box(c, p.Say.Say(title), panel.Unfocused)
	t.Draw(p, s, in, panel.TableState{Rows: len(rows), Select: -1, Cursor: -1}, func(i int) *metrics.Row { return rows[i] })
	if _, h := in.Size(); len(rows) > h-1 {
		p.Note(c, page.MoreRows(p, len(rows)-h+1))
	}
}

// Act does what a key asks of the page.
func (w *Wall) Act(a keys.Action, s *panel.Scene) page.Request {
	switch a {
	case keys.NextPanel:
		w.focus = (w.focus + 1) % numFocus
	case keys.PreviousPanel:
		w.focus = (w.focus + numFocus - 1) % numFocus
	case keys.Back:
		w.leave()
	case keys.Enter:
		return w.open(s)
	case keys.Left, keys.Right:
		if w.focus == onFigures {
			n := len(w.of.tiles)
			w.tile = (w.tile + n + step(a)) % n
			break
		}
		fallthrough
	default:
		if w.queues.Act(a) {
			w.focus = onQueues
		}
	}
	if w.focus == onQueues {
		w.queues.Activate()
	}
	return page.Request{}
}

func step(a keys.Action) int {
	if a == keys.Left {
		return -1
	}
	return 1
}

// Focus gives the keys to the panel that was clicked.
func (w *Wall) Focus(t panel.Target) {
	if t == &w.queues {
		w.focus = onQueues
	}
}

// Click gives the keys to a figure; clicked again it is explained.
func (w *Wall) Click(figure, _, _ int) keys.Action {
	again := w.focus == onFigures && w.tile == figure
	w.focus, w.tile = onFigures, figure
	if again {
		return keys.Explain
	}
	return keys.None
}

// Wheel does nothing: all figures are in sight.
func (w *Wall) Wheel(int) {}

// leave takes one step back: the filter first, then the cursor.
func (w *Wall) leave() {
	if w.queues.Filter() != "" {
		w.queues.SetFilter("")
		return
	}
	w.focus = nobody
	w.queues.Deactivate()
}

func (w *Wall) open(s *panel.Scene) page.Request {
	q, ok := w.queues.Selected()
	if w.focus != onQueues || !ok {
		return page.Request{}
	}
	return page.Request{Open: page.OneQueue, Queue: q.Queue, Chan: q.Channel}
}

// Breach returns the loudest breach of the queue at the cursor, nil where there
// is none: on a wall that nobody touches the loudest of all is meant.
func (w *Wall) Breach(s *panel.Scene) *metrics.Breach {
	if q, ok := w.queues.Selected(); ok && w.focus == onQueues {
		return s.LoudestOf(q.Row)
	}
	return nil
}

// SetFilter shows only queues that match.
func (w *Wall) SetFilter(text string) {
	w.queues.SetFilter(text)
	if text != "" {
		w.focus = onQueues
		w.queues.Activate()
	}
}

// Filter returns the filter in force.
func (w *Wall) Filter() string { return w.queues.Filter() }

// Explained returns the number at the cursor: the figure, or the cell of the
// table; without a cursor the first figure.
func (w *Wall) Explained(s *panel.Scene) page.Explained {
	if w.focus == onQueues {
		return w.queues.Explained()
	}
	return page.Explained{KPI: w.of.tiles[w.tile].KPI, Row: s.Row}
}
