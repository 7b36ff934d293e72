package doctor

import (
	"cmp"
	"strings"
	"time"

	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/probe"
	"wallboard/tui/screen"
)

// Colours is what decides about colours.
type Colours struct {
	Getenv   func(string) string
	Flag     bool // --no-color
	Shown    bool // where colours can be seen
	Profile  screen.Profile
	Terminal probe.Answer // whether it draws 24 bits
}

// Colours says in which colours is drawn, and why.
func (d Doctor) Colours(c Colours) Report {
	names := map[screen.Profile]i18n.ID{
		screen.NoColor: i18n.DoctorProfileNone, screen.ANSI16: i18n.DoctorProfile16, screen.ANSI256: i18n.DoctorProfile256, screen.TrueColor: i18n.DoctorProfileTrue,
	}
	why := "TERM=" + c.Getenv("TERM")
	switch {
	case c.Flag:
		why = "--no-color"
	case c.Getenv("NO_COLOR") != "":
		why = "NO_COLOR"
	case c.Getenv("COLORTERM") != "" && c.Profile == screen.TrueColor:
		why = "COLORTERM=" + c.Getenv("COLORTERM")
	}
	f := d.found(i18n.DoctorColours, i18n.DoctorTitleProfile, OK, names[c.Profile], clean.Line(why))
	switch {
	case c.Profile == screen.TrueColor && c.Terminal == probe.No:
		f.Level = Warn
		f = d.advise(f, i18n.DoctorProfileLess)
	case c.Profile != screen.TrueColor && c.Profile != screen.NoColor && c.Terminal == probe.Yes:
		f = d.advise(f, i18n.DoctorProfileMore)
	}
	r := Report{f}
	if c.Shown && c.Profile != screen.NoColor {
		r = append(r, Finding{Section: i18n.DoctorColours, Check: i18n.DoctorTitleSample, Sample: true})
	}
	return r
}

// Locale is what decides about language, encoding and time zone.
type Locale struct {
	Getenv    func(string) string
	Flag      string // --lang
	File      string // [wall] lang
	Lang      i18n.Lang
	ZoneFlag  string // --tz
	Zone      *time.Location
	Now       time.Time
	ValidZone func(name string) bool
}

// Locale says which language, encoding and time zone are in force, and why.
func (d Doctor) Locale(l Locale) Report {
	name := map[i18n.Lang]string{i18n.English: "English", i18n.Chinese: "简体中文"}[l.Lang]
	why := firstSet(l.Getenv, "LC_ALL", "LC_MESSAGES", "LANG")
	switch {
	case l.Flag != "":
		why = clean.Line("--lang " + l.Flag)
	case l.File != "":
		why = clean.Line(`[wall] lang = "` + l.File + `"`)
	}
	lang := d.because(i18n.DoctorTitleLang, clean.Line(name), why)
	return Report{lang, d.encoding(l), d.zone(l)}
}

// because says what is in force and why; no reason is that no locale is set.
func (d Doctor) because(check i18n.ID, what, why clean.Text) Finding {
	if why.Empty() {
		return d.found(i18n.DoctorLocale, check, OK, i18n.DoctorNothingSet, what)
	}
	return d.found(i18n.DoctorLocale, check, OK, i18n.DoctorBecause, what, why)
}

// firstSet returns the first variable that is set, with its value.
func firstSet(getenv func(string) string, names ...string) clean.Text {
	for _, name := range names {
		if v := getenv(name); v != "" {
			return clean.Line(name + "=" + v)
		}
	}
	return clean.Text{}
}

func (d Doctor) encoding(l Locale) Finding {
	why := firstSet(l.Getenv, "LC_ALL", "LC_CTYPE", "LANG")
	value := strings.ToLower(cmp.Or(l.Getenv("LC_ALL"), l.Getenv("LC_CTYPE"), l.Getenv("LANG")))
	if value != "" && !strings.Contains(value, "utf-8") && !strings.Contains(value, "utf8") {
		return d.advise(d.found(i18n.DoctorLocale, i18n.DoctorTitleEncoding, Warn, i18n.DoctorNoUTF8, why), i18n.DoctorNoUTF8Advice)
	}
	return d.because(i18n.DoctorTitleEncoding, clean.Own("UTF-8"), why)
}

func (d Doctor) zone(l Locale) Finding {
	// A TZ that is no zone is taken for UTC without a word.
	set := strings.TrimPrefix(l.Getenv("TZ"), ":")
	if l.ZoneFlag == "" && set != "" && !l.ValidZone(set) {
		return d.advise(d.found(i18n.DoctorLocale, i18n.DoctorTitleZone, Warn, i18n.DoctorZoneUnknown, clean.Line(set)), i18n.DoctorZoneAdvice)
	}
	why := d.Say.Say(i18n.DoctorMachine)
	switch {
	case l.ZoneFlag != "":
		why = clean.Line("--tz " + l.ZoneFlag)
	case set != "":
		why = clean.Line("TZ=" + set)
	}
	at := l.Now.In(l.Zone)
	name := l.Zone.String()
	if name == "Local" {
		name, _ = at.Zone()
	}
	return d.found(i18n.DoctorLocale, i18n.DoctorTitleZone, OK, i18n.DoctorBecause, clean.Line(name+" "+at.Format("-07:00")), why)
}

// Config is what is known of the configuration and of where state is kept.
type Config struct {
	Path     string // looked at; empty: nothing says where
	Found    bool
	Err      string // why it is refused
	State    string // folder; empty: nothing says where
	StateErr string // why it cannot be written
}

// Config says whether the configuration is understood.
func (d Doctor) Config(c Config) Report {
	var r Report
	switch {
	case c.Path == "":
		r = append(r, d.found(i18n.DoctorConfig, i18n.DoctorTitleFile, Warn, i18n.DoctorFileNowhere))
	case !c.Found && c.Err == "":
		r = append(r, d.advise(d.found(i18n.DoctorConfig, i18n.DoctorTitleFile, OK, i18n.DoctorFileNone, clean.Line(c.Path)), i18n.DoctorFileAdvice))
	default:
		r = append(r, Finding{Section: i18n.DoctorConfig, Check: i18n.DoctorTitleFile, Found: clean.Line(c.Path)})
		content := d.found(i18n.DoctorConfig, i18n.DoctorTitleContent, OK, i18n.DoctorContentRight)
		if c.Err != "" {
			content = Finding{Section: i18n.DoctorConfig, Check: i18n.DoctorTitleContent, Level: Fail, Found: clean.Line(c.Err)}
			content = d.advise(content, i18n.DoctorContentAdvice)
		}
		r = append(r, content)
	}
	switch {
	case c.State == "":
		return append(r, d.advise(d.found(i18n.DoctorConfig, i18n.DoctorTitleState, Warn, i18n.DoctorStateNowhere), i18n.DoctorStateAdvice))
	case c.StateErr != "":
		f := d.found(i18n.DoctorConfig, i18n.DoctorTitleState, Warn, i18n.DoctorStateWrong, clean.Line(c.State), clean.Line(c.StateErr))
		return append(r, d.advise(f, i18n.DoctorStateAdvice))
	}
	return append(r, d.found(i18n.DoctorConfig, i18n.DoctorTitleState, OK, i18n.DoctorStateRight, clean.Line(c.State)))
}
