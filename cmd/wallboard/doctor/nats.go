package doctor

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"wallboard/feed/natsfeed"
	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
)

// clockOff is how far apart the clocks of server and machine may be.
const clockOff = 2 * time.Second

// NATS says what a diagnosis of the server comes to; stream is empty on core
// NATS.
func (d Doctor) NATS(n natsfeed.Diagnosis, stream string) Report {
	var r Report
	for _, one := range n.Reach {
		r = append(r, d.reached(one, n))
	}
	if !n.Connected {
		if f := d.refusedLogin(n); f.Found != (clean.Text{}) {
			r = append(r, f)
		}
		return append(r, d.found(i18n.DoctorNATS, i18n.DoctorTitleStream, Skip, i18n.DoctorNotAsked))
	}
	r = append(r, d.login(n), d.stream(n, stream))
	if n.Stream != nil {
		r = append(r, d.floors(n))
	}
	r = append(r, d.reading(n), d.sharing(n))
	if n.SkewError > 0 {
		r = append(r, d.clocks(n))
	}
	return r
}

// why returns what the first screen says of the same cause.
func (d Doctor) why(c natsfeed.Cause) i18n.ID {
	return map[natsfeed.Cause]i18n.ID{
		natsfeed.CauseName: i18n.FirstNameWhy, natsfeed.CauseRefused: i18n.FirstRefusedWhy, natsfeed.CauseSilent: i18n.FirstSilentWhy,
		natsfeed.CauseUnreachable: i18n.FirstUnreachableWhy, natsfeed.CauseTLS: i18n.FirstTLSWhy, natsfeed.CauseAuth: i18n.FirstAuthWhy,
		natsfeed.CauseNoJetStream: i18n.FirstNoJetStreamWhy, natsfeed.CauseNoStream: i18n.FirstNoStreamWhy, natsfeed.CauseOther: i18n.FirstOtherWhy,
	}[c]
}

func (d Doctor) reached(one natsfeed.Reach, n natsfeed.Diagnosis) Finding {
	server := clean.Line(one.Server)
	if one.Cause == natsfeed.CauseNone {
		return d.found(i18n.DoctorNATS, i18n.DoctorTitleServer, OK, i18n.DoctorReached, server, millis(one.Took))
	}
	level := Fail
	if n.Connected {
		level = Warn // another of them answers
	}
	f := d.found(i18n.DoctorNATS, i18n.DoctorTitleServer, level, i18n.DoctorUnreached, server, clean.Line(one.Err))
	return d.advise(f, d.why(one.Cause), server)
}

// refusedLogin is why no connection came about though a server was reached.
func (d Doctor) refusedLogin(n natsfeed.Diagnosis) Finding {
	for _, one := range n.Reach {
		if one.Cause == natsfeed.CauseNone {
			f := Finding{Section: i18n.DoctorNATS, Check: i18n.DoctorTitleLogin, Level: Fail, Found: clean.Line(n.Err)}
			return d.advise(f, d.why(n.Cause), clean.Line(one.Server))
		}
	}
	return Finding{}
}

func (d Doctor) login(n natsfeed.Diagnosis) Finding {
	server, version := clean.Line(n.Server), clean.Line(n.Version)
	if older(n.Version, 2, 10) {
		return d.advise(d.found(i18n.DoctorNATS, i18n.DoctorTitleLogin, Warn, i18n.DoctorOldServer, server, version), i18n.DoctorOldServerAdvice)
	}
	return d.found(i18n.DoctorNATS, i18n.DoctorTitleLogin, OK, i18n.DoctorLoggedIn, server, version, millis(n.RTT))
}

// older says whether a version is below major.minor; one that cannot be read is not.
func older(version string, major, minor int) bool {
	parts := strings.Split(version, ".")
	if len(parts) < 2 {
		return false
	}
	a, err1 := strconv.Atoi(parts[0])
	b, err2 := strconv.Atoi(parts[1])
	return err1 == nil && err2 == nil && (a < major || a == major && b < minor)
}

