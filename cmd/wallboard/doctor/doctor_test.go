package doctor

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"wallboard/feed/natsfeed"
	"wallboard/tui/i18n"
	"wallboard/tui/probe"
	"wallboard/tui/screen"
	"wallboard/tui/style"
	"wallboard/tui/text"
)

func speaking(t *testing.T, lang i18n.Lang) Doctor {
	t.Helper()
	say, err := i18n.Load(lang, i18n.Unicode)
	if err != nil {
		t.Fatal(err)
	}
	return Doctor{Say: say, Zone: time.UTC}
}

func environment(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

// of returns the finding of a check.
func (r Report) of(t *testing.T, check i18n.ID) Finding {
	t.Helper()
	for _, f := range r {
		if f.Check == check {
			return f
		}
	}
	t.Fatalf("nothing was found about %s in %v", check, r)
	return Finding{}
}

func TestWhatATerminalComesTo(t *testing.T) {
	good := probe.Result{Answers: true, Took: time.Millisecond, Sync: probe.Yes, Alternate: probe.Yes, TrueColor: probe.Yes, Measured: 60}
	with := func(change func(*probe.Result)) probe.Result { r := good; change(&r); return r }
	for _, tt := range []struct {
		name   string
		given  Terminal
		check  i18n.ID
		want   Level
		advice string
	}{
		{"a good one", Terminal{Getenv: environment("TERM", "xterm-256color"), There: true, Width: 120, Height: 32, Asked: true, Probe: good}, i18n.DoctorTitleWidths, OK, ""},
		{"none at all", Terminal{Getenv: environment("TERM", "xterm")}, i18n.DoctorTitleAnswers, Skip, "the terminal that the board will run in"},
		{"one without a name", Terminal{Getenv: environment(), There: true}, i18n.DoctorTitleTerm, Fail, "export TERM="},
		{"a dumb one", Terminal{Getenv: environment("TERM", "dumb"), There: true}, i18n.DoctorTitleTerm, Fail, "export TERM="},
		{"a strip", Terminal{Getenv: environment("TERM", "xterm"), There: true, Width: 80, Height: 2}, i18n.DoctorTitleSize, Warn, "80 x 24"},
		{"tmux as screen", Terminal{Getenv: environment("TERM", "screen-256color", "TMUX", "x"), There: true, Width: 80, Height: 24}, i18n.DoctorTitleInside, Warn, "tmux-256color"},
		{"tmux that holds esc back", Terminal{Getenv: environment("TERM", "tmux-256color", "TMUX", "x"), There: true, EscapeTime: 500}, i18n.DoctorTitleInside, Warn, "escape-time 10"},
		{"tmux without 24 bits", Terminal{Getenv: environment("TERM", "tmux-256color", "TMUX", "x"), There: true, Profile: screen.ANSI256}, i18n.DoctorTitleInside, OK, "RGB"},
		{"GNU screen", Terminal{Getenv: environment("TERM", "screen", "STY", "x"), There: true}, i18n.DoctorTitleInside, Warn, "tmux"},
		{"a mute one", Terminal{Getenv: environment("TERM", "xterm"), There: true, Asked: true}, i18n.DoctorTitleAnswers, Warn, "--ascii"},
		{"a slow one", Terminal{Getenv: environment("TERM", "xterm"), There: true, Asked: true, Probe: with(func(r *probe.Result) { r.Took = time.Second })}, i18n.DoctorTitleAnswers, Warn, "slow"},
		{"wide ambiguous characters", Terminal{Getenv: environment("TERM", "xterm"), There: true, Asked: true, Probe: with(func(r *probe.Result) { r.Wrong = []probe.Cells{{Text: "●", Got: 2, Want: 1}} })},
			i18n.DoctorTitleWidths, Warn, "narrow"},
		{"the same, not drawn", Terminal{Getenv: environment("TERM", "xterm"), There: true, Asked: true, ASCII: true, Probe: with(func(r *probe.Result) { r.Wrong = []probe.Cells{{Text: "●", Got: 2, Want: 1}} })},
			i18n.DoctorTitleWidths, OK, "narrow"},
		{"narrow ideographs", Terminal{Getenv: environment("TERM", "xterm"), There: true, Asked: true, Probe: with(func(r *probe.Result) { r.Wrong = []probe.Cells{{Text: "中", Got: 1, Want: 2}} })},
			i18n.DoctorTitleWidths, Warn, "font"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := speaking(t, i18n.English).Terminal(tt.given).of(t, tt.check)
			if f.Level != tt.want || !advises(f, tt.advice) {
				t.Errorf("%v %q, advice %v", f.Level, f.Found, f.Advice)
			}
		})
	}
}

