package dedup

import (
	"math/rand/v2"
	"testing"
	"unsafe"

	"wallboard/metrics/checkpoint"
)

// model is the same promise kept the slow way: a list of all ids.
type model struct {
	ids            []uint64
	times          []int64
	minIDs, maxIDs int
	keep           int64
}

// must says whether the id has to be known: among the newest minIDs-chunk, or
// young enough, and within the cap less a chunk.
func (m *model) must(id uint64, now int64) bool {
	for i := len(m.ids) - 1; i >= 0; i-- {
		if m.ids[i] != id {
			continue
		}
		newer := len(m.ids) - 1 - i
		return newer < m.maxIDs-chunkIDs && (newer < m.minIDs || m.times[i] >= now-m.keep)
	}
	return false
}

func (m *model) ever(id uint64) bool {
	for _, v := range m.ids {
		if v == id {
			return true
		}
	}
	return false
}

func TestEveryIDInsideTheHorizonIsKnownAndNoNewOneIs(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	s := New(3000, 20_000, 60_000)
	m := &model{minIDs: 3000, maxIDs: 20_000, keep: 60_000}
	now := int64(1)
	for range 40_000 {
		now += int64(rng.IntN(20))
		id := rng.Uint64N(30_000) + 1
		if len(m.ids) > 0 && rng.IntN(3) == 0 {
			id = m.ids[max(0, len(m.ids)-1-rng.IntN(6000))]
		}
		check := rng.IntN(200) == 0
		var must, ever bool
		if check {
			must, ever = m.must(id, now), m.ever(id)
		}
		seen := s.Seen(id, now)
		if check && must && !seen {
			t.Fatalf("id %d is inside the horizon and was not known", id)
		}
		if check && seen && !ever {
			t.Fatalf("id %d is new and was known", id)
		}
		if !seen {
			m.ids, m.times = append(m.ids, id), append(m.times, now)
		}
		if s.Len() > m.maxIDs {
			t.Fatalf("%d ids are kept, above the cap %d", s.Len(), m.maxIDs)
		}
	}
	if s.Horizon() == 0 {
		t.Fatal("nothing was forgotten: the test does not reach the horizon")
	}
}

func TestASetReadBackAnswersLikeTheOneWritten(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	a := New(5000, 50_000, 1000)
	for i := range 30_000 {
		a.Seen(rng.Uint64N(1<<40), int64(i))
	}
	w := checkpoint.NewWriter(nil)
	a.Code(w)
	b := New(5000, 50_000, 1000)
	r := checkpoint.NewReader(w.Bytes())
	b.Code(r)
	if r.Err() != nil {
		t.Fatal(r.Err())
	}
	for i := range 30_000 {
		id := rng.Uint64N(1 << 15)
		if x, y := a.Seen(id, int64(30_000+i)), b.Seen(id, int64(30_000+i)); x != y {
			t.Fatalf("step %d: written %v, read back %v", i, x, y)
		}
	}
	if a.Len() != b.Len() || a.Horizon() != b.Horizon() {
		t.Fatalf("written %d ids from %d, read back %d from %d", a.Len(), a.Horizon(), b.Len(), b.Horizon())
	}
}

func FuzzCodeNeverPanics(f *testing.F) {
	s := New(10, 100, 10)
	s.Seen(7, 1)
	w := checkpoint.NewWriter(nil)
	s.Code(w)
	f.Add(w.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		s := New(10, 10_000, 10)
		c := checkpoint.NewReader(data)
		s.Code(c)
		if c.Err() == nil {
			s.Seen(9, 5)
		}
	})
}

func BenchmarkSeenWarm2M(b *testing.B) {
	s := New(2_000_000, 16_000_000, 0)
	rng := rand.New(rand.NewPCG(5, 6))
	for range 2_000_000 {
		s.Seen(rng.Uint64(), 0)
	}
	b.ReportAllocs()
	for b.Loop() {
		s.Seen(rng.Uint64(), 1)
	}
}

func TestStampsMayComeRoundWithoutAnOldIDComingBack(t *testing.T) {
	s := New(chunkIDs, 2*chunkIDs, 0)
	rng := rand.New(rand.NewPCG(7, 8))
	const far = 70_000 // chunks, more than there are stamps
	old := make([]uint64, 2000)
	for i := range old {
		old[i] = rng.Uint64() | 1
		s.Seen(old[i], 1)
	}
	// Chunks of one id each come round in time for a test.
	for i := range far {
		s.begin(chunk{ids: []uint64{}})
		id := rng.Uint64() | 1
		s.remember(id, int64(i)+2)
		s.chunks[len(s.chunks)-1].newest = int64(i) + 2
		for len(s.chunks) > 3 {
			s.count -= len(s.chunks[0].ids)
			s.chunks = s.chunks[1:]
			s.table.oldest++
		}
		if !s.Known(id) {
			t.Fatalf("chunk %d: the newest id is not known", i)
		}
		if i%500 == 499 {
			for _, id := range old {
				if s.Known(id) {
					t.Fatalf("after %d chunks an id forgotten long ago is known again", i+1)
				}
			}
		}
	}
}

func TestALineOfTheTableIsOneCacheLine(t *testing.T) {
	if size := unsafe.Sizeof(line{}); size != 64 {
		t.Errorf("a line is %d bytes", size)
	}
}
