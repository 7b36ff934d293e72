package tui

import (
	"fmt"

	"wallboard/tui/panel"
	"wallboard/tui/screen"
)

// Specimen draws the sample sheet of a look's theme.
func Specimen(look Look) (*screen.Grid, error) {
	v := &viewer{look: look.withDefaults()}
	theme, err := v.look.Shelf.Load(v.look.Theme)
	if err != nil {
		return nil, err
	}
	if err := v.dress(); err != nil {
		return nil, fmt.Errorf("tui: draw the sample of theme %q: %w", v.look.Theme, err)
	}
	g := screen.NewGrid(panel.SpecimenWide, panel.SpecimenHigh)
	g.UseLines(v.pen.Look.Lines)
	v.pen.Specimen(g.Canvas(), theme)
	return g, nil
}
