package page

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/kpi"
	"wallboard/tui/chart"
	"wallboard/tui/i18n"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
)

type (
	agentColumn = panel.Column[*metrics.AgentView]
	// AgentList is a list of people with what their situations are measured by.
	AgentList struct {
		List[*metrics.AgentView]
		sticks *yardsticks
	}
)

// Agents returns a list of people; belongs chooses among those of the floor, nil
// takes those of the scope on the screen.
func Agents(belongs func(a *metrics.AgentView) bool) AgentList {
	y := new(yardsticks)
	l := AgentList{sticks: y}
	l.List = List[*metrics.AgentView]{
		Table:   panel.Table[*metrics.AgentView]{Columns: agentColumns(y), Written: writtenAgents(y)},
		ID:      func(a *metrics.AgentView) string { return a.ID.String() },
		Column:  "situation",
		Matches: func(a *metrics.AgentView, filter string) bool { return matchesAgent(a, filter, y.masked) },
		Subject: func(a *metrics.AgentView) *metrics.Row { return a.Row },
		Quiet:   func(s *panel.Scene, a *metrics.AgentView) bool { w, _ := y.of(a, s.At); return w >= SituationAway },
		Place: func(s *panel.Scene, a *metrics.AgentView) Place {
			what, since := y.of(a, s.At)
			y.count(s, a, what)
			if what >= SituationOK && s.RowLevel(a.Row) >= metrics.LevelWarn {
				return Place{Rank: uint8(SituationLongSession), Value: 1<<50 + since} // after all who are in one
			}
			return Place{Rank: uint8(what), Value: since}
		},
		Collect: func(s *panel.Scene, into []*metrics.AgentView) []*metrics.AgentView {
			y.measure(s)
			y.masked = s.Masked
			for _, page := range s.Floor.Agents.Pages {
				for _, a := range page {
					if belongs == nil && inScope(s, a) || belongs != nil && belongs(a) {
						into = append(into, a)
					}
				}
			}
			return into
		},
		Fresh: func(s *panel.Scene, old *metrics.AgentView) (*metrics.AgentView, bool) {
			a := s.Agent(old.ID)
			return a, a != nil
		},
	}
	return l
}

// inScope says whether a person belongs to the scope on the screen.
func inScope(s *panel.Scene, a *metrics.AgentView) bool {
	switch k := s.View.Scope; k.Scope {
	case metrics.ScopeTeam:
		return a.Team == k.Team
	case metrics.ScopeQueue:
		return slices.Contains(a.Queues, k.Queue)
	}
	return true
}

// matchesAgent finds people by name, id and team; where names are masked, by team
// alone: what finds somebody by name tells who it is.
func matchesAgent(a *metrics.AgentView, filter string, masked bool) bool {
	if masked {
		return strings.Contains(strings.ToLower(a.Team.String()), filter)
	}
	return strings.Contains(strings.ToLower(a.Name.String()), filter) || strings.Contains(strings.ToLower(a.ID.String()), filter) ||
		strings.Contains(strings.ToLower(a.Team.String()), filter)
}

// Name writes who it is.
func Name(p *panel.Pen, a *metrics.AgentView) clean.Text { return p.Person(a.ID, a.Name) }

func agentColumns(y *yardsticks) []agentColumn {
	text := func(id string, title i18n.ID, width, drop int, of func(p *panel.Pen, a *metrics.AgentView) clean.Text) agentColumn {
		return agentColumn{ID: id, Title: title, Width: width, Drop: drop,
			Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, a *metrics.AgentView) {
				w, _ := c.Size()
				c.PrintFit(0, 0, w, of(p, a), p.Look.Text, screen.Left)
			},
			Name: func(a *metrics.AgentView) string { return sortName(id, a) }}
	}
	name := text("name", i18n.ColName, 12, 0, func(p *panel.Pen, a *metrics.AgentView) clean.Text { return Name(p, a) })
	name.Flex = true
	queues := text("queues", i18n.ColQueues, 14, 8, func(_ *panel.Pen, a *metrics.AgentView) clean.Text { return Joined(a.Queues) })
	queues.Flex = true
	skills := text("skills", i18n.ColSkills, 14, 13, func(_ *panel.Pen, a *metrics.AgentView) clean.Text { return Joined(a.Skills) })
	skills.Flex = true
	return []agentColumn{
		situationMark(y), situationColumn(y), name,
		text("id", i18n.ColID, 7, 10, func(p *panel.Pen, a *metrics.AgentView) clean.Text { return p.PersonID(a.ID) }),
		text("team", i18n.ColTeam, 9, 5, func(_ *panel.Pen, a *metrics.AgentView) clean.Text { return a.Team }),
		presenceColumn(), activityColumn(), sinceColumn(), slotsColumn(),
		countColumn("unanswered", panel.Unanswered, i18n.ColUnanswered, 5, 1, func(a *metrics.AgentView) int32 { return a.Unanswered }),
		oldestColumn(),
		figureColumn(panel.FRTp90, i18n.ColFRT, 6, 6), figureColumn(panel.AHT, i18n.ColAHT, 8, 7), figureColumn(panel.Handled, i18n.ColHandled, 7, 7),
		ratedColumn(12), figureColumn("transfer_rate", i18n.ColTransferred, 6, 11), breachesColumn(9),
		queues, skills,
	}
}

