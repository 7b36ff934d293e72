package natsfeed

import (
	"slices"
	"strings"
	"testing"
)

func TestSubjects(t *testing.T) {
	for _, tt := range []struct {
		name             string
		floors, channels []string
		want             []string
	}{
		{"everything", nil, nil, []string{"floor.>"}},
		{"one floor", []string{"hz"}, nil, []string{"floor.hz.>"}},
		{"one channel of one floor", []string{"hz"}, []string{"chat"}, []string{"floor.hz.session.*.chat", "floor.hz.session.*.any", "floor.hz.agent.>", "floor.hz.source.>"}},
		{"one channel of every floor", nil, []string{"chat"}, []string{"floor.*.session.*.chat", "floor.*.session.*.any", "floor.*.agent.>", "floor.*.source.>"}},
		{"a channel named twice is read once", []string{"hz"}, []string{"any", "any"}, []string{"floor.hz.session.*.any", "floor.hz.agent.>", "floor.hz.source.>"}},
		{"two floors", []string{"hz", "bj"}, nil, []string{"floor.hz.>", "floor.bj.>"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Subjects(tt.floors, tt.channels)
			if err != nil || !slices.Equal(got, tt.want) {
				t.Fatalf("got %v %v, want %v", got, err, tt.want)
			}
		})
	}
	for _, bad := range []string{"", "HZ", "a.b", "*", ">", strings.Repeat("x", 33), "杭州"} {
		if _, err := Subjects([]string{bad}, nil); err == nil {
			t.Errorf("floor %q was taken", bad)
		}
	}
}

func TestCLICommandNamesEveryLimitOfTheContract(t *testing.T) {
	cmd := CLICommand("FLOOR")
	for _, want := range []string{"nats stream add FLOOR", "--subjects 'floor.>'", "--storage file", "--max-age 72h", "--dupe-window 2m", "--max-msg-size 20480", "--discard old"} {
		if !strings.Contains(cmd, want) {
			t.Errorf("%q is missing in\n%s", want, cmd)
		}
	}
}
