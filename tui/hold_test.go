package tui

import (
	"strings"
	"testing"

	"wallboard/metrics"
	"wallboard/tui/i18n"
)

// worse is the floor with one more critical breach, a minute later.
func worse(rules ...string) *metrics.Snapshot {
	s := busy()
	s.At, s.Version = s.At+60_000, s.Version+1
	for _, rule := range rules {
		s.Breaches = append(s.Breaches, metrics.Breach{Rule: rule, KPI: "service_level", Level: metrics.LevelCritical, State: metrics.BreachFiring,
			Key: metrics.Key{Scope: metrics.ScopeChannel, Floor: s.Floors[0].ID, Channel: s.Floors[0].Channels[0].Key.Channel}, FiringSince: s.At - 2000, Value: 40, Limit: 80})
	}
	return s
}

func TestAHeldScreenTellsWhatBeginsMeanwhile(t *testing.T) {
	r := at(t, busy(), 120, 32).press("space").then(worse(), 60_000).misses("since held")
	r.then(worse("one"), 1_000).sees("■ 1 new critical breach since held: ", "service level", "space goes on", "HELD 61s")
	r.then(worse("one", "two"), 1_000).sees("2 new critical breaches since held")
	r.press("2", ":").sees(":").misses("since held").press("esc").sees("since held")
	r.press("space").misses("since held", "HELD")
	sit(t, busy(), Look{Lang: i18n.Chinese}, 80, 24).press("space").then(worse("one"), 60_000).sees("定格后新增 1 条严重告警", "空格键继续")
	at(t, busy(), 20, 1).press("space").then(worse("one"), 60_000).sees("1 new critical")
}

func TestNothingOnAHeldScreenGoesOnButHowLongItIsHeld(t *testing.T) {
	for name, keys := range map[string][]string{
		"wall": {"1"}, "queues": {"2"}, "agents": {"3"}, "breaches": {"4"}, "past": {"4", "tab", "down"}, "indicators": {"5"}, "heat": {"6"}, "sessions": {"8"}, "health": {"9"},
		"one queue": {"2", "down", "enter"}, "one agent": {"3", "enter"}, "one session": {"8", "tab", "enter"}, "explain": {"down", "e"}, "themes": {"t"}, "scope": {"f"}, "silence": {"z"},
	} {
		t.Run(name, func(t *testing.T) {
			r := at(t, busy(), 120, 32).press("space").press(keys...)
			before := strings.SplitN(r.frame(), "\n", 2)
			after := strings.SplitN(r.then(calm(), 47_000).frame(), "\n", 2)
			if before[1] != after[1] && name != "silence" {
				t.Errorf("it goes on:\n%s", difference(before[1], after[1]))
			}
			if !strings.Contains(after[0], "HELD 47s") || before[0] == after[0] {
				t.Errorf("the header says %q", after[0])
			}
		})
	}
}

func TestAHeldScreenIsDrilledSortedAndExplainedAsItWas(t *testing.T) {
	r := at(t, busy(), 120, 40).press("2", "down", "space").then(calm(), 9_000)
	r.press("enter").sees("queues › refund/app", "waiting now, 41").press("esc").press("s").sees("wait↓", "6:12")
	r.press("right", "right", "e").sees("formula", "6:12").press("esc", "space").misses("6:12")
}
