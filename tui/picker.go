package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/cursor"
	"wallboard/tui/i18n"
	"wallboard/tui/keys"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
)

// picker is the list of scopes: floors, then channels, queues and teams of the
// floor on the screen.
type picker struct {
	all    []pick
	shown  []pick
	list   cursor.List
	filter prompt
	height int // rows in sight
}

type pick struct {
	floor string
	key   metrics.Key
	kind  i18n.ID
	name  clean.Text
}

func newPicker(p *panel.Pen, s *panel.Scene, v panel.View) picker {
	var k picker
	for _, f := range s.Snapshot.Floors {
		k.all = append(k.all, pick{floor: f.ID.String(), kind: i18n.ScopeFloor, name: f.ID})
	}
	if f := s.Floor; f != nil {
		for _, group := range []struct {
			kind i18n.ID
			rows []*metrics.Row
		}{{i18n.ScopeChannel, f.Channels}, {i18n.ScopeQueue, f.Queues}, {i18n.ScopeTeam, f.Teams}} {
			for _, r := range group.rows {
				k.all = append(k.all, pick{floor: f.ID.String(), key: r.Key, kind: group.kind, name: p.Place(s, r.Key)})
			}
		}
	}
	k.narrow()
	for i, one := range k.shown {
		if one.key == v.Scope && (one.floor == v.Floor || v.Floor == "") {
			k.list.Select(i, k.id)
			break
		}
	}
	return k
}

func (k *picker) id(i int) string { return string(k.shown[i].kind) + k.shown[i].name.String() }

// narrow keeps what the typed text matches.
func (k *picker) narrow() {
	want := strings.ToLower(k.filter.text().String())
	k.shown = k.shown[:0]
	for _, one := range k.all {
		if strings.Contains(strings.ToLower(one.name.String()), want) {
			k.shown = append(k.shown, one)
		}
	}
	k.list.Follow(len(k.shown), k.id)
}

// pick handles a key while the list of scopes is open: letters narrow it.
func (v *viewer) pick(k tea.KeyMsg, a keys.Action) {
	switch {
	case k.Type == tea.KeyUp:
		v.picker.list.Move(-1, v.picker.id)
	case k.Type == tea.KeyDown:
		v.picker.list.Move(1, v.picker.id)
	case k.Type == tea.KeyEsc, a == keys.Scope && len(v.picker.filter.typed) == 0:
		v.overlay = noOverlay
	case k.Type == tea.KeyEnter:
		v.overlay = noOverlay
		if i := v.picker.list.Index(); i < len(v.picker.shown) {
			one := v.picker.shown[i]
			v.view.Floor, v.view.Scope = one.floor, one.key
			v.stay()
		}
	case v.picker.filter.edit(k):
		v.picker.narrow()
	}
}

func (k *picker) draw(p *panel.Pen, _ *panel.Scene, c screen.Canvas) {
	c.Fill(' ', p.Look.Base)
	in := p.Box(c, p.Say.Say(i18n.ScopeTitle), panel.Focused)
	p.Note(c, p.Say.Say(i18n.ScopeHint))
	w, h := in.Size()
	if h < 2 {
		return
	}
	head := panel.Row(in, 0)
	head.Print(1, 0, clean.Own("/"), p.Look.Key)
	head.Print(2, 0, clean.Line(string(k.filter.typed)), p.Look.Text)
	head.Restyle(2+k.filter.cell(), 0, 1, func(s screen.Style) screen.Style { return s.With(screen.Reverse) })
	k.height = h - 1
	p.Hits.Target(in, k, 0)
	offset := k.list.Scroll(h - 1)
	for y := 1; y < h && offset+y-1 < len(k.shown); y++ {
		i := offset + y - 1
		line, look, dim := panel.Row(in, y), p.Look.Text, p.Look.Dim
		if i == k.list.Index() {
			look, dim = p.Look.Selected, p.Look.Selected
			line.Fill(' ', look)
		}
		line.PrintFit(1, 0, 10, p.Say.Say(k.shown[i].kind), dim, screen.Left)
		line.PrintFit(12, 0, w-13, k.shown[i].name, look, screen.Left)
	}
}
