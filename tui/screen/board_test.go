package screen_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/charmbracelet/lipgloss"

	"wallboard/metrics/clean"
	"wallboard/themes"
	"wallboard/tui/chart"
	"wallboard/tui/layout"
	"wallboard/tui/screen"
	"wallboard/tui/style"
)

// board is a picture of the size and liveliness of the real wall, without its
// meaning: 40 rows of a table, six tiles, two line charts.
type board struct {
	names   [40]clean.Text
	numbers [40][6]clean.Text
	charts  [2][]float64
	clock   clean.Text
	sheet   *style.Sheet
	cache   chart.Cache
}

const (
	boardW, boardH = 200, 60
	ticksPerSecond = 4
)

func newBoard(r *rand.Rand) *board {
	theme, err := themes.Load(themes.Default)
	if err != nil {
		panic(err) // embedded, and tested where it lives
	}
	sheet, err := style.New(theme, screen.TrueColor, style.Options{})
	if err != nil {
		panic(err)
	}
	b := &board{sheet: sheet}
	for i := range b.names {
		b.names[i] = clean.Own(fmt.Sprintf("queue %02d 客服", i))
		for j := range b.numbers[i] {
			b.numbers[i][j] = number(r)
		}
	}
	for i := range b.charts {
		for range 66 {
			b.step(r, i)
		}
	}
	return b
}

func number(r *rand.Rand) clean.Text { return clean.Own(fmt.Sprintf("%d.%d", r.IntN(100), r.IntN(10))) }

// step adds the newest value to a chart: a queue that grows and shrinks by a few
// a minute, of which the chart has an hour.
func (b *board) step(r *rand.Rand, i int) {
	v := 40.0
	if n := len(b.charts[i]); n > 0 {
		v = min(max(b.charts[i][n-1]+float64(r.IntN(9)-4), 0), 90)
	}
	b.charts[i] = append(b.charts[i], v)
	b.charts[i] = b.charts[i][max(len(b.charts[i])-66, 0):]
}

// tick changes 60 numbers a second, spread over the frames, and once a second
// shifts both charts and moves the clock.
func (b *board) tick(r *rand.Rand, n int) {
	for range 60 / ticksPerSecond {
		b.numbers[r.IntN(40)][r.IntN(6)] = number(r)
	}
	if n%ticksPerSecond == 0 {
		for i := range b.charts {
			b.step(r, i)
		}
		s := n / ticksPerSecond
		b.clock = clean.Own(fmt.Sprintf("14:%02d:%02d", s/60%60, s%60))
	}
}

var (
	base   = screen.Style{FG: screen.RGB(0xd6, 0xdb, 0xe6), BG: screen.RGB(0x19, 0x1d, 0x28)}
	header = screen.Style{FG: screen.RGB(0xf2, 0xf5, 0xfa), BG: screen.RGB(0x25, 0x2b, 0x3a), Attr: screen.Bold}
	border = screen.Style{FG: screen.RGB(0x46, 0x50, 0x69)}
	title  = screen.Style{FG: screen.RGB(0x8a, 0xb8, 0xf8), Attr: screen.Bold}
	good   = screen.Style{FG: screen.RGB(0x93, 0xcf, 0x9a)}
	warn   = screen.Style{FG: screen.RGB(0xf3, 0xba, 0x62), Attr: screen.Bold}
	line   = screen.Style{FG: screen.RGB(0x74, 0xc7, 0xd8)}
)

// draw composes the board on a grid, as pages do.
func (b *board) draw(g *screen.Grid) {
	c := g.Canvas()
	c.Fill(' ', base)
	bar := c.Sub(layout.Rect{W: boardW, H: 1})
	bar.Fill(' ', header)
	bar.Print(1, 0, clean.Own("WALLBOARD"), header)
	bar.PrintRight(boardW-1, 0, b.clock, header)
	for i := range 6 {
		tile := c.Sub(layout.Rect{X: i * 33, Y: 1, W: 33, H: 8}).Box(b.names[i], border, title)
		tile.Print(1, 2, b.numbers[i][0], warn)
	}
	table := c.Sub(layout.Rect{Y: 9, W: 130, H: 50}).Box(clean.Own("queues"), border, title)
	for i, name := range b.names {
		table.PrintFit(1, i, 20, name, base, screen.Left)
		for j, n := range b.numbers[i] {
			table.PrintFit(24+j*12, i, 8, n, good, screen.Right)
		}
	}
	for i, values := range b.charts {
		area := c.Sub(layout.Rect{X: 130, Y: 9 + i*25, W: 70, H: 25}).Box(clean.Own("60 min"), border, title)
		chart.Line(area, chart.Plot{
			Series: []chart.Series{{Values: values, Style: line}}, Unit: chart.Whole, Hi: 90,
			Label: func(v float64) clean.Text { return clean.Own(strconv.Itoa(int(v))) },
		}, b.sheet, &b.cache)
	}
}

