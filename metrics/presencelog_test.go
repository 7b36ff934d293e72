package metrics

import (
	"fmt"
	"strings"
	"testing"

	"wallboard/metrics/clean"
)

// dayOf writes a person's day as "t+0 available, t+60 paused lunch".
func dayOf(e *Engine, id string, from int64) string {
	s := e.Snapshot()
	var out []string
	for a := range s.Floors[0].Agents.All {
		if a.ID.String() != id {
			continue
		}
		for _, m := range a.Day {
			word := fmt.Sprintf("t%+d %v", (m.At()-from)/1000, m.Presence())
			if r := m.Reason(s.Floors[0].Words); !r.Empty() {
				word += " " + r.String()
			}
			out = append(out, word)
		}
	}
	return strings.Join(out, ", ")
}

func TestADayOfPresenceIsKeptInOrderOfWhenItWas(t *testing.T) {
	from := int64(1_700_000_000_000)
	for _, c := range []struct {
		name string
		says []string // seconds, presence, reason
		want string
	}{
		{"changes with their reasons", []string{"0 available", "60 paused lunch", "120 available"}, "t+0 2, t+60 3 lunch, t+120 2"},
		{"what is said again is one change", []string{"0 available", "30 available", "60 paused lunch", "70 paused lunch"}, "t+0 2, t+60 3 lunch"},
		{"another reason is a change", []string{"0 paused lunch", "60 paused training"}, "t+0 3 lunch, t+60 3 training"},
		{"one that comes late has its place", []string{"0 available", "120 offline", "60 paused lunch"}, "t+0 2, t+60 3 lunch, t+120 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScript(t)
			for _, say := range c.says {
				var at int64
				var presence, reason string
				fmt.Sscan(say, &at, &presence, &reason)
				s.do(from+at*1000, TypeAgentPresence, "a=a1", func(ev *Event) {
					ev.Presence = map[string]Presence{"available": PresenceAvailable, "paused": PresencePaused, "offline": PresenceOffline}[presence]
					ev.Reason = clean.Own(reason)
				})
			}
			if got := dayOf(s.e, "a1", from); got != c.want {
				t.Errorf("the day is %q, want %q", got, c.want)
			}
		})
	}
}

func TestADayOfPresenceIsBoundedAndLeavesOldSnapshotsAlone(t *testing.T) {
	s, from := newScript(t), int64(1_700_000_000_000)
	say := func(i int) {
		s.do(from+int64(i)*1000, TypeAgentPresence, "a=a1", func(ev *Event) {
			ev.Presence = []Presence{PresenceAvailable, PresencePaused}[i%2]
		})
	}
	say(0)
	say(1)
	before := s.e.Snapshot().Floors[0].Agents.Pages[0][0].Day
	kept := fmt.Sprint(before)
	for i := 2; i < 400; i++ {
		say(i)
	}
	now := s.e.Snapshot().Floors[0].Agents.Pages[0][0].Day
	if len(now) != MaxPresenceMarks || now[len(now)-1].At() != from+399_000 {
		t.Errorf("%d changes are kept, the last at %d", len(now), now[len(now)-1].At()-from)
	}
	if fmt.Sprint(before) != kept {
		t.Error("an earlier snapshot has changed")
	}
	s.do(from+26*hourMillis, TypeAgentPresence, "a=a1", func(ev *Event) { ev.Presence = PresenceOffline })
	s.do(from+26*hourMillis+1000, TypeAgentPresence, "a=a1", func(ev *Event) { ev.Presence = PresenceAvailable })
	if got := len(s.e.Snapshot().Floors[0].Agents.Pages[0][0].Day); got != 3 {
		t.Errorf("on the next day %d changes are kept, want those of the day and the last before it", got)
	}
}

func TestAMarkReadsBackWhatItWasMadeOf(t *testing.T) {
	words := []clean.Text{{}, clean.Own("lunch")}
	for p := range NumPresences {
		m := MarkPresence(1_764_000_000_123, p, 1)
		if m.At() != 1_764_000_000_123 || m.Presence() != p || m.Reason(words).String() != "lunch" {
			t.Errorf("mark of %v: %d %v %v", p, m.At(), m.Presence(), m.Reason(words))
		}
	}
	if r := MarkPresence(1, PresencePaused, 7).Reason(words); !r.Empty() {
		t.Errorf("a reason of other words reads %q", r)
	}
}
