package tui

import (
	"maps"
	"slices"

	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/keys"
)

// Hints remembers how often a viewer has seen each hint. Save may fail without
// harm: then a hint is shown once more.
type Hints interface {
	Load() map[string]int
	Save(seen map[string]int) error
}

const (
	// hintTimes is after how many showings a hint is known; using one of its
	// keys makes it known at once.
	hintTimes = 3
	// hintFor is how long a hint stays after a page was opened, in ms.
	hintFor = 25_000
)

// hint is something worth knowing on a page.
type hint struct {
	id   string
	keys []keys.Action // that do it
	text i18n.ID
}

// hintsOf lists what is worth knowing on a page, the most useful first.
func hintsOf(p Page) []hint {
	explain := hint{"explain", []keys.Action{keys.Explain}, i18n.HintExplain}
	help := hint{"help", []keys.Action{keys.Help}, i18n.HintHelp}
	switch p {
	case PageWall:
		return []hint{{"wall.panels", []keys.Action{keys.NextPanel, keys.Enter}, i18n.HintPanels}, explain,
			{"wall.scope", []keys.Action{keys.Scope}, i18n.HintScope}, help}
	case PageQueues:
		return []hint{{"queues.open", []keys.Action{keys.Enter}, i18n.HintOpenQueue}, {"sort", []keys.Action{keys.Sort}, i18n.HintSort}, explain,
			{"filter", []keys.Action{keys.Filter}, i18n.HintFilter}, help}
	case PageAgents:
		return []hint{{"agents.open", []keys.Action{keys.Enter}, i18n.HintOpenAgent}, {"filter", []keys.Action{keys.Filter}, i18n.HintFilter}, help}
	case PageBreaches:
		return []hint{{"breaches.take", []keys.Action{keys.Acknowledge, keys.Silence}, i18n.HintTake}, help}
	case PageIndicators:
		return []hint{{"indicators.makers", []keys.Action{keys.Enter, keys.NextPanel}, i18n.HintMakers}, explain, help}
	case PageHeat:
		return []hint{{"heat.figure", []keys.Action{keys.NextFigure, keys.NextView}, i18n.HintHeat}, help}
	case PageSessions:
		return []hint{{"sessions.lists", []keys.Action{keys.NextPanel, keys.PreviousPanel}, i18n.HintLists}, {"sessions.open", []keys.Action{keys.Enter}, i18n.HintOpenSession}, help}
	}
	return []hint{help}
}

// hinting is which hint one viewer sees, and which they know.
type hinting struct {
	store Hints // nil: none are shown
	seen  map[string]int

	page  Page
	since int64 // the page was opened, ms; 0: not yet
	now   *hint // nil: none on this page
}

// newHinting reads what the viewer knows; a nil store shows no hints.
func newHinting(store Hints) hinting {
	h := hinting{store: store, seen: map[string]int{}}
	if store != nil {
		maps.Copy(h.seen, store.Load())
	}
	return h
}

// on returns the hint for a page at a time, nil where there is none: one a visit,
// the first that is not known yet.
func (h *hinting) on(p Page, now int64) *hint {
	if h.store == nil {
		return nil
	}
	if h.since == 0 || h.page != p {
		h.page, h.since, h.now = p, now, nil
		for _, one := range hintsOf(p) {
			if h.seen[one.id] < hintTimes {
				h.seen[one.id]++
				h.now = &one
				break
			}
		}
	}
	if h.now != nil && now-h.since > hintFor {
		h.now = nil
	}
	return h.now
}

// used notes that a key was used: what it does on a page need not be said again.
func (h *hinting) used(p Page, a keys.Action) {
	if h.store == nil || a == keys.None {
		return
	}
	for _, one := range hintsOf(p) {
		if !slices.Contains(one.keys, a) {
			continue
		}
		h.seen[one.id] = hintTimes
		if h.now != nil && h.now.id == one.id {
			h.now = nil
		}
	}
}

// save keeps what the viewer knows, as well as that can be done.
func (h *hinting) save() {
	if h.store != nil && len(h.seen) > 0 {
		_ = h.store.Save(h.seen) // lost, a hint is shown once more
	}
}

// hint returns what the footer says besides the keys: nothing on a wall that
// nobody touches or that turns its pages, over drill-downs and overlays, nor before the first floor.
func (v *viewer) hint() clean.Text {
	if v.unattended || v.rotation.on || v.overlay != noOverlay || len(v.detail) > 0 || v.scene.Floor == nil {
		return clean.Text{}
	}
	one := v.hints.on(v.active, v.now)
	if one == nil {
		return clean.Text{}
	}
	return v.pen.Say.Fill(i18n.HintLead, v.pen.Say.Say(one.text))
}
