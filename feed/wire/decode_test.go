package wire

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// event returns a structured event: the usual attributes with the given ones
// instead or besides; a value of "-" leaves an attribute out.
func event(pairs ...string) string {
	attrs := []string{"id", `"1"`, "source", `"/acd"`, "type", `"session.queued"`, "time", `"2026-11-21T09:30:00.123Z"`,
		"floor", `"hz"`, "session", `"s-1"`, "channel", `"chat"`, "queue", `"presale"`, "agent", `"a-1"`}
	for i := 0; i < len(pairs); i += 2 {
		at := -1
		for j := 0; j < len(attrs); j += 2 {
			if attrs[j] == pairs[i] {
				at = j
			}
		}
		if at < 0 {
			attrs = append(attrs, pairs[i], pairs[i+1])
		} else {
			attrs[at+1] = pairs[i+1]
		}
	}
	var parts []string
	for j := 0; j < len(attrs); j += 2 {
		if attrs[j+1] != "-" {
			parts = append(parts, fmt.Sprintf("%q:%s", attrs[j], attrs[j+1]))
		}
	}
	return "{" + strings.Join(parts, ",") + "}"
}

// nest returns arrays within arrays, n deep.
func nest(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }

var structuredRejections = []struct{ name, payload, reason, field string }{
	{"nothing is no event", ``, "bad_json", ""},
	{"text is no event", `hello`, "bad_json", ""},
	{"a truncated event", `{"id":"1"`, "bad_json", ""},
	{"a trailing comma", `{"id":"1",}`, "bad_json", ""},
	{"something behind the event", event() + `x`, "bad_json", ""},
	{"two events in one message", event() + event(), "bad_json", ""},
	{"a byte order mark", "\ufeff" + event(), "bad_json", ""},
	{"a raw newline in a string", event("id", "\"a\nb\""), "bad_json", ""},
	{"an unknown escape", event("id", `"\x41"`), "bad_json", ""},
	{"a number with a leading zero", event("priority", `01`), "bad_json", ""},
	{"a number that ends in a point", event("priority", `1.`), "bad_json", ""},
	{"NaN", event("data", `{"priority":NaN}`), "bad_json", ""},
	{"a batch", `[` + event() + `]`, "batch", ""},
	{"invalid UTF-8", event("id", "\"\xff\""), "bad_utf8", ""},
	{"a surrogate as UTF-8", event("id", "\"\xed\xa0\x80\""), "bad_utf8", ""},
	{"a lone high surrogate", event("id", `"\ud800"`), "lone_surrogate", ""},
	{"a lone low surrogate in a field nobody reads", event("x", `[{"y":"\udc00"}]`), "lone_surrogate", ""},
	{"a lone surrogate in a name", event(`x`, `{"\ud800\u0041":1}`), "lone_surrogate", ""},
	{"two surrogates in the wrong order", event("id", `"\udc00\ud800"`), "lone_surrogate", ""},
	{"the same attribute twice", `{"id":"1","id":"1"}`, "duplicate_name", ""},
	{"the same attribute twice, once escaped", `{"id":"1","\u0069d":"1"}`, "duplicate_name", ""},
	{"a duplicate name deep in a field nobody reads", event("x", `[[{"a":[{"b":1,"c":2,"b":3}]}]]`), "duplicate_name", ""},
	{"a duplicate name in data", event("data", `{"priority":1,"priority":1}`), "duplicate_name", ""},
	{"a duplicate among very many names", event("x", `{`+manyMembers(500)+`,"n77":1}`), "duplicate_name", ""},
	{"33 levels", event("x", nest(32)), "too_deep", ""},
	{"a thousand levels", event("x", nest(1000)), "too_deep", ""},
	{"33 levels before the text turns out broken", event("x", nest(32)) + "x", "too_deep", ""},
	{"more than 16 KiB", event("x", `"`+strings.Repeat("x", MaxEventBytes)+`"`), "too_large", ""},
	{"another version", event("specversion", `"0.3"`), "bad_version", "specversion"},
	{"base64 data", event("data_base64", `"e30="`), "base64", "data_base64"},
	{"no id", event("id", `-`), "missing_id", "id"},
	{"an empty id", event("id", `""`), "missing_id", "id"},
	{"a null id", event("id", `null`), "missing_id", "id"},
	{"no source", event("source", `-`), "missing_source", "source"},
	{"no type", event("type", `-`), "missing_type", "type"},
	{"no floor at all", event("floor", `-`), "missing_floor", "floor"},
	{"no session", event("session", `-`), "missing_session", "session"},
	{"no channel", event("channel", `-`), "missing_channel", "channel"},
	{"queued without a queue", event("queue", `-`), "missing_queue", "queue"},
	{"offered without an agent", event("type", `"session.offered"`, "agent", `-`), "missing_agent", "agent"},
	{"presence without an agent", event("type", `"agent.presence"`, "agent", `-`), "missing_agent", "agent"},
	{"a plan without a queue", event("type", `"plan.interval"`, "queue", `-`), "missing_queue", "queue"},
	{"a name is case-sensitive", event("id", `-`, "ID", `"1"`), "missing_id", "id"},
	{"an object for an id", event("id", `{}`), "bad_type", "id"},
	{"a fraction for an id", event("id", `1.5`), "bad_type", "id"},
	{"an exponent for an id", event("id", `1e3`), "bad_type", "id"},
	{"a list for an agent", event("agent", `[]`), "bad_type", "agent"},
	{"a time without a zone", event("time", `"2026-11-21T09:30:00"`), "bad_time", "time"},
	{"a time in 1979", event("time", `"1979-12-31T23:59:59Z"`), "bad_time", "time"},
	{"a time as a number", event("time", `1795253400`), "bad_time", "time"},
	{"a recording time of nonsense", event("recordedtime", `"yesterday"`), "bad_time", "recordedtime"},
	{"a floor with a dot", event("floor", `"h.z"`), "bad_token", "floor"},
	{"a floor of 33 letters", event("floor", `"`+strings.Repeat("a", 33)+`"`), "bad_token", "floor"},
	{"a channel with a blank", event("channel", `"we chat"`), "bad_token", "channel"},
	{"a Chinese channel", event("channel", `"微信"`), "bad_token", "channel"},
	{"a Kelvin sign is no k", event("channel", "\"\u212a\""), "bad_token", "channel"},
	{"data that is a string", event("data", `"x"`), "bad_type", "data"},
	{"data that is a list", event("data", `[]`), "bad_type", "data"},
	{"a priority as text", event("data", `{"priority":"2"}`), "bad_type", "priority"},
	{"a priority with a fraction", event("data", `{"priority":2.5}`), "bad_value", "priority"},
	{"a priority beyond 32 bits", event("data", `{"priority":4294967296}`), "bad_value", "priority"},
	{"a priority of very many digits", event("data", `{"priority":11111111111111111111111111}`), "bad_value", "priority"},
	{"tier 4", event("data", `{"tier":4}`), "bad_value", "tier"},
	{"an unknown kind", event("data", `{"kind":"fax"}`), "bad_value", "kind"},
	{"an empty kind", event("data", `{"kind":""}`), "bad_value", "kind"},
	{"skills that are no list", event("data", `{"skills":"a"}`), "bad_type", "skills"},
	{"a skill that is a number", event("data", `{"skills":["a",1]}`), "bad_type", "skills"},
	{"a due time of nonsense", event("data", `{"due":"soon"}`), "bad_time", "due"},
	{"a truth value as text", event("type", `"session.opened"`, "data", `{"bot":"true"}`), "bad_type", "bot"},
	{"a message by nobody", event("type", `"session.message"`), "missing_by", "by"},
	{"a message by the system", event("type", `"session.message"`, "data", `{"by":"system"}`), "bad_value", "by"},
	{"presence without a presence", event("type", `"agent.presence"`, "data", `{}`), "missing_presence", "presence"},
	{"queues without the list", event("type", `"agent.queues"`), "missing_queues", "queues"},
	{"a membership without a queue", event("type", `"agent.queues"`, "data", `{"queues":[{"priority":1}]}`), "missing_queue", "queues"},
	{"a membership that is text", event("type", `"agent.queues"`, "data", `{"queues":["a"]}`), "bad_type", "queues"},
	{"slots of a bad channel", event("type", `"agent.capacity"`, "data", `{"slots":{"a b":1}}`), "bad_token", "slots"},
	{"slots below zero", event("type", `"agent.capacity"`, "data", `{"slots":{"chat":-1}}`), "bad_value", "slots"},
	{"slots of one channel in two spellings", event("type", `"agent.capacity"`, "data", `{"slots":{"chat":1,"Chat":2}}`), "duplicate_name", "slots"},
	{"an exclusive channel that is bad", event("type", `"agent.capacity"`, "data", `{"exclusive":["voice",""]}`), "bad_token", "exclusive"},
	{"a rating without a score", event("type", `"session.rated"`, "data", `{"scale":5}`), "missing_score", "score"},
	{"a score beyond any number", event("type", `"session.rated"`, "data", `{"score":1e999}`), "bad_value", "score"},
	{"a confidence of 2", event("type", `"session.emotion"`, "data", `{"confidence":2}`), "bad_value", "confidence"},
}