func TestBytesOfALiveBoardStayUnderFourKilobytesASecond(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	enc := screen.Encoder{Profile: screen.TrueColor, ErasesInColor: true}
	b := newBoard(r)
	prev, next := screen.NewGrid(boardW, boardH), screen.NewGrid(boardW, boardH)
	b.draw(prev)
	key := len(enc.Diff(nil, nil, prev))
	const seconds = 30
	total, worst := 0, 0
	var out []byte
	for n := range seconds * ticksPerSecond {
		b.tick(r, n)
		next.Reset(boardW, boardH)
		b.draw(next)
		out = enc.Diff(out[:0], prev, next)
		if err := screen.CheckFrame(out, boardW, boardH); err != nil {
			t.Fatal(err)
		}
		total, worst = total+len(out), max(worst, len(out))
		prev, next = next, prev
	}
	t.Logf("%d bytes a second, largest update %d, key frame %d", total/seconds, worst, key)
	if total/seconds > 4096 {
		t.Errorf("%d bytes a second, want at most 4096", total/seconds)
	}
}

func TestDrawingAndEncodingABoardHardlyAllocates(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	b := newBoard(r)
	enc := screen.Encoder{Profile: screen.TrueColor}
	prev, next := screen.NewGrid(boardW, boardH), screen.NewGrid(boardW, boardH)
	b.draw(prev)
	buf := enc.Diff(nil, nil, prev)
	n := 0
	allocs := testing.AllocsPerRun(40, func() {
		n++
		b.numbers[n%40][n%6] = b.numbers[(n+1)%40][(n+2)%6]
		next.Reset(boardW, boardH)
		b.draw(next)
		buf = enc.Diff(buf[:0], prev, next)
	})
	if allocs > 50 { // the labels of the charts
		t.Errorf("%.0f allocations a frame, want at most 50", allocs)
	}
}

func BenchmarkDraw(b *testing.B) {
	board := newBoard(rand.New(rand.NewPCG(15, 16)))
	g := screen.NewGrid(boardW, boardH)
	b.ReportAllocs()
	for b.Loop() {
		g.Reset(boardW, boardH)
		board.draw(g)
	}
}

func BenchmarkDiff(b *testing.B) {
	r := rand.New(rand.NewPCG(17, 18))
	board := newBoard(r)
	enc := screen.Encoder{Profile: screen.TrueColor, ErasesInColor: true}
	var frames [8]*screen.Grid
	for i := range frames {
		board.tick(r, i)
		frames[i] = screen.NewGrid(boardW, boardH)
		board.draw(frames[i])
	}
	var out []byte
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		out = enc.Diff(out[:0], frames[n%8], frames[(n+1)%8])
		n++
	}
	b.ReportMetric(float64(len(out)), "B/frame")
}

func BenchmarkKeyFrame(b *testing.B) {
	g := screen.NewGrid(boardW, boardH)
	newBoard(rand.New(rand.NewPCG(19, 20))).draw(g)
	enc := screen.Encoder{Profile: screen.TrueColor, ErasesInColor: true}
	var out []byte
	b.ReportAllocs()
	for b.Loop() {
		out = enc.Diff(out[:0], nil, g)
	}
	b.ReportMetric(float64(len(out)), "B/frame")
}

// BenchmarkLipGloss composes the same picture the usual way, for comparison.
func BenchmarkLipGloss(b *testing.B) {
	board := newBoard(rand.New(rand.NewPCG(15, 16)))
	b.ReportAllocs()
	for b.Loop() {
		_ = board.lipgloss()
	}
}

// lipgloss is draw with Lip Gloss: styles, borders and joined blocks.
func (b *board) lipgloss() string {
	fg := func(c string) lipgloss.Style {
		return lipgloss.NewStyle().Foreground(lipgloss.Color(c)).Background(lipgloss.Color("#191d28"))
	}
	box := lipgloss.NewStyle().Border(lipgloss.RoundedBorder()).BorderForeground(lipgloss.Color("#465069"))
	head := fg("#f2f5fa").Bold(true).Width(boardW).Render("WALLBOARD " + b.clock.String())
	var tiles []string
	for i := range 6 {
		tiles = append(tiles, box.Width(31).Height(6).Render(fg("#8ab8f8").Bold(true).Render(b.names[i].String())+"\n"+fg("#f3ba62").Render(b.numbers[i][0].String())))
	}
	var rows []string
	for i, name := range b.names {
		cells := []string{fg("#d6dbe6").Width(23).Render(name.String())}
		for _, n := range b.numbers[i] {
			cells = append(cells, fg("#93cf9a").Width(12).Align(lipgloss.Right).Render(n.String()))
		}
		rows = append(rows, lipgloss.JoinHorizontal(lipgloss.Top, cells...))
	}
	table := box.Width(128).Height(48).Render(lipgloss.JoinVertical(lipgloss.Left, rows...))
	var charts []string
	for range b.charts {
		charts = append(charts, box.Width(68).Height(23).Render(fg("#74c7d8").Render("60 min")))
	}
	body := lipgloss.JoinHorizontal(lipgloss.Top, table, lipgloss.JoinVertical(lipgloss.Left, charts...))
	return lipgloss.JoinVertical(lipgloss.Left, head, lipgloss.JoinHorizontal(lipgloss.Top, tiles...), body)
}
