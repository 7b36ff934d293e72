package tui

import (
	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/keys"
	"wallboard/tui/layout"
	"wallboard/tui/page"
	"wallboard/tui/page/agent"
	"wallboard/tui/page/agents"
	"wallboard/tui/page/queue"
	"wallboard/tui/page/queues"
	sessionpage "wallboard/tui/page/session"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
)

// maxLevels bounds how deep one can go: a person leads to a session and that to
// the person again, for ever.
const maxLevels = 16

// level is one page opened over another: what esc takes away again.
type level struct {
	page paged
	id   string            // what kind of page, in the names of files
	name func() clean.Text // in the breadcrumbs
	bare bool              // it draws no breadcrumbs of its own

	narrowed bool // while it is there the scope is another one
	before   panel.View
}

// top is the page that has the keys: the drill-down on top, else the page.
func (v *viewer) top() paged {
	if n := len(v.detail); n > 0 {
		return v.detail[n-1].page
	}
	return v.pages[v.active]
}

// pageID is what kind of page is on top.
func (v *viewer) pageID() string {
	if n := len(v.detail); n > 0 {
		return v.detail[n-1].id
	}
	return pageName(v.active)
}

// show goes to a page as it was left; what lies over the old one is taken away.
func (v *viewer) show(p Page) {
	for len(v.detail) > 0 {
		v.pop()
	}
	v.active, v.overlay = p, noOverlay
}

// back takes one step back: the filter of the page on top, then the page.
func (v *viewer) back() {
	switch {
	case len(v.detail) == 0:
		v.prepare()
		v.top().Act(keys.Back, v.scene)
	case v.stopsReading():
	case v.top().Filter() != "":
		v.top().SetFilter("")
	default:
		v.pop()
	}
}

// pop takes the level on top away. The page below was not touched meanwhile, and
// the scope is again what it was.
func (v *viewer) pop() {
	n := len(v.detail) - 1
	if one := v.detail[n]; one.narrowed {
		v.view.Floor, v.view.Scope = one.before.Floor, one.before.Scope
	}
	v.detail[n] = level{}
	v.detail = v.detail[:n]
}

// push puts a level on top.
func (v *viewer) push(l level) {
	if len(v.detail) == maxLevels {
		first := v.detail[0]
		v.detail = append(v.detail[:0], v.detail[1:]...)
		if first.narrowed {
			v.detail[0].narrowed, v.detail[0].before = true, first.before
		}
	}
	v.detail = append(v.detail, l)
}

// stay keeps a scope that the viewer chose themselves: no step back undoes it.
func (v *viewer) stay() {
	for i := range v.detail {
		v.detail[i].narrowed = false
	}
}

// open opens what a page asked for, over the page.
func (v *viewer) open(r page.Request) {
	fixed := func(t clean.Text) func() clean.Text { return func() clean.Text { return t } }
	switch r.Open {
	case page.OneQueue:
		v.push(level{page: queue.New(r.Queue, r.Chan), id: "queue", name: fixed(clean.Line(r.Queue.String() + "/" + r.Chan.String()))})
	case page.OneAgent:
		v.looksAt(r.Agent)
		v.push(level{page: agent.New(r.Agent), id: "agent", name: func() clean.Text { return page.AgentName(v.pen, v.scene, r.Agent) }})
	case page.OneSession:
		one := sessionpage.New(r.Session)
		if !v.lookups {
			one.Still()
		}
		if !v.stored {
			one.NothingStored()
		}
		v.push(level{page: one, id: "session", name: fixed(r.Session)})
	case page.OneTeam:
		v.push(level{page: agents.OfTeam(r.Team), id: "agents", bare: true, name: func() clean.Text { return v.pen.Say.Fill(i18n.TeamNamed, r.Team) }})
	case page.AllQueues:
		v.push(level{page: queues.OfChannel(r.Chan), id: "queues", bare: true, name: func() clean.Text { return v.channelName(r.Chan) }})
	case page.Narrowed:
		v.narrow(r)
	}
}

// channelName names a channel, or all queues where there is none.
func (v *viewer) channelName(channel clean.Text) clean.Text {
	if channel.Empty() {
		return v.pen.Say.Say(i18n.PageQueues)
	}
	return channel
}

// narrow shows the scope of a key until the viewer steps back: on the page that
// the request brings, a team's people, else the queues.
func (v *viewer) narrow(r page.Request) {
	one := level{page: r.Over, id: v.pageID(), bare: true, narrowed: true, before: v.view}
	one.name = func() clean.Text { return v.pen.Place(v.scene, r.Key) }
	switch {
	case one.page != nil:
	case r.Key.Scope == metrics.ScopeTeam:
		one.page, one.id = agents.New(), "agents"
	default:
		one.page, one.id = queues.New(), "queues"
	}
	v.view.Scope = r.Key
	if r.Key.Scope == metrics.ScopeFloor {
		v.view.Scope = metrics.Key{}
	}
	v.push(one)
}

// trail is the way to the page on top, outermost first, without itself.
func (v *viewer) trail(into []clean.Text) []clean.Text {
	if len(v.detail) == 0 {
		return into
	}
	into = append(into, v.pen.Say.Say(v.keys.Short(v.pageKey())))
	for _, one := range v.detail[:len(v.detail)-1] {
		into = append(into, one.name())
	}
	return into
}

// tellsBreaches says whether the page on top tells of what is out of bounds by
// itself: all others carry the line of the loudest.
func (v *viewer) tellsBreaches() bool {
	return len(v.detail) == 0 && (v.active == PageWall || v.active == PageBreaches)
}

// drawTop draws the page on top, below the loudest breach and the breadcrumbs
// where it draws none itself.
func (v *viewer) drawTop(body screen.Canvas) {
	v.pen.Trail = v.trail(v.pen.Trail[:0])
	if !v.tellsBreaches() {
		notice, rest := layout.NoticeOf(body.Size())
		v.pen.Breaches(body.Sub(notice), v.scene)
		body = body.Sub(rest)
	}
	if n := len(v.detail); n > 0 && v.detail[n-1].bare {
		w, h := body.Size()
		page.Crumb(v.pen, panel.Row(body, 0), "", v.detail[n-1].name())
		body = body.Sub(layout.Rect{Y: 1, W: w, H: h - 1})
	}
	v.top().Draw(v.pen, v.scene, body)
}
