package screen

import (
	"fmt"
	"image/color"
	"math/rand/v2"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

// witness is a terminal that what was written is replayed through.
type witness interface {
	feed(b []byte) error
	compare(g *Grid, p Profile) error
}

// viewing is a board seen through one terminal: frames go in, and after each the
// terminal must show it, cell by cell.
type viewing struct {
	enc  Encoder
	open func(w, h int, enc Encoder) witness // a terminal of that size full of leftovers
	term witness
	prev *Grid
}

// show replays the way to the next frame. A terminal of another size is another
// terminal: what it shows after a resize is nobody's promise.
func (v *viewing) show(next *Grid) error {
	if v.prev == nil || v.prev.w != next.w || v.prev.h != next.h {
		v.term = v.open(next.w, next.h, v.enc)
	}
	out := v.enc.Diff(nil, v.prev, next)
	if err := v.term.feed(out); err != nil {
		return fmt.Errorf("%w\n%q", err, out)
	}
	if err := v.term.compare(next, v.enc.Profile); err != nil {
		return fmt.Errorf("%w\n%q", err, out)
	}
	if err := CheckFrame(out, next.w, next.h); err != nil {
		return fmt.Errorf("%w\n%q", err, out)
	}
	if more := v.enc.Diff(nil, next, next); len(more) != 0 {
		return fmt.Errorf("an unchanged frame has %d bytes", len(more))
	}
	v.prev = next
	return nil
}

// after returns a frame that follows prev: mostly a change of it, sometimes
// another size.
func after(r chooser, prev *Grid, maxW, maxH int) *Grid {
	w, h := 1+r.IntN(maxW), 1+r.IntN(maxH)
	if prev != nil && r.IntN(8) > 0 {
		w, h = prev.w, prev.h
	}
	next := NewGrid(w, h)
	if prev != nil && prev.w == w && prev.h == h && r.IntN(5) > 0 {
		next.CopyFrom(prev)
	}
	scribble(r, next)
	return next
}

func encoder(r chooser) Encoder {
	return Encoder{Profile: Profile(r.IntN(4)), ErasesInColor: r.IntN(2) == 0, Render: Render(r.IntN(2))}
}

// openModel opens the strict terminal of model_test.go.
func openModel(w, h int, enc Encoder) witness {
	m := newModel(w, h, enc.ErasesInColor)
	m.wraps = enc.Render == RenderPlain
	return m
}

func TestReplayedUpdatesLeaveNoWrongCell(t *testing.T) {
	rounds, frames := 300, 12
	if testing.Short() {
		rounds = 40
	}
	r := rand.New(rand.NewPCG(1, 2))
	for round := range rounds {
		w, h := 60, 12
		switch {
		case round%17 == 0:
			w, h = 3, 3
		case round%15 == 0:
			w, h = 220, 70
		}
		v := &viewing{enc: encoder(r), open: openModel}
		for frame := range frames {
			next := after(r, v.prev, w, h)
			if err := v.show(next); err != nil {
				t.Fatalf("round %d frame %d %dx%d %+v: %v", round, frame, next.w, next.h, v.enc, err)
			}
		}
	}
}

// fuzzed takes its choices from a fuzzer's bytes, and the first of everything
// when they are used up.
type fuzzed struct{ bytes []byte }

func (f *fuzzed) IntN(n int) int {
	if len(f.bytes) == 0 {
		return 0
	}
	b := int(f.bytes[0])
	f.bytes = f.bytes[1:]
	return b % n
}

func FuzzEncoder(f *testing.F) {
	f.Add([]byte{3, 1, 0, 40, 5, 1, 9, 9, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13})
	f.Add([]byte{1, 0, 1, 2, 2, 7, 4, 4, 4, 4, 4, 4, 18, 4, 4, 1, 1, 1, 1})
	f.Add([]byte("\x02\x01\x00\xdb\x45 the picture of a floor that is large, wide and late"))
	r := rand.New(rand.NewPCG(41, 42))
	for range 8 {
		seed := make([]byte, 200)
		for i := range seed {
			seed[i] = byte(r.Uint32())
		}
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, choices []byte) {
		r := &fuzzed{choices}
		v := &viewing{enc: encoder(r), open: openModel}
		for range 20 {
			if err := v.show(after(r, v.prev, 40, 12)); err != nil {
				t.Fatalf("%+v: %v", v.enc, err)
			}
			if len(r.bytes) == 0 {
				return
			}
		}
	})
}

