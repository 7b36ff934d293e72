package tui

import (
	"slices"
	"strings"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
	"wallboard/tui/i18n"
	"wallboard/tui/keys"
	"wallboard/tui/match"
	"wallboard/tui/page"
)

// run does what a line of the command line says.
func (v *viewer) run(line string) outcome {
	word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	if word == "" {
		return goOn
	}
	v.prepare()
	c, ok := v.command(word)
	if !ok {
		v.unknown(word, match.Nearest(v.words(), word))
		return goOn
	}
	v.line = c.id
	return c.run(v, strings.TrimSpace(rest))
}

// command returns the command that a word is, or else begins.
func (v *viewer) command(word string) (command, bool) {
	list := v.commands()
	for _, c := range list {
		if slices.Contains(c.short, strings.ToLower(word)) {
			return c, true
		}
	}
	best, at := match.Within, -1 // a word in the middle of another is a slip
	for i, c := range list {
		for _, name := range v.namesOf(c) {
			if g := match.Of(name, word); g < best {
				best, at = g, i
			}
		}
	}
	if at < 0 {
		return command{}, false
	}
	return list[at], true
}

// namesOf are the words of a command: the English one works in every language. In
// Chinese a queue and the queues are one word, which then is the command's.
func (v *viewer) namesOf(c command) []string {
	word := v.pen.Say.Say(c.word)
	for _, taken := range [...]i18n.ID{i18n.WordQueue, i18n.WordAgent, i18n.WordSession} {
		if c.page && v.pen.Say.Say(taken) == word {
			return []string{c.id, c.id}
		}
	}
	return []string{c.id, word.String()}
}

// words are the words of all commands.
func (v *viewer) words() (out []string) {
	for _, c := range v.commands() {
		out = append(out, v.namesOf(c)...)
	}
	return out
}

// unknown says what was not known, and what is nearest to it.
func (v *viewer) unknown(what, nearest string) {
	if nearest == "" {
		v.notice = v.pen.Say.Fill(i18n.NoticeUnknown, clean.Line(what))
		return
	}
	v.notice = v.pen.Say.Fill(i18n.NoticeNearest, clean.Line(what), clean.Line(nearest))
}

// nearest is the candidate of the command being run that is nearest to a name.
func (v *viewer) nearest(name string) string {
	c, ok := v.command(v.line)
	if !ok || c.args == nil {
		return ""
	}
	return match.Nearest(texts(c.args(v)), name)
}

// pickOf returns which of the candidates is meant, -1 where none is.
func pickOf(list []candidate, name string) int {
	if name == "" {
		return -1
	}
	return match.Best(len(list), func(i int) []string { return []string{list[i].text, list[i].also} }, name)
}

func (v *viewer) jumpQueue(name string) bool {
	if name == "" {
		v.show(PageQueues)
		return true
	}
	list := v.queueNames()
	i := match.Best(len(list), func(i int) []string { return []string{list[i].text, v.scene.Floor.Tables[i].Queue.String()} }, name)
	if i < 0 {
		return false
	}
	q := v.scene.Floor.Tables[i]
	v.open(page.Request{Open: page.OneQueue, Queue: q.Queue, Chan: q.Channel})
	return true
}

func (v *viewer) jumpAgent(name string) bool {
	if name == "" {
		v.show(PageAgents)
		return true
	}
	i := pickOf(v.agentNames(), name)
	for a := range v.scene.Floor.Agents.All {
		if i == 0 {
			v.open(page.Request{Open: page.OneAgent, Agent: a.ID})
			return true
		}
		i--
	}
	return false
}

// jumpSession opens a session of the lists, else whichever has the id: there are
// more sessions than lists show.
func (v *viewer) jumpSession(id string) bool {
	if id == "" {
		v.show(PageSessions)
		return true
	}
	list := v.sessionIDs()
	if i := pickOf(list, id); i >= 0 {
		id = list[i].text
	}
	v.open(page.Request{Open: page.OneSession, Session: clean.Line(id)})
	return true
}

func (v *viewer) jumpTeam(name string) bool {
	i := pickOf(v.teamNames(), name)
	if i >= 0 {
		v.open(page.Request{Open: page.OneTeam, Team: v.scene.Floor.Teams[i].Key.Team})
	}
	return i >= 0
}

