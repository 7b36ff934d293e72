package tui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"wallboard/metrics/clean"
	"wallboard/themes"
	"wallboard/tui/cursor"
	"wallboard/tui/i18n"
	"wallboard/tui/keys"
	"wallboard/tui/layout"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
	"wallboard/tui/style"
)

// themePicker is the list of themes at the side of the board, which shows the
// selected one at once. What is chosen holds for this viewer; no file is written.
type themePicker struct {
	all    []themes.Entry
	shown  []themes.Entry
	list   cursor.List
	filter prompt
	before Look // what esc goes back to
	fault  clean.Text
	height int // of the list, as drawn last
}

// openThemes opens the list. On a screen of one line, where no list has room, it
// changes to the next theme.
func (v *viewer) openThemes() {
	if !layout.FrameOf(v.w, v.h).Line.Empty() {
		v.nextTheme()
		return
	}
	v.themes = themePicker{all: v.look.Shelf.List(), before: v.look}
	k := &v.themes
	k.narrow()
	for i, e := range k.shown {
		if e.Name == v.look.Theme {
			k.list.Select(i, k.id)
		}
	}
	v.overlay = themeOverlay
}

func (k *themePicker) id(i int) string { return k.shown[i].Name }

// narrow keeps the themes whose name or title holds the typed text. The selected
// one stays selected if it is among them, else it is the first: what was typed
// for is what is seen.
func (k *themePicker) narrow() {
	selected := ""
	if i := k.list.Index(); i < len(k.shown) {
		selected = k.id(i)
	}
	want := strings.ToLower(k.filter.text().String())
	k.shown = k.shown[:0]
	for _, e := range k.all {
		if strings.Contains(strings.ToLower(e.Name+" "+e.Theme.Title+" "+e.Theme.TitleZH), want) {
			k.shown = append(k.shown, e)
		}
	}
	k.list.Follow(len(k.shown), k.id)
	k.list.Select(max(0, slices.IndexFunc(k.shown, func(e themes.Entry) bool { return e.Name == selected })), k.id)
}

// pickTheme handles a key while the list of themes is open.
func (v *viewer) pickTheme(k tea.KeyMsg, a keys.Action) {
	p := &v.themes
	switch {
	case k.Type == tea.KeyEsc:
		v.closeThemes(p.before)
	case k.Type == tea.KeyEnter:
		v.closeThemes(v.look)
	case k.Type == tea.KeyUp:
		p.list.Move(-1, p.id)
		v.preview()
	case k.Type == tea.KeyDown:
		p.list.Move(1, p.id)
		v.preview()
	case a == keys.Theme && len(p.filter.typed) == 0:
		p.next()
		v.preview()
	case k.Type == tea.KeyLeft:
		v.wear(func(l *Look) { l.Glyphs = (l.Glyphs + style.NumGlyphSets - 1) % style.NumGlyphSets })
	case k.Type == tea.KeyRight:
		v.wear(func(l *Look) { l.Glyphs = (l.Glyphs + 1) % style.NumGlyphSets })
	case k.Type == tea.KeyTab:
		v.wear(func(l *Look) { l.Red = style.RedIsGood - l.Red })
	case p.filter.edit(k):
		p.narrow()
		v.preview()
	}
}

// next selects the theme after the selected one, the first after the last.
func (k *themePicker) next() {
	if n := len(k.shown); n > 0 {
		k.list.Select((k.list.Index()+1)%n, k.id)
	}
}

// preview shows the board in the selected theme. One that cannot be used leaves
// the board as it is and says why.
func (v *viewer) preview() {
	p := &v.themes
	p.fault = clean.Text{}
	i := p.list.Index()
	if i >= len(p.shown) {
		return
	}
	if err := p.shown[i].Err; err != nil {
		p.fault = clean.Line(err.Error())
		return
	}
	v.wear(func(l *Look) { l.Theme = p.shown[i].Name })
}

// wear changes the look and draws with it, or leaves it where that fails.
func (v *viewer) wear(change func(*Look)) {
	before := v.look
	change(&v.look)
	if err := v.dress(); err != nil {
		v.look = before
		v.themes.fault = themeFault(err)
	}
}

// closeThemes leaves the list with a look, this one or the one before.
func (v *viewer) closeThemes(look Look) {
	v.overlay = noOverlay
	v.wear(func(l *Look) { *l = look })
	if look.Theme != v.themes.before.Theme {
		v.notice = v.pen.Say.Fill(i18n.NoticeTheme, clean.Own(look.Theme))
	}
}

// Click selects a theme; the selected one is taken.
func (k *themePicker) Click(_, _, y int) keys.Action {
	i := k.list.Scroll(k.height) + y
	if i >= len(k.shown) {
		return keys.None
	}
	again := i == k.list.Index()
	k.list.Select(i, k.id)
	if again {
		return keys.Enter
	}
	return keys.None
}

// clickTheme handles a click while the list is open: on a theme it is shown, on
// the one shown it is kept, beside the list all is as before.
func (v *viewer) clickTheme(hit panel.Hit, found bool, x, y int) {
	if !found || hit.Target != panel.Target(&v.themes) {
		v.closeThemes(v.themes.before)
		return
	}
	if v.themes.Click(hit.Part, x-hit.Area.X, y-hit.Area.Y) == keys.Enter {
		v.closeThemes(v.look)
		return
	}
	v.preview()
}

// Wheel moves the themes in sight.
func (k *themePicker) Wheel(rows int) { k.list.Wheel(rows, k.height, k.id) }

// The size of the list at the side: wide enough for a name and what it suits.
const (
	themesWide  = 40
	themesBelow = 9 // rows below the list: title, options, how to keep
)