// emulator is a terminal of somebody else's making: a second opinion on what
// the bytes mean.
type emulator struct {
	*vt.Emulator
	plain bool
}

// openEmulator opens one the way Terminal.Enter would leave it, with something
// in every cell.
func openEmulator(w, h int, enc Encoder) witness {
	e := &emulator{vt.NewEmulator(w, h), enc.Render == RenderPlain}
	for y := range h {
		for x := range w {
			e.SetCell(x, y, uv.NewCell(ansi.GraphemeWidth, "#"))
		}
	}
	_, _ = e.Write(TerminalOptions{Render: enc.Render}.enter())
	return e
}

func (e *emulator) feed(b []byte) error {
	_, err := e.Write(b)
	return err
}

func (e *emulator) compare(g *Grid, p Profile) error {
	for y := range g.h {
		for x := range g.w {
			if e.plain && y == g.h-1 && x >= g.w-2 && (x == g.w-1 || g.cells[y*g.w+x].width == 2) {
				continue // stays blank
			}
			want, style := g.At(x, y)
			if want == "" || doubted(want) { // compared with its left half, or nobody agrees
				continue
			}
			cell := e.CellAt(x, y)
			got := modelCell{text: " "}
			if cell != nil && cell.Content != "" {
				got.text = cell.Content
			}
			if cell != nil {
				got.style = styleOf(cell.Style)
			}
			if y == g.h-1 && x == g.w-1 {
				got.text, want = base(got.text), base(want)
			}
			if got, want := seen(got), seen(modelCell{want, style.In(p)}); got != want {
				return fmt.Errorf("cell %d, %d shows %+v, want %+v", x, y, got, want)
			}
		}
	}
	return nil
}

// doubted says that a cluster is one on whose width emulators differ.
func doubted(s string) bool {
	if len([]rune(s)) > 1 {
		return ansi.StringWidth(s) != 1
	}
	return false
}

// styleOf translates a style of the emulator's.
func styleOf(s uv.Style) Style {
	out := Style{FG: colorOf(s.Fg), BG: colorOf(s.Bg)}
	for from, to := range map[uint8]Attr{uv.AttrBold: Bold, uv.AttrFaint: Dim, uv.AttrItalic: Italic, uv.AttrReverse: Reverse} {
		if s.Attrs&from != 0 {
			out.Attr |= to
		}
	}
	if s.Underline != 0 {
		out.Attr |= Underline
	}
	return out
}

func colorOf(c color.Color) Color {
	switch c := c.(type) {
	case nil:
		return Color{}
	case ansi.BasicColor:
		return ANSI(uint8(c))
	case ansi.IndexedColor:
		return Indexed(uint8(c))
	}
	r, g, b, _ := c.RGBA()
	return RGB(uint8(r>>8), uint8(g>>8), uint8(b>>8))
}

func TestAnEmulatorOfOthersShowsTheSame(t *testing.T) {
	rounds := 200
	if testing.Short() {
		rounds = 30
	}
	r := rand.New(rand.NewPCG(51, 52))
	for round := range rounds {
		w, h := 60, 12
		if round%20 == 0 {
			w, h = 220, 70
		}
		v := &viewing{enc: encoder(r), open: openEmulator}
		v.enc.ErasesInColor = true // it does
		for frame := range 8 {
			next := after(r, v.prev, w, h)
			if err := v.show(next); err != nil {
				t.Fatalf("round %d frame %d %dx%d %+v: %v", round, frame, next.w, next.h, v.enc, err)
			}
		}
	}
}
