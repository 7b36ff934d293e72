package baseline

import (
	"bytes"
	"math"
	"math/rand/v2"
	"testing"
	"time"
	"unsafe"

	"wallboard/metrics/checkpoint"
)

// daily is a calm day of five-minute values with a little noise.
func daily(r *rand.Rand) func(i int) float64 {
	return func(i int) float64 { return 100 + 50*math.Sin(2*math.Pi*float64(i)/288) + 3*r.NormFloat64() }
}

// taught returns a series that has seen n steps of next.
func taught(t testing.TB, o Options, n int, next func(i int) float64) *Series {
	t.Helper()
	s := series(t, o)
	for i := range n {
		s.Feed(Moment{At: int64(i) * 5 * minute, N: 50}, next(i))
	}
	return s
}

func bytesOf(s *Series) []byte {
	c := checkpoint.NewWriter(nil)
	s.Code(c)
	return c.Bytes()
}

func TestHistogramRemembersLikeABruteForceOne(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	const keep = 0.99
	var h histogram
	var seen []float64
	for range 3000 {
		x := 10 * r.NormFloat64() * math.Exp(r.NormFloat64())
		h.add(x, keep, 10)
		seen = append(seen, x)
	}
	for range 200 {
		x := 20 * r.NormFloat64()
		got, doublings := h.at(x)
		if doublings > 0 {
			continue
		}
		from := h.low + h.width*math.Floor((x-h.low)/h.width)
		var below, above, total float64
		for i, y := range seen {
			w := math.Pow(keep, float64(len(seen)-1-i))
			total += w
			if y < from+h.width {
				below += w
			}
			if y >= from {
				above += w
			}
		}
		want := math.Min(1, 2*(math.Min(below, above)+0.05)/(total+0.1))
		if math.Abs(got-want) > 1e-9 {
			t.Fatalf("rarity of %v is %v, by brute force %v", x, got, want)
		}
	}
}

func TestAnAbsurdValueIsForgottenInTime(t *testing.T) {
	calm := daily(rand.New(rand.NewPCG(13, 13)))
	wide := func(s *Series, i int) float64 {
		b := s.Threshold(Moment{At: int64(i) * 5 * minute}, SensitivityEdge)
		return b.Hi - b.Lo
	}
	s := taught(t, Options{}, 8000, calm)
	before := wide(s, 8000)
	for i := 8000; i < 8000+60*288; i++ {
		v := calm(i)
		if i == 8000 {
			v = 5000
		}
		s.Feed(Moment{At: int64(i) * 5 * minute}, v)
	}
	if after := wide(s, 8000+60*288); after > 2*before {
		t.Errorf("the band was %v wide, two months after a value fifty times the usual it is %v", before, after)
	}
}

func TestNarrowingKeepsWhatIsRemembered(t *testing.T) {
	var h, plain histogram
	r := rand.New(rand.NewPCG(14, 14))
	h.add(5000, 0.99, 100)
	for range 3000 {
		x := 100 + 10*r.NormFloat64()
		h.add(x, 0.99, 100)
		plain.add(x, 0.99, 100)
		h.narrow()
	}
	if h.width > 2*plain.width || h.width < plain.width/2 {
		t.Errorf("a bin is %v wide, without the value far out %v", h.width, plain.width)
	}
	if math.Abs(sum(h.weight[:])-h.total) > 1e-6*h.total {
		t.Errorf("bins hold %v, total says %v", sum(h.weight[:]), h.total)
	}
}

func TestRescalingChangesNothing(t *testing.T) {
	var a, b histogram
	for i := range 500 {
		a.add(float64(i%37), 0.9, 40)
		b.add(float64(i%37), 0.9, 40)
		if i%50 == 0 {
			b.rescale()
		}
	}
	for x := -10.0; x < 60; x += 0.7 {
		ra, da := a.at(x)
		rb, db := b.at(x)
		if da != db || math.Abs(ra-rb) > 1e-12 {
			t.Fatalf("at %v: %v and %v doublings, rescaled %v and %v", x, ra, da, rb, db)
		}
	}
}

func TestRestartIsNoRestart(t *testing.T) {
	for _, o := range []Options{{}, {Kind: KindRatio, Shape: ShapeWeekday, MinN: 2}, {Kind: KindFlow, Step: time.Minute}} {
		r := rand.New(rand.NewPCG(5, 5))
		next := oneOf(r)
		whole, cut := series(t, o), series(t, o)
		for i := range 3000 {
			m := Moment{At: int64(i) * 5 * minute, N: float64(r.IntN(30)), Firing: r.IntN(10) == 0}
			if r.IntN(20) == 0 {
				m.Factor = 2
			}
			v := next(i)
			if a, b := whole.Feed(m, v), cut.Feed(m, v); a != b {
				t.Fatalf("step %d: %+v, after restarts %+v", i, a, b)
			}
			if i%97 == 0 {
				state := bytesOf(cut)
				cut = series(t, o)
				c := checkpoint.NewReader(state)
				if cut.Code(c); c.Err() != nil || len(c.Bytes()) != 0 {
					t.Fatalf("state does not read back: %v, %d bytes left", c.Err(), len(c.Bytes()))
				}
			}
		}
		if !bytes.Equal(bytesOf(whole), bytesOf(cut)) {
			t.Error("the states differ in the end")
		}
	}
}

