package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/keys"
	"wallboard/tui/panel"
)

// outcome is what a key press asks of whoever runs the viewer.
type outcome uint8

const (
	goOn outcome = iota
	leave
	paintAgain
)

// press handles a key: what is on top gets it first.
func (v *viewer) press(k tea.KeyMsg) outcome {
	v.drawn.stale = true
	v.notice = clean.Text{}
	action := v.keys.Match(k)
	v.touched()
	asked := v.quitAsked
	v.quitAsked = 0
	if action == keys.Interrupt {
		return leave
	}
	switch {
	case v.prompt.kind != noPrompt:
		return v.typeKey(k)
	case v.overlay == themeOverlay:
		v.pickTheme(k, action)
		return goOn
	case v.overlay == pickerOverlay:
		v.pick(k, action)
		return goOn
	case v.overlay == exportOverlay:
		v.chooseForm(action, k)
		return goOn
	case v.overlay != noOverlay && v.closesOverlay(action):
		v.overlay = noOverlay
		return goOn
	case v.overlay == explainOverlay && v.scrolls(action, &v.explainTop), v.overlay == helpOverlay && v.scrolls(action, &v.helpTop):
		return goOn
	}
	if action == keys.Quit && v.unattended && (asked == 0 || v.now-asked > noticeStay) {
		v.quitAsked, v.notice = v.now, v.pen.Say.Say(i18n.QuitAgain)
		return goOn
	}
	return v.act(action)
}

// closesOverlay says whether a key only closes the help or the explanation.
func (v *viewer) closesOverlay(a keys.Action) bool {
	switch a {
	case keys.Back, keys.Enter, keys.Help, keys.Explain, keys.Quit:
		return true
	}
	return false
}

// scrolls moves an explanation or the help where it is longer than the screen. The
// arrows stay with the page: what the cursor goes to is explained next.
func (v *viewer) scrolls(a keys.Action, top *int) bool {
	step := max(1, v.h/3)
	switch a {
	case keys.PageDown:
		*top += step // drawing holds it to what there is
	case keys.PageUp:
		*top = max(0, *top-step)
	default:
		return false
	}
	return true
}

// act does what a key asks: of the whole screen here, of the page there.
func (v *viewer) act(a keys.Action) outcome {
	v.hints.used(v.active, a)
	if p, ok := pageOf(a); ok {
		v.show(p)
		return goOn
	}
	switch a {
	case keys.None:
	case keys.Quit:
		return leave
	case keys.Repaint:
		return paintAgain
	case keys.Window:
		v.view.Window = panel.NextWindow(v.view.Window)
	case keys.Theme:
		v.openThemes()
	case keys.BigDigits:
		v.wall.BiggerDigits()
	case keys.Rotation:
		v.toggleRotation()
	case keys.Hold:
		v.hold()
	case keys.Help:
		v.overlay, v.helpTop = helpOverlay, 0
	case keys.Explain:
		if v.prepare(); v.top().Explained(v.scene).KPI != "" {
			v.overlay, v.explainTop, v.asked = explainOverlay, 0, ""
		}
	case keys.Scope:
		v.prepare()
		v.picker = newPicker(v.pen, v.scene, v.view)
		v.overlay = pickerOverlay
	case keys.Filter:
		v.prompt = prompt{kind: filterPrompt, before: v.top().Filter()}
		v.prompt.set(v.top().Filter())
	case keys.Export:
		v.chooseExport()
	case keys.Command:
		v.prompt = prompt{kind: commandPrompt}
	case keys.Acknowledge, keys.Silence, keys.Unsilence:
		v.decide(a)
	case keys.Back:
		v.back()
	default:
		v.prepare()
		v.open(v.top().Act(a, v.scene))
	}
	return goOn
}
