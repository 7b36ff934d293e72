package rule

import (
	"strings"
	"testing"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// floorOf is a snapshot of two queues in which somebody has waited since the
// beginning, and of one source that speaks for the first of them.
func floorOf(at int64, src metrics.SourceView) *metrics.Snapshot {
	hz := clean.Own("hz")
	queue := func(id string) *metrics.Row {
		return &metrics.Row{Key: metrics.Key{Scope: metrics.ScopeQueue, Floor: hz, Queue: clean.Own(id)}, Now: &metrics.Now{Waiting: 1, OldestTotalSince: 1}}
	}
	return &metrics.Snapshot{At: at, Health: metrics.Health{Sources: []metrics.SourceView{src}}, Floors: []*metrics.FloorView{{
		ID: hz, Zone: time.UTC, Row: &metrics.Row{Key: metrics.Key{Floor: hz}, Now: &metrics.Now{}}, Queues: []*metrics.Row{queue("presale"), queue("refund")},
	}}}
}

func sourceAt(beat int64, every time.Duration, stale bool) metrics.SourceView {
	s := metrics.SourceView{ID: clean.Own("/acd"), Floor: clean.Own("hz"), LastBeat: beat, HeartbeatEvery: every.Milliseconds(), Stale: stale}
	if stale {
		s.Queues, s.Channels = []clean.Text{clean.Own("presale")}, []clean.Text{clean.Own("voice")}
	}
	return s
}

func lines(breaches []metrics.Breach) string {
	var all []string
	for _, b := range breaches {
		all = append(all, b.Rule+" "+b.Key.Queue.String()+" "+b.Level.String())
	}
	return strings.Join(all, ", ")
}

func TestAStaleSourceMutesOnlyWhatItSpokeFor(t *testing.T) {
	r := Rule{Name: "wait", KPI: "oldest_wait_total", Scope: metrics.ScopeQueue, Warn: at(60), Keep: time.Minute}
	silent := limits("source stale", "source_age", 30, 120, 0).over(metrics.ScopeFloor, 0).holding(0, 10*second)
	book, err := New([]Rule{r, silent})
	if err != nil {
		t.Fatal(err)
	}
	if got := lines(book.Evaluate(floorOf(61_001, sourceAt(36_000, 5*time.Second, true)))); got != "wait refund warn" {
		t.Errorf("its own queue fires although nothing is told of it: %s", got)
	}
	if got := lines(book.Evaluate(floorOf(67_000, sourceAt(36_000, 5*time.Second, true)))); got != "source stale  warn, wait refund warn" && got != "wait refund warn, source stale  warn" {
		t.Errorf("beyond 30 s of silence: %s", got)
	}
	breaches := book.Evaluate(floorOf(160_000, sourceAt(36_000, 5*time.Second, true)))
	if breaches[0].Level != metrics.LevelCritical || breaches[0].ReasonEN.String() != "nothing heard from /acd" {
		t.Errorf("beyond 120 s: %+v", breaches[0])
	}
	got := lines(book.Evaluate(floorOf(170_000, sourceAt(169_000, 5*time.Second, false))))
	if !strings.Contains(got, "wait presale warn") {
		t.Errorf("once it speaks again: %s", got)
	}
}

func TestABreachOfAMutedScopeStandsStill(t *testing.T) {
	book, err := New([]Rule{{Name: "wait", KPI: "oldest_wait_total", Scope: metrics.ScopeQueue, Warn: at(60), Keep: 30 * time.Second}})
	if err != nil {
		t.Fatal(err)
	}
	fine := sourceAt(0, 0, false)
	book.Evaluate(floorOf(61_001, fine))
	empty := floorOf(70_000, sourceAt(0, 5*time.Second, true))
	for _, q := range empty.Floors[0].Queues {
		q.Now = &metrics.Now{}
	}
	for empty.At = 70_000; empty.At < 300_000; empty.At += 5_000 {
		book.Evaluate(empty)
	}
	if got := lines(book.Breaches()); got != "wait presale warn" {
		t.Errorf("after four minutes of silence: %s", got)
	}
}

func TestASourceOfSlowHeartbeatsMayMissThree(t *testing.T) {
	book, err := New([]Rule{limits("source stale", "source_age", 30, 120, 0).over(metrics.ScopeFloor, 0)})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		silent int64
		want   string
	}{{179, ""}, {181, "source stale  warn"}, {721, "source stale  critical"}} {
		if got := lines(book.Evaluate(floorOf(row.silent*1000, sourceAt(0, time.Minute, false)))); got != row.want {
			t.Errorf("silent for %d s at one heartbeat a minute: %q, want %q", row.silent, got, row.want)
		}
	}
	quiet := metrics.SourceView{ID: clean.Own("/old"), Floor: clean.Own("hz")}
	book, err = New([]Rule{limits("source stale", "source_age", 30, 120, 0).over(metrics.ScopeFloor, 0)})
	if err != nil {
		t.Fatal(err)
	}
	if got := lines(book.Evaluate(floorOf(9_000_000, quiet))); got != "" {
		t.Errorf("a source that never sent a heartbeat is quiet, not stale: %s", got)
	}
}