func FuzzCode(f *testing.F) {
	f.Add(bytesOf(taught(f, Options{}, 300, daily(rand.New(rand.NewPCG(1, 1))))))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		s := series(t, Options{})
		c := checkpoint.NewReader(data)
		if s.Code(c); c.Err() != nil {
			return
		}
		for i := range 3 { // whatever reads back can be worked with
			v := s.Feed(Moment{At: int64(i) * 5 * minute}, float64(i))
			if math.IsNaN(v.Lo) || math.IsNaN(v.Hi) || math.IsNaN(v.Surprise) {
				t.Fatalf("verdict %+v", v)
			}
		}
	})
}

func TestStepsThatTellNothingChangeNothing(t *testing.T) {
	rows := []struct {
		name    string
		options Options
		moment  Moment
		value   float64
	}{
		{"fewer n than asked for", Options{MinN: 10}, Moment{N: 9}, 5},
		{"n unknown where it is asked for", Options{MinN: 10}, Moment{N: math.NaN()}, 5},
		{"a ratio of nothing", Options{Kind: KindRatio}, Moment{N: 0}, 5},
		{"no number", Options{}, Moment{}, math.NaN()},
		{"an infinite value", Options{}, Moment{}, math.Inf(1)},
		{"a wait inside a promotion", Options{Kind: KindLevel}, Moment{Factor: 3}, 5},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			s := taught(t, row.options, 600, daily(rand.New(rand.NewPCG(2, 2))))
			before := bytesOf(s)
			row.moment.At = 600 * 5 * minute
			if v := s.Feed(row.moment, row.value); v != (Verdict{}) {
				t.Errorf("verdict %+v", v)
			}
			if !bytes.Equal(before, bytesOf(s)) {
				t.Error("the step changed what was learned")
			}
		})
	}
}

func TestNothingButZerosIsNotLearned(t *testing.T) {
	s := taught(t, Options{}, 1000, func(int) float64 { return 0 })
	if s.Progress() != 0 {
		t.Errorf("progress %v of a series that was only ever zero", s.Progress())
	}
}

func TestWarmUpIsKeptInTime(t *testing.T) {
	for _, row := range []struct {
		step  time.Duration
		steps int
	}{{5 * time.Minute, 100}, {time.Minute, 500}, {10 * time.Minute, 50}, {time.Hour, 20}} {
		s := series(t, Options{Step: row.step})
		n := 0
		for ; s.Progress() < 1; n++ {
			if s.Alert(Moment{}).Known {
				t.Fatal("a band before learning ended")
			}
			s.Feed(Moment{At: int64(n) * row.step.Milliseconds()}, float64(5+n%3))
		}
		if n != row.steps {
			t.Errorf("at %v learning took %d steps, not %d", row.step, n, row.steps)
		}
	}
}

func TestOneIncidentIsOneAlert(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	calm := daily(r)
	s := taught(t, Options{}, 14*288, calm)
	fired := 0
	for i := 14 * 288; i < 15*288; i++ {
		v := calm(i)
		if i > 14*288+60 && i < 14*288+120 && i%2 == 0 {
			v = 400
		}
		if got := s.Feed(Moment{At: int64(i) * 5 * minute}, v); got.Fired {
			fired++
		}
	}
	if fired < 1 || fired > 2 {
		t.Errorf("thirty equal spikes in five hours fired %d times", fired)
	}
	s.Resolve()
	if at := int64(15*288) * 5 * minute; !s.Feed(Moment{At: at}, 900).Fired {
		t.Error("after the incident was resolved a new one did not fire")
	}
}

func TestLearningPausesAnHourWhileFiring(t *testing.T) {
	s := taught(t, Options{}, 600, daily(rand.New(rand.NewPCG(6, 6))))
	before := s.learned
	for i := range 20 {
		s.Feed(Moment{At: int64(600+i) * 5 * minute, Firing: true}, 300)
	}
	if got := s.learned - before; got != 8 {
		t.Errorf("20 steps of five minutes while firing: %v learned, not the last 8", got)
	}
}

func TestPromotionScalesFlowsAndTheirBand(t *testing.T) {
	calm := daily(rand.New(rand.NewPCG(8, 8)))
	s := taught(t, Options{Kind: KindFlow}, 3000, calm)
	at := int64(3000) * 5 * minute
	usual, promoted := s.Alert(Moment{At: at}), s.Alert(Moment{At: at, Factor: 3})
	if math.Abs(promoted.Hi-3*usual.Hi) > 1e-9*usual.Hi || math.Abs(promoted.Lo-3*usual.Lo) > 1e-9*usual.Hi {
		t.Errorf("the band is %v, in a threefold promotion %v", usual, promoted)
	}
	before := s.learned
	if v := s.Feed(Moment{At: at, Factor: 3}, 3*calm(3000)); v.Fired || s.learned != before {
		t.Errorf("three times the usual in a threefold promotion: %+v, %v learned", v, s.learned-before)
	}
	ratio := taught(t, Options{Kind: KindRatio}, 3000, calm)
	if a, b := ratio.Alert(Moment{At: at, N: 50}), ratio.Alert(Moment{At: at, N: 50, Factor: 3}); a != b {
		t.Errorf("a ratio's band is %v, in a promotion %v", a, b)
	}
}