func manyMembers(n int) string {
	var parts []string
	for i := range n {
		parts = append(parts, fmt.Sprintf(`"n%d":%d`, i, i))
	}
	return strings.Join(parts, ",")
}

func TestStructuredRejections(t *testing.T) {
	d := NewDecoder()
	for _, c := range structuredRejections {
		t.Run(c.name, func(t *testing.T) {
			var ev metrics.Event
			err := d.Decode("", nil, []byte(c.payload), 0, &ev)
			var r *Rejection
			if !errors.As(err, &r) || r.Reason != c.reason || r.Field != c.field {
				t.Fatalf("got %v (%+v), want %s in %q", err, r, c.reason, c.field)
			}
			if c.payload != "" && r.Sample.Empty() {
				t.Error("no sample is kept")
			}
			if s, changed := clean.String(r.Sample.String()); changed {
				t.Errorf("the sample %q is not clean", s)
			}
		})
	}
}

func TestStructuredAcceptances(t *testing.T) {
	at := int64(1795253400123)
	for _, c := range []struct {
		name, payload string
		want          func(ev *metrics.Event) bool
	}{
		{"the usual event", event("data", `{"priority":2}`), func(ev *metrics.Event) bool {
			return ev.Type == metrics.TypeSessionQueued && ev.Time == at && ev.Priority == 2 && ev.Queue.String() == "presale"
		}},
		{"data before type", `{"data":{"priority":2},` + event()[1:], func(ev *metrics.Event) bool { return ev.Priority == 2 }},
		{"white space everywhere", " \n" + strings.NewReplacer(`:"`, " :\t\"", `,`, " ,\r\n ").Replace(event()) + "\n ", func(ev *metrics.Event) bool { return ev.ID.String() == "1" }},
		{"version 1.0 said", event("specversion", `"1.0"`), func(ev *metrics.Event) bool { return true }},
		{"an integer and a truth value read as their text", event("session", `42`, "agent", `true`), func(ev *metrics.Event) bool {
			return ev.Session.String() == "42" && ev.Agent.String() == "true"
		}},
		{"null attributes are absent", event("agent", `null`, "data_base64", `null`, "data", `null`, "time", `null`), func(ev *metrics.Event) bool {
			return ev.Agent.Empty() && ev.Time == 0
		}},
		{"floor and channel are folded", event("floor", `"HZ"`, "channel", `"WeChat"`), func(ev *metrics.Event) bool {
			return ev.Floor.String() == "hz" && ev.Channel.String() == "wechat"
		}},
		{"escapes are resolved", event("queue", `"\u552e\u524d \"x\" \ud83d\ude00\/"`), func(ev *metrics.Event) bool { return ev.Queue.String() == `售前 "x" 😀/` }},
		{"escaped names are names", strings.Replace(event(), `"queue"`, `"\u0071ueue"`, 1), func(ev *metrics.Event) bool { return ev.Queue.String() == "presale" }},
		{"a hostile queue is cleaned", event("queue", `"a\u001b[31mb\u202e"`), func(ev *metrics.Event) bool { return ev.Queue.String() == "ab" }},
		{"what others say is ignored", event("traceparent", `"00-1"`, "x", `{"a":[1,{"b":null}]}`, "data", `{"later":{"a":1},"priority":3}`), func(ev *metrics.Event) bool { return ev.Priority == 3 }},
		{"a null field is absent", event("data", `{"priority":null,"skills":null}`), func(ev *metrics.Event) bool { return ev.Priority == 0 && ev.Skills == nil }},
		{"2.0 is 2", event("data", `{"priority":2.0}`), func(ev *metrics.Event) bool { return ev.Priority == 2 }},
		{"32 levels", event("x", nest(31)), func(ev *metrics.Event) bool { return true }},
		{"exactly 16 KiB", padded(MaxEventBytes), func(ev *metrics.Event) bool { return true }},
		{"a type of the future", event("type", `"session.danced"`, "session", `-`), func(ev *metrics.Event) bool {
			return ev.Type == metrics.TypeUnknown && ev.Reason.String() == "session.danced" && ev.ID.String() == "1" && ev.Floor.String() == "hz"
		}},
		{"a type in capitals is another type", event("type", `"Session.Queued"`), func(ev *metrics.Event) bool { return ev.Type == metrics.TypeUnknown }},
		{"recordedtime is the arrival in a file", event("recordedtime", `"2026-11-21T09:30:01Z"`), func(ev *metrics.Event) bool { return ev.Arrival == at-123+1000 }},
		{"parts of a rating not given are no numbers", event("type", `"session.rated"`, "data", `{"score":4}`), func(ev *metrics.Event) bool {
			return ev.Score == 4 && ev.Scale == 5 && math.IsNaN(ev.Speed) && math.IsNaN(ev.SkillPart)
		}},
		{"a heartbeat needs no session", event("type", `"source.heartbeat"`, "data", `{"seq":9}`), func(ev *metrics.Event) bool {
			return ev.HeartbeatSeq == 9 && ev.HeartbeatOpen == -1 && ev.Session.Empty() && ev.Queue.Empty()
		}},
		{"capacity by channel", event("type", `"agent.capacity"`, "data", `{"slots":{"Chat":5,"voice":1,"app":null},"exclusive":["Voice"],"total":6}`), func(ev *metrics.Event) bool {
			return len(ev.Slots) == 2 && ev.Slots[0].Channel.String() == "chat" && ev.Slots[0].Slots == 5 &&
				ev.Exclusive[0].String() == "voice" && ev.Total == 6
		}},
		{"memberships", event("type", `"agent.queues"`, "data", `{"queues":[{"queue":"a","priority":2,"x":1},{"queue":"b"}]}`), func(ev *metrics.Event) bool {
			return len(ev.Queues) == 2 && ev.Queues[0] == metrics.Membership{Queue: clean.Own("a"), Priority: 2} && ev.Queues[1].Queue.String() == "b"
		}},
		{"an empty list of queues is a list", event("type", `"agent.queues"`, "data", `{"queues":[]}`), func(ev *metrics.Event) bool { return len(ev.Queues) == 0 }},
		{"paused in one queue, named in data", event("type", `"agent.presence"`, "queue", `-`, "data", `{"presence":"paused","queue":"q"}`), func(ev *metrics.Event) bool {
			return ev.Presence == metrics.PresencePaused && ev.Queue.String() == "q"
		}},
		{"paused in one queue, named by attribute", event("type", `"agent.presence"`, "data", `{"presence":"paused"}`), func(ev *metrics.Event) bool {
			return ev.Queue.String() == "presale"
		}},
		{"many names, all different", event("x", `{`+manyMembers(500)+`}`, "y", `{`+manyMembers(500)+`}`), func(ev *metrics.Event) bool { return true }},
		{"minus zero is zero", event("type", `"session.ordered"`, "data", `{"order":"o","stage":"paid","amount":-0.0}`), func(ev *metrics.Event) bool {
			return !math.Signbit(ev.Amount) && ev.Stage == metrics.OrderPaid
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var ev metrics.Event
			if err := NewDecoder().Decode("", nil, []byte(c.payload), 0, &ev); err != nil || !c.want(&ev) {
				t.Errorf("%v\n%+v", err, ev)
			}
		})
	}
}

// padded returns an event of exactly n bytes.
func padded(n int) string {
	short := event("x", `""`)
	return event("x", `"`+strings.Repeat("x", n-len(short))+`"`)
}
