package cdr_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"wallboard/feed/adapt/cdr"
	"wallboard/metrics"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
)

// Small tables in the formats of the shipped maps, made up, with figures
// counted by hand.
const (
	callTable = `Call Id,Agent,Date,Time,Topic,Answered (Y/N),Resolved,Speed of answer in seconds,AvgTalkDuration,Satisfaction rating
K1,Ann,2031-03-03,9:00:00,Billing,Y,Y,10,0:01:00,5
K2,Bob,2031-03-03,9:05:00,Billing,Y,N,40,0:02:00,2
K3,Ann,2031-03-03,9:10:00,Fault,N,N,,,
K4,Ann,2031-03-03,9:20:00,Fault,Y,Y,100,0:03:00,4
K5,Bob,2031-03-04,9:00:00,Fault,Y,Y,30,0:00:30,3
`
	ticketTable = `Case ID,Activity,Resource,Complete Timestamp,Variant,Variant index,Variant,seriousness,customer,product,responsible_section,seriousness_2,service_level,service_type,support_section,workgroup
T2,Assign seriousness,R1,2031/03/05 09:00:00.000,v,1,v,s,c2,p,r,s,l,t,x,g
T2,Resolve ticket,R1,2031/03/05 10:00:00.000,v,1,v,s,c2,p,r,s,l,t,x,g
T2,Wait,R1,2031/03/25 10:00:00.000,v,1,v,s,c2,p,r,s,l,t,x,g
T2,Resolve ticket,R1,2031/04/05 10:00:00.000,v,1,v,s,c2,p,r,s,l,t,x,g
T2,Closed,R5,2031/05/05 10:00:00.000,v,1,v,s,c2,p,r,s,l,t,x,g
T1,Assign seriousness,R1,2031/03/03 09:00:00.000,v,1,v,s,c1,p,r,s,l,t,x,g
T1,Take in charge ticket,R2,2031/03/03 10:00:00.000,v,1,v,s,c1,p,r,s,l,t,x,g
T1,Resolve ticket,R2,2031/03/20 10:00:00.000,v,1,v,s,c1,p,r,s,l,t,x,g
T1,Closed,R5,2031/04/20 10:00:00.000,v,1,v,s,c1,p,r,s,l,t,x,g
T3,Insert ticket,R1,2031/03/06 09:00:00.000,v,1,v,s,c3,p,r,s,l,t,x,g
T3,Closed,R5,2031/04/06 10:00:00.000,v,1,v,s,c3,p,r,s,l,t,x,g
`
	incidentTable = `number,incident_state,caller_id,sys_updated_at,category,assignment_group,assigned_to
I1,New,c1,03-03-2031 09:00,k,g,?
I1,Active,c1,03-03-2031 09:30,k,g,a
I1,Resolved,c1,10-03-2031 10:00,k,g,a
I1,Active,c1,12-03-2031 10:00,k,g,b
I1,Resolved,c1,13-03-2031 10:00,k,g,b
I1,Closed,c1,18-03-2031 10:00,k,g,b
I2,New,c2,04-03-2031 09:00,k,g,?
I2,Resolved,c2,04-03-2031 11:00,k,g,a
`
	tweetTable = `conversation,tweet_id,author_id,inbound,created_at,response_tweet_id,in_response_to_tweet_id,text_chars
1,2,acme,False,2031-03-03T11:00:00Z,,1,10
1,1,77,True,2031-03-03T10:00:00Z,2,,10
2,3,78,True,2031-03-03T10:00:00Z,4,,10
2,5,78,True,2031-03-03T10:30:00Z,,,10
2,4,acme,False,2031-03-05T10:00:00Z,,3,10
3,6,79,True,2031-03-01T00:00:00Z,7,,10
3,7,acme,False,2032-03-01T00:00:00Z,,6,10
`
	threadTable = `{"session": "S1", "company": "Acme", "turns": [{"role": "client", "who": "client1", "at": "2031-03-03T10:00:00.000Z", "chars": 3}, {"role": "client", "who": "client1", "at": "2031-03-03T10:05:00.000Z", "chars": 3}], "closing_agent_turn": {"role": "agent", "who": "Acme", "turn": 3, "at": "2031-03-03T10:10:00.000Z"}}
{"session": "S2", "company": "Acme", "turns": [{"role": "client", "who": "client1", "at": "2031-03-03T10:00:00.000Z", "chars": 3}, {"role": "agent", "who": "Acme", "at": "2031-03-06T10:00:00.000Z", "chars": 3}], "closing_agent_turn": {"role": "agent", "who": "Acme", "turn": 3, "at": "2031-03-06T12:00:00.000Z"}}
`
)

func TestTablesGiveTheFiguresCountedByHand(t *testing.T) {
	const hour, day = 3600.0, 24 * 3600.0
	for name, table := range map[string]struct {
		mapName, text string
		want          map[string]float64
	}{
		// Two of four ratings are 4 or 5; three of the four answered are resolved; waits 10, 30, 40, 100 s.
		"calls with a verdict": {"pwc", callTable, map[string]float64{"csat": 50, "resolution_rate": 75, "asa": 45, "frt_p50": 30, "frt_p90": 40, "answered": 4, "abandoned": 1}},
		// T2 is resolved, comes back by waiting again after 20 days, and is resolved again; T3 is
		// filed without being resolved: four closes, one of them undone.
		"tickets that come back after weeks": {"helpdesk-it", ticketTable, map[string]float64{"reopen_rate": 25, "resolution_rate": 100}},
		// Three closes, one reopening.
		"incidents that come back": {"servicenow", incidentTable, map[string]float64{"reopen_rate": 100.0 / 3, "resolution_rate": 100}},
		// First replies after an hour, two days and a year.
		"tweets in any order": {"twitter-twcs", tweetTable, map[string]float64{"frt_p50": 2 * day, "frt_p90": 2 * day, "frt_mean": (hour + 2*day + 366*day) / 3}},
		"threads":             {"twitter-ibm", threadTable, map[string]float64{"frt_p50": 600, "frt_mean": (600 + 3*day) / 2, "left_unanswered": 0}},
	} {
		t.Run(name, func(t *testing.T) {
			row, at := engineRow(t, table.mapName, table.text)
			for id, want := range table.want {
				var reader kpi.Reader
				reader.Reset(row, at)
				got := reader.Read(kpi.Find(id), fact.WindowAll)
				limit := 1e-9 * math.Abs(want)
				if strings.HasPrefix(id, "frt_p") {
					limit = fact.RelativeError * want
				}
				if !got.OK || math.Abs(got.V-want) > limit {
					t.Errorf("%s is %v (%v), by hand %v", id, got.V, got.OK, want)
				}
			}
		})
	}
}

// engineRow tells a table to an engine and returns the floor's row.
func engineRow(t *testing.T, mapName, text string) (row *metrics.Row, at int64) {
	t.Helper()
	m, err := cdr.Load(mapName)
	if err != nil {
		t.Fatal(err)
	}
	engine, err := metrics.NewEngine(metrics.DefaultSettings(time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	_, err = m.Import(strings.NewReader(text), cdr.Options{Problem: func(_ int, reason error) { t.Error(reason) }}, func(ev *metrics.Event) error {
		engine.Tick(max(engine.Now(), ev.Time))
		engine.Apply(ev)
		at = ev.Time
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	engine.Tick(at + 10_000)
	s := engine.Snapshot()
	return s.Floors[0].Row, s.At
}
