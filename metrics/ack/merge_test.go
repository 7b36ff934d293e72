package ack

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// bucket stands for what all boards share: one record, replaced only by who has
// read the newest. Every board hears of every revision in order, some time.
type bucket struct {
	revisions []Record
}

func (b *bucket) last() Record {
	if len(b.revisions) == 0 {
		return Record{}
	}
	return b.revisions[len(b.revisions)-1]
}

// station is one board: its desk, how much of the bucket it has heard, and the
// names of the wishes it has not written yet.
type station struct {
	desk  *Desk
	heard int
	wish  string // who acknowledged here, empty once written
	level metrics.Level
}

// floor is a random story of several boards that watch one breach.
type floor struct {
	t        *testing.T
	r        *rand.Rand
	bucket   bucket
	stations []*station
	level    metrics.Level // that the breach has, the same on every board that has looked
	now      time.Duration

	// The oracle: who was written first, at the level in force then.
	winner      string
	winnerLevel metrics.Level
	top         metrics.Level // highest level written
}

func (f *floor) breach() metrics.Breach { return breach(f.level, 0) }

// write does what a board does with its pending records: read, merge, replace.
func (f *floor) write(s *station) {
	for _, mine := range s.desk.Pending() {
		merged := Merge(f.bucket.last(), mine)
		if merged != f.bucket.last() {
			f.bucket.revisions = append(f.bucket.revisions, merged)
		}
		f.judge(s, mine)
	}
}

// judge is the oracle's own idea of a write: the highest level counts, and at
// one level whoever was written first.
func (f *floor) judge(s *station, mine Record) {
	if mine.Level > f.top {
		f.top = mine.Level
		f.winner = ""
	}
	if s.wish != "" && s.level == f.top && f.winner == "" {
		f.winner, f.winnerLevel = s.wish, s.level
	}
	s.wish = ""
}

func (f *floor) hear(s *station) {
	if s.heard < len(f.bucket.revisions) {
		must(f.t, s.desk.Put(f.bucket.revisions[s.heard]))
		s.heard++
	}
}

func (f *floor) step() {
	s := f.stations[f.r.IntN(len(f.stations))]
	f.now += time.Duration(f.r.IntN(3000)) * time.Millisecond
	switch f.r.IntN(10) {
	case 0, 1:
		look(s.desk, f.now, f.breach())
	case 2, 3:
		look(s.desk, f.now, f.breach())
		who := fmt.Sprintf("p%d", f.r.IntN(1000))
		if s.desk.Acknowledge(f.breach(), text(who), clean.Text{}) == nil {
			s.wish, s.level = who, f.level
		}
	case 4:
		look(s.desk, f.now, f.breach())
		must(f.t, s.desk.Silence(f.breach(), text("s"), time.Duration(1+f.r.IntN(100))*time.Minute, clean.Text{}))
	case 5:
		look(s.desk, f.now, f.breach())
		_ = s.desk.Unsilence(f.breach(), text("u")) // may have none
	case 6:
		if f.r.IntN(10) == 0 {
			f.level = metrics.LevelCritical
		}
	case 7, 8:
		f.hear(s)
	case 9:
		f.write(s)
	}
}

// rest lets every board say and hear everything.
func (f *floor) rest() {
	for busy := true; busy; {
		busy = false
		for _, s := range f.stations {
			look(s.desk, f.now, f.breach())
			for s.heard < len(f.bucket.revisions) {
				f.hear(s)
				busy = true
			}
			if len(s.desk.Pending()) > 0 {
				f.write(s)
				busy = true
			}
		}
	}
}

