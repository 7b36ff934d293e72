package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/keys"
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
)

// wheelRows is how far one notch of the wheel moves a list.
const wheelRows = 3

// mouse handles a click or the wheel. Everything it does a key does as well; a
// line being typed is not disturbed.
func (v *viewer) mouse(m tea.MouseMsg) outcome {
	if m.Action != tea.MouseActionPress || v.prompt.kind != noPrompt {
		return goOn
	}
	v.drawn.stale = true
	v.touched()
	switch m.Button {
	case tea.MouseButtonWheelUp:
		v.wheel(m.X, m.Y, -wheelRows)
	case tea.MouseButtonWheelDown:
		v.wheel(m.X, m.Y, wheelRows)
	case tea.MouseButtonRight, tea.MouseButtonBackward:
		v.notice = clean.Text{}
		return v.press(tea.KeyMsg{Type: tea.KeyEsc})
	case tea.MouseButtonLeft:
		v.notice = clean.Text{}
		return v.click(m.X, m.Y)
	}
	return goOn
}

// mouseHelp says what the mouse does, where it does anything.
func (v *viewer) mouseHelp() clean.Text {
	if v.look.Mouse == screen.MouseOff {
		return clean.Text{}
	}
	return v.pen.Say.Say(i18n.MouseHelp)
}

// click handles a click at a cell. Where something lies over the page, a click
// beside it closes it.
func (v *viewer) click(x, y int) outcome {
	hit, found := v.pen.Hits.At(x, y)
	if v.overlay != noOverlay {
		return v.clickOverlay(hit, found, x, y)
	}
	if !found {
		return goOn
	}
	if hit.Target == nil {
		return v.act(hit.Key)
	}
	if p, ok := v.top().(page.Focuser); ok {
		p.Focus(hit.Target)
	}
	return v.act(hit.Target.Click(hit.Part, x-hit.Area.X, y-hit.Area.Y))
}

// clickOverlay handles a click while something lies over the page.
func (v *viewer) clickOverlay(hit panel.Hit, found bool, x, y int) outcome {
	if v.overlay == pickerOverlay && found && hit.Target == panel.Target(&v.picker) {
		if v.picker.Click(hit.Part, x-hit.Area.X, y-hit.Area.Y) == keys.Enter {
			v.pick(tea.KeyMsg{Type: tea.KeyEnter}, keys.Enter)
		}
		return goOn
	}
	if v.overlay == themeOverlay {
		v.clickTheme(hit, found, x, y)
		return goOn
	}
	return v.press(tea.KeyMsg{Type: tea.KeyEsc}) // which also takes back what an overlay only tries
}

// wheel turns the list at a cell, or an explanation that is longer than the
// screen.
func (v *viewer) wheel(x, y, rows int) {
	if v.overlay == explainOverlay {
		v.explainTop = max(0, v.explainTop+rows) // drawing holds it to what there is
		return
	}
	hit, found := v.pen.Hits.At(x, y)
	if !found || hit.Target == nil {
		return
	}
	if picker := panel.Target(&v.picker); v.overlay == noOverlay || hit.Target == picker {
		hit.Target.Wheel(rows)
	}
	if list := panel.Target(&v.themes); v.overlay == themeOverlay && hit.Target == list {
		hit.Target.Wheel(rows)
		v.preview()
	}
}

// Click selects a scope; the selected one is taken.
func (k *picker) Click(_, _, y int) keys.Action {
	i := k.list.Scroll(k.height) + y - 1
	if y == 0 || i >= len(k.shown) {
		return keys.None
	}
	again := i == k.list.Index()
	k.list.Select(i, k.id)
	if again {
		return keys.Enter
	}
	return keys.None
}

// Wheel moves the scopes in sight.
func (k *picker) Wheel(rows int) { k.list.Wheel(rows, k.height, k.id) }
