package metrics

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"wallboard/metrics/checkpoint"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
)

// randomDay makes the events of a small floor in time order, with times
// distinct within a session: people, then contacts that go through every kind
// of life.
func randomDay(c *script, seed uint64, contacts int, settled bool) []*Event {
	r := rand.New(rand.NewPCG(seed, 7))
	var out []*Event
	pick := func(s ...string) string { return s[r.IntN(len(s))] }
	agent := func() string { return fmt.Sprint("a", r.IntN(6)) }
	for i := range 6 {
		a := fmt.Sprint("a", i)
		t := at(8, 0, 0) + int64(r.IntN(60_000))
		out = append(out, c.ev(t, TypeAgentProfile, "a="+a+" team="+pick("t1", "t2")))
		out = append(out, c.ev(t+1, TypeAgentPresence, "a="+a+" p=available"))
		out = append(out, c.ev(t+2, TypeAgentCapacity, "a="+a, func(ev *Event) {
			ev.Slots = []ChannelSlots{{txt("chat"), 4}, {txt("app"), 3}, {txt("voice"), 1}}
			ev.Exclusive = []clean.Text{txt("voice")}
		}))
		if i%2 == 0 || settled {
			out = append(out, c.ev(t+2, TypeAgentQueues, "a="+a, func(ev *Event) { ev.Queues = []Membership{{Queue: txt("q1")}, {Queue: txt("q2")}, {Queue: txt("q3")}} }))
		}
		for range 4 {
			t += int64(r.IntN(3 * 3_600_000))
			out = append(out, c.ev(t+3, TypeAgentPresence, "a="+a+" p="+pick("available", "paused", "away", "offline", "available")))
		}
	}
	for i := range contacts {
		out = append(out, randomContact(c, r, fmt.Sprint("s", i), agent, pick, settled)...)
	}
	slices.SortStableFunc(out, func(a, b *Event) int { return cmp64Test(a.Time, b.Time) })
	return out
}

