package cdr_test

import (
	"bytes"
	"testing"

	"wallboard/feed/adapt/cdr"
	"wallboard/metrics"
)

// FuzzImport takes any table through each shipped map: it must not panic, the
// counts must add up and time must not run back.
func FuzzImport(f *testing.F) {
	f.Add(uint8(0), []byte(bankHeader+bank("1", "77", "990301", "9:00:00", "9:00:10", "9:00:10", "9:01:00", "AGENT", "9:00:59", "9:05:00", "ANN")))
	f.Add(uint8(2), []byte("Call Id,Agent,Date,Time,Topic,Answered (Y/N),Resolved,Speed of answer in seconds,AvgTalkDuration,Satisfaction rating\n1,Ann,2021-01-01,9:12:58,\"a \"\"b\"\"\",Y,Y,109,0:02:23,3\n2,\"open\n"))
	f.Add(uint8(4), []byte(`{"session":"a","company":"acme","turns":[{"role":"client","at":"2020-01-01T10:00:00.000Z"}],"closing_agent_turn":{"role":"agent","at":"2020-01-01T10:09:00.500Z"}}`))
	f.Add(uint8(5), []byte("conversation,tweet_id,author_id,inbound,created_at,response_tweet_id,in_response_to_tweet_id,text_chars\n1,2,acme,False,2020-01-01T10:05:00Z,,1,10\n"))
	names := cdr.Maps()
	f.Fuzz(func(t *testing.T, which uint8, table []byte) {
		m, err := cdr.Load(names[int(which)%len(names)].Name)
		if err != nil {
			t.Fatal(err)
		}
		var last, events int64
		report, err := m.Import(bytes.NewReader(table), cdr.Options{}, func(ev *metrics.Event) error {
			if ev.Time < last || ev.ID.Empty() || ev.Session.Empty() || ev.Floor.Empty() || ev.Channel.Empty() {
				t.Errorf("after %d: %+v", last, ev)
			}
			last, events = ev.Time, events+1
			return nil
		})
		if err != nil {
			return // a header that does not fit
		}
		sum := report.Used
		for _, n := range report.Skipped {
			sum += n
		}
		for _, n := range report.Unreadable {
			sum += n
		}
		if sum != report.Rows || events != report.Events {
			t.Errorf("counts do not add up: %+v", report)
		}
	})
}

// FuzzParse reads any text as a map: an error or a map, never a panic, and what
// was accepted reads a table without one.
func FuzzParse(f *testing.F) {
	f.Add([]byte(minimal), []byte("id,in,answer,out,talk\n1,2020-01-01 10:00:00,,,\n"))
	f.Add([]byte("activity = \"{a}\"\nfloor = \"f\"\nchannel = \"c\"\nsession = \"{s}\"\n[time]\ncolumn = \"t\"\nlayout = \"%s\"\n[[row]]\nwhen = [\"x\"]\ndo = [\"resolved\"]\n"), []byte("a,s,t\nx,1,1000000000\n"))
	f.Fuzz(func(t *testing.T, text, table []byte) {
		m, err := cdr.Parse("fuzz", text)
		if err != nil {
			return
		}
		_, _ = m.Import(bytes.NewReader(table), cdr.Options{}, func(*metrics.Event) error { return nil })
	})
}