func (v *viewer) jumpChannel(name string) bool {
	i := pickOf(v.channelNames(), name)
	if i >= 0 {
		v.open(page.Request{Open: page.AllQueues, Chan: v.scene.Floor.Channels[i].Key.Channel})
	}
	return i >= 0
}

func (v *viewer) filterBy(text string) { v.top().SetFilter(text) }

// listed is the list that has the keys, nil where there is none.
func (v *viewer) listed() page.Listed {
	if one, ok := v.top().(page.Lister); ok {
		return one.Listed()
	}
	return nil
}

func (v *viewer) sortBy(column string) bool {
	list := v.columnNames()
	i := pickOf(list, column)
	if i >= 0 {
		v.listed().SortBy(list[i].text)
	}
	return i >= 0
}

// explainKPI explains any figure of the scope in view.
func (v *viewer) explainKPI(name string) bool {
	list := v.kpiNames()
	i := pickOf(list, name)
	if i < 0 || v.scene.Floor == nil {
		return false
	}
	v.asked, v.overlay, v.explainTop = kpi.All()[i].ID, explainOverlay, 0
	return true
}

// explained is what the explanation is of: what was asked for, else the number at
// the cursor.
func (v *viewer) explained() page.Explained {
	if v.asked != "" {
		return page.Explained{KPI: v.asked, Row: v.scene.Row}
	}
	return v.top().Explained(v.scene)
}

func (v *viewer) setWindow(name string) bool {
	list := v.windowNames()
	i := pickOf(list, name)
	if i < 0 {
		return false
	}
	w, ok := fact.ParseWindow(list[i].text)
	if ok {
		v.view.Window = w
	}
	return ok
}

func (v *viewer) setScope(name string) bool {
	if name == "" {
		v.act(keys.Scope)
		return true
	}
	all := newPicker(v.pen, v.scene, v.view).all
	i := match.Best(len(all), func(i int) []string { return []string{scopeName(all[i]), all[i].name.String()} }, name)
	if i >= 0 {
		v.view.Floor, v.view.Scope = all[i].floor, all[i].key
		v.stay()
	}
	return i >= 0
}

func (v *viewer) setFloor(name string) bool {
	list := v.floorNames()
	i := pickOf(list, name)
	if i >= 0 {
		v.view.Floor, v.view.Scope = list[i].text, metrics.Key{}
		v.stay()
	}
	return i >= 0
}

func (v *viewer) setLang(tag string) {
	if tag == "" {
		v.unknown("lang", "")
		return
	}
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

func (v *viewer) chooseTheme(name string) {
	if name == "" {
		v.act(keys.Theme)
		return
	}
	list := v.themeNames()
	if i := pickOf(list, name); i >= 0 {
		name = list[i].text
	}
	v.setTheme(name)
}

func (v *viewer) showPage(name string) bool {
	i := pickOf(v.pageNames(), name)
	if i >= 0 {
		v.show(Page(i))
	}
	return i >= 0
}

func (v *viewer) acknowledge(comment string) {
	if b := v.decidable(keys.Acknowledge); b != nil {
		v.answer(v.handler.Acknowledge(*b, clean.Line(comment)), i18n.NoticeAcknowledged, v.named(b))
	}
}

// silence silences for a time, with a reason if there is one; without a time it
// asks as the key does.
func (v *viewer) silence(rest string) {
	length, reason, _ := strings.Cut(rest, " ")
	d, ok := parseSilence(length)
	if rest == "" {
		v.decide(keys.Silence)
		return
	}
	if !ok {
		v.notice = v.pen.Say.Fill(i18n.NoticeLength, clean.Line(length))
		return
	}
	if b := v.decidable(keys.Silence); b != nil {
		v.answer(v.handler.Silence(*b, d, clean.Line(strings.TrimSpace(reason))), i18n.NoticeSilenced, v.named(b), v.span(d))
	}
}

// exportAs writes the screen in a form, under a name where one is given; without a
// form it lists them as the key does.
func (v *viewer) exportAs(rest string) {
	word, name, _ := strings.Cut(rest, " ")
	f, ok := parseForm(word)
	switch {
	case rest == "" || v.exporter == nil:
		v.chooseExport()
	case !ok:
		v.unknown(word, match.Nearest([]string{"text", "csv", "json"}, word))
	default:
		v.write(f, v.sheet(), strings.TrimSpace(name))
	}
}
