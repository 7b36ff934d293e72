package wire

import (
	"fmt"
	"strings"
	"testing"

	"wallboard/metrics"
)

// hostile are events of nearly 16 KiB made to be dear to read: what grows with
// the square of their size would show among them.
func hostile() map[string]string {
	fill := func(open, close string, part func(i int) string) string {
		var b strings.Builder
		b.WriteString(open)
		for i := 0; b.Len() < 15<<10; i++ {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(part(i))
		}
		return b.String() + close
	}
	return map[string]string{
		"harmless":       event("x", `"`+strings.Repeat("x", 15<<10)+`"`),
		"names":          event("x", fill("{", "}", func(i int) string { return fmt.Sprintf(`"%d":1`, i) })),
		"objects":        event("x", fill("[", "]", func(i int) string { return `{"a":{}}` })),
		"channels":       event("type", `"agent.capacity"`, "data", `{"slots":`+fill("{", "}", func(i int) string { return fmt.Sprintf(`"C%d":1`, i) })+`}`),
		"memberships":    event("type", `"agent.queues"`, "data", `{"queues":`+fill("[", "]", func(i int) string { return `{"queue":"a"}` })+`}`),
		"escapes":        event("queue", `"`+strings.Repeat(`\u552e`, 2500)+`"`),
		"marks":          event("queue", `"`+strings.Repeat("\u0323", 7500)+`"`),
		"controls":       event("queue", `"`+strings.Repeat(`\u001b[`, 1800)+`"`),
		"a long id":      event("id", `"`+strings.Repeat("é", 7500)+`"`),
		"a long number":  event("type", `"session.rated"`, "data", `{"score":1.`+strings.Repeat("1", 15<<10)+`}`),
		"a long integer": event("data", `{"priority":`+strings.Repeat("1", 15<<10)+`}`),
	}
}

func BenchmarkHostile(b *testing.B) {
	for name, payload := range hostile() {
		b.Run(name, func(b *testing.B) {
			d, ev, text := NewDecoder(), new(metrics.Event), []byte(payload)
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				_ = d.Decode("", nil, text, 0, ev)
			}
		})
	}
}

func TestHostileEventsAreReadLikeTheReferenceReadsThem(t *testing.T) {
	d := NewDecoder()
	for name, payload := range hostile() {
		t.Run(name, func(t *testing.T) {
			if len(payload) > MaxEventBytes {
				t.Fatalf("%d bytes", len(payload))
			}
			compare(t, d, "", nil, []byte(payload), 0)
		})
	}
}