func cmp64Test(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func randomContact(c *script, r *rand.Rand, id string, agent func() string, pick func(...string) string, opened bool) []*Event {
	var out []*Event
	t := at(9, 0, 0) + int64(r.IntN(3*3_600_000))
	ch := pick("chat", "voice", "app")
	say := func(typ EventType, words string) {
		t += 1 + int64(r.IntN(60_000))
		if r.IntN(4) == 0 {
			t += 1 - int64(r.IntN(2))
			t = max(t, out0(out)+1+int64(r.IntN(2000)))
		}
		out = append(out, c.ev(t, typ, "s="+id+" ch="+ch+" "+words))
	}
	if opened || r.IntN(3) > 0 {
		say(TypeSessionOpened, pick("", "", "bot=1", "origin=agent"))
	}
	if r.IntN(2) == 0 {
		say(TypeSessionMessage, "by=customer")
	}
	for range 1 + r.IntN(3) {
		if r.IntN(5) > 0 {
			say(TypeSessionQueued, "q="+pick("q1", "q2", "q3"))
		}
		if r.IntN(6) == 0 {
			say(TypeSessionQueued, "q="+pick("q1", "q2", "q3"))
		}
		a := agent()
		for range r.IntN(3) {
			say(TypeSessionOffered, "a="+a)
			if r.IntN(2) == 0 {
				say(TypeSessionOfferFailed, "a="+a+" fail="+pick("missed", "rejected", "withdrawn", "left"))
				a = agent()
			}
		}
		if r.IntN(6) == 0 {
			break
		}
		say(TypeSessionAssigned, pick("a="+a, "a="+a, "a="+a, ""))
		for range r.IntN(5) {
			switch r.IntN(6) {
			case 0, 1:
				say(TypeSessionMessage, "by=customer")
			case 2, 3:
				say(TypeSessionMessage, "by=agent a="+a)
			case 4:
				say(TypeSessionHeld, "a="+a)
				say(TypeSessionResumed, "a="+a)
			case 5:
				b := agent()
				say(TypeSessionJoined, "role="+pick("conference", "monitor")+" a="+b)
				say(TypeSessionLeft, "a="+b)
			}
		}
		switch r.IntN(4) {
		case 0:
			say(TypeSessionTransferred, "a="+a+" "+pick("toq=q1", "toq=q2", "toa="+agent()))
			if r.IntN(2) == 0 {
				say(TypeSessionWrapStarted, "a="+a)
				say(TypeSessionWrapEnded, "a="+a)
			}
			continue
		case 1:
			say(TypeSessionWrapStarted, "a="+a)
			say(TypeSessionWrapEnded, "a="+a)
		}
		break
	}
	if r.IntN(12) > 0 {
		say(TypeSessionClosed, pick("out=abandoned", "out=resolved by=agent", "out=cancelled by=customer", "out=overflowed", "", "by=customer", "out=spam"))
		if r.IntN(4) == 0 {
			say(TypeSessionReopened, "by="+pick("customer", "agent"))
			say(TypeSessionAssigned, "a="+agent())
			say(TypeSessionClosed, "")
		}
	}
	return out
}

func out0(out []*Event) int64 {
	if len(out) == 0 {
		return 0
	}
	return out[len(out)-1].Time
}

func engineOf(t *testing.T) *Engine {
	e, err := NewEngine(DefaultSettings(time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// dump writes down every figure of a snapshot, but for those masked.
func dump(s *Snapshot, mask ...func(*Row, *fact.Sums)) string {
	var b bytes.Buffer
	row := func(r *Row) {
		fmt.Fprintf(&b, "%v past=%v now=%+v\n", r.Key, r.Past, *r.Now)
		for w := range fact.NumWindows {
			var sums fact.Sums
			r.SumsAt(s.At, w, &sums)
			for _, f := range mask {
				f(r, &sums)
			}
			fmt.Fprintf(&b, "  %v %v %v %v\n", w, sums.Counts, sums.Peaks, sums.Dists)
		}
		if r.Trend != nil {
			fmt.Fprintf(&b, "  %v\n", *r.Trend)
		}
	}
	for _, f := range s.Floors {
		fmt.Fprintf(&b, "floor %v %d\n", f.ID, f.DayStart)
		row(f.Row)
		for _, rows := range [][]*Row{f.Channels, f.Queues, f.Teams} {
			for _, r := range rows {
				row(r)
			}
		}
		for _, q := range f.Tables {
			row(q.Row)
			fmt.Fprintf(&b, "  %+v\n", q.Waiting)
		}
		for a := range f.Agents.All {
			v := *a
			v.Row = nil
			if len(mask) > 0 {
				v.ActivitySince = 0
			}
			fmt.Fprintf(&b, "agent %+v\n", v)
			row(a.Row)
		}
		for _, p := range f.AgentChannels {
			for _, r := range p {
				row(r)
			}
		}
	}
	h := s.Health
	h.DedupHorizon, h.DedupIDs = 0, 0
	fmt.Fprintf(&b, "%+v\n", h)
	return b.String()
}

func diffOf(a, b string) string {
	la, lb := bytes.Split([]byte(a), []byte("\n")), bytes.Split([]byte(b), []byte("\n"))
	for i := range min(len(la), len(lb)) {
		if !bytes.Equal(la[i], lb[i]) {
			head := i
			for head > 0 && bytes.HasPrefix(la[head], []byte("  ")) {
				head--
			}
			return fmt.Sprintf("under %.200s\n%s\n%s", la[head], la[i], lb[i])
		}
	}
	return "length"
}

func TestSavedAndReadBackIsNoRestart(t *testing.T) {
	for seed := range uint64(12) {
		c := newScript(t)
		events := randomDay(c, seed, 60, false)
		r := rand.New(rand.NewPCG(seed, 3))
		a, b := engineOf(t), engineOf(t)
		next := r.IntN(20)
		for i, ev := range events {
			a.Tick(ev.Time)
			a.Apply(ev)
			b.Tick(ev.Time)
			b.Apply(ev)
			if i%37 == 0 {
				a.Snapshot()
			}
			if i == next {
				next += 1 + r.IntN(60)
				w := checkpoint.NewWriter(nil)
				b.Code(w)
				b = engineOf(t)
				back := checkpoint.NewReader(w.Bytes())
				b.Code(back)
				if back.Err() != nil || len(back.Bytes()) != 0 {
					t.Fatal(back.Err(), len(back.Bytes()))
				}
				again := checkpoint.NewWriter(nil)
				b.Code(again)
				if !bytes.Equal(w.Bytes(), again.Bytes()) {
					t.Fatalf("seed %d: event %d: read back and written again differs", seed, i)
				}
			}
		}
		a.Tick(at(15, 0, 0))
		b.Tick(at(15, 0, 0))
		wa, wb := checkpoint.NewWriter(nil), checkpoint.NewWriter(nil)
		a.Code(wa)
		b.Code(wb)
		if da, db := dump(a.Snapshot()), dump(b.Snapshot()); da != db {
			t.Fatalf("seed %d: %s", seed, diffOf(da, db))
		}
		if !bytes.Equal(wa.Bytes(), wb.Bytes()) {
			t.Fatalf("seed %d: bytes differ", seed)
		}
	}
}

func TestSnapshotsChangeNothingAndAFreshOneIsTheSame(t *testing.T) {
	for seed := range uint64(8) {
		c := newScript(t)
		events := randomDay(c, seed, 60, false)
		a, b := engineOf(t), engineOf(t)
		for i, ev := range events {
			a.Tick(ev.Time)
			a.Apply(ev)
			b.Tick(ev.Time)
			b.Apply(ev)
			if i%3 == 0 {
				a.Snapshot()
			}
		}
		if da, db := dump(a.Snapshot()), dump(b.Snapshot()); da != db {
			t.Fatalf("seed %d: %s", seed, diffOf(da, db))
		}
		a.Tick(a.Now() + 90_000)
		b.Tick(b.Now() + 90_000)
		if da, db := dump(a.Snapshot()), dump(b.Snapshot()); da != db {
			t.Fatalf("later, seed %d: %s", seed, diffOf(da, db))
		}
	}
}

func TestDuplicatesAreCountedAndHaveNoEffect(t *testing.T) {
	c := newScript(t)
	events := randomDay(c, 5, 60, false)
	a, b := engineOf(t), engineOf(t)
	for i, ev := range events {
		a.Tick(ev.Time)
		a.Apply(ev)
		b.Tick(ev.Time)
		b.Apply(ev)
		b.Apply(events[i/2])
	}
	sa, sb := a.Snapshot(), b.Snapshot()
	if sb.Health.Duplicates != int64(len(events)) {
		t.Errorf("duplicates %d of %d", sb.Health.Duplicates, len(events))
	}
	ca, cb := *sa, *sb
	ca.Health, cb.Health = Health{}, Health{}
	if da, db := dump(&ca), dump(&cb); da != db {
		t.Error(diffOf(da, db))
	}
}

// mask leaves out what order may move: see the package comment.
func mask(r *Row, s *fact.Sums) {
	s.Counts[fact.ConcurrentShare] = 0
	if r.Key.Scope == ScopeQueue || r.Key.Scope == ScopeQueueChannel {
		s.Counts[fact.BusyMs], s.Counts[fact.SlotMs], s.Counts[fact.SlotUsedMs] = 0, 0, 0
	}
	s.Peaks = [fact.NumPeaks]int64{}
}

// TestAnyArrivalWithinTheHoldGivesTheSameNumbers delivers events up to 4 s
// late in random order, the clock moving with the arrivals.
func TestAnyArrivalWithinTheHoldGivesTheSameNumbers(t *testing.T) {
	for seed := range uint64(30) {
		c := newScript(t)
		events := randomDay(c, seed, 60, true)
		r := rand.New(rand.NewPCG(seed, 9))
		type arrival struct {
			ev *Event
			at int64
		}
		var late []arrival
		for _, ev := range events {
			delay := int64(0)
			if ev.Type.Session() && r.IntN(3) == 0 {
				delay = int64(r.IntN(4000))
			}
			late = append(late, arrival{ev, ev.Time + delay})
		}
		slices.SortStableFunc(late, func(a, b arrival) int { return cmp64Test(a.at, b.at) })
		a, b := engineOf(t), engineOf(t)
		for _, ev := range events {
			a.Tick(ev.Time)
			a.Apply(ev)
		}
		for _, x := range late {
			b.Tick(x.at)
			b.Apply(x.ev)
		}
		a.Tick(at(16, 0, 0))
		b.Tick(at(16, 0, 0))
		sa, sb := *a.Snapshot(), *b.Snapshot()
		if sa.Health.Misfit != sb.Health.Misfit {
			t.Errorf("seed %d: misfit %d, in order %d", seed, sb.Health.Misfit, sa.Health.Misfit)
		}
		sa.Health, sb.Health = Health{}, Health{}
		if da, db := dump(&sa, mask), dump(&sb, mask); da != db {
			t.Errorf("seed %d: %s", seed, diffOf(da, db))
		}
	}
}

func TestIdentitiesHoldAtAllTimes(t *testing.T) {
	for seed := range uint64(10) {
		c := newScript(t)
		r := rand.New(rand.NewPCG(seed, 11))
		events := randomDay(c, seed, 50, seed%2 == 0)
		for i, ev := range events {
			c.e.Tick(ev.Time + int64(r.IntN(3000)))
			c.e.Apply(ev)
			c.check()
			if i%5 == 0 {
				holds(t, c.e.Snapshot())
			}
		}
		c.e.Tick(at(24, 0, 0))
		holds(t, c.e.Snapshot())
		c.e.Tick(at(40, 0, 0))
		s := c.e.Snapshot()
		holds(t, s)
		if n := s.Floors[0].Row.Now; n.OpenSessions|n.Waiting|n.ActiveLegs|n.TalkLegs|n.AwaitingFirst|n.Unanswered|n.BotActive|n.BusyPeople != 0 || n.OldestSince != 0 {
			t.Errorf("seed %d: after every orphan has closed: %+v", seed, n)
		}
		if s.Health.Held != 0 || s.Health.OpenSessions != 0 {
			t.Errorf("seed %d: %+v", seed, s.Health)
		}
	}
}

// holds checks what must be true of any snapshot.
func holds(t *testing.T, s *Snapshot) {
	t.Helper()
	for _, f := range s.Floors {
		rows := []*Row{f.Row}
		rows = append(append(append(rows, f.Channels...), f.Queues...), f.Teams...)
		for _, q := range f.Tables {
			rows = append(rows, q.Row)
		}
		for a := range f.Agents.All {
			rows = append(rows, a.Row)
		}
		for _, r := range rows {
			for _, w := range []fact.Window{fact.WindowToday, fact.Window5m} {
				var x fact.Sums
				r.SumsAt(s.At, w, &x)
				for c, v := range x.Counts {
					if v < 0 {
						t.Fatalf("%v %v: count %d is %d", r.Key, w, c, v)
					}
				}
			}
			if r.Key.Scope.People() {
				continue
			}
			var x fact.Sums
			r.SumsAt(s.At, fact.WindowToday, &x)
			k := x.Counts
			if k[fact.BroughtForward]+k[fact.Offered] != int64(r.Now.Waiting)+k[fact.Answered]+k[fact.Abandoned]+k[fact.Overflowed]+k[fact.Requeued]+k[fact.Withdrawn] {
				t.Fatalf("%v at %d: %v waiting %d", r.Key, s.At, k, r.Now.Waiting)
			}
		}
	}
}
