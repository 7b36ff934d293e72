package tui

import (
	"cmp"
	"fmt"
	"sync"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/keys"
	"wallboard/tui/layout"
	"wallboard/tui/page"
	"wallboard/tui/page/agents"
	"wallboard/tui/page/breaches"
	"wallboard/tui/page/health"
	"wallboard/tui/page/heat"
	"wallboard/tui/page/indicators"
	"wallboard/tui/page/queues"
	"wallboard/tui/page/sessions"
	"wallboard/tui/page/staffing"
	"wallboard/tui/page/wall"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
)

// paged is what the root needs of a page.
type paged = page.Page

// viewer is one viewer's screen without its terminal: keys and snapshots in,
// frames out. Everything it needs is its own, so that two of them in one
// process share nothing. Not safe for concurrent use.
type viewer struct {
	look    Look
	keys    *keys.Map
	pen     *panel.Pen
	handler Handler // nil: nothing can be decided here

	exporter Exporter // nil: nothing can be written here
	export   exporting
	file     *writing // to be written; nil: none
	writes   sync.WaitGroup

	w, h   int
	view   panel.View
	active Page
	pages  [numPages]paged
	wall   *wall.Wall
	detail []level // drill-downs over the page, the last on top

	overlay    overlay
	explainTop int    // first line of the explanation in sight
	helpTop    int    // ... of the help
	asked      string // the KPI that is explained instead of that at the cursor
	prompt     prompt
	history    []string // command lines, the newest last
	line       string   // the command being run
	picker     picker
	themes     themePicker
	notice     clean.Text // the answer to a command, until the next key

	latest *metrics.Snapshot // what the source handed out last
	held   *metrics.Snapshot // what a held screen shows instead
	heldAt int64             // when it was held, ms
	now    int64             // the wall clock of the last look, ms
	local  *time.Location    // whose time is shown while there is no floor; nil: the pen's own
	scene  *panel.Scene
	drawn  drawn

	lookups bool     // there is somebody to ask for one session
	looks   []Access // at people, not noted yet
	stored  bool     // events are stored: a session can be read in full

	hints hinting

	unattended bool        // nobody touches the terminal
	quitAsked  int64       // when the key that leaves was pressed there, 0: another came since: once may be by accident
	layout     *WallLayout // of the wall where no stop says another
	base       metrics.Key // the scope that the board began with
	rotation   rotation
	masks      *panel.Masks // nil: names are shown

	frameNanos float64 // what drawing costs, measured by whoever has a clock
}

// drawn identifies the frame on the terminal.
type drawn struct {
	snapshot *metrics.Snapshot
	second   int64
	stale    bool // something else changed: a key, the size
}

// overlay is what lies over the page.
type overlay uint8

const (
	noOverlay overlay = iota
	helpOverlay
	explainOverlay
	pickerOverlay
	exportOverlay
	themeOverlay
)

func newViewer(look Look, choice Choice) (*viewer, error) {
	v := &viewer{look: look.withDefaults(), keys: keys.New(), scene: panel.NewScene(), active: choice.Page}
	v.view = panel.View{Floor: choice.Floor, Scope: choice.Scope, Window: choice.Window}
	v.scene.Goals, v.scene.Rules = choice.Goals, choice.Rules
	v.unattended, v.base, v.rotation = choice.Wall.Unattended, choice.Scope, newRotation(choice.Wall)
	if choice.Wall.Privacy || v.unattended {
		v.masks = panel.NewMasks()
	}
	if err := v.dressOrDefault(); err != nil {
		return nil, err
	}
	v.wall, v.layout = wall.New(choice.digits(v.look.Digits)), cmp.Or(choice.Wall.Layout, wall.Plain())
	v.wall.Use(v.layout)
	v.pages = [numPages]paged{
		PageWall: v.wall, PageQueues: queues.New(), PageAgents: agents.New(), PageBreaches: breaches.New(),
		PageIndicators: indicators.New(), PageHeat: heat.New(), PageStaffing: staffing.New(), PageSessions: sessions.New(), PageHealth: health.New(),
	}
	v.drawn.stale = true
	return v, nil
}

// dress makes the pen for the look in force.
func (v *viewer) dress() error {
	sheet, err := v.look.sheet()
	if err != nil {
		return err
	}
	say, err := i18n.Load(v.look.Lang, v.look.script())
	if err != nil {
		return fmt.Errorf("tui: load the language: %w", err)
	}
	v.pen = panel.NewPen(sheet, say, i18n.NewFormat(v.look.Lang, v.look.script()))
	v.pen.Masks = v.masks.Renamed()
	v.drawn.stale = true
	return nil
}

// resize sets the size of the screen, 0 x 0 while it is not known.
func (v *viewer) resize(w, h int) {
	if v.w != w || v.h != h {
		v.w, v.h, v.drawn.stale = w, h, true
	}
}

// observe looks at the newest snapshot at a wall clock time and says whether the
// screen must be drawn again.
func (v *viewer) observe(s *metrics.Snapshot, now int64) bool {
	if s != nil {
		v.latest = s
	}
	v.now = now
	v.rotate()
	return v.mustDraw()
}

