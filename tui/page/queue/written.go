package queue

import (
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/sheet"
)

// Exported returns who waits and who serves the queue, that which has the keys
// first.
func (q *Queue) Exported(s *panel.Scene) sheet.Sheet {
	waiting, people := q.waiting.Sheet(s, "waiting"), q.agents.Sheet(s, "agents")
	if q.onAgents {
		return sheet.Sheet{Tables: []sheet.Table{people, waiting}}
	}
	return sheet.Sheet{Tables: []sheet.Table{waiting, people}}
}

// Listed is the list that has the keys.
func (q *Queue) Listed() page.Listed {
	if q.onAgents {
		return &q.agents
	}
	return &q.waiting
}
