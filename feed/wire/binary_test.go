package wire

import (
	"errors"
	"strings"
	"testing"

	"wallboard/metrics"
)

// headers returns the headers of the usual event with the given ones instead or
// besides; a value of "-" leaves a header out.
func headers(pairs ...string) map[string][]string {
	h := map[string][]string{"ce-specversion": {"1.0"}, "ce-id": {"1"}, "ce-source": {"/acd"}, "ce-type": {"session.queued"},
		"ce-time": {"2026-11-21T09:30:00.123Z"}, "ce-floor": {"hz"}, "ce-session": {"s-1"}, "ce-channel": {"chat"}, "ce-queue": {"presale"}}
	for i := 0; i < len(pairs); i += 2 {
		h[pairs[i]] = []string{pairs[i+1]}
		if pairs[i+1] == "-" {
			delete(h, pairs[i])
		}
	}
	return h
}

func TestModes(t *testing.T) {
	for _, c := range []struct {
		name    string
		header  map[string][]string
		payload string
		reason  string
		queue   string
	}{
		{"binary with data", headers(), `{"priority":1}`, "", "presale"},
		{"binary without data", headers(), ``, "", "presale"},
		{"binary with null for data", headers(), ` null `, "", "presale"},
		{"binary without a version", headers("ce-specversion", "-"), `{}`, "", "presale"},
		{"header names compare without case", headers("ce-queue", "-", "CE-Queue", "q2"), ``, "", "q2"},
		{"values are percent-decoded", headers("ce-queue", "%E5%94%AE%e5%89%8d%20%25"), ``, "", "售前 %"},
		{"values are cleaned", headers("ce-queue", "a%1B%5B31mb"), ``, "", "ab"},
		{"other headers are ignored", headers("ce-traceparent", "x", "Nats-Msg-Id", "y", "Content-Type", "application/json"), ``, "", "presale"},
		{"an empty header is absent", headers("ce-agent", ""), ``, "", "presale"},
		{"structured by content type", map[string][]string{"content-type": {"Application/CloudEvents+JSON; charset=utf-8"}}, event(), "", "presale"},
		{"the content type decides before ce- headers do", headers("Content-Type", "application/cloudevents+json", "ce-queue", "other"), event(), "", "presale"},
		{"structured without any header", nil, "  " + event(), "", "presale"},
		{"structured with headers of others", map[string][]string{"Nats-Msg-Id": {"1"}, "Content-Type": {"text/plain"}}, event(), "", "presale"},
		{"a batch by content type", map[string][]string{"Content-Type": {"application/cloudevents-batch+json"}}, `[]`, "batch", ""},
		{"a batch by its bracket", nil, ` [` + event() + `]`, "batch", ""},
		{"a binary event with a list for data", headers(), `[]`, "bad_type", ""},
		{"a binary event with text for data", headers(), `"x"`, "bad_type", ""},
		{"a binary event with broken data", headers(), `{`, "bad_json", ""},
		{"a binary event with blanks for data", headers(), `  `, "bad_json", ""},
		{"a binary event with invalid UTF-8 in data", headers(), "{\"x\":\"\xff\"}", "bad_utf8", ""},
		{"a binary event with a duplicate in data", headers(), `{"x":1,"x":2}`, "duplicate_name", ""},
		{"a ce- header but no id", map[string][]string{"ce-type": {"session.queued"}}, event(), "missing_id", ""},
		{"a header twice", map[string][]string{"ce-id": {"1", "2"}}, ``, "duplicate_name", ""},
		{"a header twice in two spellings", headers("CE-ID", "2"), ``, "duplicate_name", ""},
		{"a percent sign alone", headers("ce-queue", "50%"), ``, "bad_percent", ""},
		{"a percent sign before letters", headers("ce-queue", "50%zz"), ``, "bad_percent", ""},
		{"invalid UTF-8 in a header", headers("ce-queue", "%FF"), ``, "bad_utf8", ""},
		{"base64 in a header", headers("ce-data_base64", "e30="), ``, "base64", ""},
		{"headers and data beyond 16 KiB", headers("ce-x", strings.Repeat("x", 10<<10)), `{"x":"` + strings.Repeat("x", 7<<10) + `"}`, "too_large", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var ev metrics.Event
			err := NewDecoder().Decode("floor.hz.session.queued.chat", c.header, []byte(c.payload), 7, &ev)
			var r *Rejection
			if errors.As(err, &r); (r == nil) != (c.reason == "") || r != nil && r.Reason != c.reason {
				t.Fatalf("got %v, want %q", err, c.reason)
			}
			if err == nil && (ev.Queue.String() != c.queue || ev.Arrival != 7) {
				t.Errorf("%+v", ev)
			}
		})
	}
}

