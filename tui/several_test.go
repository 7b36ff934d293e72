//go:build unix

package tui

import (
	"fmt"
	"image/color"
	"os"
	"strings"
	"testing"
	"time"
	"unicode"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"wallboard/tui/folder"
	"wallboard/tui/i18n"
	"wallboard/tui/screen"
	"wallboard/tui/style"
	"wallboard/tui/tuitest"
)

// seat is one of several viewers in a process: a program of its own on a terminal
// of its own, and beside it what that viewer alone must see.
type seat struct {
	name string
	look Look
	w, h int
	keys [][]string

	*session
	screen *vt.Emulator
	fed    int
	own    *robot
}

func seats() []*seat {
	return []*seat{
		{name: "dusk in English, 24 bits", look: Look{Theme: "dusk", Lang: i18n.English, Profile: screen.TrueColor}, w: 120, h: 32,
			keys: [][]string{{"2"}, {"down"}, {"enter"}, {"esc"}, {":", "w", "i", "n", "tab", "6", "0", "enter"}, {"?"}}},
		{name: "paper in Chinese, 256 colours", look: Look{Theme: "paper", Lang: i18n.Chinese, Profile: screen.ANSI256}, w: 80, h: 24,
			keys: [][]string{{"3"}, {"j"}, {"j"}, {"/", "v"}, {"esc"}, {"?"}}},
		{name: "mono in English, 16 colours, ASCII", look: Look{Theme: "mono", Lang: i18n.English, Profile: screen.ANSI16, Glyphs: style.ASCII}, w: 200, h: 60,
			keys: [][]string{{"4"}, {"x"}, {"esc"}, {"6"}, {"m"}, {"?"}}},
		{name: "deuteranopia in Chinese without colour", look: Look{Theme: "deuteranopia", Lang: i18n.Chinese, Profile: screen.NoColor, Digits: PlainDigits}, w: 97, h: 29,
			keys: [][]string{{":", "h", "e", "a"}, {"esc"}, {"9"}, {"space"}, {"1"}, {"?"}}},
	}
}

// TestSeveralProgramsInOneProcessShareNothing runs four of them at once, all typed
// into in turn. After each key every terminal must show, cell by cell, what its
// viewer would see alone: another's theme, language, glyphs, size, page or colour
// depth would be a difference.
func TestSeveralProgramsInOneProcessShareNothing(t *testing.T) {
	all := seats()
	for _, s := range all {
		s.sitDown(t)
	}
	for round := range all[0].keys {
		for _, s := range all { // all of them, before anybody is waited for
			for _, k := range s.keys[round] {
				s.types(bytesOf(k))
			}
		}
		for _, s := range all {
			s.own.press(s.keys[round]...)
			s.showsItsOwn(fmt.Sprintf("after %q", s.keys[round]))
		}
	}
	grounds := map[screen.Color]string{}
	for _, s := range all {
		s.speaksItsLanguage()
		ground := s.standsOnItsTheme()
		if other, taken := grounds[ground]; taken && s.look.Profile != screen.NoColor {
			t.Errorf("%s stands on the ground of %s", s.name, other)
		}
		grounds[ground] = s.name
		s.cancel()
		if err := s.ends(); err != nil {
			t.Errorf("%s: %v", s.name, err)
		}
	}
}

func (s *seat) sitDown(t *testing.T) {
	t.Helper()
	floor := tuitest.Floor(tuitest.Options{})
	s.own = sit(t, floor, s.look, s.w, s.h)
	s.own.v.lookups, s.own.v.stored, s.own.v.local = false, false, tuitest.At().Location()
	s.own.v.observe(floor, tuitest.At().UnixMilli())
	s.screen = vt.NewEmulator(s.w, s.h)
	s.session = startSized(t, Options{Source: tuitest.NewSource(floor), Look: s.look, Exporter: s.own.v.exporter}, uint16(s.w), uint16(s.h))
	s.showsItsOwn("at first")
}

// bytesOf is what a terminal sends for a key.
func bytesOf(key string) string {
	if b, named := map[string]string{"down": "\x1b[B", "enter": "\r", "esc": "\x1b", "tab": "\t", "space": " "}[key]; named {
		return b
	}
	return key
}

// showsItsOwn waits until the terminal shows the viewer's own frame.
func (s *seat) showsItsOwn(when string) {
	s.t.Helper()
	want := screen.NewGrid(s.w, s.h)
	s.own.v.draw(want)
	deadline := time.After(20 * time.Second)
	for {
		s.mu.Lock()
		fresh := append([]byte(nil), s.shown.Bytes()[s.fed:]...)
		s.mu.Unlock()
		s.fed += len(fresh)
		_, _ = s.screen.Write(fresh)
		differs := s.differs(want)
		if differs == "" {
			return
		}
		select {
		case <-s.more:
		case err := <-s.ended:
			s.t.Fatalf("%s ended %s: %v", s.name, when, err)
		case <-deadline:
			s.t.Fatalf("%s, %s: %s\nwant\n%s", s.name, when, differs, want.Text())
		}
	}
}

