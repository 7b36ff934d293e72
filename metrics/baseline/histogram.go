package baseline

import (
	"math"

	"wallboard/metrics/checkpoint"
)

const (
	// bins is how finely a lens remembers where values fell.
	bins = 64

	// pseudoCount is what a value never seen is taken to weigh, on each side.
	pseudoCount = 0.05

	// firstWidth is the first width of a bin, as a share of the series' size. It
	// is a guess that doubling mends; a far finer one would take the first
	// quiver of a flat line for a sensation.
	firstWidth = 1e-3

	// forgotten is the weight, in newest values, below which what lies far out no
	// longer keeps the grid wide: a single value gets there in a month.
	forgotten = 0.01

	// heaviest bounds the weight of the newest value before all are rescaled.
	heaviest = 1e100
)

// histogram is a forgetting distribution on a grid that doubles when a value
// falls outside. Instead of fading every bin at each step, each new value
// weighs more than the last. The zero value has no grid yet.
type histogram struct {
	weight [bins]float64
	total  float64
	low    float64 // left edge of the grid
	width  float64 // of one bin; 0 before the first value
	newest float64 // what the newest value weighs
}

func (h *histogram) span() float64 { return h.width * bins }

// add remembers x; keep in (0,1] is how much of the past is left after one
// step; size is the order of magnitude of the series, above 0.
func (h *histogram) add(x, keep, size float64) {
	if h.width == 0 {
		h.width = size * firstWidth
		h.low = x - h.span()/2
		h.newest = 1
	}
	for x < h.low || x >= h.low+h.span() {
		h.double(x < h.low)
	}
	h.newest /= keep
	h.weight[h.bin(x)] += h.newest
	h.total += h.newest
	if h.newest > heaviest {
		h.rescale()
	}
}

// rescale brings the weights back to where the newest value weighs 1.
func (h *histogram) rescale() {
	h.total = 0
	for i := range h.weight {
		h.weight[i] /= h.newest
		h.total += h.weight[i]
	}
	h.newest = 1
}

// bin returns where x lies; beyond the grid it is the bin at the edge.
func (h *histogram) bin(x float64) int {
	return int(min(bins-1, max(0, (x-h.low)/h.width)))
}

// double merges bins two by two and gives the room gained to one side.
func (h *histogram) double(left bool) {
	offset := 0
	if left {
		offset = bins / 2
		h.low -= h.span()
	}
	var merged [bins]float64
	for i := range h.weight {
		merged[offset+i/2] += h.weight[i]
	}
	h.weight = merged
	h.width *= 2
}

// narrow halves the range, and again, when all but half a grid of it has been
// forgotten, so that one absurd value does not blur the lens for ever. Parts of
// the grid that were never reached are no reason to.
func (h *histogram) narrow() {
	for first := true; ; first = false {
		offset := h.heaviestHalf()
		kept := sum(h.weight[offset : offset+bins/2])
		outside := sum(h.weight[:offset]) + sum(h.weight[offset+bins/2:])
		if (first && outside == 0) || outside > forgotten*h.newest || h.width < smallestValue {
			return
		}
		h.halve(offset)
		h.total = kept
	}
}

// halve keeps the half grid that begins at offset. Its bins split evenly: what
// they hold is forgotten in its turn before that misleads.
func (h *histogram) halve(offset int) {
	h.low += h.width * float64(offset)
	h.width /= 2
	var split [bins]float64
	for i := range split {
		split[i] = h.weight[offset+i/2] / 2
	}
	h.weight = split
}

// heaviestHalf returns where the half grid begins that holds most.
func (h *histogram) heaviestHalf() int {
	now := sum(h.weight[:bins/2])
	best, at := now, 0
	for i := range bins / 2 {
		now += h.weight[i+bins/2] - h.weight[i]
		if now > best {
			best, at = now, i+1
		}
	}
	return at
}

// beyond returns how often the grid would have to double to hold x.
func (h *histogram) beyond(x float64) int {
	right := h.low + h.span()
	switch {
	case x < h.low:
		return 1 + int(math.Log2(1+(h.low-x)/h.span()))
	case x >= right:
		return 1 + int(math.Log2(1+(x-right)/h.span()))
	}
	return 0
}

// scale returns how the weight of a tail (own bin in full) becomes its rarity,
// the share of what is remembered that lies as far out on either side: slant x
// tail + floor, at most 1.
func (h *histogram) scale() (slant, floor float64) {
	slant = 2 / (h.total + 2*pseudoCount*h.newest)
	return slant, slant * pseudoCount * h.newest
}

// at returns the rarity of x within the grid and how many doublings it lies
// beyond it.
func (h *histogram) at(x float64) (rarity float64, doublings int) {
	if h.width == 0 {
		return 1, 0
	}
	slant, floor := h.scale()
	if d := h.beyond(x); d > 0 {
		return min(1, floor), d
	}
	k := h.bin(x)
	below := sum(h.weight[:k+1])
	tail := max(0, min(below, h.total-below+h.weight[k]))
	return min(1, slant*tail+floor), 0
}

func sum(values []float64) float64 {
	var total float64
	for _, v := range values {
		total += v
	}
	return total
}

func (h *histogram) code(c *checkpoint.Coder) {
	for i := range h.weight {
		c.Float64(&h.weight[i])
	}
	for _, v := range [...]*float64{&h.total, &h.low, &h.width, &h.newest} {
		c.Float64(v)
	}
	if c.Reading() && !h.sound() {
		c.Fail("a histogram that cannot be")
	}
}

// sound says whether h can have come from add: what is read back must never
// make a loop endless or a number NaN.
func (h *histogram) sound() bool {
	if h.width == 0 {
		return h.total == 0
	}
	const margin = 1e10
	for _, w := range h.weight {
		if !(w >= 0 && w < heaviest*margin) {
			return false
		}
	}
	return h.width >= smallestValue/margin && h.width <= largestValue*margin && math.Abs(h.low) <= largestValue*margin &&
		h.newest >= 1 && h.newest <= heaviest*margin && h.total > 0 && h.total <= heaviest*margin && h.low+h.width > h.low
}

func finite(values ...float64) bool {
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}
