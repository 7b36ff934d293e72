package tui

import (
	"testing"
	"time"

	"wallboard/tui/screen"
	"wallboard/tui/tuitest"
)

func TestAPlainScreenIsDrawnOnceASecondAndAfterAKey(t *testing.T) {
	v, err := newViewer(Look{Render: RenderPlain}, Choice{})
	if err != nil {
		t.Fatal(err)
	}
	v.resize(80, 24)
	paint, now := &counted{}, tuitest.At()
	source := tuitest.NewSource(busy())
	m := &model{viewer: v, source: source, clock: func() time.Time { return now }, painter: paint}
	for _, s := range []struct {
		name string
		do   func()
		want int
	}{
		{"the first frame", func() {}, 1},
		{"a newer snapshot waits for the second", func() { now = now.Add(250 * time.Millisecond); source.Put(tuitest.Later(busy(), 1)) }, 1},
		{"a key does not", func() { m.pressed(keyOf("2")) }, 2},
		{"the next second brings both", func() { now = now.Add(time.Second) }, 3},
	} {
		s.do()
		m.Update(tickArrived{})
		if paint.frames != s.want {
			t.Errorf("%s: %d frames, want %d", s.name, paint.frames, s.want)
		}
	}
}

func TestAPlainScreenHasSixteenColoursAndNoMouse(t *testing.T) {
	v, err := newViewer(Look{Render: RenderPlain, Profile: screen.TrueColor, Mouse: MouseOn}, Choice{})
	if err != nil {
		t.Fatal(err)
	}
	if v.look.Profile != screen.ANSI16 || v.look.Mouse != MouseOff {
		t.Errorf("it has %s colours and mouse %v", v.look.Profile, v.look.Mouse)
	}
}
