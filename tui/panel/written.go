package panel

import (
	"wallboard/metrics"
	"wallboard/tui/sheet"
)

// Field is a column of a file: its id, and its value at full precision. One
// column on the screen may be several, "31/19" two.
type Field[T any] struct {
	Name string
	Cell func(s *Scene, row T) sheet.Cell
}

// Unwritten says that a file holds nothing of a column: what it draws stands in
// another one as a number.
func Unwritten[T any]() []Field[T] { return []Field[T]{} }

// fields returns what a file holds of each column, in their order: what the table
// says, else the name or the value that the column sorts by. A column that sorts by
// nothing is a picture. Columns that the screen has no room for are there too: what
// a file holds does not depend on a window's width.
func (t *Table[T]) fields() []Field[T] {
	var out []Field[T]
	for i := range t.Columns {
		c := &t.Columns[i]
		written, said := t.Written[c.ID]
		switch {
		case said:
			out = append(out, written...)
		case c.Name != nil:
			out = append(out, Field[T]{c.ID, func(_ *Scene, row T) sheet.Cell { return sheet.Word(c.Name(row)) }})
		case c.Value != nil:
			out = append(out, Field[T]{c.ID, func(s *Scene, row T) sheet.Cell { return sheet.Number(c.Value(s, row)) }})
		}
	}
	return out
}

// Sheet returns the rows as a file holds them; row returns the i-th.
func (t *Table[T]) Sheet(s *Scene, name string, rows int, row func(int) T) sheet.Table {
	fields := t.fields()
	out := sheet.Table{Name: name, Columns: make([]string, len(fields)), Rows: make([][]sheet.Cell, rows)}
	for i, f := range fields {
		out.Columns[i] = f.Name
	}
	for i := range out.Rows {
		one := row(i)
		cells := make([]sheet.Cell, len(fields))
		for j, f := range fields {
			cells[j] = f.Cell(s, one)
		}
		out.Rows[i] = cells
	}
	return out
}

// WrittenQueues is what files hold of a table of queues.
func WrittenQueues() map[string][]Field[*metrics.QueueView] {
	type field = Field[*metrics.QueueView]
	now := func(name string, of func(n *metrics.Now) int32) field {
		return field{name, func(_ *Scene, q *metrics.QueueView) sheet.Cell { return sheet.Count(of(q.Row.Now)) }}
	}
	read := func(id string, w windowOf) field {
		return field{id, func(s *Scene, q *metrics.QueueView) sheet.Cell { return sheet.Number(number(s.Read(id, q.Row, w(s)))) }}
	}
	return map[string][]field{
		"level": {{"level", func(s *Scene, q *metrics.QueueView) sheet.Cell { return sheet.Word(QueueLevel(s, q).String()) }}},
		Inflow:  {read(Inflow, quarter), read(Outflow, quarter)},
		SlotUtilization: {
			now("slots_used", func(n *metrics.Now) int32 { return n.SlotsUsed }), now("slots", func(n *metrics.Now) int32 { return n.Slots }),
			read(SlotUtilization, chosen),
		},
		People:  {read(People, chosen), now("members", func(n *metrics.Now) int32 { return n.Members })},
		"trend": Unwritten[*metrics.QueueView](),
	}
}
