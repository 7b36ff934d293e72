package tui

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"wallboard/tui/i18n"
	"wallboard/tui/screen"
)

// TestGoldenLooks holds, cell by cell, how every page is coloured in a dark and a
// light theme: text alone would not tell what is loud. One file has both, since what
// is loud must be so in either. The breaches are held in Chinese too, where words of
// another width carry the colours.
func TestGoldenLooks(t *testing.T) {
	for page := range numPages {
		for _, size := range [][2]int{{200, 60}, {120, 32}, {80, 24}} {
			for _, lang := range i18n.Langs() {
				if lang != i18n.English && page != PageBreaches {
					continue
				}
				name := fmt.Sprintf("looks_%s_%dx%d_%s", pageName(page), size[0], size[1], lang)
				t.Run(name, func(t *testing.T) { golden(t, name, looksOf(t, page, lang, size[0], size[1])) })
			}
		}
	}
}

// bothLooks is a cell's look in the dark and in the light theme.
type bothLooks [2]screen.Style

// looksOf writes each row as runs of equal looks, "12a 3b", equal rows once, and
// what each letter stands for.
func looksOf(t *testing.T, page Page, lang i18n.Lang, w, h int) string {
	t.Helper()
	var frames [2]*screen.Grid
	for i, theme := range [...]string{"dusk", "paper"} {
		g, err := Frame(busy(), Look{Theme: theme, Lang: lang, Profile: screen.TrueColor}, Choice{Page: page}, w, h)
		if err != nil {
			t.Fatal(err)
		}
		frames[i] = g
	}
	if frames[0].Text() != frames[1].Text() {
		t.Error("a theme says something else")
	}
	k := looksKey{letters: map[bothLooks]string{}}
	var rows strings.Builder
	times, last := 0, ""
	flush := func() {
		if times > 1 {
			fmt.Fprintf(&rows, "%d × ", times)
		}
		if times > 0 {
			rows.WriteString(last + "\n")
		}
	}
	for y := range h {
		if row := k.row(frames, y, w); row != last {
			flush()
			times, last = 0, row
		}
		times++
	}
	flush()
	return rows.String() + k.legend.String()
}

// looksKey gives each look a letter, in the order of meeting them.
type looksKey struct {
	letters map[bothLooks]string
	legend  strings.Builder
}

func (k *looksKey) row(frames [2]*screen.Grid, y, w int) string {
	var runs []string
	run, last := 0, ""
	for x := range w {
		letter := k.letter(frames, x, y)
		if letter != last && run > 0 {
			runs = append(runs, strconv.Itoa(run)+last)
			run = 0
		}
		run, last = run+1, letter
	}
	return strings.Join(append(runs, strconv.Itoa(run)+last), " ")
}

func (k *looksKey) letter(frames [2]*screen.Grid, x, y int) string {
	var both bothLooks
	for i, g := range frames {
		_, both[i] = g.At(x, y)
	}
	letter, known := k.letters[both]
	if !known {
		n := len(k.letters)
		letter = string(rune('a' + n%26))
		if n >= 26 {
			letter = string(rune('A'+n/26-1)) + letter
		}
		k.letters[both] = letter
		fmt.Fprintf(&k.legend, "%s: dusk %s, paper %s\n", letter, written(both[0]), written(both[1]))
	}
	return letter
}

// written writes a look: its colours in hexadecimal behind how they are meant, and
// its attributes.
func written(s screen.Style) string {
	hex := func(c screen.Color) string { return strings.Trim(fmt.Sprintf("%x", c), "{}") }
	return fmt.Sprintf("%s on %s %b", hex(s.FG), hex(s.BG), s.Attr)
}