// drawThemes draws the list at the right side of the body.
func (v *viewer) drawThemes(body screen.Canvas) {
	w, h := body.Size()
	c := body.Sub(layout.Side(layout.Rect{W: w, H: h}, themesWide, len(v.themes.all)+themesBelow+3))
	p, k := v.pen, &v.themes
	c.Fill(' ', p.Look.Base)
	in := p.Box(c, p.Say.Say(i18n.ThemesTitle), panel.Focused)
	p.Note(c, p.Say.Say(i18n.ThemesHint))
	w, h = in.Size()
	if h < 2 {
		return
	}
	k.drawFilter(p, panel.Row(in, 0))
	below := themesBelow
	if h < len(k.all)+1+below {
		below = min(below, max(0, h-5)) // a low screen keeps five rows of the list
	}
	k.height = h - 1 - below
	list := in.Sub(layout.Rect{Y: 1, W: w, H: k.height})
	p.Hits.Target(list, k, 0)
	k.drawList(p, list)
	v.drawOptions(in.Sub(layout.Rect{Y: 1 + k.height, W: w, H: below}))
}

func (k *themePicker) drawFilter(p *panel.Pen, head screen.Canvas) {
	head.Print(1, 0, clean.Own("/"), p.Look.Key)
	head.Print(2, 0, clean.Line(string(k.filter.typed)), p.Look.Text)
	head.Restyle(2+k.filter.cell(), 0, 1, func(s screen.Style) screen.Style { return s.With(screen.Reverse) })
}

func (k *themePicker) drawList(p *panel.Pen, c screen.Canvas) {
	w, h := c.Size()
	if len(k.shown) == 0 && h > 0 {
		c.PrintFit(1, 0, w-2, p.Say.Say(i18n.ThemesNone), p.Look.Dim, screen.Left)
	}
	offset := k.list.Scroll(h)
	for y := 0; y < h && offset+y < len(k.shown); y++ {
		e := k.shown[offset+y]
		line, look, dim := panel.Row(c, y), p.Look.Text, p.Look.Dim
		if offset+y == k.list.Index() {
			look, dim = p.Look.Selected, p.Look.Selected
			line.Fill(' ', look)
			line.Set(0, 0, p.Look.Glyphs.Pointer, look)
		}
		const name = 15
		line.PrintFit(2, 0, name, clean.Line(e.Name), look, screen.Left)
		line.PrintFit(3+name, 0, w-4-name, p.Say.Say(suits(e)), dim, screen.Left)
	}
}

// suits returns the words for what a theme is good for.
func suits(e themes.Entry) i18n.ID {
	switch t := e.Theme; {
	case e.Err != nil:
		return i18n.ThemesBroken
	case t.Suits == themes.LowVision:
		return i18n.ThemesContrast
	case t.Suits == themes.RedGreenBlind:
		return i18n.ThemesRedGreen
	case t.Suits == themes.BlueYellowBlind:
		return i18n.ThemesBlueGold
	case !t.Looks[themes.Base].FG.Set && !t.Looks[themes.Critical].FG.Set:
		return i18n.ThemesColorless
	case t.Dark:
		return i18n.ThemesDark
	}
	return i18n.ThemesLight
}

// drawOptions draws what else can be chosen, and how to keep it.
func (v *viewer) drawOptions(c screen.Canvas) {
	p, k := v.pen, &v.themes
	w, h := c.Size()
	if h == 0 {
		return
	}
	c.HLine(0, 0, w, p.Look.Border)
	if !k.fault.Empty() {
		p.Lines(c.Sub(layout.Rect{X: 1, Y: 1, W: w - 2, H: h - 1}), k.fault, p.Look.Warn)
		return
	}
	if i := k.list.Index(); i < len(k.shown) {
		t := k.shown[i].Theme
		c.PrintFit(1, 1, w-2, p.Say.Pick(clean.Line(t.Title), clean.Line(t.TitleZH)), p.Look.Dim, screen.Left)
	}
	red := i18n.ThemesGreenGood
	if v.look.Red == style.RedIsGood {
		red = i18n.ThemesRedGood
	}
	option := func(y int, key string, word i18n.ID, value clean.Text, look screen.Style) {
		c.Print(1, y, p.Say.Plain(clean.Own(key)), p.Look.Key)
		c.PrintFit(6, y, 12, p.Say.Say(word), p.Look.Dim, screen.Left)
		c.PrintFit(19, y, w-20, value, look, screen.Left)
	}
	option(2, "← →", i18n.ThemesGlyphs, clean.Own(v.look.Glyphs.String()), p.Look.Text)
	option(3, "tab", i18n.ThemesChanges, p.Say.Say(red), p.Look.Good)
	c.PrintFit(1, 5, w-2, p.Say.Say(i18n.ThemesKeep), p.Look.Dim, screen.Left)
	for i, line := range v.keepLines() {
		if 6+i < h {
			c.PrintFit(1, 6+i, w-2, clean.Line(line), p.Look.Text, screen.Left)
		}
	}
}

// keepLines returns what to write into the configuration: the theme, and what
// else was changed here.
func (v *viewer) keepLines() []string {
	lines := []string{`[wall] theme = "` + v.look.Theme + `"`}
	if v.look.Glyphs != v.themes.before.Glyphs {
		lines = append(lines, `       glyphs = "`+v.look.Glyphs.String()+`"`)
	}
	if v.look.Red != v.themes.before.Red {
		word := map[style.Meaning]string{style.RedIsGood: "true", style.RedIsBad: "false"}[v.look.Red]
		lines = append(lines, "       red_is_good = "+word)
	}
	return lines
}
