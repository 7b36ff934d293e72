package cdr_test

import (
	"testing"

	"wallboard/feed/adapt/cdr"
)

func TestHelpdeskLog(t *testing.T) {
	const head = "Case ID,Activity,Resource,Complete Timestamp,Variant,Variant index,Variant,seriousness,customer,product,responsible_section,seriousness_2,service_level,service_type,support_section,workgroup\n"
	row := func(c, activity, who, at string) string {
		return c + "," + activity + "," + who + ",2020/01/" + at + ".000,V,1,V,S,kunde,ware,R,2,L,T,X,W\n"
	}
	for _, c := range []struct {
		name, table string
		want        []string
		unchanged   int64
	}{
		{"a ticket from its beginning to its filing, held in between",
			row("1", "Assign seriousness", "A", "01 10:00:00") + row("1", "Assign seriousness", "A", "01 10:00:00") +
				row("1", "Take in charge ticket", "B", "01 11:00:00") + row("1", "Wait", "B", "01 12:00:00") +
				row("1", "Take in charge ticket", "B", "01 13:00:00") + row("1", "Resolve ticket", "B", "01 14:00:00") + row("1", "Closed", "Z", "31 14:00:00"),
			[]string{"01 10:00:00 opened 1 kunde", "01 10:00:00 tagged 1 ware", "01 10:00:00 queued 1 W kunde", "01 11:00:00 assigned 1 W B", "01 12:00:00 held 1 W B",
				"01 13:00:00 resumed 1 W B", "01 14:00:00 closed 1 W B outcome=1 by=2"}, 2},
		{"cases are told apart and put in time order",
			row("2", "Assign seriousness", "A", "02 10:00:00") + row("2", "Resolve ticket", "C", "02 12:00:00") + row("1", "Assign seriousness", "A", "02 11:00:00"),
			[]string{"02 10:00:00 opened 2 kunde", "02 10:00:00 tagged 2 ware", "02 10:00:00 queued 2 W kunde", "02 11:00:00 opened 1 kunde", "02 11:00:00 tagged 1 ware",
				"02 11:00:00 queued 1 W kunde", "02 12:00:00 assigned 2 W C", "02 12:00:00 closed 2 W C outcome=1 by=2"}, 0},
		{"work on a resolved ticket reopens it; resolving it again without work does not",
			row("3", "Take in charge ticket", "B", "03 11:00:00") + row("3", "Resolve ticket", "B", "03 12:00:00") + row("3", "Resolve ticket", "B", "03 12:00:00") +
				row("3", "Take in charge ticket", "C", "03 13:00:00") + row("3", "Resolve ticket", "C", "03 14:00:00"),
			[]string{"03 11:00:00 opened 3 kunde", "03 11:00:00 tagged 3 ware", "03 11:00:00 queued 3 W kunde", "03 11:00:00 assigned 3 W B", "03 12:00:00 closed 3 W B outcome=1 by=2",
				"03 13:00:00 reopened 3 W by=1", "03 13:00:00 assigned 3 W C", "03 14:00:00 closed 3 W C outcome=1 by=2"}, 1},
		{"a ticket that nobody resolved is completed when it is filed",
			row("4", "Insert ticket", "A", "04 10:00:00") + row("4", "Closed", "Z", "05 10:00:00"),
			[]string{"04 10:00:00 opened 4 kunde", "04 10:00:00 tagged 4 ware", "04 10:00:00 queued 4 W kunde", "05 10:00:00 closed 4 W by=5"}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, report := run(t, load(t, "helpdesk-it"), head+c.table, cdr.Options{})
			same(t, got, c.want...)
			if report.Skipped["unchanged"] != c.unchanged {
				t.Errorf("unchanged %d, want %d", report.Skipped["unchanged"], c.unchanged)
			}
		})
	}
}