func sortName(id string, a *metrics.AgentView) string {
	switch id {
	case "name":
		return cmp.Or(a.Name, a.ID).String()
	case "team":
		return a.Team.String()
	case "queues":
		return Joined(a.Queues).String()
	case "skills":
		return Joined(a.Skills).String()
	}
	return a.ID.String()
}

// Joined writes a list of names: one costs nothing.
func Joined(list []clean.Text) clean.Text {
	switch len(list) {
	case 0:
		return clean.Text{}
	case 1:
		return list[0]
	}
	var b strings.Builder
	for i, t := range list {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(t.String())
	}
	return clean.Line(b.String())
}

func situationMark(y *yardsticks) agentColumn {
	return agentColumn{ID: "level", Width: 1, Draw: func(p *panel.Pen, s *panel.Scene, c screen.Canvas, a *metrics.AgentView) {
		what, _ := y.of(a, s.At)
		p.Glyph(c, 0, 0, max(what.Level(), s.RowLevel(a.Row)))
	}}
}

func situationColumn(y *yardsticks) agentColumn {
	return agentColumn{ID: "situation", Title: i18n.ColSituation, Width: 16,
		Draw: func(p *panel.Pen, s *panel.Scene, c screen.Canvas, a *metrics.AgentView) {
			what, _ := y.of(a, s.At)
			look := p.Look.Dim
			switch {
			case what <= SituationOver:
				look = p.Look.Warn
			case what <= SituationLongSession:
				look = p.Look.Text
			}
			word := what.Word()
			if what == SituationOK && s.RowLevel(a.Row) >= metrics.LevelWarn {
				word, look = i18n.PeopleInBreach, p.Look.Text
			}
			w, _ := c.Size()
			c.PrintFit(0, 0, w, p.Say.Say(word), look, screen.Left)
		},
		Value: func(s *panel.Scene, a *metrics.AgentView) float64 { what, _ := y.of(a, s.At); return -float64(what) }}
}

// PresenceWord returns the message that names a presence.
func PresenceWord(p metrics.Presence) i18n.ID {
	return [metrics.NumPresences]i18n.ID{i18n.PresenceUnknown, i18n.PresenceOffline, i18n.PresenceAvailable, i18n.PresencePaused, i18n.PresenceAway}[p]
}

// ActivityWord returns the message that names an activity.
func ActivityWord(a metrics.Activity) i18n.ID {
	return [metrics.NumActivities]i18n.ID{i18n.ActivityIdle, i18n.ActivityRinging, i18n.ActivityEngaged, i18n.ActivityWrapping}[a]
}

func presenceColumn() agentColumn {
	return agentColumn{ID: "presence", Title: i18n.ColPresence, Width: 15, Drop: 3,
		Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, a *metrics.AgentView) {
			w, _ := c.Size()
			look := p.Look.Text
			if a.Presence == metrics.PresenceAvailable {
				look = p.Look.Dim // the usual is not news
			}
			x := c.Print(0, 0, p.Say.Say(PresenceWord(a.Presence)), look)
			if !a.PresenceReason.Empty() {
				c.PrintFit(x+1, 0, max(0, w-x-1), a.PresenceReason, p.Look.Dim, screen.Left)
			}
		},
		Value: func(_ *panel.Scene, a *metrics.AgentView) float64 { return float64(a.Presence) }}
}

