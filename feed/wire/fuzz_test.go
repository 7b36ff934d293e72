package wire

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// compare holds the decoder to the reference on one message.
func compare(t *testing.T, d *Decoder, subject string, header map[string][]string, payload []byte, arrival int64) {
	t.Helper()
	want, reason := referenceDecode(subject, header, payload, arrival)
	var got metrics.Event
	err := d.Decode(subject, header, payload, arrival, &got)
	if err == nil {
		if reason != "" {
			t.Fatalf("accepted, the reference refuses for %s\nsubject %q\nheader %q\npayload %q", reason, subject, header, payload)
		}
		if !sameEvent(want, got) {
			t.Fatalf("decoded  %+v\nreference %+v\nsubject %q\nheader %q\npayload %q", got, want, subject, header, payload)
		}
		return
	}
	var r *Rejection
	if !errors.As(err, &r) || r.Reason != reason {
		t.Fatalf("got %v, the reference says %q\nsubject %q\nheader %q\npayload %q", err, reason, subject, header, payload)
	}
	if _, changed := clean.String(r.Sample.String()); changed {
		t.Fatalf("the sample %q is not clean", r.Sample)
	}
}

// headersOf reads headers as lines "name: value" or "name" for one without any.
func headersOf(text string) map[string][]string {
	if text == "" {
		return nil
	}
	h := map[string][]string{}
	for _, line := range strings.Split(text, "\n") {
		name, value, found := strings.Cut(line, ": ")
		if !found {
			h[name] = append([]string{}, h[name]...)
			continue
		}
		h[name] = append(h[name], value)
	}
	return h
}

const usualHeader = "ce-specversion: 1.0\nce-id: 1\nce-source: /acd\nce-type: session.queued\nce-time: 2026-11-21T09:30:00Z\n" +
	"ce-floor: hz\nce-session: s\nce-channel: chat\nce-queue: %E5%94%AE"

// FuzzDecode compares the decoder with the reference on any message.
func FuzzDecode(f *testing.F) {
	r := rand.New(rand.NewPCG(11, 13))
	for t := metrics.TypeUnknown + 1; t < metrics.NumEventTypes; t++ {
		ev := randomEvent(r, t)
		f.Add(Subject(&ev), "", Append(nil, &ev), int64(1))
	}
	for _, c := range structuredRejections {
		if len(c.payload) < 4096 {
			f.Add("", "", []byte(c.payload), int64(0))
		}
	}
	f.Add("floor.hz.session.queued.chat", usualHeader, []byte(`{"priority":2}`), int64(5))
	f.Add("floor.hz.session.queued.chat", usualHeader+"\nCE-ID: 2", []byte(` null`), int64(5))
	f.Add("floor.hz.x", "Content-Type: application/cloudevents+json; charset=UTF-8", []byte(event("floor", "-")), int64(5))
	f.Add("floor.hz.x", "content-type: application/cloudevents-batch+json", []byte(`[]`), int64(5))
	d := NewDecoder()
	f.Fuzz(func(t *testing.T, subject, header string, payload []byte, arrival int64) {
		compare(t, d, subject, headersOf(header), payload, arrival)
	})
}

// FuzzData compares them on any data of any type, where a whole message would
// seldom get as far.
func FuzzData(f *testing.F) {
	r := rand.New(rand.NewPCG(17, 19))
	for t := metrics.TypeUnknown + 1; t < metrics.NumEventTypes; t++ {
		for range 3 {
			ev := randomEvent(r, t)
			if _, data, found := strings.Cut(string(Append(nil, &ev)), `"data":`); found {
				f.Add(uint8(t), strings.TrimSuffix(data, "}"))
			}
		}
	}
	d := NewDecoder()
	f.Fuzz(func(t *testing.T, kind uint8, data string) {
		et := metrics.EventType(kind % uint8(metrics.NumEventTypes))
		compare(t, d, "", nil, []byte(event("type", `"`+et.String()+`"`, "data", data)), 0)
	})
}

// FuzzTime compares the two readings of a time.
func FuzzTime(f *testing.F) {
	for _, s := range []string{"2026-11-21T09:30:00.123Z", "2016-12-31T23:59:60+00:00", "2024-02-29t00:00:00.0001z", "1999-01-01T00:00:00-23:59"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want, refused := int64(0), false
		func() {
			defer func() { refused = recover() != nil }()
			want = timeOf(s)
		}()
		if got, ok := parseTime(s); ok == refused || ok && got != want {
			t.Fatalf("%q read as %d, %v; the reference %d, %v", s, got, ok, want, !refused)
		}
	})
}

// mutate changes an event's text the way broken publishers do.
func mutate(r *rand.Rand, s string) string {
	scraps := []string{`"`, `\`, `\u`, `\ud83d`, `\ude00`, `{`, `}`, `[`, `]`, `,`, `:`, `null`, `true`, `-1`, `1e9`, `2.0`, `0.5`, "\x00", "\xff", "售",
		`"id":"1",`, `"data":{},`, `"a":1`, ` `, `""`, `"by"`, `"agent"`, `"HZ"`, `99999999999999999999`, `[[`, `{"a":{"a":`, `-0`}
	for n := 1 + r.IntN(3); n > 0; n-- {
		i, j := r.IntN(len(s)+1), r.IntN(len(s)+1)
		if i > j {
			i, j = j, i
		}
		switch r.IntN(4) {
		case 0:
			s = s[:i] + scraps[r.IntN(len(scraps))] + s[i:]
		case 1:
			s = s[:i] + scraps[r.IntN(len(scraps))] + s[min(i+1+r.IntN(6), len(s)):]
		case 2:
			s = s[:i] + s[min(j, i+8):]
		case 3:
			s = s[:i] + s[i:min(j, i+40)] + s[i:]
		}
	}
	return s
}

func TestMutatedEventsAreReadLikeTheReferenceReadsThem(t *testing.T) {
	r := rand.New(rand.NewPCG(23, 29))
	d := NewDecoder()
	for range 20000 {
		ev := randomEvent(r, 1+metrics.EventType(r.IntN(int(metrics.NumEventTypes)-1)))
		compare(t, d, "", nil, []byte(mutate(r, string(Append(nil, &ev)))), 3)
	}
}
