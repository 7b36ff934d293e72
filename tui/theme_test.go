package tui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wallboard/themes"
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
