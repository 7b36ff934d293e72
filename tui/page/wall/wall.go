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
	queues   page.List[*metrics.QueueView]
	channels panel.Table[*metrics.Row]
	teams    panel.Table[*metrics.Row]
	tiles    [layout.Figures]panel.Tile
	focus    focus
	tile     int
	big      bool
}

// New returns the page; big says whether it begins with big digits.
func New(big bool) *Wall {
	w := &Wall{queues: page.Queues(panel.WallQueueColumns()), tiles: panel.Tiles(), big: big}
	w.channels.Columns = panel.RowColumns(i18n.ColChannelName, false)
	w.teams.Columns = panel.RowColumns(i18n.ColTeam, true)
	return w
}

// SetBigDigits turns big digits on or off.
func (w *Wall) SetBigDigits(on bool) { w.big = on }

// Draw draws the page.
func (w *Wall) Draw(p *panel.Pen, s *panel.Scene, c screen.Canvas) {
	w.queues.Prepare(s)
	width, height := c.Size()
	l := layout.WallOf(width, height, layout.Mode{BigDigits: w.big, Queues: len(w.queues.Rows())})
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
	for i, t := range w.tiles {
		f := panel.Focus(w.focus == onFigures && w.tile == i)
		if l.Figures[i].Empty() {
			continue
		}
		p.Hits.Target(c.Sub(l.Figures[i]), w, i)
		if l.Boxed {
			p.BigTile(c.Sub(l.Figures[i]), s, t, l.Digits, f)
			continue
		}
		p.SmallTile(c.Sub(l.Figures[i]), s, t, f)
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
	draw := [...]func(screen.Canvas, *panel.Scene, *metrics.Row, bool){p.WaitingChart, p.FRTChart, p.FlowChart}
	for i, r := range l.Charts {
		if !r.Empty() {
			draw[i](c.Sub(r), s, s.Row, l.Boxed)
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
			w.tile = (w.tile + layout.Figures + step(a)) % layout.Figures
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
	return page.Explained{KPI: w.tiles[w.tile].KPI, Row: s.Row}
}
