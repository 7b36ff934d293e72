package tui

import (
	"time"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// promptKind is what a line is typed for.
type promptKind uint8

const (
	noPrompt promptKind = iota
	filterPrompt
	commandPrompt
	ackPrompt     // a comment on an acknowledgement
	silencePrompt // for how long
	whyPrompt     // a comment on a silence
)

// maxTyped bounds a typed line, in characters: a path has room.
const maxTyped = 200

// prompt is a line being typed in the footer.
type prompt struct {
	kind   promptKind
	typed  []rune
	at     int
	before string // the filter before, for esc

	breach metrics.Breach // what is decided about, as it was when the key was pressed
	length time.Duration  // of the silence
	fresh  bool           // what stands there was offered, not typed
	failed bool           // what stands there cannot be read

	complete completing // of the command line
}

func (p *prompt) set(s string) {
	p.typed = []rune(s)
	p.at = len(p.typed)
}

// text returns what was typed, cleaned like any string from outside.
func (p *prompt) text() clean.Text {
	if len(p.typed) == 0 {
		return clean.Text{}
	}
	t, _ := clean.String(string(p.typed))
	return t
}

// edit changes the line as a key asks and says whether it was an editing key.
func (p *prompt) edit(k tea.KeyMsg) bool {
	switch k.Type {
	case tea.KeyRunes, tea.KeySpace:
		for _, r := range k.Runes {
			if len(p.typed) < maxTyped && unicode.IsPrint(r) {
				p.typed = append(p.typed[:p.at], append([]rune{r}, p.typed[p.at:]...)...)
				p.at++
			}
		}
	case tea.KeyBackspace, tea.KeyCtrlH:
		if p.at > 0 {
			p.typed = append(p.typed[:p.at-1], p.typed[p.at:]...)
			p.at--
		}
	case tea.KeyDelete:
		if p.at < len(p.typed) {
			p.typed = append(p.typed[:p.at], p.typed[p.at+1:]...)
		}
	case tea.KeyCtrlU:
		p.typed, p.at = p.typed[p.at:], 0
	case tea.KeyCtrlW:
		p.cutWord()
	case tea.KeyLeft:
		p.at = max(0, p.at-1)
	case tea.KeyRight:
		p.at = min(len(p.typed), p.at+1)
	case tea.KeyHome, tea.KeyCtrlA:
		p.at = 0
	case tea.KeyEnd, tea.KeyCtrlE:
		p.at = len(p.typed)
	default:
		return false
	}
	return true
}

// cutWord removes the word before the cursor.
func (p *prompt) cutWord() {
	i := p.at
	for i > 0 && p.typed[i-1] == ' ' {
		i--
	}
	for i > 0 && p.typed[i-1] != ' ' {
		i--
	}
	p.typed = append(p.typed[:i], p.typed[p.at:]...)
	p.at = i
}

// cell returns the cell of the cursor within the typed line.
func (p *prompt) cell() int { return text.Width(string(p.typed[:p.at])) }

// typeKey handles a key while a line is typed.
func (v *viewer) typeKey(k tea.KeyMsg) outcome {
	p := &v.prompt
	switch {
	case k.Type == tea.KeyEsc:
		if p.kind == filterPrompt {
			v.top().SetFilter(p.before)
		}
		*p = prompt{}
	case k.Type == tea.KeyEnter:
		was, kind, line := *p, p.kind, p.text()
		*p = prompt{}
		switch kind {
		case commandPrompt:
			v.remember(line.String())
			return v.run(line.String())
		case ackPrompt, silencePrompt, whyPrompt:
			*p = v.decided(was)
		}
	case p.kind == commandPrompt && v.completes(k):
	case p.kind == silencePrompt:
		p.editSilence(k)
	case k.Type == tea.KeyBackspace && len(p.typed) == 0:
		*p = prompt{}
	case p.edit(k):
		p.complete = completing{}
		if p.kind == filterPrompt {
			v.top().SetFilter(p.text().String())
		}
	}
	return goOn
}

func (v *viewer) drawPrompt(c, body screen.Canvas) {
	p := &v.prompt
	leader, hint, look := clean.Own("/"), clean.Text{}, v.pen.Look.Dim
	switch p.kind {
	case commandPrompt:
		v.drawCommand(c, body)
		return
	case filterPrompt:
		hint = v.pen.Say.Say(i18n.PromptFilter)
	default:
		leader, hint = v.leaderOf(p)
		if p.failed {
			look = v.pen.Look.Warn
		}
	}
	v.pen.Prompt(c, leader, clean.Line(string(p.typed)), p.cell(), hint, look)
}
