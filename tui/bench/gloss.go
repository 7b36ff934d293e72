package bench

import (
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"wallboard/tui/layout"
	"wallboard/tui/screen"
)

// gloss composes pictures the way one would first, in plain Lip Gloss: every
// stretch of one style is rendered, lines make panels, panels are joined.
type gloss struct {
	renderer *lipgloss.Renderer
	styles   map[screen.Style]lipgloss.Style // made once, as a program would
}

func newGloss() *gloss {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.TrueColor)
	return &gloss{renderer: r, styles: map[screen.Style]lipgloss.Style{}}
}

// stretch is text of one style.
type stretch struct {
	text  string
	style screen.Style
}

// block is a panel's content: lines of stretches.
type block struct {
	w, h  int
	lines [][]stretch
}

// rows is a picture as rows of panels beside each other.
type rows [][]block

// cut takes a frame apart into the panels a wall of its size has: a header, six
// tiles, a table beside a column of charts, a footer. What is composed of them
// is the same picture.
func cut(g *screen.Grid) rows {
	w, h := g.Size()
	tiles := min(9, h/3)
	var out rows
	line := func(y, rows int, edges ...int) {
		var r []block
		for i := 1; i < len(edges); i++ {
			r = append(r, take(g, layout.Rect{X: edges[i-1], Y: y, W: edges[i] - edges[i-1], H: rows}))
		}
		out = append(out, r)
	}
	line(0, 1, 0, w)
	line(1, tiles, 0, w/6, w/3, w/2, w*2/3, w*5/6, w)
	half := (h - tiles - 2) / 2
	line(1+tiles, half, 0, w*13/20, w)
	line(1+tiles+half, h-tiles-2-half, 0, w*13/20, w)
	line(h-1, 1, 0, w)
	return out
}

// take reads one panel out of a frame.
func take(g *screen.Grid, r layout.Rect) block {
	b := block{w: r.W, h: r.H}
	for y := r.Y; y < r.Y+r.H; y++ {
		var line []stretch
		var text strings.Builder
		var last screen.Style
		for x := r.X; x < r.X+r.W; x++ {
			cluster, style := g.At(x, y)
			if style != last && text.Len() > 0 {
				line = append(line, stretch{text.String(), last})
				text.Reset()
			}
			last = style
			text.WriteString(cluster)
		}
		b.lines = append(b.lines, append(line, stretch{text.String(), last}))
	}
	return b
}

// compose makes the picture.
func (g *gloss) compose(picture rows) string {
	bands := make([]string, 0, len(picture))
	for _, row := range picture {
		panels := make([]string, 0, len(row))
		for _, b := range row {
			panels = append(panels, g.panel(b))
		}
		bands = append(bands, lipgloss.JoinHorizontal(lipgloss.Top, panels...))
	}
	return lipgloss.JoinVertical(lipgloss.Left, bands...)
}

func (g *gloss) panel(b block) string {
	lines := make([]string, 0, len(b.lines))
	for _, line := range b.lines {
		var s strings.Builder
		for _, one := range line {
			s.WriteString(g.style(one.style).Render(one.text))
		}
		lines = append(lines, s.String())
	}
	return g.renderer.NewStyle().Width(b.w).Height(b.h).Render(lipgloss.JoinVertical(lipgloss.Left, lines...))
}

func (g *gloss) style(s screen.Style) lipgloss.Style {
	made, ok := g.styles[s]
	if !ok {
		made = g.newStyle(s)
		g.styles[s] = made
	}
	return made
}

func (g *gloss) newStyle(s screen.Style) lipgloss.Style {
	out := g.renderer.NewStyle()
	if c := hex(s.FG); c != "" {
		out = out.Foreground(lipgloss.Color(c))
	}
	if c := hex(s.BG); c != "" {
		out = out.Background(lipgloss.Color(c))
	}
	if s.Attr&screen.Bold != 0 {
		out = out.Bold(true)
	}
	if s.Attr&screen.Dim != 0 {
		out = out.Faint(true)
	}
	if s.Attr&screen.Reverse != 0 {
		out = out.Reverse(true)
	}
	return out
}

func hex(c screen.Color) string {
	r, g, b, ok := c.RGB()
	if !ok {
		return ""
	}
	return fmt.Sprintf("#%02x%02x%02x", r, g, b)
}
