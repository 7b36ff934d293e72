package page

import (
	"slices"
	"testing"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/themes"
	"wallboard/tui/cursor"
	"wallboard/tui/i18n"
	"wallboard/tui/keys"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
	"wallboard/tui/style"
	"wallboard/tui/tuitest"
)

func scene(s *metrics.Snapshot) *panel.Scene {
	sc := panel.NewScene()
	sc.Prepare(s, panel.View{}, s.At)
	return sc
}

func pen(t *testing.T) *panel.Pen {
	t.Helper()
	theme, err := themes.Load(themes.Default)
	if err != nil {
		t.Fatal(err)
	}
	look, err := style.New(theme, screen.TrueColor, style.Options{})
	if err != nil {
		t.Fatal(err)
	}
	say, err := i18n.Load(i18n.English, i18n.Unicode)
	if err != nil {
		t.Fatal(err)
	}
	return panel.NewPen(look, say, i18n.NewFormat(i18n.English, i18n.Unicode))
}

func TestSituations(t *testing.T) {
	const at, second = int64(1_700_000_000_000), int64(1000)
	y := &yardsticks{
		within:   map[[2]clean.Text]time.Duration{{clean.Own("refund"), clean.Own("app")}: 60e9, {clean.Own("mail"), clean.Own("email")}: 4 * 3600e9},
		teams:    map[clean.Text]teamStick{clean.Own("day"): {wrap: 90 * second, handle: 300 * second}},
		shortest: 60 * second, least: 300 * second,
	}
	leg := func(queue, channel string, unanswered int64) metrics.SessionView {
		return metrics.SessionView{Queue: clean.Own(queue), Channel: clean.Own(channel), UnansweredSince: at - unanswered*second}
	}
	for _, c := range []struct {
		name string
		a    metrics.AgentView
		want Situation
	}{
		{"a reply beyond T is overdue", metrics.AgentView{UnansweredSince: at - 61*second, Legs: []metrics.SessionView{leg("refund", "app", 61)}}, SituationUnanswered},
		{"exactly T is in time", metrics.AgentView{Presence: metrics.PresenceAvailable, UnansweredSince: at - 60*second, Legs: []metrics.SessionView{leg("refund", "app", 60)}}, SituationOK},
		{"an email of an hour is in time", metrics.AgentView{Presence: metrics.PresenceAvailable, UnansweredSince: at - 3600*second, Legs: []metrics.SessionView{leg("mail", "email", 3600)}}, SituationOK},
		{"more sessions than slots", metrics.AgentView{Slots: 5, SlotsUsed: 6}, SituationOver},
		{"unknown slots are never exceeded", metrics.AgentView{Presence: metrics.PresenceAvailable, SlotsUsed: 6}, SituationOK},
		{"two missed offers", metrics.AgentView{MissedOffers15m: 2}, SituationMissed},
		{"idle while work waits for half a minute", metrics.AgentView{IdleWhileWaitingSince: at - 30*second}, SituationIdle},
		{"idle for less is nothing", metrics.AgentView{Presence: metrics.PresenceAvailable, IdleWhileWaitingSince: at - 29*second}, SituationOK},
		{"a wrap beyond twice the team's p90", metrics.AgentView{Team: clean.Own("day"), WrapSince: at - 181*second}, SituationLongWrap},
		{"a wrap in a team without enough of them", metrics.AgentView{Presence: metrics.PresenceAvailable, Team: clean.Own("new"), WrapSince: at - 900*second}, SituationOK},
		{"a pause beyond what was agreed", metrics.AgentView{Presence: metrics.PresencePaused, PauseUntil: at - second}, SituationLongPause},
		{"a pause within it", metrics.AgentView{Presence: metrics.PresencePaused, PauseUntil: at + second}, SituationAway},
		{"paused with sessions open", metrics.AgentView{Presence: metrics.PresencePaused, Draining: true, SlotsUsed: 2}, SituationDraining},
		{"a session beyond twice the team's p90", metrics.AgentView{Team: clean.Own("day"), LongestLegSince: at - 601*second}, SituationLongSession},
		{"the worst of two counts", metrics.AgentView{Slots: 1, SlotsUsed: 2, MissedOffers15m: 5}, SituationOver},
		{"offline is not on duty", metrics.AgentView{Presence: metrics.PresenceOffline}, SituationOffline},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, _ := y.of(&c.a, at); got != c.want {
				t.Errorf("situation %d, want %d", got, c.want)
			}
		})
	}
}

