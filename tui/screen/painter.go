package screen

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"sync"

	"wallboard/metrics/clean"
)

// Painter puts frames on one terminal. A goroutine of its own encodes and
// writes them; between it and the program is a slot for one frame, in which a
// newer one replaces an older. So the program never waits for a terminal that
// has stalled, and a terminal that comes back gets the present, not the past.
//
//	g := p.Next(w, h)   // a blank grid
//	… draw on g.Canvas() …
//	p.Show(g)           // g is the painter's from here on
type Painter struct {
	out io.Writer
	enc Encoder

	mu      sync.Mutex
	pending *Grid   // the slot
	repaint bool    // the next frame must be a key frame
	aside   []byte  // what is no part of a frame: the bell, the title
	closed  bool    // no frame is taken any more
	free    []*Grid // grids to draw on again
	stats   PaintStats
	err     error

	wake chan struct{} // one token: there is something to do
	done chan struct{} // closed when the goroutine has ended
}

// PaintStats counts what a painter did.
type PaintStats struct {
	Frames    int64 // written, those of 0 bytes included
	KeyFrames int64 // of them, drawn anew
	Dropped   int64 // replaced by a newer frame before they were written
	Bytes     int64 // written in all
	LastBytes int64 // of the newest frame
}

// bell rings once where a terminal may ring at all.
const bell = "\x07"

// maxFree bounds the grids kept for drawing: one shown, one waiting, one in the
// program's hands.
const maxFree = 3

// NewPainter returns a painter that writes to out, and starts its goroutine,
// which ends with Close or with the first error of out.
func NewPainter(out io.Writer, enc Encoder) *Painter {
	p := &Painter{out: out, enc: enc, wake: make(chan struct{}, 1), done: make(chan struct{})}
	go p.run()
	return p
}

// Next returns a blank grid of w x h cells to draw the next frame on.
func (p *Painter) Next(w, h int) *Grid {
	p.mu.Lock()
	var g *Grid
	if n := len(p.free); n > 0 {
		g, p.free = p.free[n-1], p.free[:n-1]
	}
	p.mu.Unlock()
	if g == nil {
		return NewGrid(w, h)
	}
	g.lines = Rounded()
	g.Reset(w, h)
	return g
}

// Show hands over a frame. It never waits; the caller must not touch g again.
func (p *Painter) Show(g *Grid) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return
	}
	if p.pending != nil {
		p.stats.Dropped++
		p.recycle(p.pending)
	}
	p.pending = g
	p.signal()
}

// Repaint makes the terminal be cleared and drawn anew: at once if there is a
// frame, with the next one otherwise. It is for resizes, for ctrl+l and for the
// return from the background, when nobody knows what the terminal shows.
func (p *Painter) Repaint() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.repaint = true
	p.signal()
}

// Ring rings the terminal's bell. Rings that wait for a stalled terminal are one.
func (p *Painter) Ring() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !bytes.HasSuffix(p.aside, []byte(bell)) {
		p.tell(bell)
	}
}

// Title sets the title of the terminal's window, if it is trusted to have one;
// the newest wins.
func (p *Painter) Title(t clean.Text) {
	if p.enc.Render == RenderPlain {
		return // a terminal without titles would print it
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	rings := bytes.HasSuffix(p.aside, []byte(bell))
	p.aside = p.aside[:0]
	p.tell(titlePrefix + t.String() + titleEnd)
	if rings {
		p.tell(bell)
	}
}

// tell adds to what is written beside frames. The caller holds the lock.
func (p *Painter) tell(b string) {
	if p.closed {
		return
	}
	p.aside = append(p.aside, b...)
	p.signal()
}

// Stats returns the counts so far.
func (p *Painter) Stats() PaintStats {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.stats
}

// Done is closed when nothing is written any more, after Close or an error.
func (p *Painter) Done() <-chan struct{} { return p.done }

// Err returns the error of the terminal that ended the painter, if any.
func (p *Painter) Err() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.err
}

// Close lets a frame that waits be written, ends the goroutine and waits for
// that, but no longer than ctx: a stalled terminal may hold a write for ever.
func (p *Painter) Close(ctx context.Context) error {
	p.mu.Lock()
	p.closed = true
	p.signal()
	p.mu.Unlock()
	select {
	case <-p.done:
		return p.Err()
	case <-ctx.Done():
		return fmt.Errorf("screen: close the painter: the terminal takes no output: %w", ctx.Err())
	}
}

// signal wakes the goroutine. One token is enough for any number of calls.
func (p *Painter) signal() {
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// recycle keeps g for drawing again. The caller holds the lock.
func (p *Painter) recycle(g *Grid) {
	if g != nil && len(p.free) < maxFree {
		p.free = append(p.free, g)
	}
}

// run writes frames until the painter is closed or the terminal fails.
func (p *Painter) run() {
	defer close(p.done)
	var shown *Grid
	var buf []byte
	for range p.wake {
		frame, key, closed, aside := p.take()
		if err := p.write(aside); err != nil {
			p.fail(err)
			return
		}
		if frame == nil && key {
			frame = shown
		}
		if frame != nil {
			prev := shown
			if key {
				prev = nil
			}
			buf = p.enc.Diff(buf[:0], prev, frame)
			if err := p.write(buf); err != nil {
				p.fail(err)
				return
			}
			p.count(len(buf), prev == nil)
			if frame != shown {
				p.giveBack(shown)
				shown = frame
			}
		}
		if closed {
			return
		}
	}
}

// take empties the slot. A wish to repaint stays until there is a frame.
func (p *Painter) take() (frame *Grid, key, closed bool, aside []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	frame, p.pending = p.pending, nil
	aside, p.aside = p.aside, nil
	key = p.repaint
	if frame != nil || p.stats.Frames > 0 {
		p.repaint = false
	}
	return frame, key, p.closed, aside
}

// write sends one update.
func (p *Painter) write(b []byte) error {
	if len(b) == 0 {
		return nil
	}
	n, err := p.out.Write(b)
	if err == nil && n < len(b) {
		err = io.ErrShortWrite
	}
	if err != nil {
		return fmt.Errorf("screen: write a frame: %w", err)
	}
	return nil
}

// count counts a frame of n bytes.
func (p *Painter) count(n int, key bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stats.Frames++
	if key {
		p.stats.KeyFrames++
	}
	p.stats.Bytes += int64(n)
	p.stats.LastBytes = int64(n)
}

// giveBack recycles the grid that was on the terminal before.
func (p *Painter) giveBack(g *Grid) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.recycle(g)
}

// fail keeps the error; the painter takes no more frames.
func (p *Painter) fail(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.err, p.closed = err, true
}
