package panel

import (
	"math"
	"strings"
	"testing"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
	"wallboard/themes"
	"wallboard/tui/i18n"
	"wallboard/tui/layout"
	"wallboard/tui/screen"
	"wallboard/tui/style"
	"wallboard/tui/text"
	"wallboard/tui/tuitest"
)

func pen(t *testing.T, script i18n.Script) *Pen {
	t.Helper()
	theme, err := themes.Load(themes.Default)
	if err != nil {
		t.Fatal(err)
	}
	look, err := style.New(theme, screen.TrueColor, style.Options{Glyphs: style.GlyphSet(script)})
	if err != nil {
		t.Fatal(err)
	}
	say, err := i18n.Load(i18n.English, script)
	if err != nil {
		t.Fatal(err)
	}
	p := NewPen(look, say, i18n.NewFormat(i18n.English, script))
	p.Zone = tuitest.Zone()
	return p
}

func scene(s *metrics.Snapshot) *Scene {
	sc := NewScene()
	sc.Prepare(s, View{}, s.At)
	return sc
}

func TestTheHeaderKeepsMarkAndClockAtEveryWidth(t *testing.T) {
	p, s := pen(t, i18n.Unicode), scene(tuitest.Floor(tuitest.Options{}))
	for w := 24; w <= 220; w++ {
		g := screen.NewGrid(w, 1)
		p.Header(g.Canvas(), s)
		if row := g.Row(0); !strings.Contains(row, "● live 0.3s") || !strings.Contains(row, "14:05:33") {
			t.Errorf("at %d cells: %q", w, row)
		}
	}
}

func TestLostEventsAreNeverHiddenBehindSomethingElse(t *testing.T) {
	snap := tuitest.Floor(tuitest.Options{})
	snap.Link.Dropped = 12
	p, s := pen(t, i18n.Unicode), scene(snap)
	for w := 36; w <= 220; w++ {
		g := screen.NewGrid(w, 1)
		p.Header(g.Canvas(), s)
		if !strings.Contains(g.Row(0), "12 dropped") {
			t.Errorf("at %d cells: %q", w, g.Row(0))
		}
	}
}

func TestBreachesAreLoudestFirst(t *testing.T) {
	breach := func(name string, l metrics.Level, since int64, acked string, state metrics.BreachState) metrics.Breach {
		return metrics.Breach{Rule: name, KPI: Waiting, Level: l, FiringSince: since, AckedBy: clean.Own(acked), State: state}
	}
	s := scene(&metrics.Snapshot{Breaches: []metrics.Breach{
		breach("recovering", metrics.LevelCritical, 1, "", metrics.BreachRecovering),
		breach("young warn", metrics.LevelWarn, 9, "", metrics.BreachFiring),
		breach("somebody's", metrics.LevelCritical, 2, "lin", metrics.BreachFiring),
		breach("pending", metrics.LevelCritical, 0, "", metrics.BreachPending),
		breach("young", metrics.LevelCritical, 8, "", metrics.BreachFiring),
		breach("old", metrics.LevelCritical, 3, "", metrics.BreachFiring),
		breach("old warn", metrics.LevelWarn, 1, "", metrics.BreachFiring),
	}})
	var got []string
	for _, b := range s.Breaches {
		got = append(got, b.Rule)
	}
	if want := "old, young, somebody's, old warn, young warn, recovering"; strings.Join(got, ", ") != want {
		t.Errorf("%s\nwant %s", strings.Join(got, ", "), want)
	}
}