// differs says where the terminal shows something else, empty where it does not.
func (s *seat) differs(want *screen.Grid) string {
	for y := range s.h {
		for x := range s.w {
			text, look := want.At(x, y)
			if text == "" || y == s.h-1 && x >= s.w-2 { // a right half; the last cells
				continue
			}
			look = look.In(s.look.Profile)
			cell := s.screen.CellAt(x, y)
			if cell == nil {
				cell = uv.NewCell(ansi.GraphemeWidth, " ")
			}
			got := cell.Content
			if got == "" {
				got = " "
			}
			if got != text {
				return fmt.Sprintf("cell %d, %d shows %q, want %q", x, y, got, text)
			}
			if bg := colourOf(cell.Style.Bg); bg != look.BG {
				return fmt.Sprintf("cell %d, %d (%q) stands on %+v, want %+v", x, y, text, bg, look.BG)
			}
			if fg := colourOf(cell.Style.Fg); text != " " && fg != look.FG {
				return fmt.Sprintf("cell %d, %d (%q) is written in %+v, want %+v", x, y, text, fg, look.FG)
			}
		}
	}
	return ""
}

func colourOf(c color.Color) screen.Color {
	switch c := c.(type) {
	case nil:
		return screen.Color{}
	case ansi.BasicColor:
		return screen.ANSI(uint8(c))
	case ansi.IndexedColor:
		return screen.Indexed(uint8(c))
	}
	r, g, b, _ := c.RGBA()
	return screen.RGB(uint8(r>>8), uint8(g>>8), uint8(b>>8))
}

// standsOnItsTheme checks the ground of the header against the theme's file, and
// returns it.
func (s *seat) standsOnItsTheme() screen.Color {
	s.t.Helper()
	sheet, err := s.look.withDefaults().sheet()
	if err != nil {
		s.t.Fatal(err)
	}
	want, got := sheet.Header.In(s.look.Profile).BG, colourOf(s.screen.CellAt(0, 0).Style.Bg)
	if got != want {
		s.t.Errorf("%s: the header stands on %+v, want %+v", s.name, got, want)
	}
	return got
}

// speaksItsLanguage checks by eye, as it were, that the comparison above is one
// with the right thing: the help is in the viewer's language and glyphs.
func (s *seat) speaksItsLanguage() {
	s.t.Helper()
	var b strings.Builder
	for y := range s.h {
		for x := range s.w {
			if cell := s.screen.CellAt(x, y); cell != nil {
				b.WriteString(cell.Content)
			}
		}
	}
	text := b.String()
	english, chinese := strings.Contains(text, "hold the screen"), strings.Contains(text, "定格")
	if wantChinese := s.look.Lang == i18n.Chinese; english == wantChinese || chinese != wantChinese {
		s.t.Errorf("%s: English %v, Chinese %v:\n%s", s.name, english, chinese, text)
	}
	if s.look.Glyphs == style.ASCII && strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII && !unicode.Is(unicode.Han, r) }) {
		s.t.Errorf("%s: not ASCII: %q", s.name, strings.Map(func(r rune) rune {
			if r <= unicode.MaxASCII || unicode.Is(unicode.Han, r) {
				return -1
			}
			return r
		}, text))
	}
}

// TestAnExportOnARealTerminalIsAFile writes the screen from a keyboard to a disk.
func TestAnExportOnARealTerminalIsAFile(t *testing.T) {
	to, err := folder.New(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	s := startSized(t, Options{Source: tuitest.NewSource(tuitest.Floor(tuitest.Options{})), Look: Look{Profile: screen.NoColor}, Exporter: to}, 200, 40)
	s.until("refund")
	s.types("2")
	s.until("clears")
	s.types("xc")
	s.until("becomes")
	s.types("\r:export json mine.json\rq") // whoever leaves at once has the files too
	if err := s.ends(); err != nil {
		t.Fatal(err)
	}
	for name, begins := range map[string]string{"wallboard-hangzhou-queues-20251111-140533.csv": "page,table,floor,scope,window,at,mark,level,queue", "mine.json": `{"schema":"wallboard/snapshot/1","at":"2025-11-11T14:05:33+08:00"`} {
		if content, err := os.ReadFile(to.Where(name)); err != nil || !strings.HasPrefix(string(content), begins) {
			t.Errorf("%s: %v, begins %.80q", name, err, content)
		}
	}
}
