package wall

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"wallboard/metrics"
	"wallboard/metrics/kpi"
	"wallboard/tui/layout"
	"wallboard/tui/panel"
)

// Spec is what a wall shows, as the configuration says it. What is nil stays as
// it is without a layout; an empty list leaves all of it out.
type Spec struct {
	Name    string
	Tiles   []string // KPIs, at most six
	Queues  []string // globs of queue or queue/channel
	Columns []string // of the queue table, from the left
	Charts  []string // waiting, frt, flow, or a KPI by the hour; at most three
	Panels  []string // people, bot, channels, teams
}

// Unknown is a word that a Spec may not have.
type Unknown struct {
	Key, Word string
	Known     []string
}

func (u *Unknown) Error() string {
	return fmt.Sprintf("%s: %q is not known", u.Key, u.Word)
}

// Layout is a Spec that can be drawn.
type Layout struct {
	Spec
	tiles   []panel.Tile
	columns []panel.QueueColumn
	charts  []string
	mode    layout.Mode
}

// mostCharts is how many charts a wall has room for.
const mostCharts = 3

// charts that are no KPI by the hour.
const (
	chartWaiting = "waiting"
	chartFRT     = "frt"
	chartFlow    = "flow"
)

// Plain returns the layout without a Spec.
func Plain() *Layout {
	return &Layout{tiles: panel.Tiles(), columns: panel.WallQueueColumns(), charts: []string{chartWaiting, chartFRT, chartFlow}}
}

// NewLayout checks a Spec. A word that is not known comes back as *Unknown.
func NewLayout(s Spec) (*Layout, error) {
	l := Plain()
	l.Spec = s
	if strings.TrimSpace(s.Name) == "" {
		return nil, errors.New("name: a layout needs one")
	}
	for _, set := range []func() error{l.setTiles, l.setQueues, l.setColumns, l.setCharts, l.setPanels} {
		if err := set(); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func (l *Layout) setTiles() error {
	if l.Tiles == nil {
		return nil
	}
	if n := len(l.Tiles); n < 1 || n > layout.Figures {
		return fmt.Errorf("tiles: there are %d, a wall has 1 to %d", n, layout.Figures)
	}
	l.tiles = nil
	for _, id := range l.Tiles {
		if kpi.Find(id) == nil {
			return &Unknown{"tiles", id, kpiIDs()}
		}
		l.tiles = append(l.tiles, panel.TileOf(id))
	}
	l.mode.Figures = len(l.tiles)
	return nil
}

func kpiIDs() []string {
	var out []string
	for _, k := range kpi.All() {
		out = append(out, k.ID)
	}
	return out
}

func (l *Layout) setQueues() error {
	for _, glob := range l.Queues {
		if _, err := path.Match(glob, ""); err != nil || glob == "" {
			return fmt.Errorf("queues: %q is no pattern such as \"refund\", \"presale*\" or \"*/voice\"", glob)
		}
	}
	return nil
}

func (l *Layout) setColumns() error {
	if l.Columns == nil {
		return nil
	}
	all := panel.AllQueueColumns()
	l.columns = all[:3:3] // the sign, queue and channel stay always
	var known []string
	for _, c := range all[3:] {
		known = append(known, c.ID)
	}
	for _, id := range l.Columns {
		at := slices.IndexFunc(all[3:], func(c panel.QueueColumn) bool { return c.ID == id })
		if at < 0 {
			return &Unknown{"columns", id, known}
		}
		c := all[3+at]
		c.Drop = len(l.columns) // narrow screens keep the first
		l.columns = append(l.columns, c)
	}
	return nil
}

func (l *Layout) setCharts() error {
	if l.Charts == nil {
		return nil
	}
	if len(l.Charts) > mostCharts {
		return fmt.Errorf("charts: there are %d, a wall has room for %d", len(l.Charts), mostCharts)
	}
	known := append([]string{chartWaiting, chartFRT, chartFlow}, kpiIDs()...)
	for _, id := range l.Charts {
		if !slices.Contains(known, id) {
			return &Unknown{"charts", id, known}
		}
	}
	l.charts = l.Charts
	if l.mode.Charts = layout.Charts(len(l.charts)); len(l.charts) == 0 {
		l.mode.Charts = layout.NoCharts
	}
	return nil
}

// panelNames are the words of the smaller panels.
func panelNames() []string { return []string{"people", "bot", "channels", "teams"} }

func (l *Layout) setPanels() error {
	if l.Panels == nil {
		return nil
	}
	l.mode.Without = layout.AllPanels
	for _, name := range l.Panels {
		at := slices.Index(panelNames(), name)
		if at < 0 {
			return &Unknown{"panels", name, panelNames()}
		}
		l.mode.Without &^= layout.PeoplePanel << at
	}
	return nil
}

// shows says whether a queue belongs into the table.
func (l *Layout) shows(q *metrics.QueueView) bool {
	if l.Queues == nil {
		return true
	}
	return slices.ContainsFunc(l.Queues, func(glob string) bool {
		queue, channel, both := strings.Cut(glob, "/")
		return matches(queue, q.Queue.String()) && (!both || matches(channel, q.Channel.String()))
	})
}

// matches is path.Match where a name may hold any character.
func matches(glob, name string) bool {
	ok, err := path.Match(glob, strings.ReplaceAll(name, "/", "\u2215"))
	return err == nil && ok
}
