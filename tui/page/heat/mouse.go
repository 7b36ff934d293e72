package heat

import (
	"cmp"

	"wallboard/tui/keys"
)

// drawn is where the hours of a line are, as drawn last: after its name, each so
// many cells wide.
type drawn struct{ name, hour int }

// Click chooses a line, and the hour at a cell of it; the chosen one is opened.
func (h *Heat) Click(line, x, _ int) keys.Action {
	if line >= len(h.grid.lines) || h.drawn.hour <= 0 {
		return keys.None
	}
	id, hour := h.grid.lines[line].id, h.hour
	if k := x - h.drawn.name; k >= 0 {
		hour = min(h.left+k/h.drawn.hour, len(h.grid.spans)-1)
	}
	again := h.chosen && h.row == id && h.hour == hour
	h.chosen, h.row, h.hour, h.follow = true, id, hour, hour == len(h.grid.spans)-1
	if again {
		return keys.Enter
	}
	return keys.None
}

// Wheel moves the cursor from line to line.
func (h *Heat) Wheel(rows int) {
	h.chosen = true
	h.move([...]keys.Action{keys.Up, keys.None, keys.Down}[cmp.Compare(rows, 0)+1])
}
