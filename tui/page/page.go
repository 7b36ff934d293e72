// Package page owns what all pages share: what a page may ask of the program it
// runs in, and a list of rows with selection, filter and order. It must not
// know any page.
package page

import (
	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/keys"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
	"wallboard/tui/sheet"
)

// Page is what the program needs of a page.
type Page interface {
	Draw(p *panel.Pen, s *panel.Scene, c screen.Canvas)
	Act(a keys.Action, s *panel.Scene) Request
	Explained(s *panel.Scene) Explained
	SetFilter(text string)
	Filter() string
}

// Exporter is a page that holds more than its picture.
type Exporter interface {
	// Exported returns its tables, that which has the keys first, and which rows of
	// the snapshot it is made of. The head is the program's.
	Exported(s *panel.Scene) sheet.Sheet
}

// Listed is a list whatever its rows are.
type Listed interface {
	Columns() []string
	SortBy(column string)
}

// Lister is a page with a list that has the keys; nil: it has none now.
type Lister interface{ Listed() Listed }

// Request is what a page asks for after a key: to open something.
type Request struct {
	Open  Opening
	Queue clean.Text
	Chan  clean.Text
	Agent clean.Text

	Session clean.Text
	Key     metrics.Key // of Narrowed
	Over    Page        // of Narrowed: shows it; nil: the people of a team, else queues
	Team    clean.Text
}

// Opening is what a Request opens.
type Opening uint8

// What a page can open.
const (
	Nothing Opening = iota
	OneQueue
	OneAgent
	OneSession
	Narrowed  // the scope becomes that of Key
	OneTeam   // its people
	AllQueues // of Chan, or of the floor where it is empty
)

// Explained is the number at a page's cursor; no KPI: there is none.
type Explained = panel.Subject
