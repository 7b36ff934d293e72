package wire

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// names are what random texts are made of.
var names = []string{"presale", "售前咨询", "Zoë", "a \"b\" \\c", "s-8842", "7", "true", "Đặng Thị Ánh", "/acd/hz-1", "?", "a/b c"}

func someText(r *rand.Rand) clean.Text { return clean.Own(names[r.IntN(len(names))]) }

func someToken(r *rand.Rand) clean.Text {
	return clean.Own([]string{"hz", "chat", "any", "we_chat-2", "voice"}[r.IntN(5)])
}

// randomEvent returns an event of the type with every field of it given with
// even odds, made through reflection on the field's place rather than by
// anything that encodes or decodes.
func randomEvent(r *rand.Rand, t metrics.EventType) metrics.Event {
	ev := metrics.Event{Type: t, ID: someText(r), Source: someText(r), Floor: someToken(r)}
	if r.IntN(4) > 0 {
		ev.Time = someTime(r)
	}
	if r.IntN(4) == 0 {
		ev.Arrival = someTime(r)
	}
	s := &specs[t]
	optional := func(a attr) bool { return s.reads.has(a) && (s.needs.has(a) || r.IntN(2) == 0) }
	if s.reads.has(attrSession) {
		ev.Session, ev.Channel = someText(r), someToken(r)
	}
	if optional(attrQueue) {
		ev.Queue = someText(r)
	}
	if optional(attrAgent) {
		ev.Agent = someText(r)
	}
	if optional(attrCustomer) {
		ev.Customer = someText(r)
	}
	for i := range s.fields {
		if f := &s.fields[i]; f.required || r.IntN(2) == 0 {
			someField(r, f, &ev)
		} else if f.absent != 0 {
			f.clear(&ev)
		}
	}
	return ev
}

func someTime(r *rand.Rand) int64 { return minTime + r.Int64N(maxTime-minTime) }

func someField(r *rand.Rand, f *field, ev *metrics.Event) {
	switch f.form {
	case formText:
		*f.text(ev) = someText(r)
	case formTexts:
		for range 1 + r.IntN(3) {
			*f.texts(ev) = append(*f.texts(ev), someText(r))
		}
	case formChannels:
		*f.texts(ev) = []clean.Text{someToken(r), someToken(r)}
	case formBool:
		*f.choice(ev) = metrics.No + metrics.Choice(r.IntN(2))
	case formWord:
		for v := 0; f.words[v] == ""; {
			v = r.IntN(len(f.words))
			f.setWord(ev, uint8(v))
		}
	case formInteger:
		f.setInt(ev, int64(f.min)+r.Int64N(int64(f.max)-int64(f.min)+1))
	case formNumber:
		*f.number(ev) = f.min + r.Float64()*(f.max-f.min)
	case formTime:
		f.setInt(ev, someTime(r))
	case formMemberships:
		*f.members(ev) = []metrics.Membership{{Queue: someText(r), Priority: int32(r.IntN(5))}, {Queue: someText(r)}}
	case formSlots:
		*f.channels(ev) = []metrics.ChannelSlots{{Channel: clean.Own("chat"), Slots: int32(r.IntN(9))}, {Channel: clean.Own("voice"), Slots: 1}}
	}
}

// sameEvent compares events, NaN equal to NaN and no list to an empty one.
func sameEvent(a, b metrics.Event) bool {
	av, bv := reflect.ValueOf(a), reflect.ValueOf(b)
	for i := range av.NumField() {
		x, y := av.Field(i), bv.Field(i)
		switch {
		case x.Kind() == reflect.Float64 && math.IsNaN(x.Float()) && math.IsNaN(y.Float()):
		case x.Kind() == reflect.Slice && x.Len() == 0 && y.Len() == 0:
		case !reflect.DeepEqual(x.Interface(), y.Interface()):
			return false
		}
	}
	return true
}

func TestEveryEventComesBackAsItWasWritten(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	d := NewDecoder()
	var buf []byte
	for et := metrics.TypeUnknown + 1; et < metrics.NumEventTypes; et++ {
		t.Run(et.String(), func(t *testing.T) {
			for range 300 {
				ev := randomEvent(r, et)
				buf = Append(buf[:0], &ev)
				var got metrics.Event
				if err := d.Decode("", nil, buf, 0, &got); err != nil {
					t.Fatalf("%v\n%s", err, buf)
				}
				if !sameEvent(ev, got) {
					t.Fatalf("%s\nwritten %+v\nread    %+v", buf, ev, got)
				}
				if err := d.Decode(Subject(&ev), nil, buf, 5, &got); err != nil || got.Arrival != 5 {
					t.Fatalf("under its subject %s: %v, arrival %d", Subject(&ev), err, got.Arrival)
				}
			}
		})
	}
	if d.Cleaned() != 0 {
		t.Errorf("%d strings of clean events were cleaned", d.Cleaned())
	}
}

func TestAnUnknownTypeComesBackAsItWasWritten(t *testing.T) {
	ev := metrics.Event{ID: clean.Own("1"), Source: clean.Own("s"), Floor: clean.Own("hz"), Reason: clean.Own("robot.waved")}
	var got metrics.Event
	if err := NewDecoder().Decode(Subject(&ev), nil, Append(nil, &ev), 0, &got); err != nil || !sameEvent(ev, got) {
		t.Errorf("%v: %+v", err, got)
	}
}
