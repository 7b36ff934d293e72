package tui

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/rule"
	"wallboard/tui/i18n"
	"wallboard/tui/layout"
	"wallboard/tui/screen"
	"wallboard/tui/style"
	"wallboard/tui/tuitest"
)

// hang sits down before a screen that turns its pages every 20 s.
func hang(t *testing.T, s *metrics.Snapshot, c WallChoice, stops ...string) *robot {
	t.Helper()
	for _, text := range stops {
		stop, err := ParseStop(text, nil)
		if err != nil {
			t.Fatal(err)
		}
		c.Stops = append(c.Stops, stop)
	}
	v, err := newViewer(Look{Profile: screen.TrueColor}, Choice{Wall: c})
	if err != nil {
		t.Fatal(err)
	}
	v.resize(120, 32)
	v.observe(s, s.At)
	return &robot{t: t, v: v}
}

// wait lets time pass, second by second, on the same floor.
func (r *robot) wait(seconds int) *robot {
	for range seconds {
		r.then(tuitest.Later(r.v.latest, 1), 1000)
	}
	return r
}

func TestPagesTurnByTheClock(t *testing.T) {
	r := hang(t, calm(), WallChoice{Every: 20 * time.Second}, "wall", "queues", "queue:refund/app", "wall@channel:chat", "heat")
	r.sees("▸ 1/5 next in 20s", "slots in use")
	r.wait(19).sees("1/5 next in 1s").wait(1).sees("▸ 2/5 next in 20s", "clears")
	r.wait(20).sees("▸ 3/5", "queues › refund/app")
	r.wait(20).sees("▸ 4/5", "hangzhou  chat", "slots in use").misses("● logistics")
	r.wait(20).sees("▸ 5/5", "hangzhou").misses("hangzhou  chat")
	r.wait(20).sees("▸ 1/5", "● logistics")
}

func TestAKeyStopsTheRotationForAMinute(t *testing.T) {
	r := hang(t, calm(), WallChoice{Every: 20 * time.Second}, "wall", "queues", "heat")
	r.wait(25).sees("▸ 2/3").press("down").sees("rotation paused 1:00")
	r.wait(15).sees("rotation paused 0:45", "clears")
	r.wait(30).press("down").sees("rotation paused 1:00")
	r.wait(59).sees("rotation paused 0:01", "clears").wait(1).sees("▸ 3/3")
}

func TestRTurnsTheRotationOffAndOn(t *testing.T) {
	r := hang(t, calm(), WallChoice{}).misses("next in")
	r.wait(100).sees("slots in use").press("r").sees("▸ 1/4 next in 20s")
	r.wait(20).sees("▸ 2/4 next in 20s", "clears").press("r").misses("next in", "paused")
	r.wait(100).sees("clears")
}

func TestACriticalBreachThatNobodyHasBringsTheWallBack(t *testing.T) {
	r := hang(t, calm(), WallChoice{Every: 20 * time.Second}, "queues", "wall", "heat")
	r.sees("▸ 1/3", "clears")
	alarm := tuitest.Later(busy(), 0)
	r.then(alarm, 1000).sees("rotation waits: critical", "slots in use", "■ critical")
	r.wait(120).sees("rotation waits: critical", "slots in use")
	acked := tuitest.Later(r.v.latest, 1)
	for i := range acked.Breaches {
		acked.Breaches[i].AckedBy = clean.Own("lin")
	}
	r.then(acked, 1000).sees("▸ 2/3 next in 19s").wait(20).sees("▸ 3/3")
}

func TestWhoeverWorksAtTheScreenIsNotTornAway(t *testing.T) {
	r := hang(t, calm(), WallChoice{Every: 20 * time.Second}, "wall", "heat")
	r.press("2", "down").then(tuitest.Later(busy(), 0), 1000).sees("clears", "rotation paused")
	r.wait(60).sees("rotation waits: critical", "slots in use")
}

func TestAHeldScreenAndALineBeingTypedStayWhereTheyAre(t *testing.T) {
	r := hang(t, calm(), WallChoice{Every: 20 * time.Second}, "wall", "queues")
	r.press("space").wait(100).sees("HELD", "rotation held", "slots in use")
	r.press("space").wait(61).sees("clears")
	r.press(":").types("que").wait(100).sees(":que", "rotation held", "clears")
}

func TestAStopIsReadStrictly(t *testing.T) {
	voice, err := NewWallLayout(WallSpec{Name: "voice"})
	if err != nil {
		t.Fatal(err)
	}
	for text, word := range map[string]string{
		"wal": "wal", "queue": "queue", "layout:voise": "voise", "wall@chanel:chat": "chanel", "page:wall": "page", "wall@channel:": "channel:",
	} {
		_, err := ParseStop(text, []*WallLayout{voice})
		if unknown, ok := err.(*UnknownWord); !ok || unknown.Word != word || len(unknown.Known) == 0 {
			t.Errorf("%q: %v", text, err)
		}
	}
	stop, err := ParseStop("layout:voice@channel:voice", []*WallLayout{voice})
	if err != nil || stop.Layout != voice || stop.Scope.Channel != clean.Own("voice") {
		t.Errorf("%+v, %v", stop, err)
	}
}

func TestAWallThatNobodyTouchesShowsNoKeysAndNoCursor(t *testing.T) {
	r := hang(t, busy(), WallChoice{Unattended: true})
	r.misses("? keys", "1 wall").sees("██████", "unacked", "add people or open overflow")
	r.press("tab", "2").wait(30).sees("clears").wait(121).sees("slots in use")
	r.press("?").sees("moving")
}

