package cdr

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// Options change what a map says, for one import.
type Options struct {
	Floor   string                       // instead of the map's; empty: the map's
	Channel string                       // the same
	Source  string                       // the same
	Zone    *time.Location               // the same; nil: the map's
	Strict  bool                         // the first unreadable row ends the import
	Problem func(line int, reason error) // called for every unreadable row; may be nil
	Note    func(text string)            // called for what is said once; may be nil
}

// Report counts what an import read. Every row is in exactly one place:
// Rows = Used + the sum of Skipped + the sum of Unreadable.
type Report struct {
	Rows       int64            // rows after the header; of expanded lists each element
	Used       int64            // rows that became events
	Events     int64            // events given
	Skipped    map[string]int64 // rows the map leaves out, by reason
	Unreadable map[string]int64 // rows that could not be read, by reason
	Unserved   int64            // answered rows without an end of service
	Clamped    int64            // durations below zero, taken as zero
	Lost       int64            // messages after their session's end
	Cleaned    int64            // texts that cleaning had to change

	texts map[string]clean.Text // of the few distinct queues, agents, topics
	noted map[string]bool
	note  func(string)
}

func (r *Report) skip(reason string) { r.Skipped[reason]++ }

func sum(counts map[string]int64) (total int64) {
	for _, n := range counts {
		total += n
	}
	return total
}

// maxTexts bounds the texts kept to be shared: customers are as many as rows.
const maxTexts = 4096

// clean passes an outside text through the choke point. Nothing stays nothing.
// Equal texts share memory, which matters for a year of calls.
func (r *Report) clean(text string) clean.Text {
	if text == "" {
		return clean.Text{}
	}
	if known, ok := r.texts[text]; ok {
		return known
	}
	t, changed := clean.String(text)
	if changed {
		r.Cleaned++
		return t
	}
	t = t.Clone() // of the line it was cut from
	if len(r.texts) < maxTexts {
		r.texts[t.String()] = t
	}
	return t
}

// session cleans a session id. One too long to be kept whole is told apart by
// its hash, so that two that differ only in their ends stay two.
func (r *Report) session(text string) clean.Text {
	if len(text) > clean.MaxGraphemes {
		text = key(text)
	}
	return r.clean(text)
}

// reader gives the rows of a table.
type reader interface {
	next() (line int, fields []string, err error)
}

// sink takes the rows of a table.
type sink interface {
	row(r *row) *unreadable
}

// Import reads a table and gives its events to emit in time order; at one
// instant closed comes first, then queued, then assigned, then others, and
// equals in the order of their rows. The event is overwritten by the next one.
// The whole table is held in memory, some 400 bytes an event. A row that cannot
// be read is counted and skipped; the error is that of emit, of reading, of a
// map that does not fit the table, or with Strict of the first such row.
func (m *Map) Import(in io.Reader, options Options, emit func(*metrics.Event) error) (Report, error) {
	report := Report{Skipped: make(map[string]int64), Unreadable: make(map[string]int64),
		texts: make(map[string]clean.Text), noted: make(map[string]bool), note: options.Note}
	own := *m
	if options.Floor != "" {
		own.Floor = options.Floor
	}
	if options.Channel != "" {
		own.Channel = options.Channel
	}
	if options.Zone != nil {
		own.zone = options.Zone
	}
	var events timeline
	table, to, hidden, err := own.open(in, &events, &report)
	if err != nil {
		return report, fmt.Errorf("cdr: map %q: %w", m.Name, err)
	}
	if err := readAll(table, to, hidden, options, &report); err != nil {
		return report, fmt.Errorf("cdr: read table: %w", err)
	}
	if log, ok := to.(*eventLog); ok {
		log.finish()
	}
	report.Used = report.Rows - sum(report.Skipped) - sum(report.Unreadable)
	events.sort()
	err = own.give(&events, options, &report, emit)
	return report, err
}

// open reads the header and binds the map to it.
func (m *Map) open(in io.Reader, events *timeline, report *Report) (reader, sink, *mask, error) {
	source := lines{in: bufio.NewReaderSize(in, 64<<10)}
	var (
		h     header
		table reader
	)
	switch m.Format {
	case formatJSONL:
		h = header{at: make(map[string]int), open: true}
		table = &jsonRows{lines: source, expand: m.Expand, header: &h}
	default:
		comma := m.Delimiter
		if m.Format == formatTSV {
			comma = "\t"
		}
		rows := &separated{lines: source, comma: comma, quoting: m.Format == formatCSV}
		names := m.Columns
		if len(names) == 0 {
			_, first, err := rows.next()
			if err != nil && !errors.Is(err, io.EOF) {
				return nil, nil, nil, fmt.Errorf("header: %w", err)
			}
			names = first
		}
		h, table = newHeader(names), rows
		rows.columns = len(names)
	}
	var (
		to  sink
		err error
	)
	if m.Activity != "" {
		to, err = bindEventLog(m, &h, events, report)
	} else {
		to, err = bindContacts(m, &h, events, report)
	}
	if err != nil {
		return nil, nil, nil, err
	}
	hidden, err := m.bindMask(&h)
	if err != nil {
		return nil, nil, nil, err
	}
	return table, to, hidden, nil
}

// readAll takes every row to the sink and counts what became of it.
func readAll(table reader, to sink, hidden *mask, options Options, report *Report) error {
	for {
		line, fields, err := table.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		var bad *unreadable
		if err != nil && !errors.As(err, &bad) {
			return err
		}
		report.Rows++
		if bad == nil {
			bad = to.row(&row{line: line, fields: fields, mask: hidden})
		}
		if bad == nil {
			continue
		}
		report.Unreadable[bad.reason]++
		if options.Problem != nil {
			options.Problem(line, bad)
		}
		if options.Strict {
			return bad
		}
	}
}

// give emits the sorted steps as events.
func (m *Map) give(events *timeline, options Options, report *Report, emit func(*metrics.Event) error) error {
	text := m.Source
	if options.Source != "" {
		text = options.Source
	}
	source := report.clean(text)
	var ev metrics.Event
	for i := range events.steps {
		events.steps[i].event(&ev, source)
		if err := emit(&ev); err != nil {
			return err
		}
		report.Events++
	}
	return nil
}

// maxToken is the wire's limit on the names that enter a subject.
const maxToken = 32

// anyChannel is the wire's name of a channel that is not known.
const anyChannel = "any"

// place fills in the floor and channel of a contact; reason says what a row
// that cannot be used lacks.
func (r *Report) place(c *contact, texts *texts, row *row) (reason string) {
	if c.session.Empty() {
		return "no session id"
	}
	floor, channel := texts.floor.fill(row), texts.channel.fill(row)
	if floor == "" {
		return "no floor"
	}
	if channel == "" {
		channel = anyChannel
	}
	c.floor, c.channel = r.token(floor, "floor"), r.token(channel, "channel")
	return ""
}

// token folds a floor or channel to what the wire allows, and says so once.
func (r *Report) token(name, what string) clean.Text {
	folded := []byte(strings.ToLower(name))
	for i, c := range folded {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' && c != '-' {
			folded[i] = '_'
		}
	}
	text := string(folded[:min(len(folded), maxToken)])
	if text != name && r.note != nil && !r.noted[what+name] && len(r.noted) < maxTexts {
		r.noted[what+name] = true
		r.note(fmt.Sprintf("%s %q is written as %q", what, name, text))
	}
	return r.clean(text)
}
