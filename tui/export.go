package tui

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/export"
	"wallboard/tui/i18n"
	"wallboard/tui/keys"
	"wallboard/tui/layout"
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
	"wallboard/tui/sheet"
	"wallboard/tui/text"
)

// Exporter keeps files for a viewer. Where returns at once; Write may wait for a
// disk: the screen calls it beside its event loop only. Safe for concurrent use.
type Exporter interface {
	// Where returns the path that a file of the name is meant to have.
	Where(name string) string
	// Write writes a new file and returns its path, which is another one than was
	// meant where that is taken.
	Write(name string, content func(io.Writer) error) (path string, err error)
}

// form is how a screen is written.
type form uint8

const (
	asText form = iota
	asCSV
	asJSON
	numForms
)

// ext is the form's word on the command line, and how its files end.
func (f form) ext() string { return [numForms]string{"txt", "csv", "json"}[f] }

// parseForm reads a form's word.
func parseForm(s string) (form, bool) {
	for f, words := range [numForms][]string{{"text", "txt"}, {"csv"}, {"json"}} {
		if slices.Contains(words, strings.ToLower(s)) {
			return form(f), true
		}
	}
	return 0, false
}

// exporting is the list of forms while it is open.
type exporting struct {
	form  form
	sheet sheet.Sheet // what would be written, as it was when the list was opened
}

// writing is a file that is to be written beside the event loop.
type writing struct {
	name    string
	content func(io.Writer) error
}

// exportWritten says what became of a file.
type exportWritten struct {
	path string
	err  error
}

// chooseExport opens the list of forms.
func (v *viewer) chooseExport() {
	if v.exporter == nil {
		v.notice = v.pen.Say.Say(i18n.ExportNone)
		return
	}
	v.prepare()
	v.export.sheet = v.sheet()
	if v.export.form != asText && v.export.sheet.Empty() {
		v.export.form = asText
	}
	v.overlay = exportOverlay
}

// sheet reads what the page on top holds, as it is on the screen: held, filtered
// and sorted.
func (v *viewer) sheet() sheet.Sheet {
	var out sheet.Sheet
	if one, ok := v.top().(page.Exporter); ok && (v.scene.Floor != nil || v.active == PageHealth) {
		out = one.Exported(v.scene)
	}
	if v.pen.Masked() {
		out.Mask(v.pen.PersonID)
	}
	s := v.scene
	key := s.View.Scope
	out.Head = sheet.Head{Page: v.pageID(), Window: s.View.Window, At: s.At, Zone: v.pen.Zone, Mark: s.Snapshot.Mark.Kind, Held: v.held != nil}
	if s.Floor != nil {
		out.Head.Floor = s.Floor.ID.String()
		if key.Scope == metrics.ScopeFloor {
			key.Floor = s.Floor.ID
		}
	}
	out.Head.Scope = export.ScopeName(key)
	if out.Rows != nil {
		out.Snapshot = v.inView(out.Rows)
	}
	return out
}

// inView is the snapshot with the floor on the screen alone. The breach of a
// person who is not on the screen is that of their team, as on a wall.
func (v *viewer) inView(keep func(metrics.Key) bool) *metrics.Snapshot {
	one := *v.scene.Snapshot
	one.Floors, one.Breaches = []*metrics.FloorView{v.scene.Floor}, nil
	for _, b := range v.scene.Breaches {
		c := *b
		if k := c.Key; !k.Agent.Empty() && !keep(k) {
			c.Key = metrics.Key{Scope: metrics.ScopeTeam, Floor: k.Floor, Team: v.scene.TeamOf(k)}
		}
		one.Breaches = append(one.Breaches, c)
	}
	return &one
}

// write begins to write a file; an empty name is made up.
func (v *viewer) write(f form, s sheet.Sheet, name string) {
	if f != asText && s.Empty() {
		v.notice = v.pen.Say.Say(i18n.ExportPicture)
		return
	}
	if name == "" {
		name = fileName(s.Head, f)
	}
	job := &writing{name: name}
	switch f {
	case asCSV:
		job.content = s.CSV
	case asJSON:
		job.content = s.JSON
	default:
		text := v.picture() + s.Head.Line() + "\n"
		job.content = func(w io.Writer) error { _, err := io.WriteString(w, text); return err }
	}
	v.file = job
	v.notice = v.pen.Say.Say(i18n.ExportWriting)
}

// picture is the screen as text, without what lies over the page.
func (v *viewer) picture() string {
	over, notice := v.overlay, v.notice
	v.overlay, v.notice = noOverlay, clean.Text{}
	g := screen.NewGrid(v.w, v.h)
	v.draw(g)
	v.overlay, v.notice, v.drawn.stale = over, notice, true
	return g.Text()
}