func TestWhateverTheOrderAllBoardsEndWithTheFirstAcknowledgement(t *testing.T) {
	acked := 0
	for seed := range uint64(3000) {
		f := &floor{t: t, r: rand.New(rand.NewPCG(seed, 1)), level: metrics.LevelWarn}
		for range 2 + f.r.IntN(3) {
			f.stations = append(f.stations, &station{desk: NewDesk()})
		}
		for range 60 {
			f.step()
		}
		f.rest()
		b := f.breach()
		var views []Record
		for _, s := range f.stations {
			r, _ := s.desk.Get(IDOf(&b))
			if r != f.bucket.last() {
				t.Fatalf("seed %d: a board holds\n%+v\nall hold\n%+v", seed, r, f.bucket.last())
			}
			views = append(views, r)
		}
		want := f.winner
		if f.winnerLevel != f.top {
			want = ""
		}
		if got := f.bucket.last().AckedBy.String(); got != want {
			t.Fatalf("seed %d: acknowledged by %q, the oracle says %q (level %v)", seed, got, want, f.top)
		}
		if want != "" {
			acked++
		}
		_ = views
	}
	if acked < 1000 {
		t.Errorf("only %d of 3000 stories end acknowledged: the test says little", acked)
	}
}

func TestTwoAtOnceEndInOneState(t *testing.T) {
	for _, order := range [][2]int{{0, 1}, {1, 0}} {
		boards := [2]*Desk{NewDesk(), NewDesk()}
		b := breach(metrics.LevelWarn, 0)
		for i, d := range boards {
			look(d, time.Minute, b)
			must(t, d.Acknowledge(b, text([]string{"Lin", "Wu"}[i]), clean.Text{}))
		}
		shared := Record{}
		for _, i := range order {
			for _, mine := range boards[i].Pending() {
				shared = Merge(shared, mine)
			}
		}
		for _, d := range boards {
			must(t, d.Put(shared))
			if r, _ := d.Get(IDOf(&b)); r.AckedBy != text([]string{"Lin", "Wu"}[order[0]]) || len(d.Pending()) != 0 {
				t.Errorf("written in the order %v: %q, pending %d", order, r.AckedBy, len(d.Pending()))
			}
		}
	}
}

// random returns a record of one of a few episodes.
func random(r *rand.Rand) Record {
	episode := at(time.Duration(r.IntN(3)) * time.Hour)
	out := Record{
		Floor: "hz", Rule: "r", Scope: "s", Episode: episode, First: episode, Seen: episode + int64(r.IntN(60_000)),
		Level: metrics.LevelWarn + metrics.Level(r.IntN(2)),
	}
	if r.IntN(2) == 0 {
		out.AckedBy, out.AckedAt = text(fmt.Sprint(r.IntN(9))), episode+int64(r.IntN(1000))
	}
	if r.IntN(2) == 0 {
		out.SilencedBy, out.SilencedAt = text(fmt.Sprint(r.IntN(9))), start+int64(r.IntN(4))
		out.SilencedUntil = start + int64(r.IntN(1000))
	}
	if r.IntN(3) == 0 {
		out.Ended = max(episode, out.Seen+int64(r.IntN(60_000))-20_000)
	}
	return out
}

func TestMergeLosesNothingThatCounts(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	for range 200_000 {
		a, b := random(r), random(r)
		m := Merge(a, b)
		if Merge(m, b) != m || Merge(m, a) != m || Merge(a, a) != a {
			t.Fatalf("said twice, it changes:\n%+v\n%+v\n%+v", a, b, m)
		}
		if m.Episode != max(a.Episode, b.Episode) {
			t.Fatalf("not the later episode:\n%+v\n%+v\n%+v", a, b, m)
		}
		if m.SilencedAt != max(a.SilencedAt, b.SilencedAt) {
			t.Fatalf("not the later silence:\n%+v\n%+v\n%+v", a, b, m)
		}
		if a.Episode == b.Episode && a.Acked() && a.Level >= b.Level && m.AckedBy != a.AckedBy {
			t.Fatalf("the acknowledgement that existed is lost:\n%+v\n%+v\n%+v", a, b, m)
		}
	}
	for range 200_000 {
		a, b := random(r), random(r)
		m, n := Merge(a, b), Merge(b, a)
		if a.Episode == b.Episode && (m.Ended != n.Ended || m.Seen != n.Seen || m.Level != n.Level) {
			t.Fatalf("the order of writing changes more than the names:\n%+v\n%+v", m, n)
		}
	}
	if slices.Max([]int64{settleMillis, refreshMillis}) >= unseenMillis {
		t.Error("an episode is given up before a board says again that it goes on")
	}
}
