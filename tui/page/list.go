package page

import (
	"cmp"
	"slices"
	"strings"

	"wallboard/metrics"
	"wallboard/tui/cursor"
	"wallboard/tui/keys"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
	"wallboard/tui/sheet"
)

// settleEvery is how long, in ms of the engine clock, rows keep their places
// before they are sorted again: a table that is sorted at every refresh cannot
// be read. A breach that begins or ends sorts at once.
const settleEvery = 5_000

// List is a table of rows with a selection, a column cursor, a filter and an
// order. The pages say what the rows are.
type List[T any] struct {
	Table   panel.Table[T]
	ID      func(T) string
	Matches func(row T, filter string) bool       // filter is in lower case
	Place   func(s *panel.Scene, row T) Place     // in the list's own order
	Quiet   func(s *panel.Scene, row T) bool      // drawn dim
	Subject func(row T) *metrics.Row              // the row that its numbers are of; nil: none
	Collect func(s *panel.Scene, into []T) []T    // all rows of the scene
	Fresh   func(s *panel.Scene, old T) (T, bool) // the row as it is in this scene
	Settle  int64                                 // ms of the engine clock that rows keep their places; 0: settleEvery
	Loud    func(s *panel.Scene) uint64           // changes when rows are to be sorted at once; nil: when any breach begins, ends or changes level
	Column  string                                // the ID of the column at which the cursor begins

	rows   []T
	keyed  []keyed
	passed []keyed // what keyed is sorted into and back
	spare  []T
	fresh  fresh[T]
	cursor cursor.List
	order  cursor.Order
	filter string
	active bool // the cursor shows
	sorted sortedFor
	round  uint64 // of settlings
	height int
	scene  *panel.Scene

	focused panel.Focus // as drawn last
}

type sortedFor struct {
	view   panel.View
	order  cursor.Order
	filter string
	settle int64
	alarms uint64
	floor  bool
}

// Prepare brings the list up to date with the scene. Which rows there are and
// where they stand is settled every few seconds, their figures are always fresh:
// so the cost of a frame does not grow with the rows out of sight.
func (l *List[T]) Prepare(s *panel.Scene) {
	l.scene = s
	now := sortedFor{view: s.View, order: l.order, filter: l.filter, settle: s.At / cmp.Or(l.Settle, settleEvery), alarms: l.loud(s), floor: s.Floor != nil}
	if now == l.sorted {
		return
	}
	l.sorted, l.fresh = now, fresh[T]{}
	l.round++
	l.rows = l.rows[:0]
	if s.Floor != nil {
		l.rows = l.Collect(s, l.rows)
	}
	if l.filter != "" {
		l.rows = slices.DeleteFunc(l.rows, func(row T) bool { return !l.Matches(row, l.filter) })
	}
	l.sort(s)
	l.cursor.Follow(len(l.rows), l.idAt)
}

// Settled returns a number that changes when the rows are collected and sorted.
func (l *List[T]) Settled() uint64 { return l.round }

// Renew says that other rows are to be collected, though the scene is the same.
func (l *List[T]) Renew() { l.sorted = sortedFor{} }

// fresh is the row that was looked up last: drawing a row asks for it twice.
type fresh[T any] struct {
	snapshot *metrics.Snapshot
	place    int
	row      T
}

// at returns the i-th row as it is in the scene now.
func (l *List[T]) at(i int) T {
	if l.fresh.snapshot == l.scene.Snapshot && l.fresh.place == i {
		return l.fresh.row
	}
	row, ok := l.Fresh(l.scene, l.rows[i])
	if !ok {
		row = l.rows[i] // gone: it stays in its place until the next settling
	}
	l.fresh = fresh[T]{l.scene.Snapshot, i, row}
	return row
}

// loud is a number that changes when rows are to be sorted at once.
func (l *List[T]) loud(s *panel.Scene) uint64 {
	if l.Loud != nil {
		return l.Loud(s)
	}
	return alarms(s)
}

// alarms is a number that changes when a breach begins, ends or changes level.
func alarms(s *panel.Scene) uint64 {
	h := uint64(14695981039346656037)
	for _, b := range s.Breaches {
		h = (h ^ uint64(b.Level) ^ uint64(b.FiringSince)) * 1099511628211
	}
	return h
}