// fileName is wallboard-<floor>-<page>-YYYYMMDD-HHMMSS, of the moment on the
// screen in the floor's time.
func fileName(h sheet.Head, f form) string {
	floor := "floor"
	if h.Floor != "" {
		floor = plainName(h.Floor)
	}
	at := export.Time(h.At, h.Zone)
	day, clock := strings.ReplaceAll(at[:10], "-", ""), strings.ReplaceAll(at[11:19], ":", "")
	return strings.Join([]string{"wallboard", floor, h.Page, day, clock}, "-") + "." + f.ext()
}

// plainName keeps letters and digits of a name: it comes from outside and is to
// be part of a path.
func plainName(s string) string {
	const most = 40
	var b strings.Builder
	for i, r := range []rune(s) {
		if i == most {
			break
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' {
			r = '_'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// chooseForm handles a key while the forms are listed.
func (v *viewer) chooseForm(a keys.Action, k tea.KeyMsg) {
	for f := range numForms {
		if k.String() == f.ext()[:1] { // before the keys that move: j is JSON here
			v.export.form = f
			return
		}
	}
	switch {
	case a == keys.Up:
		v.export.form = (v.export.form + numForms - 1) % numForms
	case a == keys.Down, k.Type == tea.KeyTab:
		v.export.form = (v.export.form + 1) % numForms
	case a == keys.Enter:
		v.overlay = noOverlay
		v.write(v.export.form, v.export.sheet, "")
	case a == keys.Back, a == keys.Export, a == keys.Quit:
		v.overlay = noOverlay
	}
}

// wrote says where a file went, or why it did not.
func (v *viewer) wrote(r exportWritten) {
	v.drawn.stale = true
	if r.err != nil {
		v.notice = v.pen.Say.Fill(i18n.ExportFailed, clean.Own(r.err.Error()))
		return
	}
	v.notice = v.pen.Say.Fill(i18n.ExportDone, clean.Own(r.path))
}

// save writes the file that was asked for, beside the event loop. It is written
// though the viewer leaves at once: see finish.
func (v *viewer) save() tea.Cmd {
	job, to := v.file, v.exporter
	if job == nil {
		return nil
	}
	v.file = nil
	done := make(chan exportWritten, 1)
	v.writes.Go(func() { // ends with the write
		var r exportWritten
		defer func() {
			if cause := recover(); cause != nil {
				r.err = fmt.Errorf("the export failed: %v", cause)
			}
			done <- r
		}()
		r.path, r.err = to.Write(job.name, job.content)
	})
	return func() tea.Msg { return <-done }
}

// finish waits for files that are being written, as long as the context allows.
func (v *viewer) finish(ctx context.Context) {
	written := make(chan struct{})
	go func() { // ends with the last write
		v.writes.Wait()
		close(written)
	}()
	select {
	case <-written:
	case <-ctx.Done():
	}
}

// drawExport lists the forms: what each holds, and the file it becomes.
func (v *viewer) drawExport(body screen.Canvas) {
	w, h := body.Size()
	p, s := v.pen, &v.export.sheet
	file := clean.Own(v.exporter.Where(fileName(s.Head, v.export.form)))
	c := body.Sub(layout.Overlay(layout.Rect{W: w, H: h}, 76, 9))
	c.Fill(' ', p.Look.Base)
	in := p.Box(c, p.Say.Say(i18n.ExportTitle), panel.Focused)
	p.Note(c, p.Say.Say(i18n.ExportHint))
	rows, columns := s.Size()
	w, h = in.Size()
	for f := range numForms {
		about := [numForms]i18n.ID{i18n.ExportText, i18n.ExportCSV, i18n.ExportJSON}[f]
		line, look, dim := panel.Row(in, int(f)+1), p.Look.Text, p.Look.Dim
		if f != asText && s.Empty() {
			about, look = i18n.ExportPicture, p.Look.Dim
		}
		if f == v.export.form {
			look, dim = p.Look.Selected, p.Look.Selected
			line.Fill(' ', look)
			line.Set(1, 0, p.Look.Glyphs.Pointer, look)
		}
		line.PrintFit(3, 0, 6, clean.Own([numForms]string{"text", "CSV", "JSON"}[f]), look, screen.Left)
		line.PrintFit(10, 0, w-11, p.Say.Fill(about, p.Num.Count(int64(rows)), p.Num.Count(int64(columns))), dim, screen.Left)
	}
	if h > 5 {
		in.PrintFit(1, 5, w-2, p.Say.Say(i18n.ExportBecomes), p.Look.Dim, screen.Left)
		in.PrintFit(1, 6, w-2, clean.Line(text.Tail(file.String(), w-2, string(in.Lines().Ellipsis))), p.Look.Text, screen.Left)
	}
}