func TestFewContactsWidenTheBandOfARatio(t *testing.T) {
	s := taught(t, Options{Kind: KindRatio}, 3000, daily(rand.New(rand.NewPCG(9, 9))))
	width := func(n float64) float64 {
		b := s.Threshold(Moment{At: 3000 * 5 * minute, N: n}, SensitivityEdge)
		return b.Hi - b.Lo
	}
	usual := width(50)
	for _, row := range []struct{ n, times float64 }{{50, 1}, {12.5, 2}, {2, 5}, {200, 0.5}, {450, 1.0 / 3}, {1e6, 1.0 / 3}} {
		if got := width(row.n) / usual; math.Abs(got-row.times) > 1e-6 {
			t.Errorf("with n %v of a median 50 the band is %v times as wide, not %v", row.n, got, row.times)
		}
	}
}

func TestWeekdayShapesKnowTheWeekend(t *testing.T) {
	r := rand.New(rand.NewPCG(10, 10))
	calm := daily(r)
	week := func(i int) float64 {
		if day := (i/288 + 4) % 7; day == 0 || day == 6 { // the epoch was a Thursday
			return calm(i) / 4
		}
		return calm(i)
	}
	const days = 7 * 12
	common, weekly := taught(t, Options{}, days*288, week), taught(t, Options{Shape: ShapeWeekday}, days*288, week)
	var off, offWeekly float64
	for i := range 7 * 288 {
		set := common.setting(Moment{At: int64(days*288+i) * 5 * minute})
		setWeekly := weekly.setting(Moment{At: int64(days*288+i) * 5 * minute})
		off += math.Abs(set.expected-week(i)) / (7 * 288)
		offWeekly += math.Abs(setWeekly.expected-week(i)) / (7 * 288)
	}
	if offWeekly > off/2 {
		t.Errorf("expectation off by %.1f with one shape, by %.1f with seven", off, offWeekly)
	}
}

func TestTimeOfDayIsLocal(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Skip(err)
	}
	s := series(t, Options{Zone: zone})
	for at := time.Date(2024, 1, 1, 0, 0, 0, 0, zone); at.Year() == 2024; at = at.Add(5 * time.Minute) {
		slot, day := s.clock(at.UnixMilli())
		if want := at.Hour()*4 + at.Minute()/15; slot != want || day != int(at.Weekday()) {
			t.Fatalf("%v is slot %d of weekday %d, not %d of %d", at, slot, day, want, at.Weekday())
		}
	}
}

func TestReasonsAreWords(t *testing.T) {
	for _, row := range []struct {
		reason           Reason
		english, chinese string
	}{
		{Reason{}, "", ""},
		{Reason{Cause: CauseNow, By: 6.23}, "6.2 above the usual for this time of day", "比该时段的通常值高 6.2"},
		{Reason{Cause: CauseNow, By: -1234.4}, "1234 below the usual for this time of day", "比该时段的通常值低 1234"},
		{Reason{Cause: CauseDrift, By: 2.08}, "has stayed 2.1 above the usual", "持续比通常值高 2.1"},
		{Reason{Cause: CauseDrift, By: -0.0132}, "has stayed 0.013 below the usual", "持续比通常值低 0.013"},
		{Reason{Cause: CauseLevel, Level: 9}, "this level is rare in the whole history", "这一水平在全部历史中罕见"},
	} {
		if got := row.reason.English(); got != row.english {
			t.Errorf("%+v in English: %q", row.reason, got)
		}
		if got := row.reason.Chinese(); got != row.chinese {
			t.Errorf("%+v in Chinese: %q", row.reason, got)
		}
	}
}

func TestSpikeAndLevelShiftNameTheirLens(t *testing.T) {
	calm := daily(rand.New(rand.NewPCG(11, 11)))
	s := taught(t, Options{}, 20*288, calm)
	v := s.Feed(Moment{At: 20 * 288 * 5 * minute}, calm(20*288)+120)
	if !v.Fired || v.Reason.Cause != CauseNow || math.Abs(v.Reason.By-120) > 15 {
		t.Errorf("a spike of 120: %+v", v)
	}
}

func TestStepAllocatesNothingAndStaysSmall(t *testing.T) {
	s := taught(t, Options{}, 1000, daily(rand.New(rand.NewPCG(12, 12))))
	at := int64(1000) * 5 * minute
	if n := testing.AllocsPerRun(500, func() {
		at += 5 * minute
		s.Feed(Moment{At: at}, 100+float64(at/minute%7))
	}); n != 0 {
		t.Errorf("%v allocations a step", n)
	}
	if size := unsafe.Sizeof(*s); size > 4<<10 {
		t.Errorf("a series takes %d bytes", size)
	} else {
		t.Logf("a series takes %d bytes, its state %d", size, len(bytesOf(s)))
	}
}
