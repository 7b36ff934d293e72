package panel

import (
	"slices"
	"strings"
	"testing"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/kpi"
	"wallboard/metrics/rule"
	"wallboard/tui/i18n"
	"wallboard/tui/screen"
	"wallboard/tui/tuitest"
)

// breachLines draws the notices of the busy floor's first n rules.
func breachLines(t *testing.T, w, h, n int) string {
	t.Helper()
	snap := tuitest.Floor(tuitest.Options{})
	snap.Breaches = slices.DeleteFunc(snap.Breaches, func(b metrics.Breach) bool { return b.SilencedUntil > 0 || !b.Key.Agent.Empty() })
	s := scene(snap)
	s.Notices = s.Notices[:min(n, len(s.Notices))]
	g := screen.NewGrid(w, h)
	pen(t, i18n.Unicode).Breaches(g.Canvas(), s)
	return g.Text()
}

func TestEveryAnswerStandsOnTheBreachLines(t *testing.T) {
	answers := []string{"■ critical", "refund/app", "oldest wait 6:12 > 5:00", "for 1m12s", "unacked", "add people or open overflow"}
	for _, w := range []int{80, 90, 99, 100, 120, 160, 200} {
		for h := 2; h <= 6; h++ {
			for n := 1; n <= 8; n++ {
				got := breachLines(t, w, h, n)
				for _, want := range answers {
					if !strings.Contains(got, want) {
						t.Errorf("%d breaches in %dx%d: no %q in\n%s", n, w, h, want, got)
					}
				}
			}
		}
	}
}

func TestRowsThatWouldStayEmptyTellMoreOfTheLoudest(t *testing.T) {
	for _, c := range []struct {
		name    string
		w, h, n int
		want    []string
	}{
		{"one that fits takes one, and the rest of the floor is said to be well", 120, 3, 1, []string{"● ok", "the other 8 queues are within their limits"}},
		{"one in a narrow screen takes two", 80, 3, 1, []string{"— add people or open overflow", "the other"}},
		{"more than rows are named in the last", 120, 3, 6, []string{"+2 here — add people or open overflow", "nobody with the skill is available", "and 2 more  ▲"}},
		{"a narrow screen says the loudest whole and names the rest", 80, 3, 6, []string{"and 3 more  ■ english/chat uncovered"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := breachLines(t, c.w, c.h, c.n)
			for _, want := range c.want {
				if !strings.Contains(got, want) {
					t.Errorf("no %q in\n%s", want, got)
				}
			}
		})
	}
}

func TestACalmFloorSaysSinceWhenAndWhatIsClosestToALimit(t *testing.T) {
	s := calmUnder(rulesWith(4))
	g := screen.NewGrid(120, 4)
	pen(t, i18n.Unicode).Breaches(g.Canvas(), s)
	if !strings.Contains(g.Row(0), "● all 14 queues within their limits since ") {
		t.Errorf("%q", g.Row(0))
	}
	if !strings.Contains(g.Row(1), "closest to a limit: ") || !strings.Contains(g.Row(1), " of ") {
		t.Errorf("%q", g.Row(1))
	}
}

// rulesWith are the default rules, their limits that many times as far away.
func rulesWith(factor float64) []rule.Rule {
	rules := rule.Defaults()
	for i := range rules {
		if rules[i].Warn == nil {
			continue
		}
		limit := *rules[i].Warn * factor
		if k := kpi.Find(rules[i].KPI); k != nil && k.Direction == kpi.More {
			limit = *rules[i].Warn / factor
		}
		rules[i].Warn = &limit
	}
	return rules
}

// calmUnder is a floor without a breach, held against rules.
func calmUnder(rules []rule.Rule) *Scene {
	snap := tuitest.Floor(tuitest.Options{Calm: true})
	s := NewScene()
	s.Rules = rules
	s.Prepare(snap, View{}, snap.At)
	return s
}