func TestTweets(t *testing.T) {
	got, _ := run(t, load(t, "twitter-twcs"), `conversation,tweet_id,author_id,inbound,created_at,response_tweet_id,in_response_to_tweet_id,text_chars
1,2,acme,False,2020-01-01T10:05:00Z,,1,10
1,1,55,True,2020-01-01T10:00:00Z,2,,10
1,3,55,True,2020-01-01T10:06:00Z,,2,10
2,4,acme,False,2020-01-01T11:00:00Z,,,10
2,5,66,True,2020-01-01T11:01:00Z,,4,10
3,6,77,True,2020-01-01T12:00:00Z,,,10
3,7,77,maybe,2020-01-01T12:00:00Z,,,10
`, cdr.Options{})
	same(t, got,
		"01 10:00:00 opened 1 55", "01 10:00:00 queued 1 acme 55", "01 10:00:00 message 1 acme by=1",
		"01 10:05:00 assigned 1 acme", "01 10:05:00 message 1 acme by=2", "01 10:06:00 message 1 acme by=1",
		"01 11:00:00 opened 2 66 origin=agent", "01 11:00:00 assigned 2 acme", "01 11:00:00 message 2 acme by=2", "01 11:01:00 message 2 acme by=1",
		"01 12:00:00 opened 3 77", "01 12:00:00 message 3 by=1")
}

func TestConversationsInJSON(t *testing.T) {
	got, report := run(t, load(t, "twitter-ibm"), `{"session":"a","company":"acme","start":"2020-01-01T10:00:00.000Z","turns":[{"role":"client","who":"client1","at":"2020-01-01T10:00:00.000Z"},{"role":"agent","who":"acme","at":"2020-01-01T10:01:00.000Z"}],"closing_agent_turn":{"role":"agent","at":"2020-01-01T10:09:00.500Z"}}
{"session":"b","company":"acme","turns":[{"role":"client","at":"2020-01-01T10:00:30.000Z"}],"closing_agent_turn":null}

[1]
{"session":"c","turns":[3]}
{"session":"d"} {}
`, cdr.Options{})
	same(t, got,
		"01 10:00:00 opened a", "01 10:00:00 queued a acme", "01 10:00:00 message a acme by=1",
		"01 10:00:30 opened b", "01 10:00:30 queued b acme", "01 10:00:30 message b acme by=1",
		"01 10:01:00 assigned a acme", "01 10:01:00 message a acme by=2",
		"01 10:09:00 message a acme by=2", "01 10:09:00 closed a acme by=2")
	if report.Unreadable["not a JSON object"] != 3 {
		t.Errorf("%+v", report)
	}
}

func TestIncidents(t *testing.T) {
	got, _ := run(t, load(t, "servicenow"), `number,incident_state,caller_id,sys_updated_at,assignment_group,assigned_to,category,resolved_at
I1,New,?,01-03-2016 10:00,G1,?,?,01-03-2016 12:00
I1,New,c,01-03-2016 10:00,G2,?,?,01-03-2016 12:00
I1,Active,c,01-03-2016 10:30,G2,?,?,01-03-2016 12:00
I1,Active,c,01-03-2016 10:31,G2,r1,?,01-03-2016 12:00
I1,Awaiting User Info,c,01-03-2016 10:40,G2,r1,?,01-03-2016 12:00
I1,Resolved,c,01-03-2016 11:00,G3,r2,?,01-03-2016 12:00
I1,Resolved,c,01-03-2016 12:00,G3,r2,?,01-03-2016 12:00
I1,Closed,c,06-03-2016 12:00,G3,r2,?,01-03-2016 12:00
`, cdr.Options{})
	same(t, got,
		"01 10:00:00 opened I1 c", "01 10:00:00 queued I1 G1 c", "01 10:00:00 queued I1 G2 c",
		"01 10:30:00 assigned I1 G2", "01 10:31:00 assigned I1 G2 r1", "01 10:40:00 held I1 G2 r1",
		"01 11:00:00 queued I1 G3 c", "01 11:00:00 assigned I1 G3 r2", "01 11:00:00 closed I1 G3 r2 outcome=1 by=2")
}
