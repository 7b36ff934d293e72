package panel

import (
	"testing"

	"wallboard/metrics/clean"
	"wallboard/metrics/kpi"
	"wallboard/tui/chart"
	"wallboard/tui/i18n"
	"wallboard/tui/screen"
)

// TestNoWaitIsTooLongForBigDigits holds that the worst wait is not the one that
// ten metres cannot read: the narrowest boxed tile has fourteen cells inside.
func TestNoWaitIsTooLongForBigDigits(t *testing.T) {
	p := pen(t, i18n.Unicode)
	for seconds := 0.0; seconds < 100*86_400; seconds = seconds*1.07 + 1 {
		fits := false
		for _, form := range p.bigForms(OldestWait, kpi.Value{V: seconds, OK: true}) {
			fits = fits || chart.CanBeBig(form) && chart.BigWidth(form, chart.ThreeRows, p.Look.Glyphs) <= 14
		}
		if !fits {
			t.Fatalf("%v s has no form that fits", seconds)
		}
	}
}

func TestAWaitThatFillsItsTileIsWrittenWhole(t *testing.T) {
	p := pen(t, i18n.Unicode)
	for w, want := range map[int]clean.Text{18: clean.Own("12:09"), 14: clean.Own("13m")} {
		drawn, wanted := screen.NewGrid(w, 3), screen.NewGrid(w, 3)
		p.bigNumber(drawn.Canvas(), 3, p.bigForms(OldestWait, kpi.Value{V: 729, OK: true}), clean.Text{}, p.Look.Digits)
		width := chart.BigWidth(want, chart.ThreeRows, p.Look.Glyphs)
		chart.BigDigits(wanted.Canvas(), min(max(1, (w-width-1)/2), w-width), 0, chart.ThreeRows, want, p.Look.Digits, p.Look.Glyphs)
		if drawn.Text() != wanted.Text() {
			t.Errorf("in %d cells:\n%s\nwant %s:\n%s", w, drawn.Text(), want, wanted.Text())
		}
	}
}
