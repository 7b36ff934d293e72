package wall

import (
	"errors"
	"strings"
	"testing"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

func TestALayoutSaysWhichOfItsWordsIsWrong(t *testing.T) {
	for _, c := range []struct {
		name, key, word string
		spec            Spec
	}{
		{"a figure that is no KPI", "tiles", "servce_level", Spec{Name: "a", Tiles: []string{"waiting", "servce_level"}}},
		{"a column that the table lacks", "columns", "wait", Spec{Name: "a", Columns: []string{"wait"}}},
		{"a chart of nothing", "charts", "wating", Spec{Name: "a", Charts: []string{"wating"}}},
		{"a panel that the wall lacks", "panels", "agents", Spec{Name: "a", Panels: []string{"agents"}}},
	} {
		_, err := NewLayout(c.spec)
		var unknown *Unknown
		if !errors.As(err, &unknown) || unknown.Key != c.key || unknown.Word != c.word || len(unknown.Known) == 0 {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	for name, spec := range map[string]Spec{
		"name":   {Tiles: []string{"waiting"}},
		"tiles":  {Name: "a", Tiles: []string{"waiting", "waiting", "waiting", "waiting", "waiting", "waiting", "waiting"}},
		"queues": {Name: "a", Queues: []string{"[a"}},
		"charts": {Name: "a", Charts: []string{"waiting", "frt", "flow", "aht"}},
	} {
		if _, err := NewLayout(spec); err == nil || !strings.HasPrefix(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestQueuesAreChosenByPattern(t *testing.T) {
	for _, c := range []struct {
		glob, queue, channel string
		want                 bool
	}{
		{"refund", "refund", "app", true},
		{"refund", "refunds", "app", false},
		{"pre*", "presale", "voice", true},
		{"*/voice", "presale", "voice", true},
		{"*/voice", "presale", "chat", false},
		{"售*/chat", "售前咨询", "chat", true},
		{"a*", "a/b", "chat", true},
	} {
		l, err := NewLayout(Spec{Name: "x", Queues: []string{c.glob}})
		if err != nil {
			t.Fatal(err)
		}
		if got := l.shows(&metrics.QueueView{Queue: clean.Own(c.queue), Channel: clean.Own(c.channel)}); got != c.want {
			t.Errorf("%q of %s/%s: %v", c.glob, c.queue, c.channel, got)
		}
	}
}
