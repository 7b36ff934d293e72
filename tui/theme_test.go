package tui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wallboard/themes"
	"wallboard/tui/style"
)

// ownThemes returns a shelf whose folder holds a theme "mine" and a broken one.
func ownThemes(t *testing.T, broken string) themes.Shelf {
	t.Helper()
	dir := t.TempDir()
	mine := strings.Replace(themes.Sample(), "title    = ", `title    = "Ours" # `, 1)
	for name, text := range map[string]string{"mine": mine, broken: "title = "} {
		if err := os.WriteFile(filepath.Join(dir, name+".toml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return themes.Shelf{Dir: dir}
}

func TestABrokenThemeOfTheViewersOwnDoesNotStopTheBoard(t *testing.T) {
	for _, broken := range []string{"broken", themes.Default} {
		r := sit(t, busy(), Look{Theme: broken, Shelf: ownThemes(t, broken)}, 120, 32)
		r.sees("refund", `theme "`+broken+`": line 1`).press("2").sees("refund").misses("line 1")
		r.press(":").types("theme mine").press("enter").sees("theme mine")
		r.press(":").types("theme " + broken).press("enter").sees(`theme "` + broken + `": line 1`)
		if r.v.look.Theme != "mine" {
			t.Errorf("the board has theme %q", r.v.look.Theme)
		}
	}
}

func TestAThemeThatIsNotThereIsRefused(t *testing.T) {
	if _, err := newViewer(Look{Theme: "nosuch"}, Choice{}); err == nil || !strings.Contains(err.Error(), "dusk") {
		t.Errorf("got %v", err)
	}
}

func TestAThemeIsSeenOnTheWholeBoardBeforeItIsKept(t *testing.T) {
	r := at(t, busy(), 120, 32)
	before := r.v.look
	ground := r.v.pen.Look.Base
	r.press("t").selects("dusk").sees("theme", "contrast-light", "high contrast", "refund", "[wall] theme = \"dusk\"")
	r.press("down").selects("ember").sees(`[wall] theme = "ember"`, "Ember")
	if r.v.pen.Look.Base == ground {
		t.Error("the board behind does not show the selected theme")
	}
	r.press("esc").misses("high contrast")
	if r.v.look != before || r.v.pen.Look.Base != ground {
		t.Errorf("esc leaves %+v", r.v.look)
	}
	if r.press("t", "down", "enter").sees("theme ember"); r.v.look.Theme != "ember" {
		t.Errorf("enter keeps %q", r.v.look.Theme)
	}
}

func TestLettersNarrowTheThemesAndTMovesOn(t *testing.T) {
	r := at(t, busy(), 120, 32).press("t", "t").selects("ember").press("t").selects("mist")
	r.types("opia").selects("deuteranopia").misses("contrast-light")
	r.types("zz").sees("no theme matches").press("enter").misses("no theme matches")
	if r.v.look.Theme != "deuteranopia" {
		t.Errorf("kept %q", r.v.look.Theme)
	}
	r.press("t").types("con").press("t") // a letter once something is typed
	r.sees("/cont", "contrast-light").press("esc")
	r.press("t").selects("deuteranopia").press("up", "up", "up", "up", "up", "up").selects("contrast").press("enter").sees("theme contrast")
}

func TestGlyphsAndTheMeaningOfRedAreChosenThere(t *testing.T) {
	r := at(t, busy(), 120, 32).press("t").sees("unicode", "green")
	good, bad := r.v.pen.Look.Good, r.v.pen.Look.Bad
	r.press("tab").sees("red_is_good = true")
	if r.v.pen.Look.Good != bad || r.v.pen.Look.Bad != good {
		t.Error("good and bad are not swapped at once")
	}
	r.press("right").sees("ascii", `glyphs = "ascii"`).misses("╭").press("right").sees("braille").press("left", "enter").misses("╭")
	if r.v.look.Red != style.RedIsGood || r.v.look.Glyphs != style.ASCII {
		t.Errorf("kept %+v", r.v.look)
	}
	r.press("t", "tab", "left", "esc").misses("╭")
	if r.v.look.Red != style.RedIsGood {
		t.Error("esc does not bring back what was kept before")
	}
}

func TestABrokenThemeInTheListSaysWhyAndChangesNothing(t *testing.T) {
	r := sit(t, busy(), Look{Shelf: ownThemes(t, "broken")}, 120, 32).press("t", "up", "up").sees("cannot be used")
	r.types("brok").sees(`theme "broken": line 1`, "broken.toml").press("enter").sees("refund")
	if r.v.look.Theme == "broken" {
		t.Error("it was taken")
	}
	r.press("t").types("mine").sees("Ours").press("enter").sees("theme mine")
}

func TestOnALineTheNextThemeIsTaken(t *testing.T) {
	r := at(t, busy(), 60, 1).press("t")
	if r.v.overlay != noOverlay || r.v.look.Theme != "ember" {
		t.Errorf("overlay %d, theme %q", r.v.overlay, r.v.look.Theme)
	}
}

func TestTwoViewersChooseApart(t *testing.T) {
	a, b := at(t, busy(), 120, 32), at(t, busy(), 120, 32)
	before := *b.v.pen.Look
	a.press("t", "down", "tab", "right", "enter")
	if *b.v.pen.Look != before || b.v.look.Theme != themes.Default || b.v.overlay != noOverlay {
		t.Error("the choice of one viewer reached another")
	}
}
