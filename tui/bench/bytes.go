package bench

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wallboard/metrics/clean"
	"wallboard/tui/screen"
)

// BytesConfig says how long the board lives.
type BytesConfig struct{ Seconds int }

// DefaultBytes is what the bench command measures.
func DefaultBytes() BytesConfig { return BytesConfig{Seconds: 15} }

// Bytes measures what reaches a terminal, beside Bubble Tea's own renderer with
// the same pictures.
func Bytes(ctx context.Context, cfg BytesConfig) ([]Figure, error) {
	frames, drawing, err := film(cfg.Seconds * framesPerSecond)
	if err != nil {
		return nil, err
	}
	enc := screen.Encoder{Profile: screen.TrueColor, ErasesInColor: true}
	total, worst, costs := 0, 0, []float64(nil)
	var out []byte
	for i, next := range frames[1:] {
		costs = append(costs, millis(func() { out = enc.Diff(out[:0], frames[i], next) }))
		if err := screen.CheckFrame(out, Width, Height); err != nil {
			return nil, fmt.Errorf("bench: bytes: %w", err)
		}
		total, worst = total+len(out), max(worst, len(out))
	}
	theirs, composing, err := bubbleTea(ctx, frames)
	if err != nil {
		return nil, err
	}
	last := frames[len(frames)-1]
	perSecond := func(bytes int) float64 { return float64(bytes) * framesPerSecond / float64(len(frames)-1) }
	ours, limit := perSecond(total), perSecond(theirs)
	work := framesPerSecond * (median(drawing) + median(costs))
	idle, cell := len(enc.Diff(nil, last, last)), len(enc.Diff(nil, last, oneCell(last)))
	return []Figure{
		{ID: "P7", What: "bytes to the terminal, 60 numbers and 2 charts a second, of Bubble Tea's renderer", Unit: "B/s", Limit: limit, Ours: ours,
			Ratio: ours / limit, Goal: 4096, InUnit: true, Note: fmt.Sprintf("largest frame %d B, %.2f ms to encode", worst, median(costs))},
		{ID: "P7", What: "  processor time to draw and write them, of Lip Gloss and Bubble Tea's renderer", Unit: "ms/s", Limit: framesPerSecond * composing, Ours: work,
			Ratio: work / (framesPerSecond * composing), Goal: 1.0 / 20},
		{ID: "P7", What: "  an unchanged frame", Unit: "bytes", Ours: float64(idle), Ratio: float64(idle), Goal: 0, InUnit: true},
		{ID: "P7", What: "  one changed cell", Unit: "bytes", Ours: float64(cell), Ratio: float64(cell), Goal: 60, InUnit: true},
	}, nil
}

// film draws the frames of a living board and says what each took, in ms.
func film(n int) (frames []*screen.Grid, costs []float64, err error) {
	p, err := newPicture()
	if err != nil {
		return nil, nil, err
	}
	frames = make([]*screen.Grid, 0, n+1)
	for i := range n + 1 {
		p.tick(i)
		g := screen.NewGrid(Width, Height)
		costs = append(costs, millis(func() { p.draw(g) }))
		frames = append(frames, g)
	}
	return frames, costs, nil
}

// oneCell returns the frame with one digit changed.
func oneCell(g *screen.Grid) *screen.Grid {
	next := screen.NewGrid(Width, Height)
	next.CopyFrom(g)
	_, s := g.At(60, 30)
	next.Canvas().Print(60, 30, clean.Own("§"), s)
	return next
}

// counter is a terminal that only counts.
type counter struct{ bytes atomic.Int64 }

func (c *counter) Write(b []byte) (int, error) {
	c.bytes.Add(int64(len(b)))
	return len(b), nil
}

// shown is a model whose view is the picture it was last sent.
type shown string

func (s shown) Init() tea.Cmd { return nil }

func (s shown) Update(m tea.Msg) (tea.Model, tea.Cmd) {
	if next, ok := m.(shown); ok {
		return next, nil
	}
	return s, nil
}

func (s shown) View() string { return string(s) }

const (
	teaFPS    = 120
	frameTime = 5 * time.Second / teaFPS // several of its ticks, so that each frame is written
)

// bubbleTea composes the frames with Lip Gloss, shows them with Bubble Tea's
// renderer and returns the bytes it wrote after the first and the processor time
// of one, in ms. It runs faster than a screen would: what a frame takes does not
// depend on how long it stands.
func bubbleTea(ctx context.Context, frames []*screen.Grid) (bytes int, cost float64, err error) {
	plain, terminal := newGloss(), &counter{}
	pictures := make([]rows, len(frames))
	for i, g := range frames {
		pictures[i] = cut(g)
	}
	program := tea.NewProgram(shown(""), tea.WithContext(ctx), tea.WithInput(nil), tea.WithOutput(terminal),
		tea.WithFPS(teaFPS), tea.WithoutSignalHandler(), tea.WithAltScreen())
	ended := make(chan error, 1)
	go func() {
		_, err := program.Run()
		ended <- err
	}()
	program.Send(tea.WindowSizeMsg{Width: Width, Height: Height})
	ticker := time.NewTicker(frameTime)
	defer ticker.Stop()
	first, before := int64(0), int64(0)
	began := spent()
	for i, picture := range pictures {
		program.Send(shown(plain.compose(picture)))
		<-ticker.C
		<-ticker.C
		if i == 0 {
			first = terminal.bytes.Load()
		}
		before = terminal.bytes.Load()
	}
	cost = float64(spent()-began) / float64(time.Millisecond) / float64(len(pictures))
	program.Quit()
	if err := <-ended; err != nil {
		return 0, 0, fmt.Errorf("bench: bubble tea: %w", err)
	}
	return int(before - first), cost, nil
}
