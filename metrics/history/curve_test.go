package history

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/checkpoint"
	"wallboard/metrics/clean"
)

func hourOf(queue, channel string, from int64, span int, n metrics.CurveCount) metrics.CurveHour {
	h := metrics.CurveHour{Queue: clean.Own(queue), Channel: clean.Own(channel), From: from}
	h.Counts[span] = n
	return h
}

// curvedDay has first replies in two queues and outside any.
func curvedDay() *Day {
	d := aDay("hz", midnight, 5)
	d.takeCurves(&metrics.FloorView{Curves: []metrics.CurveHour{
		hourOf("PS", "chat", d.Start-1, 0, metrics.CurveCount{Sessions: 100}), // the day before
		hourOf("PS", "chat", d.Start+9*hour, 0, metrics.CurveCount{Sessions: 10, Orders: 4, Amount: 5000}),
		hourOf("PS", "chat", d.Start+10*hour, 0, metrics.CurveCount{Sessions: 5, Orders: 1, Amount: 250}),
		hourOf("PS", "voice", d.Start+9*hour, 11, metrics.CurveCount{Sessions: 2}),
		hourOf("AS", "chat", d.Start+9*hour, 11, metrics.CurveCount{Sessions: 3, Orders: 1, Amount: 1}),
		hourOf("", "chat", d.Start+9*hour, 1, metrics.CurveCount{Sessions: 7}),
		hourOf("PS", "chat", d.End, 0, metrics.CurveCount{Sessions: 100}), // the day after
	}})
	return d
}

func TestACurveAddsUpOverHoursAndScopes(t *testing.T) {
	d := curvedDay()
	b, err := Encode(d)
	if err != nil {
		t.Fatal(err)
	}
	read, err := Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	nine := metrics.HourSpan{From: d.Start + 9*hour, To: d.Start + 10*hour}
	key := func(scope metrics.Scope, queue, channel string) metrics.Key {
		return metrics.Key{Scope: scope, Floor: d.Floor, Queue: clean.Own(queue), Channel: clean.Own(channel)}
	}
	for _, row := range []struct {
		name               string
		key                metrics.Key
		span               metrics.HourSpan
		first, second, end CurvePoint
	}{
		{"a queue and channel over the day", key(metrics.ScopeQueueChannel, "PS", "chat"), d.Whole(), CurvePoint{0, 15, 5, 5250}, CurvePoint{}, CurvePoint{}},
		{"a queue and channel in one hour", key(metrics.ScopeQueueChannel, "PS", "chat"), nine, CurvePoint{0, 10, 4, 5000}, CurvePoint{}, CurvePoint{}},
		{"a queue over its channels", key(metrics.ScopeQueue, "PS", ""), d.Whole(), CurvePoint{0, 15, 5, 5250}, CurvePoint{}, CurvePoint{0, 2, 0, 0}},
		{"a channel with what was in no queue", key(metrics.ScopeChannel, "", "chat"), d.Whole(), CurvePoint{0, 15, 5, 5250}, CurvePoint{0, 7, 0, 0}, CurvePoint{0, 3, 1, 1}},
		{"the floor with everything", key(metrics.ScopeFloor, "", ""), d.Whole(), CurvePoint{0, 15, 5, 5250}, CurvePoint{0, 7, 0, 0}, CurvePoint{0, 5, 1, 1}},
		{"a team has none", key(metrics.ScopeTeam, "", ""), d.Whole(), CurvePoint{}, CurvePoint{}, CurvePoint{}},
	} {
		row.first.UpTo, row.second.UpTo = 5*time.Second, 10*time.Second
		for _, day := range []*Day{d, read} {
			got := day.CurveOf(row.key, row.span)
			if got[0] != row.first || got[1] != row.second || got[11] != row.end {
				t.Errorf("%s: %+v", row.name, got)
			}
		}
		if got := read.Curve(row.key); row.span == d.Whole() && got != d.CurveOf(row.key, d.Whole()) {
			t.Errorf("%s: of the day %+v", row.name, got)
		}
	}
	if !read.HasCurve() || !reflect.DeepEqual(read.curves, d.curves) {
		t.Errorf("%+v\nwant %+v", read.curves, d.curves)
	}
}

func TestAnHourIsReplacedAndOthersStay(t *testing.T) {
	d := curvedDay()
	kept := d.frozen()
	late := &metrics.FloorView{Curves: []metrics.CurveHour{hourOf("PS", "chat", d.Start+10*hour, 0, metrics.CurveCount{Sessions: 5, Orders: 2, Amount: 900})}}
	if !d.takeCurves(late) || d.takeCurves(late) {
		t.Error("a change is told once")
	}
	floor := metrics.Key{Scope: metrics.ScopeFloor, Floor: d.Floor}
	if got := d.Curve(floor)[0]; got.Orders != 6 || got.AmountHundredths != 5900 {
		t.Errorf("%+v, want 4 + 2 orders", got)
	}
	if got := kept.Curve(floor)[0]; got.Orders != 5 {
		t.Errorf("a day handed out has changed: %+v", got)
	}
}

// TestADayOfAnEarlierBuildReads reads a file that was written before days had
// curves.
func TestADayOfAnEarlierBuildReads(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("testdata", "day-layout-1"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	floor := metrics.Key{Scope: metrics.ScopeFloor, Floor: d.Floor}
	if n := answered(t, d, queueKey("hz", "PS"), d.Start, d.End); n != 20 || d.HasCurve() || d.Curve(floor)[0].Sessions != 0 {
		t.Errorf("%d answered, curve %v", n, d.HasCurve())
	}
	again, err := Encode(d)
	if err != nil {
		t.Fatal(err)
	}
	if read, err := Decode(again); err != nil || read.HasCurve() {
		t.Errorf("written anew it claims a curve: %v", err)
	}
}

func TestACurveOutOfOrderIsNoDay(t *testing.T) {
	for name, spoil := range map[string]func(*Day){
		"two hours in the wrong order": func(d *Day) { h := d.curveOf(clean.Own("chat"), clean.Own("PS")).hours; h[0], h[1] = h[1], h[0] },
		"an hour beyond the day":       func(d *Day) { d.curves[0].hours[0].from = d.End },
		"a queue and channel twice":    func(d *Day) { d.curves[1] = d.curves[0] },
	} {
		d := curvedDay()
		spoil(d)
		w := checkpoint.NewWriter(nil)
		codeDay(w, d)
		r := checkpoint.NewReader(w.Bytes())
		if codeDay(r, new(Day)); r.Err() == nil && w.Err() == nil {
			t.Errorf("%s reads", name)
		}
	}
}