func TestAWallIsNotLeftByAccident(t *testing.T) {
	r := hang(t, busy(), WallChoice{Unattended: true})
	r.press("q").sees("q again leaves the wall")
	if r.last == leave {
		t.Fatal("one key ends it")
	}
	if r.press("q"); r.last != leave {
		t.Error("twice does not")
	}
	if r.press("q", "2", "q"); r.last == leave {
		t.Error("a key between forgets the first")
	}
	if r.press("1", "q").wait(11).misses("q again").press("q"); r.last == leave {
		t.Error("one of eleven seconds ago counts")
	}
	if r.press("ctrl+c"); r.last != leave {
		t.Error("ctrl+c asks")
	}
	if desk := at(t, busy(), 120, 32).press("q"); desk.last != leave {
		t.Error("where somebody sits it asks too")
	}
}

// TestGoldenWallMode holds the wall that nobody touches.
func TestGoldenWallMode(t *testing.T) {
	for name, s := range map[string]*metrics.Snapshot{"busy": busy(), "calm": calm()} {
		for _, size := range [][2]int{{200, 60}, {120, 32}, {80, 24}} {
			for _, lang := range i18n.Langs() {
				name := fmt.Sprintf("wall_mode_%s_%dx%d_%s", name, size[0], size[1], lang)
				t.Run(name, func(t *testing.T) {
					g, err := Frame(s, Look{Lang: lang, Profile: screen.TrueColor}, Choice{Rules: rule.Defaults(), Wall: WallChoice{Unattended: true}}, size[0], size[1])
					if err != nil {
						t.Fatal(err)
					}
					golden(t, name, g.Text())
				})
			}
		}
	}
}

// TestMaskedNamesAreNowhere looks for one person on every page, before and after
// the keys that lead to people.
func TestMaskedNamesAreNowhere(t *testing.T) {
	const canary, id = "Canary Bird", "CANARY-77"
	s := busy()
	people := s.Floors[0].Agents
	for _, page := range people.Pages {
		for i, a := range page {
			c := *a
			c.Name, c.ID = clean.Own(canary), clean.Line(fmt.Sprintf("%s-%04d", id, i))
			c.Row.Key.Agent = c.ID
			page[i] = &c
		}
	}
	for i := range s.Breaches {
		if !s.Breaches[i].Key.Agent.Empty() {
			s.Breaches[i].Key.Agent = people.Pages[0][0].ID
		}
	}
	for tab := range s.Floors[0].Sessions {
		list := &s.Floors[0].Sessions[tab]
		for i := range list.Sessions {
			list.Sessions[i].Agent = people.Pages[0][0].ID
		}
	}
	s.Health.Samples = append(s.Health.Samples, metrics.Sample{At: s.At, Reason: "presence", Text: clean.Own(canary + " was " + id + "-0000")})
	for name, keys := range map[string][]string{
		"wall": {}, "queues": {"2"}, "one queue": {"2", "enter", "tab"}, "agents": {"3"}, "one agent": {"3", "enter"}, "one agent explained": {"3", "enter", "e"},
		"agents found by name": {"3", "/", "C", "a", "n"}, "breaches": {"4"}, "breaches down": {"4", "end"}, "past breaches": {"4", "tab", "down"}, "indicators": {"5"}, "heat": {"6"},
		"sessions": {"8", "tab"}, "one session": {"8", "tab", "enter"}, "health": {"9"}, "explain": {"3", "e"}, "command": {":", "a", "g", "e", "n", "t", " ", "C"},
	} {
		for _, w := range []int{80, 120, 200} {
			v, err := newViewer(Look{Profile: screen.TrueColor}, Choice{Wall: WallChoice{Privacy: true}})
			if err != nil {
				t.Fatal(err)
			}
			v.resize(w, 50)
			v.lookups = true
			v.observe(s, s.At)
			r := (&robot{t: t, v: v}).press(keys...)
			if frame := r.frame(); strings.Contains(frame, "Canary") || strings.Contains(frame, id) {
				t.Errorf("%s, %d cells wide, tells who it is:\n%s", name, w, frame)
			}
			if r.v.prompt.kind == noPrompt && w == 120 {
				exportsNot(r.press("esc"), "Canary", id)
			}
		}
	}
}

func TestMaskedPeopleKeepTheirNumbers(t *testing.T) {
	v, err := newViewer(Look{Profile: screen.TrueColor}, Choice{Wall: WallChoice{Privacy: true}})
	if err != nil {
		t.Fatal(err)
	}
	v.resize(120, 40)
	v.observe(busy(), busy().At)
	r := (&robot{t: t, v: v}).press("3").sees("agent 0")
	before := r.frame()
	if after := r.press("9", "3").frame(); after != before {
		t.Error("people have other numbers when the page is looked at again")
	}
}

// TestGeometrySweepOfWallMode draws the wall that nobody touches at every edge and
// a seeded sample of sizes, in each size of its digits.
func TestGeometrySweepOfWallMode(t *testing.T) {
	s, rng := newSweeper(t), rand.New(rand.NewPCG(3, 4))
	for d := layout.DigitsFit; d <= layout.DigitsFull; d++ {
		for i, lang := range i18n.Langs() {
			for glyphs := range style.NumGlyphSets {
				look := Look{Lang: lang, Digits: d, Glyphs: glyphs, Profile: screen.TrueColor}
				v, err := newViewer(look, Choice{Wall: WallChoice{Unattended: true, Every: 20 * time.Second}})
				if err != nil {
					t.Fatal(err)
				}
				what := swept{view: "wall mode, digits " + d.String(), look: look}
				for w := 1; w <= maxW; w++ {
					for h := 1; h <= maxH; h++ {
						if edge(w, h) || rng.IntN(120) == 0 {
							s.draw(v, what, i, w, h)
						}
					}
				}
			}
		}
	}
}
