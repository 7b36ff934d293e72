package tui

import (
	"bufio"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"wallboard/metrics"
	"wallboard/themes"
	"wallboard/tui/i18n"
	"wallboard/tui/screen"
	"wallboard/tui/style"
	"wallboard/tui/tuitest"
)

// The sizes of the sweep, and how many frames an ordinary test run may draw.
const (
	maxW, maxH  = 220, 70
	sweepFrames = 20_000
)

// edge says that a size is at a place where the layout changes: all of these are
// always drawn.
func edge(w, h int) bool {
	return slices.Contains([]int{1, 2, 3, 19, 20, 99, 100, maxW}, w) && slices.Contains([]int{1, 2, 3, 5, 8, 28, maxH}, h)
}

// swept is one thing to draw at every size: a page, drill-down or overlay in one
// theme, language and glyph set.
type swept struct {
	view string
	keys []string
	look Look
}

func (s swept) String() string {
	return fmt.Sprintf("%s, theme %s, %s, %s", s.view, s.look.Theme, s.look.Lang, s.look.Glyphs)
}

// everything returns all there is to sweep, in a fixed order; of an ordinary run
// each view in each language and glyph set in one theme, for themes change no
// geometry.
func everything() []swept {
	all := views()
	for page := range numPages {
		all[pageName(page)] = []string{pageTable()[page].number}
	}
	var out []swept
	for i, view := range slices.Sorted(maps.Keys(all)) {
		for j, lang := range i18n.Langs() {
			for glyphs := range style.NumGlyphSets {
				for k, theme := range themes.Names() {
					n := i + j + int(glyphs)
					if !*whole && k != n%len(themes.Names()) {
						continue
					}
					out = append(out, swept{view, all[view], Look{Theme: theme, Lang: lang, Glyphs: glyphs, Profile: screen.Profile((n + k) % 4)}})
				}
			}
		}
	}
	return out
}

// sweeper draws frames and fails the test at the first that is not as it must be.
type sweeper struct {
	t      *testing.T
	scenes []*metrics.Snapshot
	grid   *screen.Grid
}

func newSweeper(t *testing.T) *sweeper {
	return &sweeper{t: t, grid: screen.NewGrid(0, 0), scenes: []*metrics.Snapshot{busy(), calm(), tuitest.Empty(), tuitest.Floor(tuitest.Options{Queues: 60, Agents: 400}),
		tuitest.Marked(busy(), metrics.Mark{Kind: metrics.MarkStale, Since: busy().At - 9000})}}
}

func (s *sweeper) viewer(what swept) *viewer {
	s.t.Helper()
	return sit(s.t, busy(), what.look, 120, 32).press(what.keys...).v
}

// draw draws the n-th frame of a run.
func (s *sweeper) draw(v *viewer, what swept, n, w, h int) {
	s.t.Helper()
	defer func() {
		if cause := recover(); cause != nil {
			panic(fmt.Sprintf("%s at %dx%d: %v", what, w, h, cause))
		}
	}()
	scene := s.scenes[(w+h+n)%len(s.scenes)]
	v.resize(w, h)
	v.observe(scene, scene.At)
	s.grid.Reset(w, h)
	v.draw(s.grid)
	checkFrame(s.t, s.grid, w, h, fmt.Sprintf("%s at %dx%d", what, w, h))
}

// TestGeometrySweep draws every page, drill-down and overlay at every size, in
// every theme, language and glyph set: no panic, exact rows and columns. Ordinary
// runs draw all edges and a seeded sample.
func TestGeometrySweep(t *testing.T) {
	all := everything()
	if *whole {
		sweepAll(t, all)
		return
	}
	var edges [][2]int
	for w := 1; w <= maxW; w++ {
		for h := 1; h <= maxH; h++ {
			if edge(w, h) {
				edges = append(edges, [2]int{w, h})
			}
		}
	}
	sample := sweepFrames/len(all) - len(edges)
	if sample < 0 {
		t.Fatalf("the edges of %d things alone are more than %d frames: choose them anew", len(all), sweepFrames)
	}
	s, rng := newSweeper(t), rand.New(rand.NewPCG(1, 2))
	for i, what := range all {
		v := s.viewer(what)
		for _, size := range edges {
			s.draw(v, what, i, size[0], size[1])
		}
		for range sample {
			s.draw(v, what, i, 1+rng.IntN(maxW), 1+rng.IntN(maxH))
		}
	}
	t.Logf("%d frames of %d things drawn", len(all)*(len(edges)+sample), len(all))
}

// sweepAll draws all frames, on as many cores as there are, and goes on where it
// was cut off.
func sweepAll(t *testing.T, all []swept) {
	done := openProgress(t)
	for i, what := range all {
		if done.has(what) {
			continue
		}
		t.Run(what.String(), func(t *testing.T) {
			t.Parallel()
			s := newSweeper(t)
			v := s.viewer(what)
			for w := 1; w <= maxW; w++ {
				for h := 1; h <= maxH; h++ {
					s.draw(v, what, i, w, h)
				}
			}
			done.note(t, what)
		})
	}
}

// progress is a file of what has been swept, a line each, so that a long sweep
// can go on where it was cut off: WALLBOARD_RESULTS names it. What another
// build, WALLBOARD_BUILD, has swept is swept again.
type progress struct {
	mu    sync.Mutex
	file  *os.File
	build string
	done  map[string]bool
}

func openProgress(t *testing.T) *progress {
	t.Helper()
	p := &progress{build: os.Getenv("WALLBOARD_BUILD"), done: map[string]bool{}}
	path := os.Getenv("WALLBOARD_RESULTS")
	if path == "" {
		return p
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	p.file = file
	t.Cleanup(func() { _ = file.Close() })
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if build, what, _ := strings.Cut(lines.Text(), "\t"); build == p.build {
			p.done[what] = true
		}
	}
	t.Logf("%d things were swept before", len(p.done))
	return p
}

func (p *progress) has(what swept) bool { return p.done[what.String()] }

// note writes that something has been swept without a fault.
func (p *progress) note(t *testing.T, what swept) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.file == nil {
		return
	}
	if _, err := fmt.Fprintf(p.file, "%s\t%s\n", p.build, what); err != nil {
		t.Fatal(err)
	}
}
