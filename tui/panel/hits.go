package panel

import (
	"wallboard/tui/keys"
	"wallboard/tui/layout"
	"wallboard/tui/screen"
)

// Target is what answers to the mouse in some area of the screen.
type Target interface {
	// Click is told of a click at a cell of the area, counted from its corner,
	// and returns the key that the click stands for, None where it is done.
	Click(part, x, y int) keys.Action
	// Wheel moves what is in sight by rows, down where positive.
	Wheel(rows int)
}

// Hit is an area of the last frame that answers to the mouse: as a key does, or
// as its target says.
type Hit struct {
	Area   layout.Rect
	Key    keys.Action
	Target Target
	Part   int // which part of the target this is
}

// Hits are the areas of one frame in the order in which they were drawn. They
// are noted while drawing, because only then everything is where it is.
type Hits struct{ list []Hit }

// Reset forgets all areas, before the next frame.
func (h *Hits) Reset() { h.list = h.list[:0] }

// Key makes a canvas answer as a key does.
func (h *Hits) Key(c screen.Canvas, a keys.Action) { h.add(Hit{Area: c.Bounds(), Key: a}) }

// Target makes a canvas answer as a part of its target says.
func (h *Hits) Target(c screen.Canvas, t Target, part int) {
	h.add(Hit{Area: c.Bounds(), Target: t, Part: part})
}

func (h *Hits) add(one Hit) {
	if !one.Area.Empty() {
		h.list = append(h.list, one)
	}
}

// At returns the area at a cell of the screen: what was drawn last is on top.
func (h *Hits) At(x, y int) (Hit, bool) {
	for i := len(h.list) - 1; i >= 0; i-- {
		if a := h.list[i].Area; x >= a.X && x < a.X+a.W && y >= a.Y && y < a.Y+a.H {
			return h.list[i], true
		}
	}
	return Hit{}, false
}
