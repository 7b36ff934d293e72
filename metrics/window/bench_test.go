package window

import (
	"math/rand/v2"
	"testing"
	"unsafe"

	"wallboard/metrics/fact"
)

// contacts writes n contacts spread over a span: what a chat of some turns
// leaves on one series.
// Contacts come at random, minute after minute.
func contacts(s *Series, from int64, minutes, n int) {
	if minutes > 1 && n > 0 {
		r := rand.New(rand.NewPCG(uint64(from), uint64(n)))
		due := 0.0
		for m := range minutes {
			due += r.ExpFloat64() * float64(n) / float64(minutes)
			contacts(s, from+int64(m)*minuteMs, 1, int(due))
			due -= float64(int(due))
		}
		return
	}
	if n == 0 {
		return
	}
	r := rand.New(rand.NewPCG(uint64(from), 1))
	const step = 20_000
	for range n {
		t := from + r.Int64N(minuteMs-step)
		wait, talk := int64(r.ExpFloat64()*20_000), int64(r.ExpFloat64()*240_000)
		s.Level(t, fact.PeakWaiting, int64(r.IntN(9)))
		for _, c := range []fact.Count{fact.Offered, fact.Answered, fact.AnsweredWithin, fact.Opened, fact.OpenedByCustomer, fact.FirstReplies, fact.FRTWithin30, fact.FRTWithin60, fact.FRTWithin180, fact.LegsEnded, fact.HandledSessions, fact.Closed, fact.Resolved, fact.OmniDecided, fact.OmniReplied} {
			s.Add(t, c, 1)
		}
		for _, c := range []fact.Count{fact.WaitAnsweredMs, fact.WaitAllMs, fact.FRTMs} {
			s.Add(t, c, wait)
		}
		for _, c := range []fact.Count{fact.TalkMs, fact.WrapMs, fact.ConcurrentShare} {
			s.Add(t, c, talk)
		}
		for _, c := range []fact.Count{fact.BusyMs, fact.LegMs, fact.SlotUsedMs, fact.LoadShareMs, fact.IdleMs} {
			s.Slope(t, c, 1)
			s.Slope(t+step/2, c, -1)
		}
		s.Level(t+step/2, fact.PeakConcurrency, int64(r.IntN(5)))
		s.Peak(t+step/2, fact.PeakWaitEndedMs, wait)
		s.Observe(t, fact.DistWait, wait)
		s.Observe(t, fact.DistFRT, wait+int64(r.ExpFloat64()*30_000))
		s.Observe(t, fact.DistHandle, talk)
		s.Observe(t, fact.DistWrap, talk/6)
		for range 5 {
			s.Observe(t, fact.DistResponse, int64(r.ExpFloat64()*40_000))
			for _, c := range []fact.Count{fact.TurnsBegun, fact.TurnsAnswered, fact.TurnsWithin180, fact.TurnsDecided} {
				s.Add(t, c, 1)
			}
			s.Add(t, fact.ResponseMs, int64(r.ExpFloat64()*40_000))
		}
	}
}

func benchKinds(b *testing.B, f func(b *testing.B, kind Kind)) {
	b.Run("dense", func(b *testing.B) { f(b, Dense) })
	b.Run("sparse", func(b *testing.B) { f(b, Sparse) })
}

func BenchmarkAddInTheRunningMinute(b *testing.B) {
	benchKinds(b, func(b *testing.B, kind Kind) {
		s := new(Scratch).New(kind)
		s.Add(start, fact.Offered, 1)
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			s.Add(start+int64(i%60000), fact.Count(i&31), 1)
		}
	})
}

func BenchmarkObserveInTheRunningMinute(b *testing.B) {
	benchKinds(b, func(b *testing.B, kind Kind) {
		s := new(Scratch).New(kind)
		s.Add(start, fact.Offered, 1)
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			s.Observe(start+int64(i%60000), fact.DistFRT, int64(i%100_000))
		}
	})
}

func BenchmarkAddToAPastMinute(b *testing.B) {
	s := new(Scratch).New(Dense)
	contacts(s, start, 120, 6000)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		s.Add(start+119*minuteMs-int64(i%60)*minuteMs, fact.Offered, 1)
	}
}

func BenchmarkRollAMinute(b *testing.B) {
	benchKinds(b, func(b *testing.B, kind Kind) {
		s := new(Scratch).New(kind)
		contacts(s, start, 120, 3000)
		b.ReportAllocs()
		for i := int64(0); b.Loop(); i++ {
			t := start + (121+i)*minuteMs
			s.Add(t, fact.Offered, 1)
			s.Add(t, fact.Answered, 1)
			s.Observe(t, fact.DistFRT, i%70_000)
		}
	})
}

