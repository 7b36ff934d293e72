//go:build unix

package main

import (
	"slices"
	"testing"

	"wallboard/cmd/wallboard/config"
	"wallboard/tui"
	"wallboard/tui/style"
)

func TestTheConfigurationNamesEveryGlyphSet(t *testing.T) {
	for set := range style.NumGlyphSets {
		if !slices.Contains(config.GlyphNames(), set.String()) {
			t.Errorf("the configuration does not know %q", set)
		}
	}
	if len(config.GlyphNames()) != int(style.NumGlyphSets) {
		t.Errorf("the configuration knows %v", config.GlyphNames())
	}
}

func TestTheFirstThatSaysHowToDrawWins(t *testing.T) {
	for _, c := range []struct {
		name   string
		flags  looks
		wall   config.Wall
		locale string
		want   style.GlyphSet
	}{
		{"nothing said follows the locale", looks{}, config.Wall{}, "C", style.ASCII},
		{"the file wins over the locale", looks{}, config.Wall{Glyphs: config.Glyphs{Name: "braille"}}, "C", style.Braille},
		{"the older key of the file still works", looks{}, config.Wall{ASCII: true}, "en_US.UTF-8", style.ASCII},
		{"a flag wins over the file", looks{glyphs: glyphFlag{style.Unicode, true}}, config.Wall{Glyphs: config.Glyphs{Name: "braille"}, ASCII: true}, "C", style.Unicode},
		{"the shorthand is a flag", looks{ascii: true}, config.Wall{Glyphs: config.Glyphs{Name: "braille"}}, "en_US.UTF-8", style.ASCII},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := &program{file: &config.File{Wall: c.wall}, getenv: func(name string) string {
				if name == "LC_ALL" {
					return c.locale
				}
				return ""
			}}
			if got := p.look(&c.flags).Glyphs; got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestRedIsGoodOnlyWhereSomebodySaidSo(t *testing.T) {
	p := &program{file: &config.File{}, getenv: func(string) string { return "zh_CN.UTF-8" }}
	if p.look(&looks{}).Red != style.RedIsBad {
		t.Error("the locale alone swaps red and green")
	}
	if p.look(&looks{redIsGood: true}).Red != style.RedIsGood {
		t.Error("the flag does not")
	}
	p.file.Wall.RedIsGood = true
	if p.look(&looks{}).Red != style.RedIsGood {
		t.Error("the configuration does not")
	}
}

func TestAWrongGlyphSetIsAMistakeOfTheCall(t *testing.T) {
	run(t, "demo", "--glyphs", "emoji").ends(exitUsage).reports("unicode, braille, ascii")
	run(t, "demo", "--glyphs", "ascii", "--ascii").ends(exitUsage).reports("ascii glyphs")
	file := write(t, "config.toml", "[wall]\nglyphs = \"emoji\"\n")
	run(t, "check", "--config", file).ends(exitUsage).reports("line 2", "unicode, braille, ascii")
}

func TestFramesArePlainWhereSomebodySaidSo(t *testing.T) {
	p := &program{file: &config.File{}, getenv: func(string) string { return "" }}
	if p.look(&looks{}).Render != tui.RenderDiff {
		t.Error("they are plain unasked")
	}
	p.file.Wall.Render = config.Render{Name: "plain"}
	if p.look(&looks{}).Render != tui.RenderPlain {
		t.Error("the configuration does not make them plain")
	}
	if p.look(&looks{render: renderFlag{config.Render{Name: "diff"}}}).Render != tui.RenderDiff {
		t.Error("the flag does not win over the configuration")
	}
	run(t, "demo", "--render", "fast").ends(exitUsage).reports("diff, plain")
	run(t, "check", "--config", write(t, "config.toml", "[wall]\nrender = \"fast\"\n")).ends(exitUsage).reports("line 2", "diff, plain")
}