func TestRowsKeepTheirPlacesUntilItIsTimeToSettle(t *testing.T) {
	first := tuitest.Floor(tuitest.Options{Calm: true})
	l := Queues(panel.AllQueueColumns())
	s := scene(first)
	l.Prepare(s)
	before := names(l.Rows())

	// The last of those in use becomes the longest, one second later.
	later := tuitest.Later(first, 1)
	floor := *first.Floors[0]
	floor.Tables = slices.Clone(floor.Tables)
	i := slices.IndexFunc(floor.Tables, func(q *metrics.QueueView) bool { return q.Queue.String() == "vip" })
	q, row, now := *floor.Tables[i], *floor.Tables[i].Row, *floor.Tables[i].Row.Now
	now.Waiting = 500
	row.Now, q.Row = &now, &row
	floor.Tables[i] = &q
	later.Floors = []*metrics.FloorView{&floor}

	s.Prepare(later, panel.View{}, later.At)
	l.Prepare(s)
	if got := names(l.Rows()); !slices.Equal(got, before) {
		t.Errorf("rows moved after a second: %v, before %v", got, before)
	}
	at := slices.Index(before, "vip")
	if got := l.at(at).Row.Now.Waiting; got != 500 {
		t.Errorf("the row in its old place shows %d waiting", got)
	}
	settled := tuitest.Later(later, 5)
	s.Prepare(settled, panel.View{}, settled.At)
	l.Prepare(s)
	if got := names(l.Rows())[0]; got != "vip" {
		t.Errorf("after five seconds %q is first", got)
	}
}

func TestABreachMovesItsRowAtOnce(t *testing.T) {
	first := tuitest.Floor(tuitest.Options{Calm: true})
	l := Queues(panel.AllQueueColumns())
	s := scene(first)
	l.Prepare(s)
	later := tuitest.Later(first, 1)
	key := first.Floors[0].Tables[slices.IndexFunc(first.Floors[0].Tables, func(q *metrics.QueueView) bool { return q.Queue.String() == "tech" })].Row.Key
	later.Breaches = []metrics.Breach{{KPI: panel.Waiting, Key: key, Level: metrics.LevelWarn, State: metrics.BreachFiring, FiringSince: later.At}}
	s.Prepare(later, panel.View{}, later.At)
	l.Prepare(s)
	if got := names(l.Rows())[0]; got != "tech" {
		t.Errorf("%q is first", got)
	}
}

// TestSortingByEveryColumnIsAnOrder compares neighbours by what the column shows.
func TestSortingByEveryColumnIsAnOrder(t *testing.T) {
	s := scene(tuitest.Floor(tuitest.Options{Queues: 60}))
	l := Queues(panel.AllQueueColumns())
	g := screen.NewGrid(400, 20)
	for _, c := range l.Table.Columns {
		for press := range 2 {
			l.Column = c.ID
			l.Act(keys.Sort)
			l.Prepare(s)
			l.Draw(pen(t), s, g.Canvas(), panel.Focused)
			rows := l.Rows()
			for i := 1; i < len(rows); i++ {
				va, na := valueOf(s, &c, rows[i-1])
				vb, nb := valueOf(s, &c, rows[i])
				if compareTerm(va, vb, na, nb, press == 1) > 0 {
					t.Errorf("column %s, press %d: row %d (%v %q) before %v %q", c.ID, press+1, i, va, na, vb, nb)
				}
			}
		}
		l.order = cursor.Order{}
	}
}

func names(rows []*metrics.QueueView) []string {
	out := make([]string, len(rows))
	for i, q := range rows {
		out[i] = q.Queue.String()
	}
	return out
}

func BenchmarkSortTenThousandPeople(b *testing.B) {
	s := scene(tuitest.Floor(tuitest.Options{Agents: 10_000}))
	for _, column := range []string{"", panel.FRTp90} {
		b.Run("by "+column, func(b *testing.B) {
			l := Agents(nil)
			l.order.First.Column = column
			b.ReportAllocs()
			for b.Loop() {
				l.sorted = sortedFor{}
				l.Prepare(s)
			}
		})
	}
}