func BenchmarkViewAfterAChange(b *testing.B) {
	benchKinds(b, func(b *testing.B, kind Kind) {
		s := new(Scratch).New(kind)
		contacts(s, start, 120, 3000)
		b.ReportAllocs()
		for b.Loop() {
			s.Add(start+120*minuteMs, fact.Offered, 1)
			s.View(start + 120*minuteMs)
		}
	})
}

func BenchmarkTrendAfterAChange(b *testing.B) {
	s := new(Scratch).New(Dense)
	contacts(s, start, 120, 3000)
	var trend Trend
	b.ReportAllocs()
	for b.Loop() {
		s.Add(start+120*minuteMs, fact.Offered, 1)
		s.Trend(start+120*minuteMs, &trend)
	}
}

func BenchmarkSums(b *testing.B) {
	for _, row := range []struct {
		name string
		kind Kind
		n    int
	}{{"dense 50 contacts a minute", Dense, 6000}, {"dense 1 contact a minute", Dense, 120}, {"sparse 12 contacts an hour", Sparse, 24}} {
		s := new(Scratch).New(row.kind)
		contacts(s, start, 120, row.n)
		v := s.View(start + 120*minuteMs)
		for _, w := range []fact.Window{fact.WindowToday, fact.Window60m, fact.Window5m} {
			b.Run(row.name+"/"+w.String(), func(b *testing.B) {
				var sums fact.Sums
				b.ReportAllocs()
				for b.Loop() {
					v.Sums(w, &sums)
				}
			})
		}
	}
}

// bytesHeld is what a series keeps, spare room of its buffers included.
func bytesHeld(s *Series) int {
	n := int(unsafe.Sizeof(*s))
	if s.dense != nil {
		n += int(unsafe.Sizeof(*s.dense)) + s.dense.older.bytes()
	}
	for _, b := range [][]byte{s.open, s.late, s.recent.b, s.carry, s.day, s.all} {
		n += cap(b)
	}
	return n
}

func TestMemoryStaysWithinItsBounds(t *testing.T) {
	for _, row := range []struct {
		name           string
		kind           Kind
		hours, perHour int
		limit          int
	}{
		{"an agent with 12 contacts an hour", Sparse, 10, 12, 4 << 10},
		{"a queue x channel with 1 contact a minute around the clock", Dense, 48, 60, 64 << 10},
		// Twice the goal: ten a minute without a night are 14,400 contacts a day.
		{"a queue x channel with 10 contacts a minute around the clock", Dense, 30, 600, 128 << 10},
	} {
		s := new(Scratch).New(row.kind)
		s.StartDay(start)
		for h := range row.hours {
			if h%24 == 0 {
				s.StartDay(start + int64(h)*60*minuteMs)
			}
			contacts(s, start+int64(h)*60*minuteMs, 60, row.perHour)
		}
		if held := bytesHeld(s); held > row.limit {
			t.Errorf("%s: %d bytes (open %d, recent %d, carry %d, today %d, all %d), limit %d", row.name, held, cap(s.open), cap(s.recent.b), cap(s.carry), cap(s.day), cap(s.all), row.limit)
		} else {
			t.Logf("%s: %d bytes (open %d, recent %d of %d, carry %d, today %d, all %d)", row.name, held, cap(s.open), len(s.recent.b), cap(s.recent.b), cap(s.carry), cap(s.day), cap(s.all))
		}
	}
}

func BenchmarkRollOfAnAgentWithAContact(b *testing.B) {
	s := new(Scratch).New(Sparse)
	contacts(s, start, 120, 24)
	b.ReportAllocs()
	for i := int64(0); b.Loop(); i++ {
		t := start + (121+i)*minuteMs
		for c := range fact.Count(20) {
			s.Add(t, c, 1)
		}
		s.Slope(t, fact.BusyMs, 1)
		s.Slope(t+5000, fact.BusyMs, -1)
		s.Observe(t, fact.DistFRT, i%70_000)
	}
}

// An event's facts go to rows that were last touched long ago: what a write
// costs is the memory it waits for.
func BenchmarkTakeOverManySeries(b *testing.B) {
	facts := []Fact{
		{FactCount, uint8(fact.LegsEnded), 1}, {FactCount, uint8(fact.HandledSessions), 1}, {FactCount, uint8(fact.TalkMs), 90_000}, {FactCount, uint8(fact.WrapMs), 9_000},
		{FactSlope, uint8(fact.BusyMs), -1}, {FactSlope, uint8(fact.LegMs), -1}, {FactSlope, uint8(fact.SlotUsedMs), -1},
	}
	benchKinds(b, func(b *testing.B, kind Kind) {
		var x Scratch
		many := make([]*Series, 8_000)
		for i := range many {
			many[i] = x.New(kind)
		}
		r := rand.New(rand.NewPCG(1, 1))
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			many[r.IntN(len(many))].Take(start+int64(i/100)%59_000, facts)
		}
	})
}