func TestAPromotionIsOfItsQueueAndItsHours(t *testing.T) {
	day := time.Date(2026, 11, 11, 0, 0, 0, 0, time.UTC)
	ms := func(h int) int64 { return day.Add(time.Duration(h) * time.Hour).UnixMilli() }
	night := &metrics.Hours{From: 20 * time.Hour, To: 2 * time.Hour}
	c, err := NewCalendar([]Promotion{
		{Name: "all", From: ms(0), To: ms(24), Factor: 4},
		{Name: "presale", From: ms(0), To: ms(24), Factor: 6, Queue: "presale", Hours: night},
	})
	if err != nil {
		t.Fatal(err)
	}
	key := func(q string) metrics.Key { return metrics.Key{Scope: metrics.ScopeQueue, Queue: clean.Own(q)} }
	for name, row := range map[string]struct {
		at     int64
		queue  string
		factor float64
	}{
		"before it":                         {ms(-1), "refund", 0},
		"another queue":                     {ms(21), "refund", 4},
		"its own queue in its hours":        {ms(21), "presale", 6},
		"its own queue, past midnight":      {ms(1), "presale", 6},
		"its own queue outside its hours":   {ms(12), "presale", 4},
		"at its end, which is not included": {ms(24), "refund", 0},
	} {
		if got := c.Factor(row.at, key(row.queue), time.UTC); got != row.factor {
			t.Errorf("%s: factor %v, want %v", name, got, row.factor)
		}
	}
	if f := (*Calendar)(nil).Factor(ms(1), key("x"), time.UTC); f != 0 {
		t.Errorf("no calendar: factor %v", f)
	}
}

// TestInsideAPromotionAQueueLengthIsHeldAgainstItsBase drives a warm band into
// a promotion: a queue length is not linear in arrivals.
func TestInsideAPromotionAQueueLengthIsHeldAgainstItsBase(t *testing.T) {
	r := Rule{Name: "x", KPI: "waiting", Scope: metrics.ScopeQueue, Mode: ModeDynamic, Dynamic: &Dynamic{Base: Amount{Value: 2, Of: "people"}, Max: &Amount{Value: 10, Of: "people"}}}
	flow := Rule{Name: "x", KPI: "inflow_15m", Scope: metrics.ScopeQueue, Mode: ModeDynamic, Direction: 3, Dynamic: &Dynamic{Base: Amount{Value: 1, Of: OfUsual}}}
	from := int64(150 * 300_000)
	c, err := NewCalendar([]Promotion{{Name: "双11", From: from, To: from + 86_400_000, Factor: 4}})
	if err != nil {
		t.Fatal(err)
	}
	run := func(r Rule) (before, within metrics.Breach) {
		trial, err := NewTrial(r, Config{Calendar: c}, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 150 {
			v := 4 + float64(i%3)
			trial.Step(int64(i)*300_000, Given{r.KPI: {V: v, OK: true, N: 9}, "people": {V: 10, OK: true, N: 9}})
		}
		before = trial.Step(from-1, Given{r.KPI: {V: 16, OK: true, N: 9}, "people": {V: 10, OK: true, N: 9}}).Breach
		return before, trial.Step(from+1, Given{r.KPI: {V: 16, OK: true, N: 9}, "people": {V: 10, OK: true, N: 9}}).Breach
	}
	before, within := run(r)
	if before.State != metrics.BreachFiring || before.Limit >= 16 || before.ReasonEN.Empty() {
		t.Errorf("16 before the promotion, where 4 to 6 are usual: %+v", before)
	}
	if within.Limit != 20 || within.Base != 20 {
		t.Errorf("inside: limit %v, base %v, want 2 x 10 people", within.Limit, within.Base)
	}
	before, within = run(flow)
	if before.State != metrics.BreachFiring || within.State != metrics.BreachRecovering {
		t.Errorf("16 a minute are four times the usual: before %v, inside %v", before.State, within.State)
	}
}
