package export

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/mattn/go-runewidth"

	"wallboard/metrics"
	"wallboard/metrics/kpi"
)

var keyColumns = []string{"scope", "floor", "channel", "queue", "team", "agent", "window"}

func keyCells(l *line) []string {
	k := l.row.Key
	if k.Scope.Named() {
		// In the column of the floor's parts that such a row has none of.
		return []string{k.Scope.String(), k.Floor.String(), "", names(k)[0], "", "", l.window.String()}
	}
	return []string{k.Scope.String(), k.Floor.String(), k.Channel.String(), k.Queue.String(), k.Team.String(), k.Agent.String(), l.window.String()}
}

// CSV writes the rows with one column per KPI: full precision, empty where
// there is no data. at leads each line, so that several snapshots make one
// file; withHeader is for the first of them.
func CSV(w io.Writer, s *metrics.Snapshot, o Options, header Header) error {
	out := csv.NewWriter(w)
	kpis, zone := o.kpis(), zonesOf(s, o)
	if header == WithHeader {
		record := append([]string{"at"}, keyColumns...)
		for _, k := range kpis {
			record = append(record, k.ID)
		}
		if err := out.Write(record); err != nil {
			return fmt.Errorf("export: write csv: %w", err)
		}
	}
	err := eachLine(s, o, func(l *line) error {
		record := append([]string{Time(s.At, zone.of(l.row.Key))}, keyCells(l)...)
		for i := range kpis {
			record = append(record, csvNumber(&l.values[i]))
		}
		return out.Write(record)
	})
	if err == nil {
		out.Flush()
		err = out.Error()
	}
	if err != nil {
		return fmt.Errorf("export: write csv: %w", err)
	}
	return nil
}

// Header says whether a line of column names comes first.
type Header bool

// The choices.
const (
	WithHeader    Header = true
	WithoutHeader Header = false
)

func csvNumber(v *kpi.Value) string {
	if !v.OK {
		return ""
	}
	return string(appendNumber(nil, v.V, true))
}

// shortList is what the table shows where no KPIs were asked for: all of them
// would not fit any screen.
var shortList = []string{"waiting", "oldest_wait_total", "offered", "answered", "abandoned", "service_level", "asa", "abandon_rate", "frt_p90", "unanswered", "active", "handled", "aht", "slot_utilization"}

// Text writes the rows as a table for people. Numbers are rounded toward the
// bad side.
func Text(w io.Writer, s *metrics.Snapshot, o Options) error {
	if len(o.KPIs) == 0 {
		for _, id := range shortList {
			o.KPIs = append(o.KPIs, kpi.Find(id))
		}
	}
	t := table{left: len(keyColumns)}
	head := append([]string(nil), keyColumns...)
	for _, k := range o.KPIs {
		head = append(head, k.ID)
	}
	t.add(head)
	err := eachLine(s, o, func(l *line) error {
		cells := keyCells(l)
		for i, k := range o.KPIs {
			cells = append(cells, Number(k, &l.values[i]))
		}
		t.add(cells)
		return nil
	})
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s  %s\n", Time(s.At, zonesOf(s, o).first), MarkWord(s.Mark.Kind))
	t.write(out)
	for i := range s.Breaches {
		b := &s.Breaches[i]
		fmt.Fprintf(out, "%s  %s  %s  %s  %s, limit %s\n", b.Level, b.Rule, ScopeName(b.Key), b.State,
			strconv.FormatFloat(b.Value, 'f', -1, 64), strconv.FormatFloat(b.Limit, 'f', -1, 64))
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("export: write text: %w", err)
	}
	return nil
}

// Number writes a value for people: one decimal where it is not a count,
// rounded toward the bad side; a dash where there is no data.
func Number(k *kpi.KPI, v *kpi.Value) string {
	if !v.OK {
		if v.Note == kpi.NoteGrows {
			return "grows " + strconv.FormatFloat(kpi.RoundBad(v.Num, kpi.Less, 1), 'f', -1, 64) + "/min"
		}
		return "—"
	}
	switch k.Unit {
	case kpi.UnitCount, kpi.UnitFlag, kpi.UnitPeople:
		return strconv.FormatFloat(v.V, 'f', -1, 64)
	}
	return strconv.FormatFloat(kpi.RoundBad(v.V, k.Direction, 1), 'f', 1, 64)
}

// table aligns cells: the first columns to the left, the others, numbers, to
// the right.
type table struct {
	left   int
	widths []int
	lines  [][]string
}

func (t *table) add(cells []string) {
	for i, c := range cells {
		if i == len(t.widths) {
			t.widths = append(t.widths, 0)
		}
		t.widths[i] = max(t.widths[i], cellWidth(c))
	}
	t.lines = append(t.lines, cells)
}

func (t *table) write(w *bufio.Writer) {
	for _, cells := range t.lines {
		t.writeLine(w, cells)
	}
}

func (t *table) writeLine(w *bufio.Writer, cells []string) {
	var b strings.Builder
	for i, c := range cells {
		if t.empty(i) {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("  ")
		}
		pad := strings.Repeat(" ", max(0, t.widths[i]-cellWidth(c)))
		if i < t.left {
			b.WriteString(c + pad)
		} else {
			b.WriteString(pad + c)
		}
	}
	w.WriteString(strings.TrimRight(b.String(), " ") + "\n")
}

// empty says whether a column to the left holds nothing but its name.
func (t *table) empty(i int) bool {
	if i >= t.left {
		return false
	}
	for _, cells := range t.lines[1:] {
		if cells[i] != "" {
			return false
		}
	}
	return true
}

// cellWidth is how many columns a terminal gives the text: two for a wide rune.
func cellWidth(s string) int {
	c := runewidth.Condition{StrictEmojiNeutral: true}
	return c.StringWidth(s)
}
