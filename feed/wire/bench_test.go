package wire

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"wallboard/metrics"
)

// usual is an event of 255 bytes, the size that figures are stated for.
const usual = `{"specversion":"1.0","id":"01JD6Z8V6M","source":"/acd/hz-1","type":"session.queued","time":"2026-11-21T09:30:00.123Z",` +
	`"floor":"hz","session":"s-8842","channel":"chat","queue":"presale","agent":"a-1234","customer":"c-991827","data":{"priority":2,"tier":1}}`

// mix returns the types of a floor's day in about the shares they have there.
func mix() (payloads [][]byte, size int) {
	shares := []struct {
		t metrics.EventType
		n int
	}{
		{metrics.TypeSessionOpened, 8}, {metrics.TypeSessionQueued, 9}, {metrics.TypeSessionOffered, 9}, {metrics.TypeSessionAssigned, 8},
		{metrics.TypeSessionMessage, 45}, {metrics.TypeSessionTransferred, 1}, {metrics.TypeSessionWrapStarted, 7},
		{metrics.TypeSessionWrapEnded, 7}, {metrics.TypeSessionClosed, 8}, {metrics.TypeSessionRated, 3},
		{metrics.TypeSessionTagged, 4}, {metrics.TypeAgentPresence, 2}, {metrics.TypeSourceHeartbeat, 1},
	}
	r := rand.New(rand.NewPCG(4, 2))
	for _, s := range shares {
		for range s.n {
			ev := randomEvent(r, s.t)
			payloads = append(payloads, Append(nil, &ev))
			size += len(payloads[len(payloads)-1])
		}
	}
	r.Shuffle(len(payloads), func(i, j int) { payloads[i], payloads[j] = payloads[j], payloads[i] })
	return payloads, size / len(payloads)
}

// flat is what one would decode into with a general JSON library.
type flat struct {
	ID, Source, Type, Time, Floor, Session, Channel, Queue, Agent, Customer string
	Data                                                                    struct{ Priority, Tier int }
}

func BenchmarkDecode(b *testing.B) {
	payloads, size := mix()
	b.Run("mix", func(b *testing.B) {
		d, ev := NewDecoder(), new(metrics.Event)
		b.SetBytes(int64(size))
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if err := d.Decode("", nil, payloads[i%len(payloads)], 0, ev); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("usual", func(b *testing.B) {
		d, ev, payload := NewDecoder(), new(metrics.Event), []byte(usual)
		b.SetBytes(int64(len(usual)))
		b.ReportAllocs()
		for b.Loop() {
			if err := d.Decode("floor.hz.session.queued.chat", nil, payload, 1, ev); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("binary", func(b *testing.B) {
		d, ev, h, data := NewDecoder(), new(metrics.Event), headers(), []byte(`{"priority":2}`)
		b.ReportAllocs()
		for b.Loop() {
			if err := d.Decode("floor.hz.session.queued.chat", h, data, 1, ev); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("encoding_json", func(b *testing.B) {
		payload := []byte(usual)
		b.SetBytes(int64(len(usual)))
		b.ReportAllocs()
		for b.Loop() {
			var f flat
			if err := json.Unmarshal(payload, &f); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkAppend(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, t := range []metrics.EventType{metrics.TypeSessionQueued, metrics.TypeSessionMessage} {
		b.Run(t.String(), func(b *testing.B) {
			ev := randomEvent(r, t)
			var buf []byte
			b.ReportAllocs()
			for b.Loop() {
				buf = Append(buf[:0], &ev)
			}
			b.SetBytes(int64(len(buf)))
		})
	}
}

func TestAcceptedEventsCostNoAllocation(t *testing.T) {
	payloads, _ := mix()
	d, ev, h := NewDecoder(), new(metrics.Event), headers("ce-queue", "%E5%94%AE")
	escaped := []byte(event("queue", `"\u552e\u524d"`, "floor", `"HZ"`, "data", `{"skills":["a","b"],"kind":"live"}`))
	if n := testing.AllocsPerRun(50, func() {
		for _, p := range payloads {
			if err := d.Decode("", nil, p, 0, ev); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.Decode("floor.hz.x", nil, escaped, 0, ev); err != nil {
			t.Fatal(err)
		}
		if err := d.Decode("floor.hz.x", h, nil, 0, ev); err != nil {
			t.Fatal(err)
		}
	}); n != 0 {
		t.Errorf("%v allocations for %d events", n, len(payloads)+2)
	}
	var buf []byte
	if n := testing.AllocsPerRun(50, func() { buf = AppendSubject(Append(buf[:0], ev), ev) }); n != 0 {
		t.Errorf("%v allocations to write one", n)
	}
}
