// Package layout owns geometry: it turns a size and a mode into rectangles. It
// must not know what is drawn in them.
package layout

// Rect is a rectangle of terminal cells; X and Y count from 0 at the top left.
type Rect struct{ X, Y, W, H int }

// Empty says whether nothing fits into r.
func (r Rect) Empty() bool { return r.W <= 0 || r.H <= 0 }

// stack hands out full-width rows from the top and the bottom of a column. It
// never hands out more than there is.
type stack struct{ x, w, top, bottom int }

func column(r Rect) stack { return stack{x: r.X, w: r.W, top: r.Y, bottom: r.Y + r.H} }

func (s *stack) left() int { return s.bottom - s.top }

func (s *stack) takeTop(n int) Rect {
	n = max(0, min(n, s.left()))
	r := Rect{X: s.x, Y: s.top, W: s.w, H: n}
	s.top += n
	return r.orNone()
}

func (s *stack) takeBottom(n int) Rect {
	n = max(0, min(n, s.left()))
	s.bottom -= n
	return Rect{X: s.x, Y: s.bottom, W: s.w, H: n}.orNone()
}

func (s *stack) rest() Rect { return s.takeTop(s.left()) }

// orNone makes an empty rectangle the zero one, so that "not shown" compares.
func (r Rect) orNone() Rect {
	if r.Empty() {
		return Rect{}
	}
	return r
}

// splitWidth cuts r into a left part w cells wide and the rest.
func splitWidth(r Rect, w int) (left, right Rect) {
	w = max(0, min(w, r.W))
	left, right = r, r
	left.W = w
	right.X, right.W = r.X+w, r.W-w
	return left.orNone(), right.orNone()
}

// shareHeight cuts r into n rows whose heights differ by at most one.
func shareHeight(r Rect, n int) []Rect {
	out := make([]Rect, n)
	for i := range out {
		y0, y1 := r.H*i/n, r.H*(i+1)/n
		out[i] = Rect{X: r.X, Y: r.Y + y0, W: r.W, H: y1 - y0}.orNone()
	}
	return out
}
