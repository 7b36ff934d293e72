package main

import (
	"strings"
	"testing"
	"time"

	"wallboard/cmd/wallboard/config"
	"wallboard/tui"
	"wallboard/tui/layout"
)

func wallProgram(t *testing.T, text string) *program {
	t.Helper()
	file, err := config.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return &program{file: file, getenv: func(string) string { return "" }}
}

const voiceLayout = `
[[wall.layout]]
name = "voice"
tiles = ["service_level", "waiting"]
queues = ["*/voice"]
charts = ["waiting", "service_level"]
panels = []
`

func TestTheConfigurationSaysWhatAWallShows(t *testing.T) {
	p := wallProgram(t, `
[wall]
wall = true
rotate = "30s"
rotation = ["wall", "queue:refund", "wall@channel:chat", "layout:voice"]
use_layout = "voice"
big = "full"
`+voiceLayout)
	got, err := p.wall(&hanging{})
	if err != nil {
		t.Fatal(err)
	}
	if !got.Unattended || got.Every != 30*time.Second || len(got.Stops) != 4 || got.Layout == nil || got.Layout.Name != "voice" || got.Stops[3].Layout != got.Layout {
		t.Errorf("%+v", got)
	}
	if size, err := p.digits(&looks{}); err != nil || size != layout.DigitsFull {
		t.Errorf("digits %v, %v", size, err)
	}
	flags, err := p.wall(&hanging{rotate: time.Minute, rotation: []string{"heat"}, privacy: true})
	if err != nil || flags.Every != time.Minute || len(flags.Stops) != 1 || flags.Stops[0].Page != tui.PageHeat || !flags.Privacy {
		t.Errorf("flags win: %+v, %v", flags, err)
	}
}

func TestBigSaysHowLargeFiguresAre(t *testing.T) {
	for text, want := range map[string]layout.Digits{
		"": layout.DigitsFit, "big = true": layout.DigitsFive, "big = false": layout.DigitsFit, "big = 3": layout.DigitsThree, `big = "plain"`: layout.DigitsPlain, `big = "full"`: layout.DigitsFull,
	} {
		if got, err := wallProgram(t, "[wall]\n"+text).digits(&looks{}); err != nil || got != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	if got, _ := wallProgram(t, "[wall]\nbig = true").digits(&looks{plainDigits: true}); got != layout.DigitsPlain {
		t.Errorf("the flag does not win: %v", got)
	}
}

func TestMistakesAboutTheWallAreNamed(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a figure", "[[wall.layout]]\nname = \"a\"\ntiles = [\"servce_level\"]", `config: line 3: wall: layout "a": tiles: "servce_level" is not known; did you mean "service_level"?`},
		{"a panel", "[[wall.layout]]\nname = \"a\"\npanels = [\"poeple\"]", `line 3: wall: layout "a": panels: "poeple" is not known; did you mean "people"?`},
		{"a page", "[wall]\nrotation = [\"quees\"]", `line 2: wall: rotation "quees": "quees" is not known; did you mean "queues"?`},
		{"a layout of the rotation", "[wall]\nrotation = [\"layout:vioce\"]" + voiceLayout, `did you mean "voice"?`},
		{"a layout where there is none", "[wall]\nuse_layout = \"voice\"", `line 2: wall: use_layout: "voice" is not known; the configuration has none`},
		{"two of one name", voiceLayout + voiceLayout, `there are two layouts "voice"`},
		{"no name", "[[wall.layout]]\ntiles = [\"waiting\"]", "a layout needs one"},
		{"too fast to read", "[wall]\nrotate = \"1s\"", "a page cannot be read in less than 3s"},
	} {
		_, err := wallProgram(t, c.text).wall(&hanging{})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
	if _, err := wallProgram(t, "[wall]\nbig = \"huge\"").digits(&looks{}); err == nil || !strings.Contains(err.Error(), "known: fit, plain, 3, 5, full") {
		t.Errorf("a size: %v", err)
	}
}

func TestTheWallIsDescribedInWords(t *testing.T) {
	var out strings.Builder
	config.DescribeWall(&out, wallProgram(t, "[wall]\nwall = true\nrotate = \"20s\"\nrotation = [\"wall\", \"heat\"]"+voiceLayout).file.Wall)
	for _, want := range []string{"nobody touches the terminal", "every 20s, at once, the next of these is shown: wall, heat", `layout "voice": figures service_level, waiting; queues */voice; charts waiting, service_level; no panels below`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
	out.Reset()
	config.DescribeWall(&out, config.Wall{})
	if out.Len() > 0 {
		t.Errorf("what nobody changed is mentioned:\n%s", out.String())
	}
}