// Place is where a row stands in a list's own order: by rank, then by value, the
// smallest first, then in the order in which rows are collected: that of ids.
type Place struct {
	Rank  uint8
	Value int64 // between -2^54 and 2^54
}

// key packs a place into one number, so that ten thousand people are sorted in
// about a millisecond.
func (p Place) key() uint64 {
	const bits = 56
	return uint64(p.Rank)<<bits | uint64(p.Value+1<<(bits-1))&(1<<bits-1)
}

// keyed is a row by its place in the collected rows, with what it is sorted by.
type keyed struct {
	key uint64
	row int32
}

func (l *List[T]) sort(s *panel.Scene) {
	if first := l.find(l.order.First.Column); first != nil {
		l.sortByColumns(s, first, l.find(l.order.Second.Column))
		return
	}
	l.keyed = l.keyed[:0]
	for i, row := range l.rows {
		l.keyed = append(l.keyed, keyed{l.Place(s, row).key(), int32(i)})
	}
	l.keyed, l.passed = byKey(l.keyed, l.passed)
	l.spare = append(l.spare[:0], l.rows...)
	for i, k := range l.keyed {
		l.rows[i] = l.spare[k.row]
	}
}

// byKey sorts by key and leaves rows of one key in their order; what it returns
// are both slices, the sorted one first. Digit by digit, lowest first: ten
// thousand people take an eighth of the time of comparing them, and digits in
// which all keys are the same, as most of a time of day are, cost nothing.
func byKey(list, other []keyed) (sorted, spare []keyed) {
	const bits, digits = 11, 1 << 11
	if cap(other) < len(list) {
		other = make([]keyed, len(list))
	}
	other = other[:len(list)]
	var differ uint64
	for i := range list {
		differ |= list[i].key ^ list[0].key
	}
	for shift := 0; differ>>shift != 0; shift += bits {
		if differ>>shift&(digits-1) == 0 {
			continue
		}
		var starts [digits + 1]int32
		for i := range list {
			starts[list[i].key>>shift&(digits-1)+1]++
		}
		for d := range digits {
			starts[d+1] += starts[d]
		}
		for i := range list {
			at := &starts[list[i].key>>shift&(digits-1)]
			other[*at] = list[i]
			*at++
		}
		list, other = other, list
	}
	return list, other
}

// sortByColumns sorts as the viewer asked, each value read once.
func (l *List[T]) sortByColumns(s *panel.Scene, first, second *panel.Column[T]) {
	type valued struct {
		row           T
		first, second float64
		name, name2   string
	}
	all := make([]valued, len(l.rows))
	for i, row := range l.rows {
		all[i].row = row
		all[i].first, all[i].name = valueOf(s, first, row)
		all[i].second, all[i].name2 = valueOf(s, second, row)
	}
	turned, turned2 := l.order.First.Turned, l.order.Second.Turned
	slices.SortFunc(all, func(a, b valued) int {
		return cmp.Or(
			compareTerm(a.first, b.first, a.name, b.name, turned),
			compareTerm(a.second, b.second, a.name2, b.name2, turned2),
			strings.Compare(l.ID(a.row), l.ID(b.row)))
	})
	for i := range all {
		l.rows[i] = all[i].row
	}
}

func (l *List[T]) find(id string) *panel.Column[T] {
	for i := range l.Table.Columns {
		if l.Table.Columns[i].ID == id {
			return &l.Table.Columns[i]
		}
	}
	return nil
}

func valueOf[T any](s *panel.Scene, c *panel.Column[T], row T) (float64, string) {
	switch {
	case c == nil:
		return 0, ""
	case c.Value != nil:
		return c.Value(s, row), ""
	case c.Name != nil:
		return 0, c.Name(row)
	}
	return 0, ""
}

func compareTerm(a, b float64, nameA, nameB string, turned bool) int {
	if nameA != nameB {
		if turned {
			return strings.Compare(nameB, nameA)
		}
		return strings.Compare(nameA, nameB)
	}
	return cursor.Compare(a, b, turned)
}

func (l *List[T]) idAt(i int) string { return l.ID(l.rows[i]) }

