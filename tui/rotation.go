package tui

import (
	"cmp"
	"strings"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/layout"
	"wallboard/tui/page"
	"wallboard/tui/page/wall"
	"wallboard/tui/panel"
)

// WallLayout is what a wall shows; WallSpec how the configuration says it.
type (
	WallLayout  = wall.Layout
	WallSpec    = wall.Spec
	UnknownWord = wall.Unknown
)

// NewWallLayout checks a WallSpec. A word that is not known comes back as
// *UnknownWord.
func NewWallLayout(s WallSpec) (*WallLayout, error) { return wall.NewLayout(s) }

// WallChoice is what a screen shows that hangs on a wall.
type WallChoice struct {
	Unattended bool          // nobody touches the terminal: no keys, no cursor, larger figures, no names
	Layout     *WallLayout   // nil: the plain one
	Stops      []Stop        // what rotation goes through; nil: the wall, queues, indicators, heat
	Every      time.Duration // how long it stays; 0: it is off until asked for
	Privacy    bool          // people's names are masked
}

// Stop is one page of a rotation: a page, a layout or a queue, of a scope.
type Stop struct {
	Page   Page
	Layout *WallLayout // nil: that of the wall
	Scope  metrics.Key // its floor is that on the screen; zero: as the board began
	Queue  string      // one queue; Channel may narrow it
	Channel,
	Text string // as it was written
}

// digits are those that the wall begins with: where nobody sits before it, they
// are larger.
func (c Choice) digits(wanted Digits) Digits {
	if wanted == BigDigits && c.Wall.Unattended {
		return layout.DigitsFive
	}
	return wanted
}

// ParseStop reads "queues", "wall@channel:chat", "queue:refund/app" or
// "layout:voice@channel:voice". A word that is not known comes back as
// *UnknownWord.
func ParseStop(text string, layouts []*WallLayout) (Stop, error) {
	stop := Stop{Text: text}
	what, scope, scoped := strings.Cut(text, "@")
	if scoped {
		if err := stop.narrow(scope); err != nil {
			return stop, err
		}
	}
	kind, name, named := strings.Cut(what, ":")
	switch {
	case named && kind == "queue" && name != "":
		stop.Page = PageQueues
		stop.Queue, stop.Channel, _ = strings.Cut(name, "/")
		return stop, nil
	case named && kind == "layout":
		var known []string
		for _, l := range layouts {
			if l.Name == name {
				stop.Layout = l
				return stop, nil
			}
			known = append(known, l.Name)
		}
		return stop, &UnknownWord{Key: "layout", Word: name, Known: known}
	case named:
		return stop, &UnknownWord{Key: "rotation", Word: kind, Known: []string{"queue", "layout"}}
	}
	p, ok := ParsePage(what)
	if !ok {
		return stop, &UnknownWord{Key: "rotation", Word: what, Known: PageNames()}
	}
	stop.Page = p
	return stop, nil
}

func (s *Stop) narrow(scope string) error {
	kind, name, _ := strings.Cut(scope, ":")
	switch kind {
	case "channel":
		s.Scope = metrics.Key{Scope: metrics.ScopeChannel, Channel: clean.Line(name)}
	case "queue":
		s.Scope = metrics.Key{Scope: metrics.ScopeQueue, Queue: clean.Line(name)}
	case "team":
		s.Scope = metrics.Key{Scope: metrics.ScopeTeam, Team: clean.Line(name)}
	default:
		return &UnknownWord{Key: "rotation", Word: kind, Known: []string{"channel", "queue", "team"}}
	}
	if name == "" {
		return &UnknownWord{Key: "rotation", Word: scope, Known: []string{kind + ":NAME"}}
	}
	return nil
}

// How long, in ms, a key stops the rotation, a page stays where nothing says,
// and a wall that somebody touched stays where they left it.
const (
	pauseFor   = 60_000
	stayFor    = 20_000
	homeAfter  = 120_000
	noticeStay = 10_000
)

// rotation moves on from page to page by the wall clock. The zero value is off.
type rotation struct {
	stops   []Stop
	every   int64 // ms
	at      int
	next    int64 // when it moves on
	pressed int64 // when the last key was, 0: none since it was off
	on      bool
	alarmed bool // it stays for a critical breach that nobody has
}

