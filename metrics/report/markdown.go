package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"wallboard/metrics/export"
)

// Markdown writes the report for people who read text.
func (r *Report) Markdown(w io.Writer, lang export.Language) error {
	d := r.document(lang)
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n", escapeMarkdown(d.title), escapeMarkdown(d.subtitle))
	for _, s := range d.sections {
		fmt.Fprintf(&b, "\n## %s\n\n", escapeMarkdown(s.title))
		for _, note := range s.notes {
			fmt.Fprintf(&b, "- %s\n", escapeMarkdown(note))
		}
		if len(s.table.rows) > 0 {
			if len(s.notes) > 0 {
				b.WriteByte('\n')
			}
			s.table.markdown(&b)
		}
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("report: write Markdown: %w", err)
	}
	return nil
}

func (t *table) markdown(b *strings.Builder) {
	for _, h := range t.heads {
		fmt.Fprintf(b, "| %s ", escapeMarkdown(h))
	}
	b.WriteString("|\n")
	for i := range t.heads {
		if i < t.left || slices.Contains(t.wide, i) {
			b.WriteString("|:---")
		} else {
			b.WriteString("|---:")
		}
	}
	b.WriteString("|\n")
	for _, row := range t.rows {
		for _, c := range row {
			fmt.Fprintf(b, "| %s ", escapeMarkdown(c.text))
		}
		b.WriteString("|\n")
	}
}

// escapeMarkdown keeps a text from outside from being read as markup.
func escapeMarkdown(s string) string {
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune("\\`*_[]<>|&#~!", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