func activityColumn() agentColumn {
	return agentColumn{ID: "activity", Title: i18n.ColActivity, Width: 8, Drop: 4,
		Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, a *metrics.AgentView) {
			look := p.Look.Text
			if a.Activity == metrics.ActivityIdle {
				look = p.Look.Dim
			}
			w, _ := c.Size()
			c.PrintFit(0, 0, w, p.Say.Say(ActivityWord(a.Activity)), look, screen.Left)
		},
		Value: func(_ *panel.Scene, a *metrics.AgentView) float64 { return float64(a.Activity) }}
}

func right(c screen.Canvas, t clean.Text, look screen.Style) {
	w, _ := c.Size()
	c.PrintFit(0, 0, w, t, look, screen.Right)
}

func sinceColumn() agentColumn {
	return agentColumn{ID: "since", Title: i18n.ColSince, Width: 6, Right: true, Drop: 2,
		Draw: func(p *panel.Pen, s *panel.Scene, c screen.Canvas, a *metrics.AgentView) {
			right(c, p.Num.Clock(float64(s.At-stateSince(a))/1000, i18n.Down), p.Look.Text)
		},
		Value: func(s *panel.Scene, a *metrics.AgentView) float64 { return float64(s.At - stateSince(a)) }}
}

// usualSlots is how many dots most people have.
const usualSlots = 5

func slotsColumn() agentColumn {
	return agentColumn{ID: "slots", KPI: panel.SlotUtilization, Title: i18n.ColSlots, Width: 10, Drop: 1,
		Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, a *metrics.AgentView) {
			w, _ := c.Size()
			if a.Slots == 0 && a.SlotsUsed == 0 {
				c.Print(0, 0, p.Num.NoData(), p.Look.NoData)
				return
			}
			// The number of one slot stands where that of five does.
			x := max(0, usualSlots-int(max(a.SlotsUsed, a.Slots)))
			chart.SlotDots(c, x, 0, w-x, int(a.SlotsUsed), int(a.Slots), p.Look)
		},
		Value: func(_ *panel.Scene, a *metrics.AgentView) float64 { return float64(a.SlotsUsed) }}
}

func countColumn(id, kpiID string, title i18n.ID, width, drop int, of func(*metrics.AgentView) int32) agentColumn {
	return agentColumn{ID: id, KPI: kpiID, Title: title, Width: width, Right: true, Drop: drop,
		Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, a *metrics.AgentView) {
			look := p.Look.Text
			if of(a) == 0 {
				look = p.Look.Dim
			}
			right(c, p.Num.Count(int64(of(a))), look)
		},
		Value: func(_ *panel.Scene, a *metrics.AgentView) float64 { return float64(of(a)) }}
}

func oldestColumn() agentColumn {
	return agentColumn{ID: "oldest", KPI: panel.UnansweredOldest, Title: i18n.ColOldest, Width: 6, Right: true, Drop: 1,
		Draw: func(p *panel.Pen, s *panel.Scene, c screen.Canvas, a *metrics.AgentView) {
			if a.UnansweredSince == 0 {
				right(c, p.Num.NoData(), p.Look.NoData)
				return
			}
			right(c, p.Num.Clock(float64(s.At-a.UnansweredSince)/1000, i18n.Up), p.Graded(s.Level(a.Row, panel.UnansweredOldest)))
		},
		Value: func(s *panel.Scene, a *metrics.AgentView) float64 {
			if a.UnansweredSince == 0 {
				return -1
			}
			return float64(s.At - a.UnansweredSince)
		}}
}

// figureColumn draws a KPI of the person over the window on the screen.
func figureColumn(id string, title i18n.ID, width, drop int) agentColumn {
	return agentColumn{ID: id, KPI: id, Title: title, Width: width, Right: true, Drop: drop,
		Draw: func(p *panel.Pen, s *panel.Scene, c screen.Canvas, a *metrics.AgentView) {
			v := s.Read(id, a.Row, s.View.Window)
			look := p.Graded(s.Level(a.Row, id))
			if !v.OK {
				look = p.Look.NoData
			}
			right(c, p.Figure(id, v), look)
		},
		Value: func(s *panel.Scene, a *metrics.AgentView) float64 { return sortable(s.Once(id, a.Row, s.View.Window)) }}
}

// sortable is a value to sort by: no data is no number.
func sortable(v kpi.Value) float64 {
	if !v.OK {
		return math.NaN()
	}
	return v.V
}
