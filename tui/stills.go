package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"wallboard/metrics"
	"wallboard/tui/screen"
)

// Stills draws frames of one viewer on grids of the caller's, as Run does for a
// terminal: what is prepared once is kept from frame to frame. Not safe for
// concurrent use.
type Stills struct{ viewer *viewer }

// NewStills returns a viewer of w x h cells.
func NewStills(look Look, choice Choice, w, h int) (*Stills, error) {
	v, err := newViewer(look, choice)
	if err != nil {
		return nil, err
	}
	v.resize(w, h)
	return &Stills{v}, nil
}

// Draw draws the snapshot as it looks at the wall time now (ms) on a blank grid
// of the viewer's size.
func (s *Stills) Draw(snapshot *metrics.Snapshot, now int64, g *screen.Grid) {
	s.viewer.observe(snapshot, now)
	s.viewer.draw(g)
}

// Press does what a key does: a drill-down or an overlay is drawn from then on.
func (s *Stills) Press(k tea.KeyMsg) { s.viewer.press(k) }

// Pages returns all pages in the order of their keys.
func Pages() []Page {
	out := make([]Page, numPages)
	for i := range out {
		out[i] = Page(i)
	}
	return out
}

// PageName returns the page's name on the command line.
func PageName(p Page) string { return pageName(p) }
