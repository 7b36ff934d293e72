package wire

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"wallboard/metrics"

	"github.com/cloudevents/sdk-go/v2/binding"
	"github.com/cloudevents/sdk-go/v2/binding/format"
	cespec "github.com/cloudevents/sdk-go/v2/binding/spec"
	ceevent "github.com/cloudevents/sdk-go/v2/event"
	"github.com/cloudevents/sdk-go/v2/types"
)

// message is what a publisher of the CloudEvents SDK hands to a transport: the
// SDK decides what is written, this only keeps it as NATS would.
type message struct {
	header  map[string][]string
	payload []byte
}

func (m *message) SetStructuredEvent(_ context.Context, f format.Format, from io.Reader) (err error) {
	m.header = map[string][]string{"Content-Type": {f.MediaType()}}
	m.payload, err = io.ReadAll(from)
	return err
}

func (m *message) Start(context.Context) error {
	m.header = map[string][]string{}
	return nil
}

func (m *message) SetAttribute(attribute cespec.Attribute, value any) error {
	return m.SetExtension(attribute.Name(), value)
}

func (m *message) SetExtension(name string, value any) error {
	text, err := types.Format(value)
	if name == "datacontenttype" {
		m.header["Content-Type"] = []string{text}
	} else {
		m.header["ce-"+name] = []string{percentEncoded(text)}
	}
	return err
}

func (m *message) SetData(data io.Reader) (err error) {
	m.payload, err = io.ReadAll(data)
	return err
}

func (m *message) End(context.Context) error { return nil }

// percentEncoded encodes a header's value as the CloudEvents bindings ask: blank,
// quote, percent sign and everything that is not printable ASCII.
func percentEncoded(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		if c > ' ' && c < 0x7f && c != '"' && c != '%' {
			b.WriteByte(c)
			continue
		}
		fmt.Fprintf(&b, "%%%02X", c)
	}
	return b.String()
}

func foreignEvent(t *testing.T, kind string, data any, extensions map[string]any) ceevent.Event {
	t.Helper()
	e := ceevent.New()
	e.SetID("01JD6Z8V6M")
	e.SetSource("/acd/hz-1")
	e.SetType(kind)
	e.SetTime(time.Date(2026, 11, 21, 17, 30, 0, 123456789, time.FixedZone("", 8*3600)))
	e.SetExtension("floor", "hz")
	e.SetExtension("unheardof", "x")
	for name, value := range extensions {
		e.SetExtension(name, value)
	}
	if data != nil {
		if err := e.SetData(ceevent.ApplicationJSON, data); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Validate(); err != nil {
		t.Fatal(err)
	}
	return e
}

func TestEventsOfTheCloudEventsSDK(t *testing.T) {
	session := map[string]any{"session": 8842, "channel": "Chat", "queue": `售前 "一组" 50%`, "agent": "a-1", "customer": "Zoë"}
	for _, c := range []struct {
		name, kind string
		data       any
		extensions map[string]any
		holds      func(ev *metrics.Event) bool
	}{
		{"a contact queued", "session.queued", map[string]any{"priority": 2, "kind": "callback", "skills": []string{"退款", "vip"}}, session, func(ev *metrics.Event) bool {
			return ev.Session.String() == "8842" && ev.Channel.String() == "chat" && ev.Queue.String() == `售前 "一组" 50%` &&
				ev.Customer.String() == "Zoë" && ev.Priority == 2 && ev.Kind == metrics.KindCallback && len(ev.Skills) == 2
		}},
		{"a contact closed without data", "session.closed", nil, session, func(ev *metrics.Event) bool { return ev.Outcome == metrics.OutcomeNone }},
		{"a presence", "agent.presence", map[string]any{"presence": "paused", "planned": true, "until": "2026-11-21T18:00:00+08:00"}, map[string]any{"agent": "a-1"}, func(ev *metrics.Event) bool {
			return ev.Presence == metrics.PresencePaused && ev.Planned == metrics.Yes && ev.Until == 1795255200000
		}},
		{"memberships", "agent.queues", map[string]any{"queues": []map[string]any{{"queue": "售前", "priority": 1}}}, map[string]any{"agent": true}, func(ev *metrics.Event) bool {
			return ev.Agent.String() == "true" && ev.Queues[0].Queue.String() == "售前"
		}},
		{"a type of another world", "com.example.order.created", map[string]any{"x": 1}, nil, func(ev *metrics.Event) bool {
			return ev.Type == metrics.TypeUnknown && ev.Reason.String() == "com.example.order.created"
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := foreignEvent(t, c.kind, c.data, c.extensions)
			for mode, ctx := range map[string]context.Context{
				"structured": binding.WithForceStructured(context.Background()),
				"binary":     binding.WithForceBinary(context.Background()),
			} {
				var m message
				if _, err := binding.Write(ctx, binding.ToMessage(&e), &m, &m); err != nil {
					t.Fatal(err)
				}
				var ev metrics.Event
				if err := NewDecoder().Decode("floor.hz.bridge", m.header, m.payload, 9, &ev); err != nil {
					t.Fatalf("%s: %v\n%v\n%s", mode, err, m.header, m.payload)
				}
				if !c.holds(&ev) || ev.ID.String() != "01JD6Z8V6M" || ev.Source.String() != "/acd/hz-1" || ev.Floor.String() != "hz" ||
					ev.Time != 1795253400123 || ev.Arrival != 9 {
					t.Errorf("%s: %+v", mode, ev)
				}
			}
		})
	}
}