func (v *viewer) mustDraw() bool {
	diff := v.look.Render != RenderPlain
	switch {
	case v.w <= 0 || v.h <= 0:
		return false
	case v.drawn.stale, diff && v.held == nil && v.drawn.snapshot != v.latest:
		return true
	}
	return v.drawn.second != v.now/1000 && !(diff && v.awaits())
}

// awaits says that a second has just begun and its snapshot is on the way: on a
// floor where nothing happens one frame a second then shows both. It waits for
// one tick at the most, so that the clock moves whatever becomes of the engine.
func (v *viewer) awaits() bool {
	const tick = int64(tickEvery / time.Millisecond)
	return v.held == nil && v.latest != nil && !v.latest.Clock.Replay && v.now%1000 < tick && v.now-v.latest.At < 1000+tick
}

// shown returns the snapshot on the screen: the held one, the latest, or an
// empty one before the first.
func (v *viewer) shown() *metrics.Snapshot {
	switch {
	case v.held != nil:
		return v.held
	case v.latest != nil:
		return v.latest
	}
	return &metrics.Snapshot{At: v.now}
}

// draw draws the screen into g, which has the viewer's size.
func (v *viewer) draw(g *screen.Grid) {
	v.prepare()
	v.pen.Hits.Reset()
	g.UseLines(v.pen.Look.Lines)
	c := g.Canvas()
	c.Fill(' ', v.pen.Look.Base)
	v.drawn = drawn{snapshot: v.latest, second: v.now / 1000}
	f := v.frame()
	if !f.Line.Empty() {
		if v.scene.Floor == nil {
			v.pen.FirstLine(c.Sub(f.Line), v.scene)
		} else {
			v.pen.Line(c.Sub(f.Line), v.scene)
		}
		v.drawFooter(screen.Canvas{}, c.Sub(f.Line))
		return
	}
	v.pen.Header(c.Sub(f.Header), v.scene)
	body := c.Sub(f.Body)
	if v.scene.Floor == nil && v.active != PageHealth {
		v.pen.FirstRun(body, v.scene)
	} else {
		v.drawTop(body)
	}
	v.drawFooter(c.Sub(f.Footer), body)
	v.drawOverlay(body)
}

// frame cuts the screen. On a wall that nobody touches no row names keys: it is
// the page's.
func (v *viewer) frame() layout.Frame {
	f := layout.FrameOf(v.w, v.h)
	if v.unattended {
		f.Body.H += f.Footer.H
		f.Footer = layout.Rect{}
	}
	return f
}

// prepare makes the scene of the snapshot on the screen.
func (v *viewer) prepare() {
	s := v.shown()
	v.scene.HeldAt, v.scene.HeldFor, v.scene.FrameNanos = 0, 0, v.frameNanos
	wall := v.now
	if v.held != nil {
		// Every age stands still with the figures it belongs to; only how long the
		// screen was held goes on.
		wall, v.scene.HeldAt, v.scene.HeldFor = v.heldAt, v.heldAt, v.now-v.heldAt
	}
	v.scene.Turning = v.turning()
	v.scene.Untouched = v.unattended && (v.rotation.pressed == 0 || v.rotation.pausedFor(v.now) == 0)
	v.scene.Prepare(s, v.view, wall)
	v.scene.Masked = v.masks != nil
	v.masks.See(v.scene.Floor)
	if v.scene.Floor != nil && v.scene.Floor.Zone != nil {
		v.pen.Zone = v.scene.Floor.Zone
	} else if v.scene.Floor == nil && v.local != nil {
		v.pen.Zone = v.local
	}
}

// drawFooter draws the keys, or the line being typed; a screen too low for a
// footer lends the last row of the body to the prompt.
func (v *viewer) drawFooter(c, body screen.Canvas) {
	_, h := c.Size()
	if v.prompt.kind == noPrompt && v.notice.Empty() {
		if news := v.sinceHeld(); len(news) > 0 {
			v.drawSinceHeld(c, body, news)
		} else if h > 0 {
			v.pen.Footer(c, v.keys, v.pageKey(), v.hint())
		}
		return
	}
	if h == 0 {
		_, rows := body.Size()
		c = panel.Row(body, rows-1)
	}
	if v.prompt.kind != noPrompt {
		v.drawPrompt(c, body)
		return
	}
	v.pen.Prompt(c, v.notice, clean.Text{}, -1, clean.Text{}, v.pen.Look.Footer)
}

// pageKey returns the action of the page on the screen, for the footer.
func (v *viewer) pageKey() keys.Action {
	return pageTable()[v.active].key
}

func (v *viewer) drawOverlay(body screen.Canvas) {
	w, h := body.Size()
	switch v.overlay {
	case helpOverlay:
		v.helpTop = min(v.helpTop, v.pen.Help(body, v.keys, v.mouseHelp(), v.helpTop))
	case explainOverlay:
		v.explainTop = min(v.explainTop, v.pen.Explain(body, v.scene, v.explained(), v.explainTop))
	case exportOverlay:
		v.drawExport(body)
	case themeOverlay:
		v.drawThemes(body)
	case pickerOverlay:
		v.picker.draw(v.pen, v.scene, body.Sub(layout.Overlay(layout.Rect{W: w, H: h}, 48, 24)))
	}
}
