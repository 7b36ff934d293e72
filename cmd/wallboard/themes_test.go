//go:build unix

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wallboard/themes"
)

// ownThemes returns an environment whose folder of themes holds the files.
func ownThemes(t *testing.T, files map[string]string) map[string]string {
	t.Helper()
	home := t.TempDir()
	dir := filepath.Join(home, "wallboard", "themes")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return map[string]string{"XDG_CONFIG_HOME": home, "TERM": "xterm-256color"}
}

func TestThemesAreListedWithTheirTitlesAndYourOwn(t *testing.T) {
	env := ownThemes(t, map[string]string{"mine.toml": themes.Sample(), "broken.toml": "title = "})
	r := call{env: env}.run(t, "themes").ends(exitFine)
	r.prints("Dusk: calm, dark blue", "mine", "(your own)", `cannot be used: theme "broken": line 1`, "broken.toml")
	call{env: env}.run(t, "themes", "--lang", "zh-CN").ends(exitFine).prints("红绿色觉友好")
	seen := 0
	for line := range strings.Lines(call{env: env}.run(t, "themes", "--json").ends(exitFine).stdout) {
		var one themeLine
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			t.Fatal(err)
		}
		if own := one.Name == "mine" || one.Name == "broken"; own != one.Own || (one.Name == "broken") != (one.Error != "") {
			t.Errorf("%+v", one)
		}
		seen++
	}
	if seen != len(themes.Names())+2 {
		t.Errorf("%d themes", seen)
	}
}

func TestTheSampleIsAThemeThatCanBeChecked(t *testing.T) {
	file := write(t, "mine.toml", run(t, "themes", "--sample").ends(exitFine).stdout)
	run(t, "themes", "check", file).ends(exitFine).prints("Contrast to the ground", "tritanopia", "heat steps", "Everything that the theme must hold does")
	run(t, "themes", "show", file).ends(exitFine).prints("mine", "critical")
}

func TestAThemeIsHeldToWhatItClaims(t *testing.T) {
	for name, c := range map[string]struct{ old, with, says string }{
		"a text that cannot be read":              {`hex = "#929bb0"`, `hex = "#303848"`, "FAIL  dim"},
		"a claim to suit who cannot tell it":      {"\n[colors]", "suits = \"deuteranopia\"\n\n[colors]", "FAIL  deuteranopia"},
		"a claim to high contrast that is not so": {"\n[colors]", "suits = \"contrast\"\n\n[colors]", "below 7.0"},
	} {
		t.Run(name, func(t *testing.T) {
			file := write(t, "mine.toml", strings.Replace(themes.Sample(), c.old, c.with, 1))
			run(t, "themes", "check", file).ends(exitUsage).prints(c.says).reports(`theme "mine"`, "FAIL")
		})
	}
	for _, name := range themes.Names() {
		run(t, "themes", "check", name).ends(exitFine)
	}
	run(t, "themes", "check", write(t, "mine.toml", "dark = true\n")).ends(exitUsage).reports("wallboard themes --sample")
}

func TestAThemeIsShownInColourOnlyWhereThatIsWanted(t *testing.T) {
	env := map[string]string{"TERM": "xterm-256color"}
	plain := call{env: env}.run(t, "themes", "show", "ember").ends(exitFine).prints("ember", "■ critical", "●●●●● 6/5")
	if strings.Contains(plain.stdout, "\x1b") {
		t.Error("a file gets escape sequences")
	}
	colored := call{env: env}.run(t, "themes", "show", "ember", "--ansi").ends(exitFine)
	if !strings.Contains(colored.stdout, "\x1b[") || !strings.Contains(colored.stdout, "38;5;") {
		t.Error("no colour")
	}
	for _, e := range []map[string]string{{"TERM": "xterm-256color", "NO_COLOR": "1"}} {
		if r := (call{env: e}).run(t, "themes", "show", "ember", "--ansi").ends(exitFine); strings.Contains(r.stdout, "38;5;") {
			t.Error("NO_COLOR is not honoured")
		}
	}
	ascii := call{env: env}.run(t, "themes", "show", "--ascii").ends(exitFine).prints("dusk", "# critical")
	if i := strings.IndexFunc(strings.ReplaceAll(ascii.stdout, "售后", ""), func(r rune) bool { return r > 0x7E }); i >= 0 {
		t.Errorf("--ascii prints %q", ascii.stdout[i:])
	}
	call{env: env}.run(t, "themes", "show", "--lang", "zh-CN").ends(exitFine).prints("级别", "严重")
}

func TestAllThemesAreShownButTheBroken(t *testing.T) {
	env := ownThemes(t, map[string]string{"broken.toml": "title = ", "mine.toml": themes.Sample()})
	r := call{env: env}.run(t, "themes", "show", "--all").ends(exitUsage).reports(`theme "broken"`)
	for _, name := range append(themes.Names(), "mine") {
		r.prints(" " + name + " ")
	}
	run(t, "themes", "show", "nosuch").ends(exitUsage).reports("dusk")
	run(t, "themes", "show", "dusk", "--all").ends(exitUsage).reports("not both")
}
