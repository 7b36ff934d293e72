package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"

	"wallboard/metrics"
	"wallboard/metrics/export"
)

//go:embed page.html
var pageText string

// page is parsed once and never changes: html/template escapes whatever comes
// from outside.
var page = template.Must(template.New("page").Parse(pageText))

// The page's own types: templates read exported fields only.
type (
	pageData struct {
		Lang, Title, Subtitle string
		Sections              []pageSection
	}
	pageSection struct {
		Title  string
		Notes  []string
		Charts []drawn
		Heads  []pageCell
		Rows   [][]pageCell
	}
	pageCell struct{ Text, Class string }
)

// HTML writes the report as one file that needs nothing else: no scripts, no
// resources from elsewhere, light or dark as the reader's machine is.
func (r *Report) HTML(w io.Writer, lang export.Language) error {
	d := r.document(lang)
	data := pageData{Lang: "en", Title: d.title, Subtitle: d.subtitle}
	if lang == export.Chinese {
		data.Lang = "zh-CN"
	}
	for _, s := range d.sections {
		out := pageSection{Title: s.title, Notes: s.notes}
		for i := range s.charts {
			out.Charts = append(out.Charts, s.charts[i].draw())
		}
		if len(s.table.rows) > 0 {
			for i, h := range s.table.heads {
				out.Heads = append(out.Heads, pageCell{h, s.table.align(i)})
			}
		}
		for _, row := range s.table.rows {
			cells := make([]pageCell, len(row))
			for i, c := range row {
				cells[i] = pageCell{c.text, s.table.align(i) + levelClass(c.level)}
			}
			out.Rows = append(out.Rows, cells)
		}
		data.Sections = append(data.Sections, out)
	}
	if err := page.Execute(w, data); err != nil {
		return fmt.Errorf("report: write HTML: %w", err)
	}
	return nil
}

func (t *table) align(i int) string {
	if i < t.left || slices.Contains(t.wide, i) {
		return "t"
	}
	return "n"
}

func levelClass(l metrics.Level) string {
	switch l {
	case metrics.LevelOK:
		return " ok"
	case metrics.LevelWarn:
		return " warn"
	case metrics.LevelCritical:
		return " crit"
	}
	return ""
}
