package main

import (
	"context"
	"strings"
	"testing"
)

func TestBandCommandReadsAndRefuses(t *testing.T) {
	rows := []struct {
		name, input string
		args        []string
		exit        int
		out, err    string
	}{
		{"rows become lines", "timestamp,value\n2003-03-03 07:00:00,111\n2003-03-03 07:05:00,113\n", []string{"--csv", "-"}, exitFine,
			`{"t":"2003-03-03 07:00:00","v":111,"lo":null,"hi":null,"surprise":0,"score":0,"learning":true,"reason":"learning 1/100"}`, "2 rows"},
		{"a bad row is named and passed over", "timestamp,value\n2003-03-03 07:00:00,x\n2003-03-03 07:05:00,1\n", []string{"--csv", "-", "--step", "5m"}, exitFine, `"v":1`, "line 2: value \"x\""},
		{"no file", "", nil, exitUsage, "", "--csv is missing"},
		{"a file that is not there", "", []string{"--csv", "nowhere.csv"}, exitUsage, "", "nowhere.csv"},
		{"an unknown sensitivity", "", []string{"--csv", "-", "--sensitivity", "keen"}, exitUsage, "", "none of high, normal, low"},
		{"a step that runs back", "", []string{"--csv", "-", "--step", "-5m"}, exitUsage, "", "not above 0"},
		{"rows all of one time", "timestamp,value\n2003-03-03,1\n2003-03-03,1\n", []string{"--csv", "-"}, exitUsage, "", "give --step"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			var out, problems strings.Builder
			p := &program{stdin: strings.NewReader(row.input), stdout: &out, stderr: &problems, getenv: func(string) string { return "" }}
			exit := p.run(context.Background(), append([]string{"band"}, row.args...))
			if exit != row.exit || !strings.Contains(out.String(), row.out) || !strings.Contains(problems.String(), row.err) {
				t.Errorf("exit %d\n%s\n%s", exit, out.String(), problems.String())
			}
		})
	}
}
