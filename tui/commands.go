package tui

import (
	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/export"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
	"wallboard/tui/i18n"
	"wallboard/tui/keys"
	"wallboard/tui/page"
	"wallboard/tui/panel"
)

// command is one word of the command line.
type command struct {
	id    string
	word  i18n.ID  // the same in the viewer's language
	short []string // further words, in full only
	help  i18n.ID
	usage i18n.ID // what may follow; empty: nothing
	page  bool    // shows a page
	args  func(v *viewer) []candidate
	run   func(v *viewer, rest string) outcome
}

// candidate is one thing that a line may go on with.
type candidate struct {
	text  string
	about clean.Text
	also  string // matches too: a person's id
}

// commands are those of a viewer in the order of completion: the commands, then
// the pages by their names.
func (v *viewer) commands() []command {
	list := []command{
		{id: "queue", word: i18n.WordQueue, help: i18n.HelpQueue, usage: i18n.UsageName, args: (*viewer).queueNames, run: found((*viewer).jumpQueue)},
		{id: "agent", word: i18n.WordAgent, help: i18n.HelpAgent, usage: i18n.UsageName, args: (*viewer).agentNames, run: found((*viewer).jumpAgent)},
		{id: "session", word: i18n.WordSession, help: i18n.HelpSession, usage: i18n.UsageID, args: (*viewer).sessionIDs, run: found((*viewer).jumpSession)},
		{id: "team", word: i18n.WordTeam, help: i18n.HelpTeam, usage: i18n.UsageName, args: (*viewer).teamNames, run: found((*viewer).jumpTeam)},
		{id: "channel", word: i18n.WordChannel, help: i18n.HelpChannel, usage: i18n.UsageName, args: (*viewer).channelNames, run: found((*viewer).jumpChannel)},
		{id: "filter", word: i18n.WordFilter, help: i18n.HelpFilter, usage: i18n.UsageText, run: done((*viewer).filterBy)},
		{id: "sort", word: i18n.WordSort, help: i18n.HelpSort, usage: i18n.UsageColumn, args: (*viewer).columnNames, run: found((*viewer).sortBy)},
		{id: "explain", word: i18n.WordExplain, help: i18n.HelpExplain, usage: i18n.UsageKPI, args: (*viewer).kpiNames, run: found((*viewer).explainKPI)},
		{id: "window", word: i18n.WordWindow, help: i18n.HelpWindow, usage: i18n.UsageWindow, args: (*viewer).windowNames, run: found((*viewer).setWindow)},
		{id: "scope", word: i18n.WordScope, help: i18n.HelpScope, usage: i18n.UsageName, args: (*viewer).scopeNames, run: found((*viewer).setScope)},
		{id: "floor", word: i18n.WordFloor, help: i18n.HelpFloor, usage: i18n.UsageName, args: (*viewer).floorNames, run: found((*viewer).setFloor)},
		{id: "ack", word: i18n.WordAck, help: i18n.HelpAck, usage: i18n.UsageComment, run: done((*viewer).acknowledge)},
		{id: "silence", word: i18n.WordSilence, help: i18n.HelpSilence, usage: i18n.UsageSilence, args: (*viewer).silences, run: done((*viewer).silence)},
		{id: "unsilence", word: i18n.WordUnsilence, help: i18n.HelpUnsilence, run: key(keys.Unsilence)},
		{id: "hold", word: i18n.WordHold, help: i18n.HelpHold, run: key(keys.Hold)},
		{id: "export", word: i18n.WordExport, help: i18n.HelpExport, usage: i18n.UsageExport, args: (*viewer).forms, run: done((*viewer).exportAs)},
		{id: "theme", word: i18n.WordTheme, help: i18n.HelpTheme, usage: i18n.UsageName, args: (*viewer).themeNames, run: done((*viewer).chooseTheme)},
		{id: "lang", word: i18n.WordLang, help: i18n.HelpLang, usage: i18n.UsageName, args: (*viewer).langNames, run: done((*viewer).setLang)},
		{id: "big", word: i18n.WordBig, help: i18n.HelpBig, run: key(keys.BigDigits)},
		{id: "rotate", word: i18n.WordRotate, help: i18n.HelpRotate, run: key(keys.Rotation)},
		{id: "page", word: i18n.WordPage, help: i18n.HelpPage, usage: i18n.UsageName, args: (*viewer).pageNames, run: found((*viewer).showPage)},
		{id: "help", word: i18n.WordHelp, short: []string{"h", "?"}, help: i18n.HelpHelp, run: key(keys.Help)},
		{id: "quit", word: i18n.WordQuit, short: []string{"q", "q!", "exit"}, help: i18n.HelpQuit, run: key(keys.Quit)},
	}
	kept := list[:0]
	for _, c := range list {
		if c.id != "rotate" || v.keys.Enabled(keys.Rotation) {
			kept = append(kept, c)
		}
	}
	for p, e := range pageTable() {
		kept = append(kept, command{id: e.name, page: true, word: v.keys.Short(e.key), help: v.keys.Long(e.key), run: func(v *viewer, _ string) outcome { v.show(Page(p)); return goOn }})
	}
	return kept
}

// key is a command that does what a key does.
func key(a keys.Action) func(*viewer, string) outcome {
	return func(v *viewer, _ string) outcome { return v.act(a) }
}

// done is a command that always goes on.
func done(do func(v *viewer, rest string)) func(*viewer, string) outcome {
	return func(v *viewer, rest string) outcome { do(v, rest); return goOn }
}

// found is a command about one of its candidates; that it knows none of the name
// is said with the nearest.
func found(do func(v *viewer, rest string) bool) func(*viewer, string) outcome {
	return func(v *viewer, rest string) outcome {
		if !do(v, rest) {
			v.unknown(rest, v.nearest(rest))
		}
		return goOn
	}
}

