package staffing

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/history"
	"wallboard/themes"
	"wallboard/tui/i18n"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
	"wallboard/tui/style"
	"wallboard/tui/tuitest"
)

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

func scene(s *metrics.Snapshot) *panel.Scene {
	sc := panel.NewScene()
	sc.Prepare(s, panel.View{}, s.At)
	return sc
}

func drawn(t *testing.T, v *Staffing, s *panel.Scene) string {
	t.Helper()
	g := screen.NewGrid(200, 60)
	v.Draw(pen(t), s, g.Canvas())
	return g.Text()
}

// floor is an engine that is told of sessions, one after the other.
type floor struct {
	t *testing.T
	e *metrics.Engine
	q history.Quarters
	n int
}

func (f *floor) say(at int64, typ metrics.EventType, change func(*metrics.Event)) {
	f.t.Helper()
	f.n++
	ev := &metrics.Event{Type: typ, Time: at, Arrival: at, ID: clean.Own(fmt.Sprint("e", f.n)), Source: clean.Own("/test"), Floor: clean.Own("f")}
	if typ.Session() {
		ev.Channel = clean.Own("chat")
	}
	change(ev)
	f.e.Tick(at)
	f.e.Apply(ev)
}

// session is queued, answered at once and closed after four minutes.
func (f *floor) session(at int64) {
	id := clean.Own(fmt.Sprint("s", f.n))
	of := func(ev *metrics.Event) { ev.Session, ev.Queue, ev.Agent = id, clean.Own("refund"), clean.Own("lin") }
	f.say(at, metrics.TypeSessionQueued, of)
	f.say(at+1000, metrics.TypeSessionAssigned, of)
	f.say(at+240_000, metrics.TypeSessionClosed, of)
}

// settle moves the clock in steps in which a day is gathered.
func (f *floor) settle(from, to int64) {
	for at := from; at <= to; at += history.Step {
		f.e.Tick(at)
		f.q.Take(f.e.Snapshot())
	}
}

