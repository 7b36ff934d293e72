package tui

import (
	"slices"
	"strings"

	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/tui/i18n"
	"wallboard/tui/page"
)

// commands are the words of the command line, in the order of completion.
func commands() []string {
	return []string{"queue", "agent", "page", "window", "theme", "lang", "quit"}
}

// run does what a line of the command line says.
func (v *viewer) run(line string) outcome {
	word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	rest = strings.TrimSpace(rest)
	v.prepare()
	switch v.command(word) {
	case "quit":
		return leave
	case "queue":
		v.jumpQueue(rest)
	case "agent":
		v.jumpAgent(rest)
	case "page":
		p, ok := v.pageNamed(rest)
		if !ok {
			v.unknown(rest)
			break
		}
		v.show(p)
	case "window":
		w, ok := fact.ParseWindow(rest)
		if !ok {
			v.unknown(rest)
			break
		}
		v.view.Window = w
	case "theme":
		v.setTheme(rest)
	case "lang":
		v.setLang(rest)
	case "":
		if line != "" {
			v.unknown(line)
		}
	}
	return goOn
}

// command returns the command that a word begins, empty where there is none.
func (v *viewer) command(word string) string {
	if word == "" {
		return ""
	}
	for _, c := range commands() {
		if strings.HasPrefix(c, strings.ToLower(word)) {
			return c
		}
	}
	return ""
}

func (v *viewer) unknown(what string) {
	v.notice = v.pen.Say.Fill(i18n.NoticeUnknown, clean.Own(what))
}

// pageNamed finds a page by its number or the beginning of its name.
func (v *viewer) pageNamed(s string) (Page, bool) {
	for p, e := range pageTable() {
		if s == e.number {
			return Page(p), true
		}
	}
	for p, e := range pageTable() {
		if s != "" && strings.HasPrefix(e.name, strings.ToLower(s)) {
			return Page(p), true
		}
	}
	return 0, false
}

func (v *viewer) setLang(tag string) {
	lang := i18n.Lang(tag)
	if !slices.Contains(i18n.Langs(), lang) {
		lang = i18n.Match(tag)
	}
	before := v.look.Lang
	v.look.Lang = lang
	if err := v.dress(); err != nil {
		v.look.Lang = before
		v.notice = clean.Line(err.Error())
	}
}

// jumpQueue opens the queue whose name begins with, or else holds, the text.
func (v *viewer) jumpQueue(name string) {
	if v.scene.Floor == nil || name == "" {
		v.unknown(name)
		return
	}
	want := strings.ToLower(name)
	for _, match := range []func(s, part string) bool{strings.HasPrefix, strings.Contains} {
		for _, q := range v.scene.Floor.Tables {
			if match(strings.ToLower(q.Queue.String()+"/"+q.Channel.String()), want) {
				v.open(page.Request{Open: page.OneQueue, Queue: q.Queue, Chan: q.Channel})
				return
			}
		}
	}
	v.unknown(name)
}

// jumpAgent opens the agent whose id or name begins with, or else holds, the text.
func (v *viewer) jumpAgent(name string) {
	if v.scene.Floor == nil || name == "" {
		v.unknown(name)
		return
	}
	want := strings.ToLower(name)
	for _, match := range []func(s, part string) bool{strings.HasPrefix, strings.Contains} {
		for a := range v.scene.Floor.Agents.All {
			if match(strings.ToLower(a.ID.String()), want) || match(strings.ToLower(a.Name.String()), want) {
				v.open(page.Request{Open: page.OneAgent, Agent: a.ID})
				return
			}
		}
	}
	v.unknown(name)
}

// complete returns the line that a typed one most likely begins, empty where
// there is none or nothing to add.
func (v *viewer) complete(line string) string {
	word, rest, spaced := strings.Cut(line, " ")
	if !spaced {
		if c := v.command(word); c != "" && c != word {
			return c + " "
		}
		return ""
	}
	for _, candidate := range v.candidates(v.command(word)) {
		if rest != "" && strings.HasPrefix(strings.ToLower(candidate), strings.ToLower(rest)) && candidate != rest {
			return v.command(word) + " " + candidate
		}
	}
	return ""
}

// candidates returns what may follow a command.
func (v *viewer) candidates(command string) []string {
	var out []string
	switch command {
	case "page":
		return PageNames()
	case "window":
		for w := range fact.NumWindows {
			out = append(out, w.String())
		}
	case "theme":
		return v.look.Shelf.Names()
	case "lang":
		for _, l := range i18n.Langs() {
			out = append(out, string(l))
		}
	case "queue":
		if v.scene.Floor != nil {
			for _, q := range v.scene.Floor.Tables {
				out = append(out, q.Queue.String()+"/"+q.Channel.String())
			}
		}
	case "agent":
		if v.scene.Floor != nil {
			for a := range v.scene.Floor.Agents.All {
				out = append(out, a.Name.String())
			}
		}
	}
	return out
}
