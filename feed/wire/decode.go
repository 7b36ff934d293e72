package wire

import (
	"strings"
	"unicode/utf8"
	"unsafe"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// MaxEventBytes is the size above which an event is rejected unread. In binary
// mode the ce- headers count as well as the payload.
const MaxEventBytes = 16 << 10

// Decoder turns messages into events. It reuses its buffers, so it belongs to
// one goroutine, and what an event borrows holds until the next Decode.
type Decoder struct {
	scan    scanner
	attrs   [numAttrs]value
	given   attrSet            // which of attrs hold a value of this event
	order   [numAttrs + 2]attr // in which the last event had its attributes
	data    []member
	texts   []clean.Text
	members []metrics.Membership
	slots   []metrics.ChannelSlots
	cleaned int64
	fault   Rejection // of the event being decoded; Reason "" while there is none
	payload []byte
	badData bool // data is neither an object nor absent
}

// value is an attribute's value: its text and what kind it is.
type value struct {
	text    string
	kind    kind
	escaped bool
}

// NewDecoder returns a Decoder.
func NewDecoder() *Decoder { return &Decoder{} }

// Cleaned returns how many strings of all events so far had to be cleaned.
func (d *Decoder) Cleaned() int64 { return d.cleaned }

// Decode reads one message into ev, overwriting all of it. subject is "" for an
// event from a file, whose recordedtime then stands for its arrival. arrival is
// in milliseconds since the epoch, 0 if it is not known. ev borrows from
// payload, header and the Decoder and must not be kept without copying.
//
// The error is a *Rejection, and ev then means nothing. A type that is not of
// the contract is no error: ev.Type is TypeUnknown and ev.Reason its name.
func (d *Decoder) Decode(subject string, header map[string][]string, payload []byte, arrival int64, ev *metrics.Event) error {
	d.begin(payload)
	if len(payload) > MaxEventBytes {
		return d.reject(ReasonTooLarge, "", "")
	}
	switch d.mode(header, payload) {
	case modeBatch:
		return d.reject(ReasonBatch, "", "")
	case modeBinary:
		d.readHeader(header)
		d.readData()
	default:
		d.readEnvelope()
	}
	if d.fault.Reason == "" {
		d.fill(subject, arrival, ev)
	}
	if d.fault.Reason != "" {
		return d.rejection()
	}
	return nil
}

func (d *Decoder) begin(payload []byte) {
	d.given = 0
	d.data, d.texts, d.members, d.slots = d.data[:0], d.texts[:0], d.members[:0], d.slots[:0]
	d.fault, d.payload, d.badData = Rejection{}, payload, false
	d.scan.start(payload)
}

// fail notes why the event is rejected; the first reason stands.
func (d *Decoder) fail(reason, field, found string) {
	if d.fault.Reason == "" {
		d.fault = Rejection{Reason: reason, Field: field, Sample: sampleOf(found)}
	}
}

func (d *Decoder) reject(reason, field, found string) error {
	d.fail(reason, field, found)
	return d.rejection()
}

func (d *Decoder) rejection() error {
	r := d.fault
	if r.Sample.Empty() {
		head := d.payload[:min(len(d.payload), sampleBytes)]
		r.Sample = sampleOf(string(head))
	}
	return &r
}

// mode is how a message carries its event.
type mode uint8

const (
	modeStructured mode = iota
	modeBinary
	modeBatch
)

const (
	batchContent      = "application/cloudevents-batch"
	structuredContent = "application/cloudevents+json"
	headerPrefix      = "ce-"
)

// mode decides as the contract does: the content type first, then whether any
// ce- header is there, then how the payload begins. What is neither is read as
// structured, which says what is wrong with it.
func (d *Decoder) mode(header map[string][]string, payload []byte) mode {
	structured, binary := false, false
	for key, values := range header {
		if len(key) > len(headerPrefix) && strings.EqualFold(key[:len(headerPrefix)], headerPrefix) {
			binary = true
			continue
		}
		if !strings.EqualFold(key, "Content-Type") {
			continue
		}
		for _, v := range values {
			if hasPrefixFold(v, batchContent) {
				return modeBatch
			}
			structured = structured || hasPrefixFold(v, structuredContent)
		}
	}
	if binary && !structured {
		return modeBinary
	}
	if i := d.scan.space(0); i < len(payload) && payload[i] == '[' {
		return modeBatch
	}
	return modeStructured
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// readEnvelope scans a structured event: every attribute into d.attrs, the
// members of data into d.data.
func (d *Decoder) readEnvelope() {
	s := &d.scan
	if !utf8.Valid(s.text) {
		d.fail(ReasonBadUTF8, "", "")
		return
	}
	i := s.space(0)
	if i >= len(s.text) || s.text[i] != '{' {
		d.fail(ReasonBadJSON, "", "")
		return
	}
	if i = d.envelope(i); i >= 0 && s.space(i) != len(s.text) {
		s.stop(ReasonBadJSON)
	}
	if reason := s.verdict(); reason != "" {
		d.fail(reason, "", "")
	}
}

// envelope is scanner.object for the event itself: the attributes that are read
// go to their places, where one is found to be there twice without comparing.
func (d *Decoder) envelope(i int) int {
	s := &d.scan
	var names nameSet
	var seen attrSet
	i = s.space(i + 1)
	if i < len(s.text) && s.text[i] == '}' {
		return i + 1
	}
	nth := 0
	for done := false; !done; nth++ {
		var a attr
		var v span
		if i, a = d.attrName(i, nth, &names); i < 0 {
			return -1
		}
		switch {
		case a == attrData:
			i = d.dataValue(i, 1)
		case i < len(s.text) && s.text[i] == '"':
			i, v = s.stringValue(i)
		default:
			i, v = s.value(i, 1)
		}
		if i < 0 {
			return -1
		}
		if a != attrOther {
			s.duplicate = s.duplicate || seen.has(a)
			seen |= 1 << a
			if a < numAttrs && v.kind != kindNull {
				d.given |= 1 << a
				d.attrs[a] = value{s.str[v.start:v.end], v.kind, v.escaped}
			}
		}
		i, done = s.more(i, '}')
	}
	return i
}

// attrName scans the nth name and colon of an event, at i, and returns where its
// value begins. A publisher writes its attributes in the same order again and
// again: the name that stood here last time is tried before any other, which
// saves half of the cost of reading names.
func (d *Decoder) attrName(i, nth int, names *nameSet) (int, attr) {
	s := &d.scan
	if nth < len(d.order) {
		a := d.order[nth]
		if quoted := quotedNames[a]; quoted != "" && strings.HasPrefix(s.str[i:], quoted) {
			return s.space(i + len(quoted)), a
		}
	}
	i, name := s.name(i)
	if i < 0 {
		return -1, attrOther
	}
	a := attrOf(name)
	if nth < len(d.order) {
		d.order[nth] = a
	}
	if a == attrOther {
		s.note(names, s.nested, name)
		s.nested = append(s.nested, member{name: name})
	}
	return i, a
}

// dataValue scans data and keeps its members. A second data is a duplicate
// name, so that the first one's are lost does not matter.
func (d *Decoder) dataValue(i, depth int) int {
	s := &d.scan
	if i < len(s.text) && s.text[i] == '{' {
		d.data = d.data[:0]
		return s.object(i, depth+1, &d.data)
	}
	i, v := s.value(i, depth)
	if v.kind != kindNull {
		d.badData = true
	}
	return i
}

// readData scans the payload of a binary event, which is its data. An empty
// payload is no data.
func (d *Decoder) readData() {
	s := &d.scan
	if d.fault.Reason != "" || len(s.text) == 0 {
		return
	}
	if !utf8.Valid(s.text) {
		d.fail(ReasonBadUTF8, "", "")
		return
	}
	if i := d.dataValue(s.space(0), 0); i >= 0 && s.space(i) != len(s.text) {
		s.stop(ReasonBadJSON)
	}
	if reason := s.verdict(); reason != "" {
		d.fail(reason, "", "")
	}
}

// readHeader takes the attributes of a binary event from its headers.
func (d *Decoder) readHeader(header map[string][]string) {
	size, badPercent, badUTF8, twice := len(d.payload), false, false, false
	for key, values := range header {
		if len(key) <= len(headerPrefix) || !strings.EqualFold(key[:len(headerPrefix)], headerPrefix) {
			continue
		}
		for _, v := range values {
			size += len(key) + len(v)
		}
		var lower [len("recordedtime")]byte
		a := attrOf(string(foldName(lower[:0], key[len(headerPrefix):])))
		if len(values) > 1 || a < numAttrs && d.given.has(a) {
			twice = true
		}
		if a >= numAttrs || len(values) == 0 {
			continue
		}
		text, ok := d.percent(values[0])
		badPercent = badPercent || !ok
		badUTF8 = badUTF8 || !utf8.ValidString(text)
		d.given |= 1 << a
		d.attrs[a] = value{text: text, kind: kindString}
	}
	// Judged after the loop: a map has no order, a rejection must have one.
	switch {
	case size > MaxEventBytes:
		d.fail(ReasonTooLarge, "", "")
	case badUTF8:
		d.fail(ReasonBadUTF8, "", "")
	case badPercent:
		d.fail(ReasonBadPercent, "", "")
	case twice:
		d.fail(ReasonDuplicateName, "", "")
	}
}

// foldName appends a header's name in lower case to dst, as far as a known
// attribute can be long.
func foldName(dst []byte, name string) []byte {
	if len(name) > cap(dst) {
		return nil
	}
	for _, c := range []byte(name) {
		dst = append(dst, lowerASCII(c))
	}
	return dst
}

// percent resolves the percent-encoding of a header's value.
func (d *Decoder) percent(v string) (string, bool) {
	if strings.IndexByte(v, '%') < 0 {
		return v, true
	}
	s := &d.scan
	from := len(s.scratch)
	for i := 0; i < len(v); i++ {
		c := v[i]
		if c == '%' {
			if i+2 >= len(v) || unhex(v[i+1]) < 0 || unhex(v[i+2]) < 0 {
				return "", false
			}
			c = byte(unhex(v[i+1])<<4 | unhex(v[i+2]))
			i += 2
		}
		s.scratch = append(s.scratch, c)
	}
	resolved := s.scratch[from:]
	return unsafe.String(unsafe.SliceData(resolved), len(resolved)), true
}