func TestWhatIsBeyondALimitIsNotCalledWithinIt(t *testing.T) {
	s := calmUnder(rule.Defaults())
	g := screen.NewGrid(120, 5)
	pen(t, i18n.Unicode).Breaches(g.Canvas(), s)
	if got := g.Row(0); !strings.Contains(got, "● no breach in 14 queues, 3 beyond a limit and watched") || strings.Contains(got, "within") {
		t.Errorf("%q", got)
	}
	if got := g.Row(1); !strings.Contains(got, "beyond a limit: ") || !strings.Contains(got, ": not for long enough yet") {
		t.Errorf("what is beyond does not come first: %q", got)
	}
	if got := g.Row(4); !strings.Contains(got, "closest to a limit: ") {
		t.Errorf("what is within comes behind it: %q", got)
	}
	before := s.At
	for later := s.Snapshot; s.At < before+nearEvery; {
		later = tuitest.Later(later, 1)
		s.Prepare(later, View{}, later.At)
		for i, near := range s.nearest(mostNear) {
			if i > 0 && near.Side > s.near.list[i-1].Side {
				t.Fatalf("number %d is beyond its limit, the one before it is not", i+1)
			}
		}
	}
}

func TestAPercentageOfTooFewIsNotSaidToWaitForItsTime(t *testing.T) {
	limit := 80.0
	r := &rule.Rule{Warn: &limit, Confident: true}
	k := kpi.Find(ServiceLevelLive)
	if got := sideOf(r, k, kpi.Value{V: 75, N: 12, OK: true}); got != Unsure {
		t.Errorf("9 of 12: %v", got)
	}
	if got := sideOf(r, k, kpi.Value{V: 75, N: 1200, OK: true}); got != NotLongEnough {
		t.Errorf("900 of 1200: %v", got)
	}
}

func TestWhileTheDayIsReadTheLinesSayHowFarAndNothingIsJudged(t *testing.T) {
	snap := tuitest.Marked(tuitest.Floor(tuitest.Options{Calm: true}), metrics.Mark{Kind: metrics.MarkCatchingUp, Count: 600})
	snap.Link.CatchUpDone, snap.Link.CatchUpTotal, snap.Link.EventsPerSecond = 400, 1000, 50
	s := scene(snap)
	p := pen(t, i18n.Unicode)
	g := screen.NewGrid(120, 3)
	p.Breaches(g.Canvas(), s)
	if got := g.Row(0); !strings.Contains(got, "◌ nothing is judged yet: 40 % of the day so far is read, 12s left") {
		t.Errorf("%q", got)
	}
	if strings.TrimSpace(g.Row(1)) == "" {
		t.Error("no bar")
	}
	line := screen.NewGrid(100, 1)
	p.Line(line.Canvas(), s)
	if got := line.Row(0); !strings.HasPrefix(got, "◌ reading the day so far: 40 %, 12s left · wait") || strings.Contains(got, "ok") {
		t.Errorf("%q", got)
	}
	snap.Link.CatchUpDone = 1000 // more comes than anybody counted before
	s.Floor.DayStart, s.Wall = s.At-3_600_000, s.At+3_600_000
	if got := p.progress(s); got.share != .5 || got.long.String() != "nothing is judged yet: the day so far is read up to 14:05" {
		t.Errorf("%+v", got)
	}
	for _, q := range s.Floor.Tables {
		if l := QueueLevel(s, q); l != metrics.LevelUnknown {
			t.Errorf("%v is called %v", q.Queue, l)
		}
	}
}

func TestTheLoudestBreachIsABarAcrossAWallThatNobodyTouches(t *testing.T) {
	snap := tuitest.Floor(tuitest.Options{})
	p, s := pen(t, i18n.Unicode), scene(snap)
	want := p.Graded(metrics.LevelCritical).With(screen.Bold)
	for _, untouched := range []bool{true, false} {
		s.Untouched = untouched
		for second := range int64(2) { // in both halves of its flashing
			s.Wall = snap.At + second*1000
			g := screen.NewGrid(120, 3)
			p.Breaches(g.Canvas(), s)
			if _, got := g.At(60, 0); (got == want) != untouched {
				t.Errorf("untouched %v, second %d: it is drawn %+v", untouched, second, got)
			}
		}
	}
}

