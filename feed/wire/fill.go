package wire

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// specVersion is the version of CloudEvents that is read and written.
const specVersion = "1.0"

// fill makes the event of what was read, checking in the order of the reasons.
func (d *Decoder) fill(subject string, arrival int64, ev *metrics.Event) {
	*ev = metrics.Event{}
	version, _ := d.plainText(attrSpecVersion)
	if version != "" && version != specVersion {
		d.fail(ReasonBadVersion, "specversion", version)
	}
	if d.given.has(attrDataBase64) {
		d.fail(ReasonBase64, "data_base64", "")
	}
	ev.ID = d.identity(attrID)
	ev.Source = d.identity(attrSource)
	name, given := d.plainText(attrType)
	d.need(attrType, given)
	ev.Time = d.instant(attrTime)
	ev.Arrival = arrival
	if recorded := d.instant(attrRecordedTime); subject == "" && recorded != 0 {
		ev.Arrival = recorded
	}
	ev.Floor = d.floor(subject)
	if d.fault.Reason != "" {
		return
	}
	if ev.Type = typeOf(name); ev.Type == metrics.TypeUnknown {
		ev.Reason = d.clean(name)
		return
	}
	s := &specs[ev.Type]
	d.fillAttrs(s, ev)
	if d.fault.Reason == "" {
		d.fillData(s, ev)
	}
}

// fillAttrs reads the attributes that the type may carry.
func (d *Decoder) fillAttrs(s *spec, ev *metrics.Event) {
	if s.reads.has(attrSession) {
		ev.Session = d.identity(attrSession)
		ev.Channel = d.channel()
	}
	if s.reads.has(attrQueue) {
		ev.Queue = d.attrText(attrQueue)
	}
	if s.reads.has(attrAgent) {
		ev.Agent = d.attrText(attrAgent)
	}
	if s.reads.has(attrCustomer) {
		ev.Customer = d.identity(attrCustomer)
	}
	d.need(attrQueue, !s.needs.has(attrQueue) || !ev.Queue.Empty())
	d.need(attrAgent, !s.needs.has(attrAgent) || !ev.Agent.Empty())
}

// need fails for an attribute that is needed and not there.
func (d *Decoder) need(a attr, given bool) {
	if !given && d.fault.Reason == "" {
		d.fail(missing(attrNames[a]), attrNames[a], "")
	}
}

// plainText returns the text of an attribute as it was sent. Integers and truth
// values read as their text; null and "" are not given.
func (d *Decoder) plainText(a attr) (text string, given bool) {
	if !d.given.has(a) {
		return "", false
	}
	v := &d.attrs[a]
	switch {
	case v.kind == kindString && !v.escaped, v.kind == kindTrue, v.kind == kindFalse:
		return v.text, v.text != ""
	case v.kind == kindString:
		return d.scan.unescape(v.text), true
	case v.kind == kindNumber && !strings.ContainsAny(v.text, ".eE"):
		return v.text, true
	}
	d.fail(ReasonBadType, attrNames[a], v.text)
	return "", false
}

// clean passes a string through the choke point and counts it if it needed to.
func (d *Decoder) clean(s string) clean.Text {
	t, changed := clean.String(s)
	if changed {
		d.cleaned++
	}
	return t
}

func (d *Decoder) attrText(a attr) clean.Text {
	text, given := d.plainText(a)
	if !given {
		return clean.Text{}
	}
	return d.clean(text)
}

// identity is attrText for what must stay distinct when it is long: where the
// cap cuts, the end gives way to a digest of the whole. Without it two ids that
// differ behind the cap would be one, and the second event a duplicate.
func (d *Decoder) identity(a attr) clean.Text {
	text, given := d.plainText(a)
	if a <= attrSource || a == attrSession {
		d.need(a, given)
	}
	if !given {
		return clean.Text{}
	}
	return d.distinct(text)
}

const (
	digestBytes = 8                                      // of SHA-256, in hexadecimal twice as long
	headLetters = clean.MaxGraphemes - 2*digestBytes - 1 // of the text before "~" and the digest
	headBytes   = clean.MaxBytes - 2*digestBytes - 1
)

func (d *Decoder) distinct(text string) clean.Text {
	t := d.clean(text)
	if len(text) <= clean.MaxGraphemes || len(clean.Line(text).String()) == len(t.String()) {
		return t
	}
	sum := sha256.Sum256([]byte(text))
	head, n := t.String(), 0
	for i := range head {
		if n == headLetters || i > headBytes {
			head = head[:i]
			break
		}
		n++
	}
	return clean.Own(strings.TrimRight(head, " ") + "~" + hex.EncodeToString(sum[:digestBytes]))
}

// instant returns the time in an attribute, 0 if it is not given.
func (d *Decoder) instant(a attr) int64 {
	text, given := d.plainText(a)
	if !given {
		return 0
	}
	ms, ok := parseTime(text)
	if !ok {
		d.fail(ReasonBadTime, attrNames[a], text)
	}
	return ms
}

// floor returns the event's floor: the attribute's, else the subject's.
func (d *Decoder) floor(subject string) clean.Text {
	own, given := d.plainText(attrFloor)
	addressed := subjectFloor(subject)
	if !given {
		if addressed == "" {
			d.need(attrFloor, false)
			return clean.Text{}
		}
		own = addressed
	}
	floor, ok := d.token(own)
	if !ok {
		d.fail(ReasonBadToken, "floor", own)
	} else if addressed != "" && !strings.EqualFold(addressed, floor.String()) {
		d.fail(ReasonFloorMismatch, "floor", own)
	}
	return floor
}

func (d *Decoder) channel() clean.Text {
	name, given := d.plainText(attrChannel)
	if !given {
		d.need(attrChannel, false)
		return clean.Text{}
	}
	channel, ok := d.token(name)
	if !ok {
		d.fail(ReasonBadToken, "channel", name)
	}
	return channel
}

// MaxTokenBytes is the longest name of a floor or channel.
const MaxTokenBytes = 32

// token folds the name of a floor or channel to lower case and says whether
// it may stand in a subject.
func (d *Decoder) token(name string) (clean.Text, bool) {
	if len(name) == 0 || len(name) > MaxTokenBytes {
		return clean.Text{}, false
	}
	upper := false
	for i := 0; i < len(name); i++ {
		switch c := name[i]; {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '-':
		case c >= 'A' && c <= 'Z':
			upper = true
		default:
			return clean.Text{}, false
		}
	}
	if upper {
		from := len(d.scan.scratch)
		for _, c := range []byte(name) {
			d.scan.scratch = append(d.scan.scratch, lowerASCII(c))
		}
		t, _ := clean.Borrow(d.scan.scratch[from:])
		return t, true
	}
	t, _ := clean.String(name)
	return t, true
}

func lowerASCII(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
