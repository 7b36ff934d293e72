package chart

import (
	"math"
	"slices"
)

// cacheSize is how many lines a cache keeps: more than one page draws.
const cacheSize = 16

// Cache keeps the lines drawn last, for one program. The zero value is empty
// and ready. Not safe for concurrent use.
type Cache struct {
	entries [cacheSize]cacheEntry
	next    int
}

type cacheEntry struct {
	points  []float64
	drawing drawing
	cells   []rune
}

// cells returns the drawing of points, from the cache if it has been drawn. It
// must not be changed.
func (k *Cache) cells(points []float64, p drawing) []rune {
	if k == nil {
		return p.draw(points)
	}
	for i := range k.entries {
		e := &k.entries[i]
		if e.drawing == p && slices.EqualFunc(e.points, points, sameNumber) {
			return e.cells
		}
	}
	e := cacheEntry{points: points, drawing: p, cells: p.draw(points)}
	k.entries[k.next] = e
	k.next = (k.next + 1) % cacheSize
	return e.cells
}

// sameNumber compares bit by bit, so that a gap equals a gap.
func sameNumber(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) }