func newRotation(c WallChoice) rotation {
	r := rotation{stops: c.Stops, every: c.Every.Milliseconds(), on: c.Every > 0}
	if len(r.stops) == 0 {
		r.stops = []Stop{{Page: PageWall}, {Page: PageQueues}, {Page: PageIndicators}, {Page: PageHeat}}
	}
	r.every = cmp.Or(r.every, stayFor)
	return r
}

// home is the stop that shows the whole floor: where a critical breach is seen.
func (r *rotation) home() int {
	for i, s := range r.stops {
		if s.Page == PageWall && s.Scope == (metrics.Key{}) && s.Queue == "" {
			return i
		}
	}
	return -1
}

// toggleRotation turns it on or off. On, it begins where the screen is now.
func (v *viewer) toggleRotation() {
	r := &v.rotation
	r.on, r.pressed, r.alarmed = !r.on, 0, false
	r.next = v.now + r.every
	if !r.on {
		v.view.Scope = v.base
		v.wall.Use(v.layout)
	}
}

// touched notes that somebody is there: the rotation waits.
func (v *viewer) touched() { v.rotation.pressed = v.now }

// rotate moves on if it is time to. A key, a line being typed and a held screen
// stop it; a critical breach that nobody has brings the whole floor back and
// keeps it.
func (v *viewer) rotate() {
	r := &v.rotation
	if v.latest == nil || len(v.latest.Floors) == 0 {
		return
	}
	if v.unattended && !v.notice.Empty() && v.now-r.pressed > noticeStay {
		v.notice, v.drawn.stale = clean.Text{}, true
	}
	if !r.on {
		if v.unattended && r.pressed > 0 && v.now-r.pressed > homeAfter && v.held == nil {
			r.pressed = 0
			v.goHome()
		}
		return
	}
	loudest, _ := alarming(v)
	switch paused := r.pausedFor(v.now); {
	case paused > 0:
		r.next = v.now + paused
	case v.held != nil, v.prompt.kind != noPrompt:
		r.next = v.now + r.every
	case loudest != nil:
		if !r.alarmed {
			v.goHome()
		}
		r.alarmed, r.next = true, v.now+r.every
		return
	case r.next == 0:
		r.next = v.now + r.every
		v.enter(r.at)
	case v.now >= r.next:
		r.next = v.now + r.every
		v.enter((r.at + 1) % len(r.stops))
	}
	r.alarmed = false
}

// pausedFor is how long, in ms, a key still stops the rotation.
func (r *rotation) pausedFor(now int64) int64 {
	if r.pressed == 0 {
		return 0
	}
	return max(0, r.pressed+pauseFor-now)
}

// goHome shows the whole floor.
func (v *viewer) goHome() {
	if i := v.rotation.home(); i >= 0 {
		v.enter(i)
		return
	}
	v.enterStop(Stop{})
}

func (v *viewer) enter(i int) {
	v.rotation.at = i
	v.enterStop(v.rotation.stops[i])
}

// enterStop shows one page of the rotation.
func (v *viewer) enterStop(s Stop) {
	v.show(s.Page)
	v.view.Scope = v.base
	if s.Scope.Scope != metrics.ScopeFloor {
		v.view.Scope = s.Scope
		if f := v.latest.FloorNamed(v.view.Floor); f != nil {
			v.view.Scope.Floor = f.ID
		}
	}
	v.wall.Use(cmp.Or(s.Layout, v.layout))
	if s.Queue != "" {
		v.prepare()
		queue, channel := clean.Line(s.Queue), clean.Line(s.Channel)
		if q := v.scene.Queue(queue, channel); q != nil {
			v.open(page.Request{Open: page.OneQueue, Queue: q.Queue, Chan: q.Channel})
		}
	}
	v.drawn.stale = true
}

// turning is what the header says of the rotation.
func (v *viewer) turning() panel.Turning {
	r := &v.rotation
	t := panel.Turning{At: r.at + 1, Of: len(r.stops), Left: max(0, r.next-v.now)}
	switch {
	case !r.on:
		return panel.Turning{}
	case r.pausedFor(v.now) > 0:
		t.State, t.Left = panel.TurningPaused, r.pausedFor(v.now)
	case v.held != nil, v.prompt.kind != noPrompt:
		t.State = panel.TurningHeld
	case r.alarmed:
		t.State = panel.TurningAlarmed
	default:
		t.State = panel.TurningOn
	}
	return t
}