// queueNames lists every queue x channel of the floor.
func (v *viewer) queueNames() (out []candidate) {
	if f := v.scene.Floor; f != nil {
		for _, q := range f.Tables {
			waiting := v.scene.Read(panel.Waiting, q.Row, v.view.Window)
			out = append(out, candidate{text: q.Queue.String() + "/" + q.Channel.String(), about: v.pen.Say.Fill(i18n.AboutQueue, v.pen.Figure(panel.Waiting, waiting))})
		}
	}
	return out
}

// agentNames lists people by name; those of one name by their ids.
func (v *viewer) agentNames() (out []candidate) {
	f := v.scene.Floor
	if f == nil {
		return nil
	}
	alike := map[clean.Text]int{}
	for a := range f.Agents.All {
		alike[page.Name(v.pen, a)]++
	}
	for a := range f.Agents.All {
		name, id := page.Name(v.pen, a), v.pen.PersonID(a.ID)
		one := candidate{text: name.String(), also: id.String(), about: clean.Line(id.String() + "  " + a.Team.String())}
		if v.pen.Masked() {
			one.also, one.about = "", a.Team
		} else if alike[name] > 1 {
			one.text, one.also, one.about = a.ID.String(), a.Name.String(), clean.Line(a.Name.String()+"  "+a.Team.String())
		}
		out = append(out, one)
	}
	return out
}

// sessionIDs lists the sessions in the lists of the snapshot, each once.
func (v *viewer) sessionIDs() (out []candidate) {
	if v.scene.Floor == nil {
		return nil
	}
	seen := map[clean.Text]bool{}
	for tab := range v.scene.Floor.Sessions {
		for i := range v.scene.Floor.Sessions[tab].Sessions {
			one := &v.scene.Floor.Sessions[tab].Sessions[i]
			if !seen[one.ID] {
				seen[one.ID] = true
				out = append(out, candidate{text: one.ID.String(), about: v.pen.Say.Say(page.Tabs()[tab].Name)})
			}
		}
	}
	return out
}

func (v *viewer) teamNames() []candidate {
	if v.scene.Floor == nil {
		return nil
	}
	return rowNames(v.scene.Floor.Teams, func(k metrics.Key) clean.Text { return k.Team })
}

func (v *viewer) channelNames() []candidate {
	if v.scene.Floor == nil {
		return nil
	}
	return rowNames(v.scene.Floor.Channels, func(k metrics.Key) clean.Text { return k.Channel })
}

func rowNames(rows []*metrics.Row, name func(metrics.Key) clean.Text) (out []candidate) {
	for _, r := range rows {
		out = append(out, candidate{text: name(r.Key).String()})
	}
	return out
}

func (v *viewer) floorNames() (out []candidate) {
	for _, f := range v.scene.Snapshot.Floors {
		out = append(out, candidate{text: f.ID.String()})
	}
	return out
}

// scopeNames lists what the list of scopes does, as export writes them.
func (v *viewer) scopeNames() (out []candidate) {
	for _, one := range newPicker(v.pen, v.scene, v.view).all {
		out = append(out, candidate{text: scopeName(one), about: v.pen.Say.Say(one.kind)})
	}
	return out
}

func scopeName(one pick) string {
	k := one.key
	if k.Scope == metrics.ScopeFloor {
		k.Floor = one.name
	}
	return export.ScopeName(k)
}

func (v *viewer) windowNames() (out []candidate) {
	for w := range fact.NumWindows {
		if w != fact.WindowAll {
			out = append(out, candidate{text: w.String(), about: v.pen.WindowName(w)})
		}
	}
	return out
}

func (v *viewer) columnNames() (out []candidate) {
	if list := v.listed(); list != nil {
		for _, c := range list.Columns() {
			one := candidate{text: c}
			if kpi.Find(c) != nil {
				one.about = v.pen.KPIName(c)
			}
			out = append(out, one)
		}
	}
	return out
}

func (v *viewer) kpiNames() (out []candidate) {
	all := kpi.All()
	for i := range all {
		out = append(out, candidate{text: all[i].ID, also: v.pen.KPIName(all[i].ID).String(), about: v.pen.KPIName(all[i].ID)})
	}
	return out
}

func (v *viewer) silences() (out []candidate) {
	for _, s := range silenceChoices() {
		out = append(out, candidate{text: s})
	}
	return out
}

func (v *viewer) forms() []candidate {
	about := [numForms]i18n.ID{i18n.AboutText, i18n.AboutCSV, i18n.AboutJSON}
	out := make([]candidate, numForms)
	for f, word := range [numForms]string{"text", "csv", "json"} {
		out[f] = candidate{text: word, about: v.pen.Say.Say(about[f])}
	}
	return out
}

func (v *viewer) themeNames() (out []candidate) {
	for _, name := range v.look.Shelf.Names() {
		out = append(out, candidate{text: name})
	}
	return out
}

func (v *viewer) langNames() (out []candidate) {
	for _, l := range i18n.Langs() {
		out = append(out, candidate{text: string(l), about: clean.Own(map[i18n.Lang]string{i18n.English: "English", i18n.Chinese: "简体中文"}[l])})
	}
	return out
}

func (v *viewer) pageNames() (out []candidate) {
	for _, e := range pageTable() {
		out = append(out, candidate{text: e.name, also: e.number, about: v.pen.Say.Say(v.keys.Long(e.key))})
	}
	return out
}

// texts are the names of candidates.
func texts(list []candidate) (out []string) {
	for _, c := range list {
		out = append(out, c.text)
	}
	return out
}