func TestABreachSaysOnWhichSideOfItsLimitItIs(t *testing.T) {
	p := pen(t, i18n.Unicode)
	for _, c := range []struct {
		name         string
		kpi          string
		value, limit float64
		want         string
	}{
		{"a wait above", OldestWait, 372, 300, "6:12 > 5:00"},
		{"a share below, cut to the bad side", ServiceLevel, 79.99, 80, "79.9 % < 80.0 %"},
		{"a wait on its way back", OldestWait, 290, 300, "4:50, limit 5:00"},
		{"a flag has no number", Uncovered, 1, 1, ""},
	} {
		if got := p.breachValue(&metrics.Breach{KPI: c.kpi, Value: c.value, Limit: c.limit}).String(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestEveryKPIOfTheCatalogueCanBeWritten(t *testing.T) {
	p := pen(t, i18n.Unicode)
	for _, k := range kpi.All() {
		for _, v := range []float64{0, .04, 1, 59.999, 100, 86_400, 1e12, -3, math.NaN()} {
			if got := p.WithUnit(k.ID, kpi.Value{V: v, OK: true}); got.Empty() {
				t.Errorf("%s %v is written as nothing", k.ID, v)
			}
		}
		if got := p.WithUnit(k.ID, kpi.Value{}).String(); got != "—" {
			t.Errorf("%s without data is written as %q", k.ID, got)
		}
	}
}

func TestASCIIDrawsNothingElse(t *testing.T) {
	p := pen(t, i18n.ASCII)
	snap := tuitest.Floor(tuitest.Options{})
	snap.Breaches = nil // their places are the floor's own names, which stay as they are
	s := scene(snap)
	g := screen.NewGrid(160, 40)
	g.UseLines(p.Look.Lines)
	p.Header(g.Canvas(), s)
	p.Flow(Row(g.Canvas(), 1), s)
	p.WaitingChart(g.Canvas().Sub(rect(0, 4, 80, 10)), s, s.Row, true)
	p.People(g.Canvas().Sub(rect(0, 14, 80, 12)), s, s.Row, true)
	p.Explain(g.Canvas().Sub(rect(80, 4, 80, 20)), s, Subject{KPI: ServiceLevel, Row: s.Row}, 0)
	for i, tile := range Tiles() {
		p.BigTile(g.Canvas().Sub(rect(i*20, 30, 20, 8)), s, tile, 5, Unfocused)
	}
	for _, r := range g.Text() {
		if r > 0x7e {
			t.Fatalf("%q is not ASCII in:\n%s", r, g.Text())
		}
	}
}

func TestWrappingLosesNothingAndFits(t *testing.T) {
	for _, s := range []string{"", "short", "answered within T / (answered + abandoned - short)", strings.Repeat("排队人数加一", 12), strings.Repeat("x", 90)} {
		for w := 8; w < 60; w += 7 {
			joined := ""
			for _, line := range wrap(clean.Line(s), w) {
				if text.Width(line.String()) > w {
					t.Errorf("a line of %q takes more than %d cells: %q", s, w, line)
				}
				joined += line.String()
			}
			if squeeze(joined) != squeeze(s) {
				t.Errorf("%q became %q", s, joined)
			}
		}
	}
}

func squeeze(s string) string { return strings.ReplaceAll(s, " ", "") }

func TestFiguresAreReadOncePerSnapshot(t *testing.T) {
	snap := tuitest.Floor(tuitest.Options{})
	s := scene(snap)
	s.Read(FRTp90, s.Row, fact.WindowToday)
	if n := testing.AllocsPerRun(20, func() { s.Read(FRTp90, s.Row, fact.WindowToday) }); n != 0 {
		t.Errorf("reading again allocates %v", n)
	}
	later := tuitest.Later(snap, 30)
	s.Prepare(later, View{}, later.At)
	before, after := scene(snap).Read(OldestWait, snap.Floors[0].Row, 0).V, s.Read(OldestWait, s.Row, 0).V
	if after-before != 30 {
		t.Errorf("a wait grew by %v s in 30 s without an event", after-before)
	}
}

func rect(x, y, w, h int) layout.Rect { return layout.Rect{X: x, Y: y, W: w, H: h} }

func TestABreachIsNamedByItsPlaceInEveryScope(t *testing.T) {
	p, s := pen(t, i18n.Unicode), &Scene{Snapshot: &metrics.Snapshot{}}
	for want, k := range map[string]metrics.Key{
		"hz":         {Scope: metrics.ScopeFloor, Floor: clean.Own("hz")},
		"chat":       {Scope: metrics.ScopeChannel, Floor: clean.Own("hz"), Channel: clean.Own("chat")},
		"refund":     {Scope: metrics.ScopeQueue, Floor: clean.Own("hz"), Queue: clean.Own("refund")},
		"refund/app": {Scope: metrics.ScopeQueueChannel, Floor: clean.Own("hz"), Queue: clean.Own("refund"), Channel: clean.Own("app")},
		"team night": {Scope: metrics.ScopeTeam, Floor: clean.Own("hz"), Team: clean.Own("night")},
		"defect":     {Scope: metrics.ScopeTopic, Floor: clean.Own("hz"), Topic: clean.Own("defect")},
		"wallet":     {Scope: metrics.ScopeTouchpoint, Floor: clean.Own("hz"), Touchpoint: clean.Own("wallet")},
	} {
		if got := p.Place(s, k).String(); got != want {
			t.Errorf("%v is written %q, want %q", k.Scope, got, want)
		}
	}
}
