package queuelog

import (
	"errors"
	"strconv"
	"strings"
)

// none stands in the log where a field does not apply.
const none = "NONE"

// entry is one line of the log.
type entry struct {
	at                 int64  // ms since the epoch
	call, queue, agent string // "" where the log says NONE
	verb               string
	parameters         []string
	line               string // as it stood, for the event's id
}

// parameter returns the nth parameter, "" if there is none.
func (e *entry) parameter(n int) string {
	if n < len(e.parameters) {
		return strings.TrimSpace(e.parameters[n])
	}
	return ""
}

// Why a line cannot be read; reports count by these texts.
var (
	errFields = errors.New("fewer than 5 fields")
	errTime   = errors.New("bad time")
	errVerb   = errors.New("bad verb")
	errCall   = errors.New("no call id")
	errQueue  = errors.New("no queue")
	errAgent  = errors.New("no agent")
	errLong   = errors.New("line too long")
	errCSV    = errors.New("bad CSV row")
)

// fixedFields are those before the parameters.
const fixedFields = 5

// parse reads a line that is not blank.
func parse(line string) (entry, error) {
	fields := strings.Split(line, "|")
	if len(fields) < fixedFields {
		return entry{}, errFields
	}
	at, err := epoch(strings.TrimSpace(fields[0]))
	if err != nil {
		return entry{}, err
	}
	given := func(text string) string {
		if text = strings.TrimSpace(text); text == none {
			return ""
		}
		return text
	}
	e := entry{at: at, call: given(fields[1]), queue: given(fields[2]), agent: given(fields[3]),
		verb: strings.TrimSpace(fields[4]), parameters: fields[fixedFields:], line: line}
	if !verbLike(e.verb) {
		return entry{}, errVerb
	}
	return e, nil
}

// verbLike keeps garbage from becoming names in the report of ignored verbs.
func verbLike(verb string) bool {
	if verb == "" || len(verb) > 40 {
		return false
	}
	for i := range len(verb) {
		c := verb[i]
		if (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' && c != '-' {
			return false
		}
	}
	return true
}

// The times accepted: 1980 to 2200, as on the wire.
const (
	earliestMs = 315532800000
	latestMs   = 7258118400000
)

// epoch reads seconds since the epoch, with or without a fraction, into ms;
// what is finer is cut off.
func epoch(text string) (int64, error) {
	whole, fraction, _ := strings.Cut(text, ".")
	seconds, err := strconv.ParseUint(whole, 10, 40)
	if err != nil {
		return 0, errTime
	}
	ms := int64(seconds) * 1000
	unit := int64(100)
	for i := range len(fraction) {
		if fraction[i] < '0' || fraction[i] > '9' {
			return 0, errTime
		}
		ms += int64(fraction[i]-'0') * unit
		unit /= 10
	}
	if ms < earliestMs || ms > latestMs {
		return 0, errTime
	}
	return ms, nil
}

// agentID is the digits of Agent/N, Local/N@… and SIP/N, else the name: one
// person appears as Agent/1141 in calls and as Local/1141@agents in queues.
func agentID(name string) string {
	for _, technology := range []string{"Agent/", "Local/", "SIP/"} {
		rest, found := strings.CutPrefix(name, technology)
		if !found {
			continue
		}
		digits := 0
		for digits < len(rest) && '0' <= rest[digits] && rest[digits] <= '9' {
			digits++
		}
		// A channel's own suffix (SIP/200-0000001a, Local/200@agents/n) is no part of the id.
		if digits > 0 && (digits == len(rest) || rest[digits] == '@' || rest[digits] == '-') {
			return rest[:digits]
		}
	}
	return name
}
