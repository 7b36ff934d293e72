package tui

import (
	"context"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wallboard/metrics"
	"wallboard/tui/panel"
)

// Timelines reads everything that is stored of one session, which is more than
// the board keeps. It may read for long: the screen asks it beside its event
// loop, shows the progress it reports and ends it through the context. channel
// may be empty. It must be safe for concurrent use.
type Timelines interface {
	Timeline(ctx context.Context, floor, channel, session string, report func(read, total int64)) (metrics.Timeline, error)
}

// readWithin bounds the reading of one session's events: a stream that takes
// longer is read by whoever waits for it, with a command.
const readWithin = 2 * time.Minute

// storyPage is a page that shows more once it has been read.
type storyPage interface {
	WantsTimeline(s *panel.Scene) (floor, channel, id string, ok bool)
	Progress(read, total int64, elapsed time.Duration)
	TakeTimeline(t metrics.Timeline, err error)
	Reads() bool    // an answer is still wanted
	StopReading()   // as long as the page is on the screen no other one begins by itself
	ForgetReading() // the page is no longer on top: it asks again when it is
}

// reading is the one reading that a viewer may have under way.
type reading struct {
	page        storyPage
	cancel      context.CancelFunc
	began       time.Time
	read, total atomic.Int64 // written by whoever reads
}

func (r *reading) report(read, total int64) {
	r.total.Store(total)
	r.read.Store(read)
}

// timelineRead says that a reading ended.
type timelineRead struct {
	reading  *reading
	timeline metrics.Timeline
	err      error
}

// readTimeline begins what the page on top wants read, and ends a reading that
// nobody waits for any more.
func (m *model) readTimeline() tea.Cmd {
	m.endReading()
	page, ok := m.top().(storyPage)
	if !ok || m.timelines == nil || m.reading != nil {
		return nil
	}
	m.prepare()
	floor, channel, id, ok := page.WantsTimeline(m.scene)
	if !ok {
		return nil
	}
	ctx, cancel := context.WithTimeout(m.ctx(), readWithin)
	r := &reading{page: page, cancel: cancel, began: m.clock()}
	m.reading = r
	return func() tea.Msg {
		defer cancel()
		t, err := m.timelines.Timeline(ctx, floor, channel, id, r.report)
		return timelineRead{r, t, err}
	}
}

// endReading ends a reading whose page was stopped or is not on top any more.
func (m *model) endReading() {
	r := m.reading
	if r == nil {
		return
	}
	if on, same := m.top().(storyPage); !same || on != r.page {
		r.page.ForgetReading()
	} else if r.page.Reads() {
		return
	}
	r.cancel()
	m.reading = nil
}

// showProgress tells the page how far its reading has come.
func (m *model) showProgress() {
	if r := m.reading; r != nil {
		r.page.Progress(r.read.Load(), r.total.Load(), m.clock().Sub(r.began))
		m.drawn.stale = true
	}
}

// wasRead hands what was read to the page that asked, unless it stopped waiting.
func (m *model) wasRead(t timelineRead) {
	if m.reading != t.reading {
		return
	}
	m.reading = nil
	t.reading.page.TakeTimeline(t.timeline, t.err)
	m.drawn.stale = true
}

// stopsReading stops what the page on top reads and says whether it read.
func (v *viewer) stopsReading() bool {
	page, ok := v.top().(storyPage)
	if !ok || !page.Reads() {
		return false
	}
	page.StopReading()
	return true
}
