package queuelog

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// Options say what the log itself does not.
type Options struct {
	Floor   string                       // default pbx
	Channel string                       // default voice
	Source  string                       // default /asterisk/queue_log
	Strict  bool                         // the first unreadable line ends the import
	Problem func(line int, reason error) // called for every unreadable line; may be nil
	Note    func(text string)            // called for what is said once; may be nil
}

// Report counts what became of the lines: Lines = Blank + Used + the sum of
// Ignored + the sum of Unreadable.
type Report struct {
	Lines      int64
	Blank      int64
	Used       int64            // lines that became events, or could have (a QUEUESTART with nobody waiting)
	Events     int64            // events given
	Ignored    map[string]int64 // lines without effect, by verb
	Unreadable map[string]int64 // lines that could not be read, by reason
	Cleaned    int64            // texts that cleaning had to change
}

// maxIgnoredVerbs bounds the names kept; further ones count as "other".
const maxIgnoredVerbs = 256

// Emit takes an event. The event is overwritten afterwards.
type Emit func(*metrics.Event) error

// Translator turns lines into events, in the order of the lines. It remembers
// which sessions wait. Not safe for concurrent use.
type Translator struct {
	options                Options
	floor, channel, source clean.Text
	salt                   string
	waiting                map[string]string // session → its queue
	export                 bool              // the lines are rows of an export
	report                 Report
	ev                     metrics.Event
}

// NewTranslator returns a translator for one log.
func NewTranslator(options Options) *Translator {
	or := func(given, usual string) string {
		if given == "" {
			return usual
		}
		return given
	}
	t := &Translator{options: options, waiting: make(map[string]string),
		report: Report{Ignored: make(map[string]int64), Unreadable: make(map[string]int64)}}
	t.floor = t.token(or(options.Floor, "pbx"), "floor")
	t.channel = t.token(or(options.Channel, "voice"), "channel")
	t.source = t.clean(or(options.Source, "/asterisk/queue_log"))
	t.salt = t.floor.String()
	return t
}

// Report returns the counts so far.
func (t *Translator) Report() Report { return t.report }

// Line translates one line without its end. The error is that of emit, or with
// Strict that of the line.
func (t *Translator) Line(line string, emit Emit) error {
	e, ok, err := t.read(line)
	if err != nil || !ok {
		return err
	}
	return t.entry(&e, emit)
}

// read counts and parses one line; ok says that there is an entry to translate.
func (t *Translator) read(line string) (e entry, ok bool, err error) {
	t.report.Lines++
	line = strings.TrimSuffix(line, "\r")
	if t.report.Lines == 1 {
		line = strings.TrimPrefix(line, "\ufeff")
		t.export = strings.HasPrefix(line, exportHeader)
		if t.export {
			t.report.Blank++ // the header is no entry
			return e, false, nil
		}
	}
	if strings.TrimSpace(line) == "" {
		t.report.Blank++
		return e, false, nil
	}
	if len(line) > maxLineBytes {
		return e, false, t.unreadable(errLong)
	}
	if t.export {
		if line, err = rearranged(line); err != nil {
			return e, false, t.unreadable(err)
		}
	}
	e, err = parse(line)
	if err == nil {
		err = complete(&e)
	}
	if err != nil {
		return e, false, t.unreadable(err)
	}
	if effects[e.verb] == nil {
		t.ignore(e.verb)
		return e, false, nil
	}
	t.report.Used++
	return e, true, nil
}

// unreadable counts the line read last.
func (t *Translator) unreadable(reason error) error {
	t.report.Unreadable[reason.Error()]++
	reason = fmt.Errorf("queuelog: line %d: %w", t.report.Lines, reason)
	if t.options.Problem != nil {
		t.options.Problem(int(t.report.Lines), reason)
	}
	if t.options.Strict {
		return reason
	}
	return nil
}

func (t *Translator) ignore(verb string) {
	if _, known := t.report.Ignored[verb]; !known && len(t.report.Ignored) >= maxIgnoredVerbs {
		verb = "other"
	}
	t.report.Ignored[verb]++
}

// entry gives the events of an entry to emit.
func (t *Translator) entry(e *entry, emit Emit) error {
	return effects[e.verb](t, e, emit)
}

// event begins an event; part tells several of one line apart.
func (t *Translator) event(e *entry, kind metrics.EventType, part string) *metrics.Event {
	t.ev = metrics.Event{Type: kind, Time: e.at, Source: t.source, Floor: t.floor, Queue: t.clean(e.queue), Agent: t.clean(agentID(e.agent))}
	text := e.line
	if part != "" {
		text += "\x00" + part
	}
	sum := sha256.Sum256([]byte(text))
	t.ev.ID = t.clean(hex.EncodeToString(sum[:16]))
	if kind.Session() {
		t.ev.Session, t.ev.Channel = t.clean(e.call), t.channel
	}
	return &t.ev
}

func (t *Translator) give(ev *metrics.Event, emit Emit) error {
	t.report.Events++
	return emit(ev)
}

// clean passes an outside text through the choke point. Nothing stays nothing.
func (t *Translator) clean(text string) clean.Text {
	if text == "" {
		return clean.Text{}
	}
	cleaned, changed := clean.String(text)
	if changed {
		t.report.Cleaned++
	}
	return cleaned
}

// pseudonym stands for a caller's number, which is nobody's business on a
// stream: equal numbers on one floor stay equal, and that is all.
func (t *Translator) pseudonym(number string) string {
	switch strings.ToLower(number) {
	case "", "anonymous", "unknown", "unavailable", "restricted", "private", "none", "asterisk", "<unknown>":
		return ""
	}
	sum := sha256.Sum256([]byte(t.salt + "\x00" + number))
	return "c-" + hex.EncodeToString(sum[:8])
}

// maxToken is the wire's limit on the names that enter a subject.
const maxToken = 32

// token folds a floor or channel to what the wire allows, and says so.
func (t *Translator) token(name, what string) clean.Text {
	folded := []byte(strings.ToLower(name))
	for i, c := range folded {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' && c != '-' {
			folded[i] = '_'
		}
	}
	text := string(folded[:min(len(folded), maxToken)])
	if text != name && t.options.Note != nil {
		t.options.Note(fmt.Sprintf("%s %q is written as %q", what, name, text))
	}
	return t.clean(text)
}

// sessionsWaiting lists them in a fixed order, so that a log always gives the
// same events.
func (t *Translator) sessionsWaiting() []string {
	calls := make([]string, 0, len(t.waiting))
	for call := range t.waiting {
		calls = append(calls, call)
	}
	slices.Sort(calls)
	return calls
}