func advises(f Finding, what string) bool {
	if what == "" {
		return len(f.Advice) == 0
	}
	for _, a := range f.Advice {
		if strings.Contains(a.String(), what) {
			return true
		}
	}
	return false
}

func TestWhyTheEnvironmentDecidesAsItDoes(t *testing.T) {
	d := speaking(t, i18n.English)
	said := func(r Report, check i18n.ID) string { return r.of(t, check).Found.String() }
	for want, c := range map[string]Colours{
		"no colour, because of NO_COLOR":                 {Getenv: environment("NO_COLOR", "1"), Profile: screen.NoColor},
		"no colour, because of --no-color":               {Getenv: environment("NO_COLOR", "1"), Profile: screen.NoColor, Flag: true},
		"24-bit colours, because of COLORTERM=truecolor": {Getenv: environment("COLORTERM", "truecolor"), Profile: screen.TrueColor},
		"256 colours, because of TERM=xterm-256color":    {Getenv: environment("TERM", "xterm-256color"), Profile: screen.ANSI256},
		"24-bit colours, because of TERM=xterm-kitty":    {Getenv: environment("TERM", "xterm-kitty"), Profile: screen.TrueColor},
	} {
		if got := said(d.Colours(c), i18n.DoctorTitleProfile); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	lies := d.Colours(Colours{Getenv: environment("COLORTERM", "truecolor"), Profile: screen.TrueColor, Terminal: probe.No}).of(t, i18n.DoctorTitleProfile)
	if lies.Level != Warn || !advises(lies, "unset COLORTERM") {
		t.Errorf("a terminal that denies its colours: %v", lies)
	}
	shanghai := time.FixedZone("Asia/Shanghai", 8*3600)
	valid := func(name string) bool { return name == "Asia/Shanghai" }
	r := d.Locale(Locale{Getenv: environment("LANG", "zh_CN.GBK", "TZ", "Asia/Shanghai"), Lang: i18n.Chinese, Zone: shanghai, Now: time.Unix(0, 0), ValidZone: valid})
	for check, want := range map[i18n.ID]string{
		i18n.DoctorTitleLang: "简体中文, because of LANG=zh_CN.GBK", i18n.DoctorTitleEncoding: "not UTF-8, because of LANG=zh_CN.GBK: only ASCII is drawn",
		i18n.DoctorTitleZone: "Asia/Shanghai +08:00, because of TZ=Asia/Shanghai",
	} {
		if got := said(r, check); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	r = d.Locale(Locale{Getenv: environment("TZ", "Shanghai"), Lang: i18n.English, Zone: time.UTC, Now: time.Unix(0, 0), ValidZone: valid})
	if f := r.of(t, i18n.DoctorTitleZone); f.Level != Warn {
		t.Errorf("a zone that does not exist: %v", f)
	}
}

func TestWhatAServerComesTo(t *testing.T) {
	reached := []natsfeed.Reach{{Server: "nats://h:4222"}}
	stream := &natsfeed.StreamInfo{Name: "FLOOR", Messages: 3}
	full := natsfeed.Diagnosis{Reach: reached, Connected: true, Server: "nats://h:4222", Version: "2.11.1", Stream: stream, Floors: []string{"hz"}, SkewError: time.Millisecond}
	with := func(change func(*natsfeed.Diagnosis)) natsfeed.Diagnosis { n := full; change(&n); return n }
	for _, tt := range []struct {
		name   string
		given  natsfeed.Diagnosis
		check  i18n.ID
		want   Level
		advice string
	}{
		{"all is well", full, i18n.DoctorTitleRead, OK, ""},
		{"nobody listens", natsfeed.Diagnosis{Reach: []natsfeed.Reach{{Server: "nats://h:1", Cause: natsfeed.CauseRefused, Err: "refused"}}}, i18n.DoctorTitleServer, Fail, "Nothing listens on nats://h:1"},
		{"one of two listens", with(func(n *natsfeed.Diagnosis) {
			n.Reach = []natsfeed.Reach{{Server: "nats://h:1", Cause: natsfeed.CauseRefused, Err: "refused"}, reached[0]}
		}), i18n.DoctorTitleServer, Warn, "Nothing listens"},
		{"wrong credentials", natsfeed.Diagnosis{Reach: reached, Cause: natsfeed.CauseAuth, Err: "nats: Authorization Violation"}, i18n.DoctorTitleLogin, Fail, "--creds"},
		{"an old server", with(func(n *natsfeed.Diagnosis) { n.Version = "2.9.25" }), i18n.DoctorTitleLogin, Warn, "update"},
		{"no stream", with(func(n *natsfeed.Diagnosis) { n.Stream, n.StreamCause = nil, natsfeed.CauseNoStream }), i18n.DoctorTitleStream, Fail, "wallboard stream init"},
		{"another stream", with(func(n *natsfeed.Diagnosis) {
			n.Stream = &natsfeed.StreamInfo{Name: "FLOOR", Differences: []string{"max age is 1h, the contract asks for 72h"}}
		}), i18n.DoctorTitleStream, Warn, "72h"},
		{"no permission to read", with(func(n *natsfeed.Diagnosis) {
			n.Read = []natsfeed.Refusal{{Action: natsfeed.ToSubscribe, Subject: "_INBOX_wb.>"}}
		}), i18n.DoctorTitleRead, Fail, "subscribe to _INBOX_wb.>"},
		{"no permission to share", with(func(n *natsfeed.Diagnosis) {
			n.Share = []natsfeed.Refusal{{Action: natsfeed.ToPublish, Subject: "$KV.wallboard.>"}}
		}), i18n.DoctorTitleShare, Warn, "publish to $KV.wallboard.>"},
		{"a clock that is off", with(func(n *natsfeed.Diagnosis) { n.Skew = -9 * time.Second }), i18n.DoctorTitleClock, Warn, "NTP"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := speaking(t, i18n.English).NATS(tt.given, "FLOOR").of(t, tt.check)
			if f.Level != tt.want || !advises(f, tt.advice) {
				t.Errorf("%v %q, advice %v", f.Level, f.Found, f.Advice)
			}
		})
	}
}

func TestAReportFitsItsPaperAndIsCountedRight(t *testing.T) {
	for _, lang := range i18n.Langs() {
		d := speaking(t, lang)
		r := d.Terminal(Terminal{Getenv: environment("TERM", "xterm"), There: true, Width: 80, Height: 24})
		r = append(r, d.Config(Config{Path: "/etc/a rather long path/that goes on and on/config.toml", Err: `line 3, column 1: unknown key "wall.them"`, State: "/nowhere", StateErr: "permission denied"})...)
		r = append(r, d.NATS(natsfeed.Diagnosis{Reach: []natsfeed.Reach{{Server: "nats://h:1", Cause: natsfeed.CauseSilent, Err: "i/o timeout"}}}, "FLOOR")...)
		sheet, err := Sheet(screen.TrueColor, style.Unicode)
		if err != nil {
			t.Fatal(err)
		}
		for _, width := range []int{WidthFor(1), WidthFor(80), WidthFor(0), WidthFor(500)} {
			var b, coloured bytes.Buffer
			if err := d.Text(&b, r, Paper{Sheet: sheet}, width); err != nil {
				t.Fatal(err)
			}
			if err := d.Text(&coloured, r, Paper{Sheet: sheet, Colour: true}, width); err != nil || !strings.Contains(coloured.String(), "\x1b[") {
				t.Errorf("no colour on paper that takes it: %v", err)
			}
			for _, line := range strings.Split(b.String(), "\n") {
				if text.Width(line) > width || strings.Contains(line, "\x1b") {
					t.Errorf("%s, %d wide: %q", lang, width, line)
				}
			}
			if last := d.Say.Fill(i18n.DoctorIll, number(2), number(len(r))).String(); !strings.HasSuffix(strings.TrimSpace(b.String()), last) {
				t.Errorf("the report does not end with %q:\n%s", last, b.String())
			}
		}
		for _, f := range r {
			if w := text.Width(d.Say.Say(f.Check).String()); w >= foundAt-titleAt {
				t.Errorf("%s: the title of %s takes %d cells", lang, f.Check, w)
			}
		}
	}
}

func TestJSONKeepsItsNamesInEveryLanguage(t *testing.T) {
	var b bytes.Buffer
	d := speaking(t, i18n.Chinese)
	if err := d.JSON(&b, d.Config(Config{Path: "/c.toml", Found: true, State: "/s"})); err != nil {
		t.Fatal(err)
	}
	var got struct {
		OK     bool
		Checks []struct{ Section, Check, Level, Found string }
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if !got.OK || len(got.Checks) != 3 || got.Checks[1].Section != "config" || got.Checks[1].Check != "content" || got.Checks[1].Level != "ok" {
		t.Errorf("got %s", b.String())
	}
}
