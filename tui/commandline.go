package tui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/layout"
	"wallboard/tui/match"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// Bounds of the command line.
const (
	maxHistory    = 50 // lines kept
	maxCandidates = 8  // in sight
	candidateCell = 26 // of a candidate's text
	candidateBox  = 72 // of the list
)

// completing is where one is among the candidates and the lines before.
type completing struct {
	base   string // what was typed before the first candidate was taken
	choice int    // of the candidates of base, from 1; 0: none is taken
	past   int    // how many lines back; 0: the line being typed
	draft  string // that line
}

// completes handles a key that completes or recalls, and says whether it was one.
func (v *viewer) completes(k tea.KeyMsg) bool {
	p := &v.prompt
	v.prepare()
	switch k.Type {
	case tea.KeyTab:
		v.cycle(1)
	case tea.KeyShiftTab:
		v.cycle(-1)
	case tea.KeyUp, tea.KeyCtrlP:
		v.recall(1)
	case tea.KeyDown, tea.KeyCtrlN:
		v.recall(-1)
	case tea.KeyRight, tea.KeyEnd, tea.KeyCtrlE:
		ghost := v.ghost()
		if p.at < len(p.typed) || ghost == "" {
			return false
		}
		p.set(string(p.typed) + ghost)
		p.complete = completing{}
	default:
		return false
	}
	return true
}

// cycle takes the next candidate into the line. The only one is taken for good:
// what may follow it is listed next.
func (v *viewer) cycle(by int) {
	p := &v.prompt
	base := string(p.typed)
	if p.complete.choice > 0 {
		base = p.complete.base
	}
	list := v.candidates(base)
	switch n := len(list); n {
	case 0:
	case 1:
		p.set(v.completed(base, list[0]))
		p.complete = completing{}
	default:
		from := p.complete.choice
		if from == 0 && by < 0 {
			from = 1 // backwards from nowhere: the last
		}
		p.complete = completing{base: base, choice: (from-1+by+n)%n + 1}
		p.set(v.completed(base, list[p.complete.choice-1]))
	}
}

// completed is the line with a candidate in it.
func (v *viewer) completed(base string, c candidate) string {
	word, _, spaced := strings.Cut(strings.TrimLeft(base, " "), " ")
	if spaced {
		return word + " " + c.text
	}
	if one, ok := v.command(c.text); ok && one.usage != "" {
		return c.text + " "
	}
	return c.text
}

// recall goes through the lines that were run before.
func (v *viewer) recall(by int) {
	p := &v.prompt
	n := len(v.history)
	if p.complete.past == 0 {
		p.complete.draft = string(p.typed)
	}
	past := max(0, min(p.complete.past+by, n))
	if past == p.complete.past {
		return
	}
	line := p.complete.draft
	if past > 0 {
		line = v.history[n-past]
	}
	p.set(line)
	p.complete = completing{past: past, draft: p.complete.draft}
}

// remember keeps a line for recall, once.
func (v *viewer) remember(line string) {
	if line == "" {
		return
	}
	v.history = slices.DeleteFunc(v.history, func(old string) bool { return old == line })
	if len(v.history) == maxHistory {
		v.history = v.history[1:]
	}
	v.history = append(v.history, line)
}

// candidates returns what a typed line may go on with, the best first: commands
// and pages, or what may follow the command there is.
func (v *viewer) candidates(line string) []candidate {
	word, rest, spaced := strings.Cut(strings.TrimLeft(line, " "), " ")
	if !spaced {
		return v.matching(v.commandNames(word), word)
	}
	c, ok := v.command(word)
	if !ok || c.args == nil {
		return nil
	}
	return v.matching(c.args(v), strings.TrimLeft(rest, " "))
}

// commandNames are the commands as candidates: each in the language of what was
// typed, with what it does.
func (v *viewer) commandNames(typed string) (out []candidate) {
	for _, c := range v.commands() {
		names := v.namesOf(c)
		one := candidate{text: names[0], also: names[1], about: v.pen.Say.Say(c.help)}
		if match.Of(names[0], typed) == match.None {
			one.text, one.also = names[1], names[0]
		}
		out = append(out, one)
	}
	return out
}

