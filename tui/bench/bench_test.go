package bench

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"wallboard/metrics"
	"wallboard/tui"
	"wallboard/tui/screen"
	"wallboard/tui/tuitest"
)

// still is a source of one snapshot.
type still struct{ snapshot *metrics.Snapshot }

func (s still) Latest() *metrics.Snapshot { return s.snapshot }

func TestLipGlossComposesTheSamePicture(t *testing.T) {
	p, err := newPicture()
	if err != nil {
		t.Fatal(err)
	}
	g := screen.NewGrid(Width, Height)
	p.tick(0)
	p.draw(g)
	var got strings.Builder
	for line := range strings.Lines(ansi.Strip(newGloss().compose(cut(g)))) {
		got.WriteString(strings.TrimRight(line, " \n") + "\n")
	}
	if got.String() != g.Text() {
		t.Errorf("not the same picture:\n%s\nof\n%s", got.String(), g.Text())
	}
}

func TestFramesAndBytesAreMeasured(t *testing.T) {
	floor := still{tuitest.Floor(tuitest.Options{})}
	figures, err := Frames(t.Context(), FrameConfig{Full: floor, Few: floor, Views: DefaultViews(), Turns: 2})
	if err != nil {
		t.Fatal(err)
	}
	bytes, err := Bytes(t.Context(), BytesConfig{Seconds: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range append(figures, bytes...) {
		if f.Ours <= 0 && !strings.Contains(f.What, "unchanged") {
			t.Errorf("not measured: %+v", f)
		}
	}
	if f := bytes[2]; f.Ours != 0 {
		t.Errorf("an unchanged frame takes %v bytes", f.Ours)
	}
	under, err := FramesUnderIngest(t.Context(), floor, 2)
	if err != nil || under.Ours <= 0 {
		t.Errorf("under ingest: %+v, %v", under, err)
	}
	if name := tui.PageName(tui.PageAgents); name != "agents" {
		t.Errorf("the page is called %q", name)
	}
}
