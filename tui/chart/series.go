package chart

import (
	"math"
	"slices"
	"unicode/utf8"

	"github.com/guptarohit/asciigraph"

	"wallboard/tui/screen"
	"wallboard/tui/style"
)

// drawSeries draws one line over the canvas, whose first column is the axis.
//
// asciigraph draws the line. It gets values in units of rows, within the
// canvas, one for each column: then its own scaling is the identity and it
// neither interpolates a peak away nor asks for more rows than there are. It
// never sees an empty slice, infinity, or only NaN, on which it panics or
// prints nonsense.
func drawSeries(c screen.Canvas, one Series, s scale, sheet *style.Sheet, cache *Cache) {
	w, rows := c.Size()
	if w < 2 || rows < 2 {
		return
	}
	points := Resample(one.Values, w, one.Better)
	any := false
	for i, v := range points {
		if finite(v) {
			any = true
			points[i] = s.row(v, rows)
		}
	}
	if !any {
		return
	}
	picture := cache.plot(points, rows, sheet.Glyphs.Line)
	x, y := 0, 0
	for _, r := range picture {
		switch {
		case r == '\n':
			x, y = 0, y+1
			continue
		case r != ' ' && x > 0: // column 0 is asciigraph's axis; ours is there already
			c.Set(x, y, r, one.Style)
		}
		x++
	}
}

// plot returns asciigraph's drawing of points, which are rows from the bottom.
func plot(points []float64, rows int, g style.LineGlyphs) string {
	return asciigraph.Plot(points,
		asciigraph.Height(rows-1),
		asciigraph.LowerBound(0),
		asciigraph.UpperBound(float64(rows-1)),
		asciigraph.Offset(1),
		asciigraph.YAxisValueFormatter(func(float64) string { return "" }),
		asciigraph.SeriesChars(asciigraph.CharSet{
			Horizontal: string(g.Horizontal), VerticalLine: string(g.Vertical),
			ArcDownRight: string(g.RightDown), ArcDownLeft: string(g.LeftDown),
			ArcUpRight: string(g.RightUp), ArcUpLeft: string(g.LeftUp),
			EndCap: string(g.EndCap), StartCap: string(g.StartCap),
		}),
	)
}

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
	rows    int
	glyphs  style.LineGlyphs
	picture string
}

// plot returns the drawing of points, from the cache if it has been drawn.
func (k *Cache) plot(points []float64, rows int, g style.LineGlyphs) string {
	if k == nil {
		return plot(points, rows, g)
	}
	for i := range k.entries {
		e := &k.entries[i]
		if e.rows == rows && e.glyphs == g && slices.EqualFunc(e.points, points, sameNumber) {
			return e.picture
		}
	}
	picture := plot(points, rows, g)
	if !utf8.ValidString(picture) {
		return "" // not of a set of glyphs that this package knows
	}
	k.entries[k.next] = cacheEntry{points: points, rows: rows, glyphs: g, picture: picture}
	k.next = (k.next + 1) % cacheSize
	return picture
}

// sameNumber compares bit by bit, so that a gap equals a gap.
func sameNumber(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) }
