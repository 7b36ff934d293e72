package wire

import (
	"math"
	"strconv"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// Append appends the event as one JSON object in structured mode, without a
// newline. Decode gives the same event back: what a type does not use is not
// written. An Arrival is written as recordedtime, which only files read.
func Append(dst []byte, ev *metrics.Event) []byte {
	dst = append(dst, `{"specversion":"`+specVersion+`","id":`...)
	dst = appendString(dst, ev.ID.String())
	dst = append(dst, `,"source":`...)
	dst = appendString(dst, ev.Source.String())
	dst = append(dst, `,"type":`...)
	dst = appendString(dst, typeName(ev))
	dst = appendInstant(dst, `,"time":`, ev.Time)
	dst = appendInstant(dst, `,"recordedtime":`, ev.Arrival)
	dst = appendAttr(dst, `,"floor":`, ev.Floor)
	s := &specs[ev.Type]
	if s.reads.has(attrSession) {
		dst = appendAttr(dst, `,"session":`, ev.Session)
		dst = appendAttr(dst, `,"channel":`, ev.Channel)
	}
	if s.reads.has(attrQueue) {
		dst = appendAttr(dst, `,"queue":`, ev.Queue)
	}
	if s.reads.has(attrAgent) {
		dst = appendAttr(dst, `,"agent":`, ev.Agent)
	}
	if s.reads.has(attrCustomer) {
		dst = appendAttr(dst, `,"customer":`, ev.Customer)
	}
	return append(appendData(dst, s, ev), '}')
}

func appendAttr(dst []byte, name string, t clean.Text) []byte {
	if t.Empty() {
		return dst
	}
	return appendString(append(dst, name...), t.String())
}

func appendInstant(dst []byte, name string, ms int64) []byte {
	if ms == 0 {
		return dst
	}
	dst = append(append(dst, name...), '"')
	return append(appendTime(dst, ms), '"')
}

// appendData writes the fields that say something, nothing if none does.
func appendData(dst []byte, s *spec, ev *metrics.Event) []byte {
	opened := false
	for i := range s.fields {
		f := &s.fields[i]
		if !f.required && f.silent(ev) {
			continue
		}
		if opened {
			dst = append(dst, ',')
		} else {
			dst = append(dst, `,"data":{`...)
			opened = true
		}
		dst = append(append(dst, '"'), f.name...)
		dst = f.append(append(dst, '"', ':'), ev)
	}
	if opened {
		dst = append(dst, '}')
	}
	return dst
}

// silent says whether the event holds what it would hold if the field were not
// given.
func (f *field) silent(ev *metrics.Event) bool {
	switch f.form {
	case formText:
		return f.text(ev).Empty()
	case formTexts, formChannels:
		return len(*f.texts(ev)) == 0
	case formBool:
		return *f.choice(ev) == metrics.NotGiven
	case formWord:
		return f.getWord(ev) == 0 || f.wordOf(ev) == ""
	case formInteger, formTime:
		return f.getInt(ev) == int64(f.absent)
	case formNumber:
		return *f.number(ev) == f.absent || !finite(*f.number(ev))
	case formMemberships:
		return len(*f.members(ev)) == 0
	}
	return len(*f.channels(ev)) == 0
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// wordOf returns the word of the value the event holds, "" if the type has none.
func (f *field) wordOf(ev *metrics.Event) string {
	if v := int(f.getWord(ev)); v < len(f.words) {
		return f.words[v]
	}
	return ""
}

// append writes the field's value; null where it has none, which only a
// required field can come to.
func (f *field) append(dst []byte, ev *metrics.Event) []byte {
	switch f.form {
	case formText:
		return appendString(dst, f.text(ev).String())
	case formTexts, formChannels:
		return appendList(dst, *f.texts(ev))
	case formBool:
		return strconv.AppendBool(dst, *f.choice(ev) == metrics.Yes)
	case formWord:
		if w := f.wordOf(ev); w != "" {
			return appendString(dst, w)
		}
	case formInteger:
		return strconv.AppendInt(dst, f.getInt(ev), 10)
	case formNumber:
		if v := *f.number(ev); finite(v) {
			return strconv.AppendFloat(dst, v, 'g', -1, 64)
		}
	case formTime:
		if ms := f.getInt(ev); ms != 0 {
			return append(appendTime(append(dst, '"'), ms), '"')
		}
	case formMemberships:
		return appendMemberships(dst, *f.members(ev))
	case formSlots:
		return appendSlots(dst, *f.channels(ev))
	}
	return append(dst, "null"...)
}

func appendList(dst []byte, list []clean.Text) []byte {
	dst = append(dst, '[')
	for i, t := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendString(dst, t.String())
	}
	return append(dst, ']')
}

func appendMemberships(dst []byte, list []metrics.Membership) []byte {
	dst = append(dst, '[')
	for i, m := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendString(append(dst, `{"queue":`...), m.Queue.String())
		if m.Priority != 0 {
			dst = strconv.AppendInt(append(dst, `,"priority":`...), int64(m.Priority), 10)
		}
		dst = append(dst, '}')
	}
	return append(dst, ']')
}

func appendSlots(dst []byte, list []metrics.ChannelSlots) []byte {
	dst = append(dst, '{')
	for i, c := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(appendString(dst, c.Channel.String()), ':')
		dst = strconv.AppendInt(dst, int64(c.Slots), 10)
	}
	return append(dst, '}')
}

// appendString writes a string that is clean, so that only the quote and the
// backslash need an escape.
func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(s); i++ {
		if s[i] == '"' || s[i] == '\\' {
			dst = append(append(dst, s[from:i]...), '\\')
			from = i
		}
	}
	return append(append(dst, s[from:]...), '"')
}
