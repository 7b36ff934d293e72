package doctor

import (
	"strconv"
	"strings"
	"time"

	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/probe"
	"wallboard/tui/screen"
)

// Terminal is what is known of the terminal.
type Terminal struct {
	Getenv        func(string) string
	There         bool // in and out are a terminal
	Width, Height int
	Asked         bool // Probe is what it answered
	Probe         probe.Result
	EscapeTime    int // of tmux, ms; below 0: not known
	ASCII         bool
	Profile       screen.Profile
}

// slowAnswer is how long a terminal may take to report its cursor.
const slowAnswer = 150 * time.Millisecond

// slowEscape is how long, in ms, tmux may hold esc back before it is felt.
const slowEscape = 100

// Terminal says what the terminal can do.
func (d Doctor) Terminal(t Terminal) Report {
	r := Report{d.termType(t)}
	if !t.There {
		f := d.found(i18n.DoctorTerminal, i18n.DoctorTitleAnswers, Skip, i18n.DoctorNoTerminal)
		return append(r, d.advise(f, i18n.DoctorNoTerminalAdvice))
	}
	r = append(r, d.size(t))
	if f, inside := d.inside(t); inside {
		r = append(r, f)
	}
	if !t.Asked {
		return r
	}
	r = append(r, d.answers(t))
	if t.Probe.Answers {
		r = append(r, d.sync(t))
		if t.Probe.Alternate != probe.Unknown {
			r = append(r, d.alternate(t))
		}
	}
	if t.Probe.Measured > 0 {
		r = append(r, d.widths(t))
	}
	return r
}

func (d Doctor) termType(t Terminal) Finding {
	name := t.Getenv("TERM")
	switch {
	case name == "" && !t.There:
		return d.found(i18n.DoctorTerminal, i18n.DoctorTitleTerm, Skip, i18n.DoctorTermUnset)
	case name == "":
		return d.advise(d.found(i18n.DoctorTerminal, i18n.DoctorTitleTerm, Fail, i18n.DoctorTermUnset), i18n.DoctorTermAdvice)
	case name == "dumb":
		level := Fail
		if !t.There {
			level = Skip
		}
		return d.advise(d.found(i18n.DoctorTerminal, i18n.DoctorTitleTerm, level, i18n.DoctorTermDumb, clean.Line(name)), i18n.DoctorTermAdvice)
	}
	return Finding{Section: i18n.DoctorTerminal, Check: i18n.DoctorTitleTerm, Found: clean.Line(name)}
}

func (d Doctor) size(t Terminal) Finding {
	w, h := number(t.Width), number(t.Height)
	switch {
	case t.Width <= 0 || t.Height <= 0:
		return d.advise(d.found(i18n.DoctorTerminal, i18n.DoctorTitleSize, Warn, i18n.DoctorSizeUnknown), i18n.DoctorSizeAdvice)
	case t.Width < 20 || t.Height < 5:
		return d.advise(d.found(i18n.DoctorTerminal, i18n.DoctorTitleSize, Warn, i18n.DoctorSizeSmall, w, h), i18n.DoctorSizeAdvice)
	case t.Width < 80 || t.Height < 24:
		return d.advise(d.found(i18n.DoctorTerminal, i18n.DoctorTitleSize, OK, i18n.DoctorSize, w, h), i18n.DoctorSizeAdvice)
	}
	return d.found(i18n.DoctorTerminal, i18n.DoctorTitleSize, OK, i18n.DoctorSize, w, h)
}

// inside says what the terminal runs in, where that changes what it can do.
func (d Doctor) inside(t Terminal) (Finding, bool) {
	name := t.Getenv("TERM")
	if t.Getenv("TMUX") == "" {
		if t.Getenv("STY") == "" {
			return Finding{}, false
		}
		return d.advise(d.found(i18n.DoctorTerminal, i18n.DoctorTitleInside, Warn, i18n.DoctorInsideScreen), i18n.DoctorInsideScreenAdvice), true
	}
	f := d.found(i18n.DoctorTerminal, i18n.DoctorTitleInside, OK, i18n.DoctorInsideTmux)
	if strings.HasPrefix(name, "screen") {
		f = d.advise(d.found(i18n.DoctorTerminal, i18n.DoctorTitleInside, Warn, i18n.DoctorTmuxTerm, clean.Line(name)), i18n.DoctorTmuxTermAdvice)
	}
	if t.EscapeTime > slowEscape {
		advice := f.Advice
		f = d.found(i18n.DoctorTerminal, i18n.DoctorTitleInside, Warn, i18n.DoctorTmuxEscape, number(t.EscapeTime))
		f.Advice = advice
		f = d.advise(f, i18n.DoctorTmuxEscapeAdvice)
	}
	if t.Profile != screen.TrueColor && t.Profile != screen.NoColor {
		f = d.advise(f, i18n.DoctorTmuxColourAdvice)
	}
	return f, true
}

func (d Doctor) answers(t Terminal) Finding {
	took := number(int(max(t.Probe.Took, time.Millisecond).Milliseconds()))
	switch {
	case !t.Probe.Answers:
		return d.advise(d.found(i18n.DoctorTerminal, i18n.DoctorTitleAnswers, Warn, i18n.DoctorMute), i18n.DoctorMuteAdvice)
	case t.Probe.Took > slowAnswer:
		return d.advise(d.found(i18n.DoctorTerminal, i18n.DoctorTitleAnswers, Warn, i18n.DoctorAnsweredSlow, took), i18n.DoctorSlowAdvice)
	}
	return d.found(i18n.DoctorTerminal, i18n.DoctorTitleAnswers, OK, i18n.DoctorAnswered, took)
}

func (d Doctor) sync(t Terminal) Finding {
	if t.Probe.Sync == probe.Yes {
		return d.found(i18n.DoctorTerminal, i18n.DoctorTitleSync, OK, i18n.DoctorSyncYes)
	}
	return d.found(i18n.DoctorTerminal, i18n.DoctorTitleSync, OK, i18n.DoctorSyncNo)
}

func (d Doctor) alternate(t Terminal) Finding {
	if t.Probe.Alternate == probe.No {
		return d.found(i18n.DoctorTerminal, i18n.DoctorTitleScreen, Warn, i18n.DoctorScreenNo)
	}
	return d.found(i18n.DoctorTerminal, i18n.DoctorTitleScreen, OK, i18n.DoctorScreenYes)
}

// mostWrong is how many characters of another width are named.
const mostWrong = 24

func (d Doctor) widths(t Terminal) Finding {
	wrong := t.Probe.Wrong
	if len(wrong) == 0 {
		return d.found(i18n.DoctorTerminal, i18n.DoctorTitleWidths, OK, i18n.DoctorWidthsRight, number(t.Probe.Measured))
	}
	var names []string
	for _, c := range wrong[:min(len(wrong), mostWrong)] {
		names = append(names, c.Text)
	}
	level := Warn
	if t.ASCII {
		level = OK // none of them is drawn
	}
	which := clean.Line(strings.Join(names, " "))
	if probe.Ambiguous(wrong) {
		return d.advise(d.found(i18n.DoctorTerminal, i18n.DoctorTitleWidths, level, i18n.DoctorWidthsAmbiguous, which), i18n.DoctorAmbiguousAdvice)
	}
	return d.advise(d.found(i18n.DoctorTerminal, i18n.DoctorTitleWidths, level, i18n.DoctorWidthsWrong, which), i18n.DoctorWidthsAdvice)
}

func number(n int) clean.Text { return clean.Line(strconv.Itoa(n)) }
