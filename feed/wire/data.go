package wire

import (
	"strconv"
	"strings"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// fillData reads the members of data that the type knows, in the order in which
// they were sent. The others are ignored: a publisher may say more than this
// program reads.
func (d *Decoder) fillData(s *spec, ev *metrics.Event) {
	if d.badData {
		d.fail(ReasonBadType, "data", "")
		return
	}
	for _, f := range s.preset {
		f.clear(ev)
	}
	var given uint32
	for i := range d.data {
		m := &d.data[i]
		at := s.index(m.name)
		if at < 0 || m.kind == kindNull {
			continue
		}
		if d.fillField(&s.fields[at], m, ev) {
			given |= 1 << at
		}
		if d.fault.Reason != "" {
			return
		}
	}
	for i := range s.fields {
		if s.fields[i].required && given&(1<<i) == 0 {
			d.fail(missing(s.fields[i].name), s.fields[i].name, "")
			return
		}
	}
}

// clear sets a number to what it holds when it is not given.
func (f *field) clear(ev *metrics.Event) {
	if f.form == formNumber {
		*f.number(ev) = f.absent
		return
	}
	f.setInt(ev, int64(f.absent))
}

// formKinds is the JSON kind that each form wants; a truth value has two.
var formKinds = [...]kind{
	formText: kindString, formTexts: kindArray, formBool: kindTrue, formWord: kindString, formInteger: kindNumber,
	formNumber: kindNumber, formTime: kindString, formMemberships: kindArray, formSlots: kindObject, formChannels: kindArray,
}

// fillField reads one member into its place and says whether it holds
// anything.
func (d *Decoder) fillField(f *field, m *member, ev *metrics.Event) bool {
	if m.kind != formKinds[f.form] && (f.form != formBool || m.kind != kindFalse) {
		d.fail(ReasonBadType, f.name, d.scan.str[m.start:m.end])
		return false
	}
	switch f.form {
	case formText:
		t := d.clean(d.stringOf(m))
		*f.text(ev) = t
		return !t.Empty()
	case formBool:
		*f.choice(ev) = metrics.No
		if m.kind == kindTrue {
			*f.choice(ev) = metrics.Yes
		}
	case formWord:
		d.fillWord(f, d.stringOf(m), ev)
	case formInteger, formNumber:
		d.fillNumber(f, d.scan.str[m.start:m.end], ev)
	case formTime:
		v, ok := parseTime(d.stringOf(m))
		if !ok {
			d.fail(ReasonBadTime, f.name, d.scan.str[m.start:m.end])
		}
		f.setInt(ev, v)
	case formTexts, formChannels:
		*f.texts(ev) = d.list(f, m)
	case formMemberships:
		*f.members(ev) = d.memberships(f, m)
	case formSlots:
		*f.channels(ev) = d.slotList(f, m)
	}
	return true
}

func (d *Decoder) fillNumber(f *field, said string, ev *metrics.Event) {
	if f.form == formInteger {
		v, ok := integerOf(said)
		if !ok || float64(v) < f.min || float64(v) > f.max {
			d.fail(ReasonBadValue, f.name, said)
		}
		f.setInt(ev, v)
		return
	}
	v, err := strconv.ParseFloat(said, 64)
	if err != nil || v < f.min || v > f.max {
		d.fail(ReasonBadValue, f.name, said)
	}
	*f.number(ev) = v + 0 // no negative zero
}

func (d *Decoder) fillWord(f *field, said string, ev *metrics.Event) {
	for v, w := range f.words {
		if w == said && w != "" {
			f.setWord(ev, uint8(v))
			return
		}
	}
	d.fail(ReasonBadValue, f.name, said)
}

// stringOf returns the text of a string member, unescaped.
func (d *Decoder) stringOf(m *member) string {
	s := d.scan.str[m.start:m.end]
	if m.escaped {
		return d.scan.unescape(s)
	}
	return s
}

// integerOf reads a JSON number that has no fraction. A fraction of zeros is
// none, since some languages write 2.0 for 2; an exponent is refused.
func integerOf(s string) (int64, bool) {
	if point := strings.IndexByte(s, '.'); point >= 0 {
		for _, c := range []byte(s[point+1:]) {
			if c != '0' {
				return 0, false
			}
		}
		s = s[:point]
	}
	digits, sign := s, int64(1)
	if digits[0] == '-' {
		digits, sign = digits[1:], -1
	}
	if len(digits) > 16 {
		return 0, false
	}
	var v int64
	for _, c := range []byte(digits) {
		if c-'0' > 9 {
			return 0, false
		}
		v = v*10 + int64(c-'0')
	}
	return sign * v, true
}

// each calls visit for every element of an array that was scanned before,
// until visit fails.
func (d *Decoder) each(m *member, visit func(member)) {
	s := &d.scan
	for i := s.space(int(m.start) + 1); s.text[i] != ']' && d.fault.Reason == ""; {
		var e member
		i, e.span = s.value(i, 0)
		i = s.space(i)
		visit(e)
		if s.text[i] == ',' {
			i = s.space(i + 1)
		}
	}
}

// list reads an array of strings; empty ones are left out.
func (d *Decoder) list(f *field, m *member) []clean.Text {
	from := len(d.texts)
	d.each(m, func(e member) {
		if e.kind != kindString {
			d.fail(ReasonBadType, f.name, d.scan.str[e.start:e.end])
			return
		}
		name := d.stringOf(&e)
		if f.form == formTexts {
			if t := d.clean(name); !t.Empty() {
				d.texts = append(d.texts, t)
			}
			return
		}
		t, ok := d.token(name)
		if !ok {
			d.fail(ReasonBadToken, f.name, name)
		}
		d.texts = append(d.texts, t)
	})
	return d.texts[from:len(d.texts):len(d.texts)]
}

// memberships reads [{queue, priority}].
func (d *Decoder) memberships(f *field, m *member) []metrics.Membership {
	from := len(d.members)
	d.each(m, func(e member) {
		if e.kind != kindObject {
			d.fail(ReasonBadType, f.name, d.scan.str[e.start:e.end])
			return
		}
		d.members = append(d.members, d.membership(f, &e))
	})
	return d.members[from:len(d.members):len(d.members)]
}

func (d *Decoder) membership(f *field, e *member) (m metrics.Membership) {
	s := &d.scan
	base := len(s.nested)
	s.object(int(e.start), 0, &s.nested)
	for _, part := range s.nested[base:] {
		found := s.str[part.start:part.end]
		switch {
		case part.kind == kindNull:
		case part.name == "queue" && part.kind == kindString:
			m.Queue = d.clean(d.stringOf(&part))
		case part.name == "priority" && part.kind == kindNumber:
			v, ok := integerOf(found)
			if !ok || v < -maxInt32 || v > maxInt32 {
				d.fail(ReasonBadValue, f.name, found)
			}
			m.Priority = int32(v)
		case part.name == "queue" || part.name == "priority":
			d.fail(ReasonBadType, f.name, found)
		}
	}
	s.nested = s.nested[:base]
	if m.Queue.Empty() {
		d.fail(missing("queue"), f.name, "")
	}
	return m
}

// slotList reads {channel: n}. Two names that fold to one channel are a
// duplicate; null is a channel of which nothing is said.
func (d *Decoder) slotList(f *field, e *member) []metrics.ChannelSlots {
	s := &d.scan
	base, from := len(s.nested), len(d.slots)
	s.object(int(e.start), 0, &s.nested)
	names := nameSet{base: base}
	for i := base; i < len(s.nested) && d.fault.Reason == ""; i++ {
		part := &s.nested[i]
		channel, ok := d.token(part.name)
		if !ok {
			d.fail(ReasonBadToken, f.name, part.name)
			break
		}
		part.name = channel.String()
		if s.note(&names, s.nested[:i], part.name); s.duplicate {
			d.fail(ReasonDuplicateName, f.name, part.name)
			break
		}
		if part.kind != kindNull {
			d.slots = append(d.slots, metrics.ChannelSlots{Channel: channel, Slots: d.slotCount(f, part)})
		}
	}
	s.nested = s.nested[:base]
	return d.slots[from:len(d.slots):len(d.slots)]
}

func (d *Decoder) slotCount(f *field, part *member) int32 {
	found := d.scan.str[part.start:part.end]
	if part.kind != kindNumber {
		d.fail(ReasonBadType, f.name, found)
		return 0
	}
	n, ok := integerOf(found)
	if !ok || n < 0 || n > maxCount {
		d.fail(ReasonBadValue, f.name, found)
	}
	return int32(n)
}
