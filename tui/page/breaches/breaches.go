// Package breaches owns the page Breaches: what is out of bounds, who has it,
// and what was. It must not know other pages.
package breaches

import (
	"strconv"
	"strings"

	"wallboard/metrics"
	"wallboard/tui/i18n"
	"wallboard/tui/keys"
	"wallboard/tui/layout"
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// Breaches is the page.
type Breaches struct {
	active page.List[*metrics.Breach]
	past   page.List[*metrics.Episode]
	onPast bool
}

// New returns the page.
func New() *Breaches {
	b := &Breaches{active: activeList(), past: pastList()}
	b.active.Activate()
	b.past.Activate()
	return b
}

// activeList lists what fires or recovers: critical before warn, the longest
// first, then what recovers, then what is silenced.
func activeList() page.List[*metrics.Breach] {
	return page.List[*metrics.Breach]{
		Table:   panel.Table[*metrics.Breach]{Columns: activeColumns(), Written: writtenActive()},
		ID:      func(b *metrics.Breach) string { return idOf(b.Rule, b.Key) },
		Column:  "value",
		Settle:  1, // few rows, in an order that hardly moves: one that is over must not stay
		Matches: func(b *metrics.Breach, f string) bool { return matches(b.Rule, b.KPI, b.Key, f) },
		Quiet:   func(s *panel.Scene, b *metrics.Breach) bool { return panel.Silenced(b, s.At) },
		Subject: func(*metrics.Breach) *metrics.Row { return nil },
		Place: func(s *panel.Scene, b *metrics.Breach) page.Place {
			rank := uint8(metrics.LevelStale - b.Level)
			if b.State == metrics.BreachRecovering {
				rank += 4
			}
			if panel.Silenced(b, s.At) {
				rank += 8
			}
			return page.Place{Rank: rank, Value: b.FiringSince}
		},
		Collect: func(s *panel.Scene, into []*metrics.Breach) []*metrics.Breach { return append(into, s.Breaches...) },
		Fresh: func(s *panel.Scene, old *metrics.Breach) (*metrics.Breach, bool) {
			b := s.Breach(panel.IdentityOf(old))
			return b, b != nil
		},
	}
}

// pastList lists what is over, the newest first.
func pastList() page.List[*metrics.Episode] {
	return page.List[*metrics.Episode]{
		Table:   panel.Table[*metrics.Episode]{Columns: pastColumns(), Written: writtenPast()},
		ID:      func(e *metrics.Episode) string { return idOf(e.Rule, e.Key) + strconv.FormatInt(e.FiringSince, 36) },
		Column:  "lasted",
		Matches: func(e *metrics.Episode, f string) bool { return matches(e.Rule, e.KPI, e.Key, f) },
		Place:   func(_ *panel.Scene, e *metrics.Episode) page.Place { return page.Place{Value: -e.Ended} },
		Collect: func(s *panel.Scene, into []*metrics.Episode) []*metrics.Episode {
			for i := range s.Snapshot.PastBreaches {
				if e := &s.Snapshot.PastBreaches[i]; e.Key.Floor.Empty() || e.Key.Floor == s.Floor.ID {
					into = append(into, e)
				}
			}
			return into
		},
		Fresh: func(_ *panel.Scene, old *metrics.Episode) (*metrics.Episode, bool) { return old, true },
	}
}

// idOf is what a selection is kept by.
func idOf(rule string, k metrics.Key) string {
	return strings.Join([]string{rule, k.Scope.String(), k.Queue.String(), k.Channel.String(), k.Team.String(), k.Agent.String()}, "\x00")
}

func matches(rule, kpi string, k metrics.Key, filter string) bool {
	for _, s := range [...]string{place(k), rule, kpi} {
		if strings.Contains(strings.ToLower(s), filter) {
			return true
		}
	}
	return false
}

// Draw draws the page.
func (b *Breaches) Draw(p *panel.Pen, s *panel.Scene, c screen.Canvas) {
	b.active.Prepare(s)
	b.past.Prepare(s)
	w, h := c.Size()
	l := layout.BreachesOf(w, h)
	if l.Past.Empty() {
		b.onPast = false
	}
	b.drawFacts(p, s, c.Sub(l.Facts))
	b.drawActive(p, s, c.Sub(l.Active), l.Boxed)
	if !l.Past.Empty() {
		b.drawPast(p, s, c.Sub(l.Past), l.Boxed)
	}
	b.drawSelected(p, s, c, l)
}

// drawFacts sums the page up, and says how far an acknowledgement reaches.
func (b *Breaches) drawFacts(p *panel.Pen, s *panel.Scene, c screen.Canvas) {
	w, h := c.Size()
	if h == 0 {
		return
	}
	var critical, warn, recovering, unacked int64
	for _, one := range s.Breaches {
		switch {
		case one.State == metrics.BreachRecovering:
			recovering++
		case one.Level == metrics.LevelCritical:
			critical++
		default:
			warn++
		}
		if one.AckedBy.Empty() && one.State == metrics.BreachFiring && !panel.Silenced(one, s.At) {
			unacked++
		}
	}
	x := 1
	for _, f := range [...]struct {
		id   i18n.ID
		n    int64
		look screen.Style
	}{
		{i18n.CountCritical, critical, p.Graded(metrics.LevelCritical).Without(screen.Reverse)}, {i18n.CountWarn, warn, p.Look.Warn},
		{i18n.CountRecovering, recovering, p.Look.OK}, {i18n.CountUnacked, unacked, p.Look.Text}, {i18n.SilencedCount, int64(s.Silenced), p.Look.Text},
	} {
		t, look := p.Say.Count(f.id, f.n, p.Num.Count(f.n)), f.look
		if f.n == 0 {
			look = p.Look.Dim
		}
		if x+text.Width(t.String())+3 > w {
			return
		}
		if x > 1 {
			c.Set(x+1, 0, p.Look.Glyphs.Dot, p.Look.Dim)
			x += 3
		}
		x += c.Print(x, 0, t, look)
	}
	word := p.Say.Say(i18n.TogetherLocal)
	if s.Snapshot.Together.Shared {
		word = p.Say.Say(i18n.TogetherShared)
	}
	if x+4+text.Width(word.String()) < w {
		c.PrintRight(w-1, 0, word, p.Look.Dim)
	}
}

func (b *Breaches) drawActive(p *panel.Pen, s *panel.Scene, c screen.Canvas, boxed bool) {
	f := panel.Focus(!b.onPast)
	in := p.Panel(c, page.Title(p, i18n.PanelActive, b.active.Filter()), f, boxed)
	b.active.Draw(p, s, in, f)
	switch {
	case len(b.active.Rows()) > 0:
	case b.active.Filter() != "":
		p.Empty(in, p.Say.Say(i18n.NothingMatches))
	default:
		p.Empty(in, p.Say.Count(i18n.AllWell, int64(len(s.Floor.Tables)), p.Num.Count(int64(len(s.Floor.Tables)))))
	}
	if boxed {
		p.KeyHints(c, b.hints(s))
	}
	if _, below := b.active.Hidden(); boxed && below > 0 {
		p.Note(c, page.MoreRows(p, below))
	}
}

// hints are the keys that do something to the breach at the cursor.
func (b *Breaches) hints(s *panel.Scene) []panel.KeyHint {
	acknowledge, silence := panel.KeyHint{Key: "a", Word: i18n.FootAcknowledge}, panel.KeyHint{Key: "z", Word: i18n.FootSilence}
	open := panel.KeyHint{Key: "enter", Word: i18n.FootEnter}
	one := b.Breach(s)
	switch {
	case one == nil:
		return nil
	case panel.Silenced(one, s.At):
		return []panel.KeyHint{{Key: "Z", Word: i18n.FootUnsilence}, open}
	case !one.AckedBy.Empty():
		return []panel.KeyHint{silence, open}
	}
	return []panel.KeyHint{acknowledge, silence, open}
}

func (b *Breaches) drawPast(p *panel.Pen, s *panel.Scene, c screen.Canvas, boxed bool) {
	f := panel.Focus(b.onPast)
	in := p.Panel(c, page.Title(p, i18n.PanelPast, b.past.Filter()), f, boxed)
	b.past.Draw(p, s, in, f)
	if len(b.past.Rows()) == 0 {
		p.Empty(in, p.Say.Say(i18n.NothingPast))
	}
	if _, below := b.past.Hidden(); boxed && below > 0 {
		p.Note(c, page.MoreRows(p, below))
	}
}

// drawSelected draws the selected breach in words and as a chart. Of one that is
// over only words are left; while all is well that is the newest of those.
func (b *Breaches) drawSelected(p *panel.Pen, s *panel.Scene, c screen.Canvas, l layout.Breaches) {
	if l.Detail.Empty() {
		return
	}
	if one, ok := b.active.Selected(); ok && !b.onPast {
		title := p.Say.Fill(i18n.PanelSelected, p.Whose(s, panel.NoticeOf(one)), p.KPIName(one.KPI))
		p.BreachDetail(p.Panel(c.Sub(l.Detail), title, panel.Unfocused, l.Boxed), s, one)
		p.BreachChart(c.Sub(l.Chart), s, one, l.Boxed)
		return
	}
	whole := l.Detail
	whole.W += l.Chart.W
	detail := c.Sub(whole)
	e, ok := b.past.Selected()
	if !ok {
		p.Empty(p.Panel(detail, p.Say.Say(i18n.PanelRules), panel.Unfocused, l.Boxed), p.Say.Say(i18n.NothingSelected))
		return
	}
	title := p.Say.Fill(i18n.PanelSelected, p.Whose(s, panel.NoticeOf(&metrics.Breach{Key: e.Key})), p.KPIName(e.KPI))
	p.EpisodeDetail(p.Panel(detail, title, panel.Unfocused, l.Boxed), s, e)
}

// Act does what a key asks of the page.
func (b *Breaches) Act(a keys.Action, s *panel.Scene) page.Request {
	switch a {
	case keys.NextPanel, keys.PreviousPanel:
		b.onPast = !b.onPast && len(b.past.Rows()) > 0 // there is nothing to do in an empty list
	case keys.Back:
		b.SetFilter("")
	case keys.Enter:
		if key, ok := b.selectedKey(); ok {
			return open(s, key)
		}
	default:
		if b.onPast {
			b.past.Act(a)
			break
		}
		b.active.Act(a)
	}
	return page.Request{}
}

// Focus gives the keys to the list that was clicked.
func (b *Breaches) Focus(t panel.Target) { b.onPast = t == &b.past }

func (b *Breaches) selectedKey() (metrics.Key, bool) {
	if b.onPast {
		if e, ok := b.past.Selected(); ok {
			return e.Key, true
		}
		return metrics.Key{}, false
	}
	if one, ok := b.active.Selected(); ok {
		return one.Key, true
	}
	return metrics.Key{}, false
}

// open asks for the page that a breach is about.
func open(s *panel.Scene, k metrics.Key) page.Request {
	switch {
	case !k.Agent.Empty():
		return page.Request{Open: page.OneAgent, Agent: k.Agent}
	case !k.Queue.Empty():
		channel := k.Channel
		if q := s.Queue(k.Queue, channel); q != nil {
			channel = q.Channel // of a whole queue: its first
		}
		return page.Request{Open: page.OneQueue, Queue: k.Queue, Chan: channel}
	case !k.Team.Empty():
		return page.Request{Open: page.OneTeam, Team: k.Team}
	}
	return page.Request{Open: page.AllQueues, Chan: k.Channel}
}

// Breach returns the breach at the cursor, nil where there is none.
func (b *Breaches) Breach(*panel.Scene) *metrics.Breach {
	if one, ok := b.active.Selected(); ok && !b.onPast {
		return one
	}
	return nil
}

// SetFilter shows only breaches that match, active and past.
func (b *Breaches) SetFilter(text string) {
	b.active.SetFilter(text)
	b.past.SetFilter(text)
}

// Filter returns the filter in force.
func (b *Breaches) Filter() string { return b.active.Filter() }

// Explained returns the number of the breach at the cursor.
func (b *Breaches) Explained(s *panel.Scene) page.Explained {
	one, ok := b.active.Selected()
	if !ok || b.onPast {
		return page.Explained{}
	}
	if row := s.RowOf(one.Key); row != nil {
		return page.Explained{KPI: one.KPI, Row: row}
	}
	return page.Explained{}
}