func (d Doctor) stream(n natsfeed.Diagnosis, name string) Finding {
	switch {
	case name == "":
		return d.found(i18n.DoctorNATS, i18n.DoctorTitleStream, OK, i18n.DoctorStreamCore)
	case n.Stream == nil && n.StreamCause == natsfeed.CausePermission:
		return d.found(i18n.DoctorNATS, i18n.DoctorTitleStream, Fail, i18n.DoctorLacks, clean.Line("$JS.API.STREAM.INFO."+name))
	case n.Stream == nil:
		f := Finding{Section: i18n.DoctorNATS, Check: i18n.DoctorTitleStream, Level: Fail, Found: clean.Line(n.StreamErr)}
		f = d.advise(f, d.why(n.StreamCause), clean.Line(n.Server), clean.Line(name))
		if n.StreamCause == natsfeed.CauseNoStream {
			f.Advice = append(f.Advice, clean.Own("wallboard stream init"))
		}
		return f
	}
	s := n.Stream
	f := d.found(i18n.DoctorNATS, i18n.DoctorTitleStream, OK, i18n.DoctorStreamEmpty, clean.Line(s.Name))
	if s.Messages > 0 {
		f = d.found(i18n.DoctorNATS, i18n.DoctorTitleStream, OK, i18n.DoctorStreamIs, clean.Line(s.Name), clean.Line(fmt.Sprint(s.Messages)), d.moment(s.FirstTime), d.moment(s.LastTime))
	}
	for _, difference := range s.Differences {
		f.Level = Warn
		f = d.advise(f, i18n.DoctorStreamDiffers, clean.Line(s.Name), clean.Line(difference))
	}
	if len(s.Differences) > 0 {
		f = d.advise(f, i18n.DoctorStreamDiffersAdvice)
	}
	return f
}

func (d Doctor) floors(n natsfeed.Diagnosis) Finding {
	if len(n.Floors) == 0 {
		return d.found(i18n.DoctorNATS, i18n.DoctorTitleFloors, OK, i18n.DoctorFloorsNone)
	}
	return Finding{Section: i18n.DoctorNATS, Check: i18n.DoctorTitleFloors, Found: clean.Line(strings.Join(n.Floors, ", "))}
}

// reading says what reading lacks: all of it is needed.
func (d Doctor) reading(n natsfeed.Diagnosis) Finding {
	if len(n.Read) == 0 {
		return d.found(i18n.DoctorNATS, i18n.DoctorTitleRead, OK, i18n.DoctorReadRight)
	}
	f := d.found(i18n.DoctorNATS, i18n.DoctorTitleRead, Fail, i18n.DoctorLacksCount, number(len(n.Read)))
	return d.lacking(f, n.Read)
}

// sharing says what deciding together lacks: a board does without.
func (d Doctor) sharing(n natsfeed.Diagnosis) Finding {
	if len(n.Share) == 0 {
		return d.found(i18n.DoctorNATS, i18n.DoctorTitleShare, OK, i18n.DoctorShareRight)
	}
	f := d.found(i18n.DoctorNATS, i18n.DoctorTitleShare, Warn, i18n.DoctorShareLacks, number(len(n.Share)))
	return d.lacking(f, n.Share)
}

// lacking advises what to allow, one line for each action.
func (d Doctor) lacking(f Finding, all []natsfeed.Refusal) Finding {
	for _, action := range []struct {
		name string
		word i18n.ID
	}{{natsfeed.ToSubscribe, i18n.DoctorToSubscribe}, {natsfeed.ToPublish, i18n.DoctorToPublish}} {
		var those []natsfeed.Refusal
		for _, one := range all {
			if one.Action == action.name {
				those = append(those, one)
			}
		}
		if len(those) > 0 {
			f = d.advise(f, i18n.DoctorLacksAdvice, d.Say.Say(action.word), subjects(those))
		}
	}
	return f
}

// subjects joins what is refused, each subject once.
func subjects(all []natsfeed.Refusal) clean.Text {
	names := make([]string, 0, len(all))
	for _, one := range all {
		names = append(names, one.Subject)
	}
	return clean.Line(strings.Join(names, ", "))
}

func (d Doctor) clocks(n natsfeed.Diagnosis) Finding {
	off := n.Skew.Abs()
	if off-n.SkewError > clockOff {
		f := d.found(i18n.DoctorNATS, i18n.DoctorTitleClock, Warn, i18n.DoctorClockWrong, clean.Line(n.Skew.Round(time.Second/10).String()))
		return d.advise(f, i18n.DoctorClockAdvice)
	}
	return d.found(i18n.DoctorNATS, i18n.DoctorTitleClock, OK, i18n.DoctorClockRight, millis(off+n.SkewError))
}

// millis writes a duration in ms, at least 1.
func millis(t time.Duration) clean.Text {
	return number(int(max(t.Round(time.Millisecond), time.Millisecond).Milliseconds()))
}

// moment writes a time of a stream in the board's zone.
func (d Doctor) moment(t time.Time) clean.Text {
	return clean.Line(t.In(d.Zone).Format("2006-01-02 15:04:05"))
}
