package screen

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"wallboard/metrics/clean"
)

// sink is a terminal that can stall.
type sink struct {
	mu      sync.Mutex
	buf     bytes.Buffer
	writes  int
	blocked chan struct{} // a write waits here while it is not nil and open
	err     error
}

func (s *sink) Write(b []byte) (int, error) {
	s.mu.Lock()
	blocked, err := s.blocked, s.err
	s.mu.Unlock()
	if blocked != nil {
		<-blocked
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.writes++
	s.buf.Write(b)
	return len(b), err
}

// take returns what was written since the last time.
func (s *sink) take() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := bytes.Clone(s.buf.Bytes())
	s.buf.Reset()
	return b
}

func show(p *Painter, text string) {
	g := p.Next(20, 2)
	g.Canvas().Print(0, 0, clean.Own(text), Style{})
	p.Show(g)
}

func TestTheTerminalEndsWithTheNewestFrame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := &sink{}
		p := NewPainter(out, Encoder{})
		m := newModel(20, 2, false)
		for _, text := range []string{"one", "two", "two", "客服 3"} {
			show(p, text)
			synctest.Wait()
			if err := m.feed(out.take()); err != nil {
				t.Fatal(err)
			}
		}
		want := NewGrid(20, 2)
		want.Canvas().Print(0, 0, clean.Own("客服 3"), Style{})
		if err := m.compare(want, NoColor); err != nil {
			t.Error(err)
		}
		if s := p.Stats(); s.Frames != 4 || s.KeyFrames != 1 || s.Dropped != 0 || out.writes != 3 {
			t.Errorf("counted %+v in %d writes; an unchanged frame must not be written", s, out.writes)
		}
		if err := p.Close(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestAStalledTerminalLosesFramesAndDelaysNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := &sink{blocked: make(chan struct{})}
		p := NewPainter(out, Encoder{})
		show(p, "first")
		synctest.Wait() // the writer hangs in its write
		start := time.Now()
		for range 100 {
			show(p, "past")
		}
		show(p, "present")
		if time.Since(start) != 0 {
			t.Error("showing a frame waited")
		}
		if s := p.Stats(); s.Dropped != 100 {
			t.Errorf("%d frames dropped, want 100", s.Dropped)
		}
		close(out.blocked)
		synctest.Wait()
		if got := string(out.take()); !strings.Contains(got, "present") || strings.Contains(got, "past") {
			t.Errorf("wrote %q", got)
		}
		if err := p.Close(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestClosingDoesNotWaitForAStalledTerminalForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := &sink{blocked: make(chan struct{})}
		p := NewPainter(out, Encoder{})
		show(p, "x")
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := p.Close(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		close(out.blocked)
		<-p.Done()
	})
}

func TestRepaintDrawsTheShownFrameAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := &sink{}
		p := NewPainter(out, Encoder{})
		p.Repaint() // before any frame: nothing to draw yet
		synctest.Wait()
		if b := out.take(); len(b) != 0 {
			t.Errorf("wrote %q before the first frame", b)
		}
		show(p, "hello")
		synctest.Wait()
		first := out.take()
		p.Repaint()
		synctest.Wait()
		if again := out.take(); !bytes.Equal(again, first) || !bytes.Contains(again, []byte("\x1b[2J")) {
			t.Errorf("the first time %q, again %q", first, again)
		}
		if err := p.Close(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestAFailingTerminalEndsThePainterWithItsError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken := errors.New("gone")
		p := NewPainter(&sink{err: broken}, Encoder{})
		show(p, "x")
		<-p.Done()
		show(p, "y") // must neither panic nor wait
		if err := p.Close(t.Context()); !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
	})
}

func TestGridsAreUsedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPainter(&sink{}, Encoder{})
		seen := map[*Grid]bool{}
		for range 50 {
			g := p.Next(20, 2)
			seen[g] = true
			if strings.TrimSpace(g.Text()) != "" {
				t.Fatal("the grid is not blank")
			}
			g.Canvas().Fill('x', Style{})
			p.Show(g)
			synctest.Wait()
		}
		if len(seen) > maxFree {
			t.Errorf("%d grids were made for 50 frames", len(seen))
		}
		if err := p.Close(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestTheBellAndTheTitleNeverWaitForAFrame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := &sink{}
		p := NewPainter(out, Encoder{})
		p.Ring()
		synctest.Wait()
		if got := string(out.take()); got != "\a" {
			t.Errorf("wrote %q", got)
		}
		show(p, "one")
		synctest.Wait()
		out.take()
		before := p.Stats()
		p.Title(clean.Own("■ refund"))
		synctest.Wait()
		if got := string(out.take()); got != "\x1b]2;■ refund\a" {
			t.Errorf("wrote %q", got)
		}
		if p.Stats() != before {
			t.Errorf("a title was counted as a frame: %+v", p.Stats())
		}
		if err := p.Close(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestAStalledTerminalHearsOneBellAndTheNewestTitle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := &sink{blocked: make(chan struct{})}
		p := NewPainter(out, Encoder{})
		p.Title(clean.Own("first"))
		synctest.Wait() // the terminal holds the first
		for _, title := range []string{"a", "b", "c"} {
			p.Ring()
			p.Ring()
			p.Title(clean.Own(title))
		}
		close(out.blocked)
		synctest.Wait()
		if got, want := string(out.take()), "\x1b]2;first\a\x1b]2;c\a\a"; got != want {
			t.Errorf("wrote %q, want %q", got, want)
		}
		if err := p.Close(t.Context()); err != nil {
			t.Error(err)
		}
	})
}
