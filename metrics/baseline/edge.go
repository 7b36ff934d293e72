package baseline

import "math"

// The three lenses, in the order of their weights.
const (
	lensNow = iota
	lensDrift
	lensLevel
	numLenses
)

// mostSurprise bounds the total, so that its power of ten stays a number.
const mostSurprise = 100

// A product of rarities stands for the total: 10^(-2 x total) is the square of
// now's share times drift's times level's. So edges are found without
// logarithms. doublingFactor is what one doubling beyond the grid (+4 on the
// lens's own surprise) multiplies into that product.
var doublingFactor = [numLenses]float64{1e-8, 1e-4, 1e-4}

// factor is a lens's part of the product.
func factor(lens int, rarity float64, doublings int) float64 {
	if lens == lensNow {
		rarity *= rarity
	}
	for ; doublings > 0 && rarity > 0; doublings-- {
		rarity *= doublingFactor[lens]
	}
	return rarity
}

// cursor walks one lens from the left along u, the value on the lenses' common
// axis, one piece of constant surprise after another. The lens reads u as
// offset + slope*u; its grid is kept as it lies on u. With mirror -1 the axis
// is turned round and the same walk goes from the right.
type cursor struct {
	weights *[bins]float64
	total   float64
	lens    int
	mirror  float64
	low     float64 // left edge of the grid
	width   float64 // of a bin
	slant   float64 // the rarity of a tail is slant*tail + floor, at most 1
	floor   float64

	piece  int     // bin, or below 0: doublings left of the grid, or past the last bin: right of it
	below  float64 // weight up to and including the bin
	factor float64
	next   float64 // where the piece ends
}

func newCursor(h *histogram, lens int, offset, slope, mirror float64) cursor {
	c := cursor{weights: &h.weight, total: h.total, lens: lens, mirror: mirror, width: h.width / slope}
	c.low = (h.low - offset) / slope
	if mirror < 0 {
		c.low = -(h.low + h.span() - offset) / slope
	}
	c.slant, c.floor = h.scale()
	return c
}

// end returns where a piece ends.
func (c *cursor) end(piece int) float64 {
	if uint(piece) < bins {
		return c.low + c.width*float64(piece+1)
	}
	if piece < 0 {
		return c.low - c.width*bins*(math.Ldexp(1, -piece-1)-1)
	}
	return c.low + c.width*bins*math.Ldexp(1, piece-bins+1)
}

// bound returns the leftmost piece in which this lens alone does not already
// put the product below limit. In the grid it is the first bin: good enough.
func (c *cursor) bound(limit float64) int {
	outside := factor(c.lens, c.floor, 0)
	piece := 0
	for outside *= doublingFactor[c.lens]; outside >= limit; outside *= doublingFactor[c.lens] {
		piece--
	}
	return piece
}

// start puts the cursor into the piece that holds u.
func (c *cursor) start(u float64) {
	span := c.width * bins
	switch right := c.low + span; {
	case u < c.low:
		c.piece = -1 - int(math.Log2(1+(c.low-u)/span))
	case u >= right:
		c.piece = bins + int(math.Log2(1+(u-right)/span))
	default:
		c.piece = int(min(bins-1, (u-c.low)/c.width))
	}
	c.below = 0
	if seen := min(c.piece+1, bins); seen > 0 && c.mirror > 0 {
		c.below = sum(c.weights[:seen])
	} else if seen > 0 {
		c.below = sum(c.weights[bins-seen:])
	}
	c.settle()
	for c.next <= u { // rounding put u on the wrong side of an edge
		c.advance()
	}
}

func (c *cursor) weight(k int) float64 {
	if c.mirror < 0 {
		k = bins - 1 - k
	}
	return c.weights[k&(bins-1)]
}

// advance moves on to the next piece.
func (c *cursor) advance() {
	c.piece++
	if uint(c.piece) < bins {
		c.below += c.weight(c.piece)
	}
	c.settle()
}

// settle works out what the piece is worth and where it ends.
func (c *cursor) settle() {
	c.next = c.end(c.piece)
	switch {
	case uint(c.piece) < bins:
		tail := max(0, min(c.below, c.total-c.below+c.weight(c.piece)))
		c.factor = min(1, c.slant*tail+c.floor)
		if c.lens == lensNow {
			c.factor *= c.factor
		}
	case c.piece < 0:
		c.factor = factor(c.lens, c.floor, -c.piece)
	default:
		c.factor = factor(c.lens, c.floor, c.piece-bins+1)
	}
}

// outcome is what a walk found: where the product first reaches the limit, or
// if it never does, the piece where it comes nearest.
type outcome struct {
	reached  bool
	from, to float64
}

// walk goes from the left until the product of the three cursors reaches limit.
func walk(cursors *[numLenses]cursor, limit float64) outcome {
	u, last := math.Inf(-1), math.Inf(1)
	for i := range cursors {
		c := &cursors[i]
		piece := c.bound(limit)
		u = max(u, c.end(piece-1))
		last = min(last, c.end(bins-1-piece))
	}
	for i := range cursors {
		cursors[i].start(u)
	}
	best := outcome{from: u, to: u}
	var most float64
	a, b, d := &cursors[0], &cursors[1], &cursors[2]
	for {
		first := a
		if b.next < first.next {
			first = b
		}
		if d.next < first.next {
			first = d
		}
		// A piece without extent lies between two edges that coincide.
		if product := a.factor * b.factor * d.factor; product > most && first.next > u {
			most = product
			best = outcome{reached: product >= limit, from: u, to: first.next}
			if best.reached {
				return best
			}
		}
		if (u >= last && most > 0) || math.IsInf(first.next, 1) {
			return best
		}
		u = max(u, first.next)
		first.advance()
	}
}
