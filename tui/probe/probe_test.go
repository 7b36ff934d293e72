package probe

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mattn/go-runewidth"

	"wallboard/themes"
	"wallboard/tui/screen"
	"wallboard/tui/style"
)

// fake is a terminal that answers as it is told to.
type fake struct {
	replies map[string]string // by question
	wide    bool              // ambiguous characters take two cells
	mute    bool
	keys    string // typed before the first answer

	in  *io.PipeReader
	out *io.PipeWriter
}

func (f *fake) In() io.Reader { return f.in }

func (f *fake) Write(b []byte) (int, error) {
	question, asked := strings.CutSuffix(string(b), askPosition)
	if !asked {
		return 0, fmt.Errorf("nothing is asked by %q", b)
	}
	if f.mute {
		return len(b), nil
	}
	column := 1
	if sample, measured := strings.CutPrefix(question, "\r\x1b[2K"); measured {
		width := runewidth.Condition{EastAsianWidth: f.wide, StrictEmojiNeutral: true}
		column += width.StringWidth(sample)
	}
	answer := f.keys + f.replies[question] + fmt.Sprintf("\x1b[1;%dR", column)
	f.keys = ""
	go func() { // in two pieces, as a slow line does
		_, _ = io.WriteString(f.out, answer[:len(answer)/2])
		_, _ = io.WriteString(f.out, answer[len(answer)/2:])
	}()
	return len(b), nil
}

func (f *fake) ask(t *testing.T, ctx context.Context) (Result, error) {
	t.Helper()
	f.in, f.out = io.Pipe()
	t.Cleanup(func() { _ = f.out.Close() })
	theme, err := themes.Load(themes.Default)
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := style.New(theme, screen.TrueColor, style.Options{})
	if err != nil {
		t.Fatal(err)
	}
	within := time.Minute
	if f.mute {
		within = time.Millisecond
	}
	return Ask(ctx, f, Options{Samples: Samples(sheet.Glyphs, sheet.Lines), Within: within, Now: time.Now})
}

const (
	askSync      = "\x1b[?2026$p"
	askAlternate = "\x1b[?1049$p"
	askColour    = "\x1b[48;2;1;2;3m\x1bP$qm\x1b\\\x1b[m"
	askRGB       = "\x1bP+q524742\x1b\\"
)

func TestTerminalsSayWhatTheyCanDo(t *testing.T) {
	for _, tt := range []struct {
		name    string
		replies map[string]string
		want    Result
	}{
		{"one that knows everything", map[string]string{askSync: "\x1b[?2026;2$y", askAlternate: "\x1b[?1049;1$y", askColour: "\x1bP1$r0;48:2:1:2:3m\x1b\\"},
			Result{Sync: Yes, Alternate: Yes, TrueColor: Yes}},
		{"one with a colour space", map[string]string{askColour: "\x1bP1$r48:2::1:2:3m\x1b\\"}, Result{TrueColor: Yes}},
		{"one of 256 colours", map[string]string{askColour: "\x1bP1$r48;5;16m\x1b\\", askSync: "\x1b[?2026;0$y"}, Result{Sync: No, TrueColor: No}},
		{"one that lists its colours", map[string]string{askRGB: "\x1bP1+r524742=38\x1b\\"}, Result{TrueColor: Yes}},
		{"one that knows no such list", map[string]string{askRGB: "\x1bP0+r\x1b\\", askSync: "\x1b[?2026;4$y"}, Result{Sync: No, TrueColor: No}},
		{"the plainest", nil, Result{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := (&fake{replies: tt.replies, keys: "jj"}).ask(t, t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if !got.Answers || got.Sync != tt.want.Sync || got.Alternate != tt.want.Alternate || got.TrueColor != tt.want.TrueColor {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
			if len(got.Wrong) > 0 || got.Measured < 40 {
				t.Errorf("measured %d, of other widths %v", got.Measured, got.Wrong)
			}
		})
	}
}

func TestWideAmbiguousCharactersAreFound(t *testing.T) {
	got, err := (&fake{wide: true}).ask(t, t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Wrong) < 10 || !Ambiguous(got.Wrong) {
		t.Errorf("found %v", got.Wrong)
	}
	if slices.ContainsFunc(got.Wrong, func(c Cells) bool { return c.Text == "中" }) {
		t.Error("ideographs are two cells everywhere")
	}
	if Ambiguous([]Cells{{"中", 1, 2}}) || Ambiguous(nil) {
		t.Error("an ideograph of one cell is another fault")
	}
}

func TestATerminalThatSaysNothingIsAskedNothingMore(t *testing.T) {
	got, err := (&fake{mute: true}).ask(t, t.Context())
	if err != nil || got.Answers || got.Measured > 0 {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestAskingEndsWithTheContextAndWithCtrlC(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	f := &fake{replies: map[string]string{}}
	f.mute = true
	f.in, f.out = io.Pipe()
	t.Cleanup(func() { _ = f.out.Close() })
	if _, err := Ask(ctx, f, Options{Within: time.Minute, Now: time.Now}); !errors.Is(err, context.Canceled) {
		t.Errorf("the context ended with %v", err)
	}
	if _, err := (&fake{keys: "\x03"}).ask(t, t.Context()); !errors.Is(err, ErrInterrupted) {
		t.Errorf("ctrl+c ended with %v", err)
	}
}