func TestWithoutAPlanTheSameDayLastWeekStandsInAndIsMarked(t *testing.T) {
	e, err := metrics.NewEngine(metrics.DefaultSettings(time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	f := &floor{t: t, e: e}
	start := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC).UnixMilli()
	const hour = 3_600_000
	day := func(start int64, every int64, until int64) {
		f.settle(start, start+9*hour)
		f.say(start+9*hour, metrics.TypeAgentCapacity, func(ev *metrics.Event) {
			ev.Agent, ev.Slots = clean.Own("lin"), []metrics.ChannelSlots{{Channel: clean.Own("chat"), Slots: 5}}
		})
		f.say(start+9*hour, metrics.TypeAgentJoined, func(ev *metrics.Event) { ev.Agent, ev.Queue = clean.Own("lin"), clean.Own("refund") })
		f.say(start+9*hour, metrics.TypeAgentPresence, func(ev *metrics.Event) { ev.Agent, ev.Presence = clean.Own("lin"), metrics.PresenceAvailable })
		for at := start + 9*hour; at < until; at += every {
			f.session(at)
			if (at+every)/history.Step > at/history.Step {
				f.settle((at+every)/history.Step*history.Step, (at+every)/history.Step*history.Step)
			}
		}
	}
	day(start, 300_000, start+12*hour)
	f.settle(start+12*hour, start+24*hour+history.Step)
	closed := f.q.Closed()
	if len(closed) == 0 || closed[0].Date() != "2026-01-05" {
		t.Fatalf("the first day is not stored: %v", closed)
	}
	today := start + 7*24*hour
	f.settle(today-hour, today)
	day(today, 250_000, today+10*hour)
	f.e.Tick(today + 10*hour)

	v, s := New(), scene(f.e.Snapshot())
	if text := drawn(t, v, s); !strings.Contains(text, "no plan for today") || strings.Contains(text, "last week") {
		t.Errorf("before the day is read there is nothing to hold it against:\n%s", text)
	}
	of, date, ok := v.WantsDay(s)
	if !ok || of != "f" || date != "2026-01-05" {
		t.Fatalf("asks for %q %q %v", of, date, ok)
	}
	if _, _, again := v.WantsDay(s); again {
		t.Error("asks twice at once")
	}
	v.TakeDay(date, closed[0], nil)
	if _, _, again := v.WantsDay(s); again {
		t.Error("asks for what it has")
	}
	text := drawn(t, v, s)
	for _, want := range []string{"vs last week ×1.", "+20w", "last week"} { // 15, by two minutes past ten; a week ago 12 and a half
		if !strings.Contains(text, want) {
			t.Errorf("does not show %q:\n%s", want, text)
		}
	}
}

func TestADayThatCannotBeReadIsAskedForOnce(t *testing.T) {
	v, s := New(), scene(tuitest.Floor(tuitest.Options{}))
	_, date, ok := v.WantsDay(s)
	if !ok {
		t.Fatal("one queue has no plan, and nothing is asked for")
	}
	v.TakeDay(date, nil, fmt.Errorf("no such day"))
	if _, _, again := v.WantsDay(s); again {
		t.Error("asks again")
	}
	drawn(t, v, s)
}

// person is one agent of a made-up floor.
func person(id, team string, queues []string, skills []string) *metrics.AgentView {
	a := &metrics.AgentView{ID: clean.Own(id), Team: clean.Own(team), Presence: metrics.PresenceAvailable, Slots: 5, Channels: ^uint64(0)}
	for _, q := range queues {
		a.Queues = append(a.Queues, clean.Own(q))
	}
	for _, s := range skills {
		a.Skills = append(a.Skills, clean.Own(s))
	}
	return a
}

func TestPeopleAreCountedInGroups(t *testing.T) {
	f := tuitest.Floor(tuitest.Options{Agents: 1}).Floors[0]
	now := tuitest.At().UnixMilli()
	busy := person("2", "a", []string{"refund"}, []string{"refund", "zh"})
	busy.SlotsUsed, busy.Activity = 2, metrics.ActivityEngaged
	soon, late, off := person("3", "a", []string{"refund"}, []string{"refund"}), person("4", "a", []string{"refund"}, nil), person("5", "a", []string{"refund"}, nil)
	soon.Presence, soon.PauseUntil = metrics.PresencePaused, now+10*60_000
	late.Presence, late.PauseUntil, late.Draining = metrics.PresencePaused, now-60_000, true
	off.Presence = metrics.PresenceOffline
	both := person("6", "a", []string{"refund", "vip"}, []string{"refund", "vip"})
	f.Agents.Pages = [][]*metrics.AgentView{{person("1", "a", []string{"refund"}, []string{"refund", "funds"}), busy}, {soon, late, off, both}}
	s := panel.NewScene()
	s.Floor, s.At = f, now
	var c census
	c.count(s)
	if len(c.done.groups) != 2 {
		t.Fatalf("%d groups, want one of each set of queues", len(c.done.groups))
	}
	g := c.done.groups[0]
	if g.here != 2 || g.idle != 1 || g.free != 8 || g.paused != 2 || g.soon != 1 || g.overdue != 1 || g.next != soon.PauseUntil || g.working != 1 {
		t.Errorf("the group: %+v", g)
	}
	if len(g.skills) != 1 || g.skills[0].String() != "refund" {
		t.Errorf("what all of them can: %v", g.skills)
	}
	if crew := c.crewOf(clean.Own("refund"), -1); crew.shared != 1 || crew.soon != 1 || len(crew.skills) != 1 {
		t.Errorf("the queue's people: %+v", crew)
	}
}

func TestACountIsSpreadOverFramesAndTheLastOneStands(t *testing.T) {
	snap := tuitest.Floor(tuitest.Options{Agents: 64*stepPages*2 + 1})
	s := scene(snap)
	var c census
	c.count(s)
	people := func() (n int32) {
		for _, g := range c.done.groups {
			n += g.here
		}
		return n
	}
	all := people()
	if all == 0 {
		t.Fatal("the first count is not made at once")
	}
	empty := tuitest.Later(snap, 6)
	one := *snap.Floors[0]
	one.Agents.Pages = slices.Clone(one.Agents.Pages)
	for i := range one.Agents.Pages {
		one.Agents.Pages[i] = slices.Clone(one.Agents.Pages[i])
		for k, a := range one.Agents.Pages[i] {
			gone := *a
			gone.Presence = metrics.PresenceOffline
			one.Agents.Pages[i][k] = &gone
		}
	}
	empty.Floors = []*metrics.FloorView{&one}
	s = scene(empty)
	for frame := range 3 {
		if people() != all {
			t.Fatalf("frame %d shows half a count", frame)
		}
		c.count(s)
	}
	if people() != 0 {
		t.Errorf("after three frames %d people are still counted", people())
	}
}

func TestHelpersAreNeverTakenFromWhereTheyAreNeeded(t *testing.T) {
	v := New()
	snap := tuitest.Floor(tuitest.Options{Agents: 1})
	f := snap.Floors[0]
	f.Agents.Pages = [][]*metrics.AgentView{{
		person("1", "short", []string{"presale"}, []string{"refund"}), person("2", "spare", []string{"vip"}, []string{"refund"}), person("3", "spare", []string{"vip"}, []string{"refund"}),
		person("4", "unable", []string{"vip"}, []string{"price"}), person("5", "own", []string{"refund"}, []string{"refund"}),
	}}
	s := scene(snap)
	v.reckon(s)
	total := int32(0)
	for _, m := range v.sum.moves {
		if m.helper == nil {
			continue
		}
		total += m.count
		if team := m.helper.group.team.String(); m.to.Key.Queue.String() == "refund" && team != "spare" {
			t.Errorf("refund is helped by %s", team)
		}
		if gap := m.helper.gap; math.IsNaN(gap) || gap < 0 {
			t.Errorf("%s is helped by people who are short themselves: %v", m.to.Key.Queue, gap)
		}
	}
	if total == 0 || total > 3 {
		t.Errorf("%d people are moved, two or three could be", total)
	}
	row := s.RowOf(metrics.Key{Scope: metrics.ScopeQueueChannel, Floor: f.ID, Queue: clean.Own("refund"), Channel: clean.Own("app")})
	all := v.helpers(s, row, v.crewOf(s, row))
	if len(all) != 2 || all[0].group.team.String() != "spare" || all[1].group.team.String() != "short" {
		t.Errorf("who could help: %+v", all)
	}
}

func TestNobodyIsHereOnlyWhereNobodyIs(t *testing.T) {
	row := metrics.Row{Now: &metrics.Now{}}
	if got := nobody(&row, i18n.StaffNobody, i18n.StaffUnable); got != i18n.StaffNobody {
		t.Errorf("an empty place: %s", got)
	}
	row.Now.People = 10
	if got := nobody(&row, i18n.StaffNobody, i18n.StaffUnable); got != i18n.StaffUnable {
		t.Errorf("ten people who lack a skill: %s", got)
	}
}
