package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"wallboard/metrics/clean"
	"wallboard/tui/panel"
)

// AccessLog notes that a viewer opened a person's page. It writes to a disk: the
// screen calls it beside its event loop only. It must be safe for concurrent use.
type AccessLog interface {
	// Note returns where it was noted.
	Note(a Access) (where string, err error)
}

// Access is one look at a person.
type Access struct {
	At    int64 // ms since the epoch, of the wall
	Floor string
	Agent string // the id
}

// accessNoted says that looks at people were noted, or why they could not be.
type accessNoted struct {
	count int
	where string
	err   error
}

// looksAt remembers that the page of a person was opened, until it is noted.
func (v *viewer) looksAt(agent clean.Text) {
	one := Access{At: v.now, Agent: agent.String()}
	if v.scene.Floor != nil {
		one.Floor = v.scene.Floor.ID.String()
	}
	v.looks = append(v.looks, one)
}

// noteAccess writes down whose pages were opened since the last look.
func (m *model) noteAccess() tea.Cmd {
	looks := m.looks
	m.looks = nil
	if len(looks) == 0 || m.access == nil {
		return nil
	}
	return func() tea.Msg {
		out := accessNoted{}
		for _, one := range looks {
			where, err := m.access.Note(one)
			if err != nil {
				out.err = err
				continue
			}
			out.count, out.where = out.count+1, where
		}
		return out
	}
}

// accessed takes what became of the notes, for the page Health.
func (m *model) accessed(a accessNoted) {
	m.scene.Access.Noted += int64(a.count)
	if a.where != "" {
		m.scene.Access.Where = a.where
	}
	if m.scene.Access.Why = (clean.Text{}); a.err != nil {
		m.scene.Access.Failed++
		m.scene.Access.Why = clean.Line(a.err.Error())
	}
	m.drawn.stale = true
}

// withAccess says whether looks at people are noted.
func (v *viewer) withAccess(log AccessLog) { v.scene.Access = panel.Access{On: log != nil} }
