package screen

import (
	"strings"
	"testing"
	"testing/synctest"

	"wallboard/metrics/clean"
)

func TestPlainFramesAreWholeAndSayEverythingInFull(t *testing.T) {
	const clear, end = "\x1b[0m\x1b[1;1H\x1b[2J", "\x1b[2;1H"
	red := Style{FG: ANSI(1), Attr: Bold}
	rows := []struct {
		name       string
		prev, next func(Canvas)
		want       string
	}{
		{"the first clears", nil, func(c Canvas) { c.Print(0, 0, clean.Own("ab"), Style{}) }, clear + "\x1b[1;1Hab\x1b[1;3H\x1b[K\x1b[2;1H\x1b[K" + end},
		{"one changed cell is a whole frame", func(c Canvas) { c.Print(0, 0, clean.Own("a"), Style{}) }, func(c Canvas) { c.Print(0, 0, clean.Own("b"), Style{}) },
			"\x1b[1;1Hb\x1b[1;2H\x1b[K\x1b[2;1H\x1b[K" + end},
		{"nothing changed is nothing", func(c Canvas) { c.Print(0, 0, clean.Own("a"), red) }, func(c Canvas) { c.Print(0, 0, clean.Own("a"), red) }, ""},
		{"a style begins from nothing", nil, func(c Canvas) { c.Print(0, 0, clean.Own("ab"), red) }, clear + "\x1b[1;1H\x1b[0;1;31mab\x1b[0m\x1b[1;3H\x1b[K\x1b[2;1H\x1b[K" + end},
		{"the place is said anew after what is wide", nil, func(c Canvas) { c.Print(0, 0, clean.Own("客a"), Style{}) }, clear + "\x1b[1;1H客\x1b[1;3Ha\x1b[1;4H\x1b[K\x1b[2;1H\x1b[K" + end},
		{"and after what some draw wide", nil, func(c Canvas) { c.Print(0, 0, clean.Own("──a"), Style{}) }, clear + "\x1b[1;1H──\x1b[1;3Ha\x1b[1;4H\x1b[K\x1b[2;1H\x1b[K" + end},
		{"the last cell is left alone", nil, func(c Canvas) { c.Print(0, 1, clean.Own("abcdef"), Style{}) }, clear + "\x1b[1;1H\x1b[K\x1b[2;1Habcde" + end},
		{"and so is half of what would end there", nil, func(c Canvas) { c.Print(0, 1, clean.Own("abcd客"), Style{}) }, clear + "\x1b[1;1H\x1b[K\x1b[2;1Habcd " + end},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			var prev *Grid
			if row.prev != nil {
				prev = NewGrid(6, 2)
				row.prev(prev.Canvas())
			}
			next := NewGrid(6, 2)
			row.next(next.Canvas())
			if got := string(Encoder{Profile: ANSI16, Render: RenderPlain}.Diff(nil, prev, next)); got != row.want {
				t.Errorf("got  %q\nwant %q", got, row.want)
			}
		})
	}
}

func TestAPlainTerminalIsAskedForNothingItMayNotHave(t *testing.T) {
	o := TerminalOptions{Render: RenderPlain, Mouse: MouseOn, Title: clean.Own("wallboard")}
	for _, b := range []string{string(o.enter()), string(o.leave())} {
		if rest := strings.NewReplacer("\x1b[?25l", "", "\x1b[?25h", "", plainClear, "").Replace(b); rest != "" {
			t.Errorf("it is sent %q", rest)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		out := &sink{}
		p := NewPainter(out, Encoder{Render: RenderPlain})
		p.Title(clean.Own("■ refund"))
		p.Ring()
		synctest.Wait()
		if got := string(out.take()); got != bell {
			t.Errorf("wrote %q, want the bell alone", got)
		}
		if err := p.Close(t.Context()); err != nil {
			t.Error(err)
		}
	})
}