// Draw draws the table into the canvas; the selection shows once it was moved.
func (l *List[T]) Draw(p *panel.Pen, s *panel.Scene, c screen.Canvas, focus panel.Focus) {
	_, h := c.Size()
	l.height, l.focused = max(0, h-1), focus
	p.Hits.Target(c, l, 0)
	st := panel.TableState{Rows: len(l.rows), Offset: l.cursor.Scroll(l.height), Select: -1, Cursor: -1, Order: l.order}
	if l.active && focus == panel.Focused && !s.Untouched {
		st.Select = l.cursor.Index()
		st.Cursor = l.Table.Index(l.Column)
	}
	if l.Quiet != nil {
		st.Dim = func(i int) bool { return l.Quiet(s, l.at(i)) }
	}
	l.Table.Draw(p, s, c, st, l.at)
}

// Act does what a key asks of a list and says whether it was meant for it.
func (l *List[T]) Act(a keys.Action) bool {
	wasActive := l.active
	switch a {
	case keys.Up:
		l.move(-1, wasActive)
	case keys.Down:
		l.move(1, wasActive)
	case keys.PageUp:
		l.move(-max(1, l.height-1), wasActive)
	case keys.PageDown:
		l.move(max(1, l.height-1), wasActive)
	case keys.First:
		l.cursor.Select(0, l.idAt)
	case keys.Last:
		l.cursor.Last(l.idAt)
	case keys.Left:
		l.Column = l.Table.Step(l.Column, -1)
	case keys.Right:
		l.Column = l.Table.Step(l.Column, 1)
	case keys.Sort:
		l.order = l.order.Sort(l.Column)
	case keys.SecondSort:
		l.order = l.order.SortSecond(l.Column)
	default:
		return false
	}
	l.active = true
	return true
}

// move moves the selection; the first press only shows it.
func (l *List[T]) move(delta int, wasActive bool) {
	if wasActive {
		l.cursor.Move(delta, l.idAt)
	}
}

// Activate shows the selection, as pages do on which it is always there.
func (l *List[T]) Activate() { l.active = true }

// Deactivate hides the selection, and says whether it was there.
func (l *List[T]) Deactivate() bool {
	was := l.active
	l.active = false
	return was
}

// Selected returns the selected row.
func (l *List[T]) Selected() (T, bool) {
	if i := l.cursor.Index(); l.active && i < len(l.rows) {
		return l.at(i), true
	}
	var none T
	return none, false
}

// SelectID selects the row with the id.
func (l *List[T]) SelectID(id string) {
	l.cursor.SelectID(id)
	l.active = true
	l.cursor.Follow(len(l.rows), l.idAt)
}

// SetFilter shows only rows that match the text.
func (l *List[T]) SetFilter(text string) { l.filter = strings.ToLower(text) }

// Filter returns the filter, empty where there is none.
func (l *List[T]) Filter() string { return l.filter }

// Order returns how the list is sorted.
func (l *List[T]) Order() cursor.Order { return l.order }

// Rows returns the rows in their order.
func (l *List[T]) Rows() []T { return l.rows }

// Columns returns the ids that SortBy knows.
func (l *List[T]) Columns() []string {
	var out []string
	for i := range l.Table.Columns {
		if c := &l.Table.Columns[i]; c.Value != nil || c.Name != nil {
			out = append(out, c.ID)
		}
	}
	return out
}

// SortBy presses the sort key on a column, and moves the cursor there.
func (l *List[T]) SortBy(column string) {
	l.order = l.order.Sort(column)
	l.Column, l.active = column, true
}

// Sheet returns the rows in their order as a file holds them.
func (l *List[T]) Sheet(s *panel.Scene, name string) sheet.Table {
	l.Prepare(s)
	return l.Table.Sheet(s, name, len(l.rows), l.at)
}

// Hidden returns how many rows are above and below what is in sight.
func (l *List[T]) Hidden() (above, below int) {
	offset := l.cursor.Scroll(l.height)
	return offset, max(0, len(l.rows)-offset-l.height)
}

// Explained returns the number at the cursor.
func (l *List[T]) Explained() Explained {
	row, ok := l.Selected()
	column := l.find(l.Column)
	if !ok || l.Subject == nil || column == nil || column.KPI == "" {
		return Explained{}
	}
	out := Explained{KPI: column.KPI, Row: l.Subject(row)}
	if column.Over != nil {
		out.Window, out.Own = column.Over(l.scene), true
	}
	return out
}
