package file

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"testing"
	"time"
)

var recorded = time.Date(2026, 11, 21, 9, 30, 0, 123e6, time.FixedZone("", 8*3600))

func TestWriterStampsAnEvent(t *testing.T) {
	for _, tt := range []struct{ name, event, floor, want string }{
		{"the time of recording comes in", `{"id":"1"}`, "", `{"recordedtime":"2026-11-21T01:30:00.123Z","id":"1"}`},
		{"an object without members", `{}`, "", `{"recordedtime":"2026-11-21T01:30:00.123Z"}`},
		{"an older one goes", `{"recordedtime":"1999-01-01T00:00:00Z","id":"1"}`, "", `{"recordedtime":"2026-11-21T01:30:00.123Z","id":"1"}`},
		{"only the outermost one", `{"data":{"recordedtime":"x"}}`, "", `{"recordedtime":"2026-11-21T01:30:00.123Z","data":{"recordedtime":"x"}}`},
		{"the floor of the subject is kept", `{"id":"1"}`, "hz", `{"recordedtime":"2026-11-21T01:30:00.123Z","id":"1","floor":"hz"}`},
		{"a floor of its own wins", `{"floor":"bj"}`, "hz", `{"recordedtime":"2026-11-21T01:30:00.123Z","floor":"bj"}`},
		{"a null floor is none", `{"floor":null}`, "hz", `{"recordedtime":"2026-11-21T01:30:00.123Z","floor":"hz"}`},
		{"lines become one", "{\"id\":\n \"1\" }", "", `{"recordedtime":"2026-11-21T01:30:00.123Z","id":"1"}`},
		{"numbers keep their digits", `{"data":{"amount":1234567890.12345678901}}`, "", `{"recordedtime":"2026-11-21T01:30:00.123Z","data":{"amount":1234567890.12345678901}}`},
		{"letters stay", `{"agent":"李<雷>"}`, "", `{"recordedtime":"2026-11-21T01:30:00.123Z","agent":"李<雷>"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			w := NewWriter(&out)
			if err := w.Write([]byte(tt.event), recorded, tt.floor); err != nil {
				t.Fatal(err)
			}
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
			if out.String() != tt.want+"\n" {
				t.Fatalf("wrote %s want  %s", out.String(), tt.want)
			}
		})
	}
}

func TestWriterRefusesWhatNoLineCanHold(t *testing.T) {
	var out bytes.Buffer
	w := NewWriter(&out)
	for _, event := range []string{"", "[]", "7", `"x"`, "{", `{"a":1}{"b":2}`, "null"} {
		if err := w.Write([]byte(event), recorded, ""); !errors.Is(err, ErrNotAnEvent) {
			t.Errorf("%q: %v", event, err)
		}
	}
	if err := w.Flush(); err != nil || out.Len() != 0 {
		t.Fatalf("wrote %q %v", out.String(), err)
	}
}

func FuzzWriterKeepsTheObject(f *testing.F) {
	f.Add(`{"id":"1","data":{"a":[1,2,{"b":null}]}}`)
	f.Add(`{"recordedtime":1}`)
	f.Fuzz(func(t *testing.T, event string) {
		var out bytes.Buffer
		w := NewWriter(&out)
		if err := w.Write([]byte(event), recorded, ""); err != nil {
			return
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(out.Bytes(), []byte{'\n'}); n != 1 {
			t.Fatalf("%d lines", n)
		}
		var before, after map[string]any
		if err := json.Unmarshal([]byte(event), &before); err != nil {
			t.Fatalf("wrote what is no object: %v", err)
		}
		if err := json.Unmarshal(out.Bytes(), &after); err != nil {
			t.Fatalf("wrote %q: %v", out.Bytes(), err)
		}
		delete(before, recordedName)
		delete(after, recordedName)
		if !reflect.DeepEqual(before, after) {
			t.Fatalf("%q became %q", event, out.Bytes())
		}
	})
}