func TestFloorOfEventAndSubject(t *testing.T) {
	for _, c := range []struct{ name, floor, subject, want, reason string }{
		{"both the same", `"hz"`, "floor.hz.session.queued.chat", "hz", ""},
		{"both the same but for case", `"Hz"`, "floor.hZ.session.queued.chat", "hz", ""},
		{"only the subject", `-`, "floor.HZ.session.queued.chat", "hz", ""},
		{"only the event", `"hz"`, "", "hz", ""},
		{"a subject of another kind says nothing", `"hz"`, "acd.sh.events", "hz", ""},
		{"a subject of a bridge below a floor", `-`, "floor.hz.bridge", "hz", ""},
		{"different", `"hz"`, "floor.sh.session.queued.chat", "", "floor_mismatch"},
		{"neither", `-`, "acd.sh.events", "", "missing_floor"},
		{"a subject that cannot be a floor", `-`, "floor.售.x", "", "bad_token"},
		{"an event's floor that cannot be one", `"h z"`, "floor.hz.x", "", "bad_token"},
		{"a subject that cannot be a floor beside an event's", `"hz"`, "floor.h z.x", "", "floor_mismatch"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var ev metrics.Event
			err := NewDecoder().Decode(c.subject, nil, []byte(event("floor", c.floor)), 0, &ev)
			if c.reason == "" {
				if err != nil || ev.Floor.String() != c.want {
					t.Errorf("%v, floor %q", err, ev.Floor)
				}
				return
			}
			var r *Rejection
			if !errors.As(err, &r) || r.Reason != c.reason {
				t.Errorf("got %v, want %s", err, c.reason)
			}
		})
	}
}

func TestLongIdentitiesStayDistinct(t *testing.T) {
	long := strings.Repeat("0123456789", 10)
	read := func(id string) *metrics.Event {
		var ev metrics.Event
		if err := NewDecoder().Decode("", nil, []byte(event("id", `"`+id+`"`, "session", `"`+id+`"`, "queue", `"`+id+`"`)), 0, &ev); err != nil {
			t.Fatal(err)
		}
		return &ev
	}
	a, b := read(long+"a"), read(long+"b")
	if a.ID == b.ID || a.Session == b.Session {
		t.Errorf("two ids became one: %q", a.ID)
	}
	if a.Queue != b.Queue || len(a.Queue.String()) != 64 {
		t.Errorf("a queue is a name and is cut: %q", a.Queue)
	}
	if again := read(a.ID.String()); again.ID != a.ID {
		t.Errorf("%q reads back as %q", a.ID, again.ID)
	}
	if cjk := read(strings.Repeat("售", 90)); len([]rune(cjk.ID.String())) != 64 {
		t.Errorf("%q has %d letters", cjk.ID, len([]rune(cjk.ID.String())))
	}
}

func TestSubjects(t *testing.T) {
	var ev metrics.Event
	for payload, want := range map[string]string{
		event(): "floor.hz.session.queued.chat",
		event("type", `"agent.presence"`, "data", `{"presence":"away"}`):                         "floor.hz.agent.presence",
		event("type", `"source.heartbeat"`):                                                      "floor.hz.source.heartbeat",
		event("type", `"plan.interval"`, "data", `{"from":"2026-11-21T00:00:00Z","minutes":30}`): "floor.hz.plan.interval",
	} {
		if err := NewDecoder().Decode("", nil, []byte(payload), 0, &ev); err != nil || Subject(&ev) != want {
			t.Errorf("%v: %s, want %s", err, Subject(&ev), want)
		}
		a, ok := ParseSubject(want)
		if !ok || a.Floor != "hz" || a.Type != ev.Type.String() || a.Channel != ev.Channel.String() {
			t.Errorf("%s parses to %+v, %v", want, a, ok)
		}
	}
	for _, bad := range []string{"", "floor", "floor.hz", "floor.hz.agent", "wall.hz.agent.presence", "floor.hz.agent.presence.chat", "floor.hz.session.queued", "floor.hz.session.queued.chat.x"} {
		if a, ok := ParseSubject(bad); ok {
			t.Errorf("%q parses to %+v", bad, a)
		}
	}
}

func TestMsgID(t *testing.T) {
	// Computed with coreutils.
	if got := MsgID("/acd/hz-1", "01JD6Z8V6M"); got != "dbd64e1ac703c86366e3ae8b1e4e0f8d" {
		t.Errorf("got %s", got)
	}
	if MsgID("a", "b/c") == MsgID("a/b", "c") {
		t.Error("different pairs collide")
	}
}