// matching keeps the candidates that match, those from their beginning first. The
// one that is there in full already is none.
func (v *viewer) matching(list []candidate, typed string) []candidate {
	var groups [match.None][]candidate
	for _, c := range list {
		g := match.Of(c.text, typed)
		if c.also != "" && typed != "" {
			g = min(g, match.Of(c.also, typed))
		}
		if g < match.None {
			groups[g] = append(groups[g], c)
		}
	}
	out := slices.Concat(groups[:]...)
	if len(out) == 1 && out[0].text == typed {
		return nil
	}
	return out
}

// ghost is what the best candidate adds to the typed line, where it begins so.
func (v *viewer) ghost() string {
	line := string(v.prompt.typed)
	if line == "" || line[len(line)-1] == ' ' || v.prompt.complete.choice > 0 {
		return "" // what may follow a blank is told as a hint
	}
	for _, c := range v.candidates(line) {
		if full := v.completed(line, c); len(full) > len(line) && strings.EqualFold(full[:len(line)], line) {
			return full[len(line):]
		}
	}
	return ""
}

// drawCommand draws the line in the footer and the candidates above it.
func (v *viewer) drawCommand(c, body screen.Canvas) {
	p, pen := &v.prompt, v.pen
	w, _ := c.Size()
	room := max(0, w-4)
	before := text.Tail(string(p.typed[:p.at]), room, string(c.Lines().Ellipsis))
	line := clean.Line(before + string(p.typed[p.at:]))
	if strings.HasSuffix(before, " ") && p.at == len(p.typed) {
		line = clean.Line(before) // the blank is under the cursor
	}
	hint := clean.Text{}
	word, rest, spaced := strings.Cut(string(p.typed), " ")
	if one, ok := v.command(word); ok && spaced && strings.TrimSpace(rest) == "" && one.usage != "" {
		hint = pen.Say.Say(one.usage)
	} else if len(p.typed) == 0 {
		hint = pen.Say.Say(i18n.PromptCommand)
	}
	pen.Prompt(c, clean.Own(":"), line, text.Width(before), hint, pen.Look.Dim)
	if ghost := v.ghost(); ghost != "" && p.at == len(p.typed) {
		x := 2 + text.Width(before)
		c.PrintFit(x, 0, max(0, w-x-1), clean.Line(ghost), pen.Look.Dim.On(pen.Look.Footer.BG), screen.Left)
		c.Restyle(min(x, w-1), 0, 1, pen.Caret)
	}
	base := string(p.typed)
	if p.complete.choice > 0 {
		base = p.complete.base
	}
	v.drawCandidates(body, v.candidates(base), p.complete.choice-1)
}

// drawCandidates draws the list over the lowest rows of the page.
func (v *viewer) drawCandidates(body screen.Canvas, list []candidate, choice int) {
	w, h := body.Size()
	rows := min(len(list), maxCandidates, h-3)
	if rows <= 0 || w < 20 {
		return
	}
	pen := v.pen
	c := body.Sub(layout.Rect{X: 0, Y: h - rows - 2, W: min(w, candidateBox), H: rows + 2})
	c.Fill(' ', pen.Look.Base)
	in := pen.Box(c, clean.Text{}, panel.Focused)
	first := max(0, min(choice-rows/2, len(list)-rows))
	w, _ = in.Size()
	cell := min(candidateCell, w/2)
	for y := range rows {
		one, line, look, dim := list[first+y], panel.Row(in, y), pen.Look.Text, pen.Look.Dim
		if first+y == choice {
			look, dim = pen.Look.Selected, pen.Look.Selected
			line.Fill(' ', look)
			line.Set(0, 0, pen.Look.Glyphs.Pointer, look)
		}
		line.PrintFit(2, 0, cell, clean.Line(one.text), look, screen.Left)
		about := one.about
		if match.Of(one.text, one.also) > match.Whole && one.also != "" && !strings.Contains(about.String(), one.also) {
			about = clean.Line(one.also + "  " + about.String())
		}
		line.PrintFit(cell+3, 0, max(0, w-cell-4), about, dim, screen.Left)
	}
	if more := len(list) - rows; more > 0 {
		pen.Note(c, pen.Say.Fill(i18n.CandidatesMore, pen.Num.Count(int64(len(list)))))
	} else {
		pen.Note(c, pen.Say.Say(i18n.CandidatesHint))
	}
}