func TestAWallSaysAcrossTheScreenThatItsNumbersHaveStopped(t *testing.T) {
	snap := tuitest.Floor(tuitest.Options{})
	stale := tuitest.Marked(snap, metrics.Mark{Kind: metrics.MarkStale, Since: snap.At - 24_000})
	for _, untouched := range []bool{true, false} {
		s := scene(stale)
		s.Untouched = untouched
		g := screen.NewGrid(120, 4)
		pen(t, i18n.Unicode).Breaches(g.Canvas(), s)
		if got := strings.Contains(g.Row(0), "24s  nothing is judged: the numbers have stopped"); got != untouched {
			t.Errorf("untouched %v: %q", untouched, g.Row(0))
		}
		if !strings.Contains(g.Text(), "refund/app") {
			t.Error("what was wrong is not said any more")
		}
	}
}

func TestWhatIsClosestKeepsItsPlaceForAWhile(t *testing.T) {
	s := NewScene()
	s.Rules = rule.Defaults()
	first := tuitest.Floor(tuitest.Options{Calm: true})
	s.Prepare(first, View{}, first.At)
	var before []metrics.Key
	for _, near := range s.nearest(3) {
		before = append(before, near.Key)
	}
	later := tuitest.Later(first, 1)
	s.Prepare(later, View{}, later.At)
	for i, near := range s.nearest(3) {
		if near.Key != before[i] {
			t.Errorf("number %d was %v, is %v a second later", i+1, before[i], near.Key)
		}
	}
}

func TestAPromotionStandsBeforeTheFlow(t *testing.T) {
	snap := tuitest.Floor(tuitest.Options{})
	snap.Promotions = []metrics.PromotionView{{Name: clean.Own("双11"), Factor: 4, From: snap.At - 3_600_000, To: snap.At + 2*3_600_000}}
	for _, w := range []int{80, 120, 200} {
		g := screen.NewGrid(w, 1)
		pen(t, i18n.Unicode).Flow(g.Canvas(), scene(snap))
		if !strings.HasPrefix(g.Row(0), " PROMO 双11 ×4.0 until 16:05 · in 107 out 99/min") {
			t.Errorf("%q", g.Row(0))
		}
	}
}

func TestOnePlaceHasOneLine(t *testing.T) {
	p := pen(t, i18n.Unicode)
	at := func(rule, queue string, since int64, flaps int32) Notice {
		key := metrics.Key{Scope: metrics.ScopeQueueChannel, Queue: clean.Own(queue), Channel: clean.Own("app")}
		return Notice{Breach: &metrics.Breach{Rule: rule, Key: key, KPI: Waiting, Level: metrics.LevelCritical, State: metrics.BreachFiring, FiringSince: since, Flaps: flaps}}
	}
	var got []string
	for _, n := range p.byPlace([]Notice{at("stray", "bot", 1, 7), at("alone", "mail", 2, 0), at("first", "refund", 3, 0), at("second", "refund", 4, 0), at("third", "refund", 5, 0)}) {
		got = append(got, n.Rule)
	}
	if want := "first, alone, stray"; strings.Join(got, ", ") != want {
		t.Errorf("%s, want %s", strings.Join(got, ", "), want)
	}
	if n := breachesOf(p.places); n != 5 {
		t.Errorf("%d breaches are counted", n)
	}
}

func TestAdviceEndsWithAClause(t *testing.T) {
	const advice = "announce the wait, offer a callback; open overflow"
	for w, want := range map[int]string{60: advice, 49: "announce the wait, offer a callback", 34: "announce the wait", 10: advice} {
		if got := clause(clean.Own(advice), w).String(); got != want {
			t.Errorf("in %d cells %q, want %q", w, got, want)
		}
	}
	if got := clause(clean.Own("此类主题须人工处理：立即接管并修正路由"), 24).String(); got != "此类主题须人工处理" {
		t.Errorf("%q", got)
	}
}
