package tui

import (
	"strings"
	"testing"

	"wallboard/metrics"
	"wallboard/tui/tuitest"
)

func TestTheWayInIsWrittenAndEscGoesItBack(t *testing.T) {
	r := at(t, busy(), 160, 40).press("2", "down", "down", "right", "s").selects("售前咨询")
	sorted := r.frame()
	r.press("enter").sees("queues › 售前咨询/chat")
	r.press("tab", "down", "down", "enter").sees("queues › 售前咨询/chat › ")
	r.press("enter").sees(" › s-").press("esc").misses(" › s-")
	r.press("esc").sees("queues › 售前咨询/chat").press("esc")
	if back := r.frame(); back != sorted {
		t.Errorf("esc does not come back to the row, the column and the order:\n%s", difference(sorted, back))
	}
}

func TestABreachIsWhereEscComesBackTo(t *testing.T) {
	r := at(t, busy(), 160, 40).press("4", "down", "down")
	before := r.frame()
	if after := r.press("enter").sees("breaches › ").press("esc").frame(); after != before {
		t.Errorf("the list of breaches differs:\n%s", difference(before, after))
	}
	r.press("tab", "down", "down")
	before = r.frame()
	if after := r.press("enter").sees("breaches › ").press("esc").frame(); after != before {
		t.Errorf("the list of past breaches differs:\n%s", difference(before, after))
	}
}

func TestAWallIsComeBackTo(t *testing.T) {
	r := at(t, busy(), 120, 32).press("down", "down")
	before := r.frame()
	if after := r.press("enter").sees("wall › ").press("esc").frame(); after != before {
		t.Errorf("the wall differs:\n%s", difference(before, after))
	}
}

func TestAChannelOfTheMapIsLeftWithItsScope(t *testing.T) {
	r := at(t, busy(), 120, 32).press("6", "m").press("down", "down", "left")
	before := r.frame()
	r.press("enter").sees("heat › app", "hangzhou  app", "queues by hour").press("esc")
	if after := r.frame(); after != before {
		t.Errorf("the map differs:\n%s", difference(before, after))
	}
}

func TestAnIndicatorsTeamIsLeftWithItsScope(t *testing.T) {
	r := at(t, busy(), 120, 32).press("5", "down", "down", "v", "v", "tab", "down")
	before := r.frame()
	r.press("enter").sees("indicators › team ", "situation").press("esc")
	if after := r.frame(); after != before {
		t.Errorf("the indicators differ:\n%s", difference(before, after))
	}
}

func TestANumberGoesToThePageAsItWasLeft(t *testing.T) {
	r := at(t, busy(), 120, 32).press("2", "down", "down", "down", "/").types("a").press("enter")
	before := r.frame()
	r.press("enter").sees("queues › ").press("tab", "enter").press("2")
	if after := r.frame(); after != before {
		t.Errorf("2 does not come back to the page:\n%s", difference(before, after))
	}
	r.press("6").press("down", "down", "enter").sees("hangzhou  app").press("6").misses("hangzhou  app", "heat › ")
}

func TestAScopeThatWasChosenStays(t *testing.T) {
	at(t, busy(), 120, 32).press("6").press("down", "down", "enter").sees("hangzhou  app").
		press("f").types("voice").press("enter").sees("hangzhou  voice").press("esc").sees("hangzhou  voice").misses("heat › ")
}

func TestWhatEndedSaysSoAndIsLeftByEsc(t *testing.T) {
	gone := busy()
	f := gone.Floors[0]
	r := at(t, busy(), 120, 32).press("2", "down", "enter").sees("queues › refund/app").press("tab", "enter").sees("queues › refund/app › ")
	f.Agents, f.Tables = metrics.AgentList{}, nil
	r.then(gone, 1000).sees("this agent is not on the floor any more: esc goes back").
		press("esc").sees("this queue is not on the floor any more: esc goes back").
		press("esc").misses("queues › ")
}

func TestTheWayIsCutAtItsOuterEndWhereItIsTooLong(t *testing.T) {
	r := at(t, busy(), 80, 24).press("3", "enter")
	for range maxLevels + 3 {
		r.press("enter")
	}
	first := strings.Split(r.sees("… › ").frame(), "\n")[2] // below the header and the loudest breach
	if !strings.Contains(first, " › ") {
		t.Errorf("the way is not in the first line of the page: %q", first)
	}
	if n := len(r.v.detail); n != maxLevels {
		t.Errorf("%d levels are kept, want %d", n, maxLevels)
	}
	for range maxLevels {
		r.press("esc")
	}
	r.misses(" › ").sees("queues")
}

func TestATeamsPeopleAndAChannelsQueuesHaveTheirWayToo(t *testing.T) {
	s := busy()
	s.Breaches = s.Breaches[:0]
	for i, k := range []metrics.Key{{Scope: metrics.ScopeTeam, Team: s.Floors[0].Teams[0].Key.Team}, {Scope: metrics.ScopeChannel, Channel: s.Floors[0].Channels[0].Key.Channel}} {
		k.Floor = s.Floors[0].ID
		s.Breaches = append(s.Breaches, metrics.Breach{Rule: "r", KPI: "aht", Key: k, Level: metrics.LevelWarn, State: metrics.BreachFiring, FiringSince: s.At - int64(i)*1000 - 1000})
	}
	r := at(t, tuitest.Later(s, 0), 120, 32).press("4")
	r.press("enter").sees("breaches › ").press("esc").press("down", "enter").sees("breaches › ").press("esc").sees("breaches now")
}
