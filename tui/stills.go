package tui

import (
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

// PageName returns the page's name on the command line.
func PageName(p Page) string { return pageName(p) }
