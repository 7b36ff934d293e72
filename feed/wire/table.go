package wire

import (
	"math"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// attr is one of the attributes this program reads.
type attr uint8

// The attributes in the order in which they are checked and written.
const (
	attrSpecVersion attr = iota
	attrDataBase64
	attrID
	attrSource
	attrType
	attrTime
	attrRecordedTime
	attrFloor
	attrSession
	attrChannel
	attrQueue
	attrAgent
	attrCustomer
	numAttrs
	attrData  // no attribute, but a member beside them
	attrOther // any other: ignored
)

var attrNames = [numAttrs]string{"specversion", "data_base64", "id", "source", "type", "time", "recordedtime",
	"floor", "session", "channel", "queue", "agent", "customer"}

// quotedNames are the names as they stand in an event written without blanks;
// what is not read has none.
var quotedNames = func() (quoted [attrOther + 1]string) {
	for a, name := range attrNames {
		quoted[a] = `"` + name + `":`
	}
	quoted[attrData] = `"data":`
	return quoted
}()

// attrOf is the inverse of attrNames; a switch, because it runs for every
// member of every event.
func attrOf(name string) attr {
	switch name {
	case "specversion":
		return attrSpecVersion
	case "data_base64":
		return attrDataBase64
	case "id":
		return attrID
	case "source":
		return attrSource
	case "type":
		return attrType
	case "time":
		return attrTime
	case "recordedtime":
		return attrRecordedTime
	case "floor":
		return attrFloor
	case "session":
		return attrSession
	case "channel":
		return attrChannel
	case "queue":
		return attrQueue
	case "agent":
		return attrAgent
	case "customer":
		return attrCustomer
	case "data":
		return attrData
	}
	return attrOther
}

// attrSet is a set of attributes.
type attrSet uint16

func setOf(attrs ...attr) attrSet {
	var s attrSet
	for _, a := range attrs {
		s |= 1 << a
	}
	return s
}

func (s attrSet) has(a attr) bool { return s&(1<<a) != 0 }

// form is the JSON form of a field of data.
type form uint8

const (
	formText        form = iota // string → clean.Text
	formTexts                   // [string] → []clean.Text
	formBool                    // true, false → metrics.Choice
	formWord                    // one of a list of words → a small enumeration
	formInteger                 // number without a fraction
	formNumber                  // any finite number
	formTime                    // RFC 3339 string → milliseconds
	formMemberships             // [{queue, priority}]
	formSlots                   // {channel: n}
	formChannels                // [channel]
)

// field is one field of a type's data: its name and form on the wire and its
// place in the Event.
type field struct {
	name     string
	form     form
	required bool
	words    []string // formWord: the word of each value; "" cannot be said
	min, max float64  // formInteger, formNumber
	absent   float64  // formInteger, formNumber: what the Event holds when the field is not given

	text     func(*metrics.Event) *clean.Text
	texts    func(*metrics.Event) *[]clean.Text
	choice   func(*metrics.Event) *metrics.Choice
	getWord  func(*metrics.Event) uint8
	setWord  func(*metrics.Event, uint8)
	getInt   func(*metrics.Event) int64
	setInt   func(*metrics.Event, int64)
	number   func(*metrics.Event) *float64
	members  func(*metrics.Event) *[]metrics.Membership
	channels func(*metrics.Event) *[]metrics.ChannelSlots
}

func text(name string, at func(*metrics.Event) *clean.Text) field {
	return field{name: name, form: formText, text: at}
}

func texts(name string, at func(*metrics.Event) *[]clean.Text) field {
	return field{name: name, form: formTexts, texts: at}
}

func choice(name string, at func(*metrics.Event) *metrics.Choice) field {
	return field{name: name, form: formBool, choice: at}
}

func word[T ~uint8](name string, words []string, at func(*metrics.Event) *T) field {
	return field{name: name, form: formWord, words: words,
		getWord: func(e *metrics.Event) uint8 { return uint8(*at(e)) },
		setWord: func(e *metrics.Event, v uint8) { *at(e) = T(v) }}
}

func integer[T ~int8 | ~int32 | ~int64](name string, low, high float64, at func(*metrics.Event) *T) field {
	return field{name: name, form: formInteger, min: low, max: high,
		getInt: func(e *metrics.Event) int64 { return int64(*at(e)) },
		setInt: func(e *metrics.Event, v int64) { *at(e) = T(v) }}
}

func number(name string, low, high, absent float64, at func(*metrics.Event) *float64) field {
	return field{name: name, form: formNumber, min: low, max: high, absent: absent, number: at}
}

func instant(name string, at func(*metrics.Event) *int64) field {
	return field{name: name, form: formTime,
		getInt: func(e *metrics.Event) int64 { return *at(e) },
		setInt: func(e *metrics.Event, v int64) { *at(e) = v }}
}

// needed marks a field without which the event says nothing.
func (f field) needed() field {
	f.required = true
	return f
}

// unless sets what an integer holds when it is not given.
func (f field) unless(absent float64) field {
	f.absent = absent
	return f
}

// Bounds of what is sane. They are wide: their task is to keep a slip of a
// publisher out of every sum, not to know the business.
const (
	maxCount  = 1e6
	maxInt32  = math.MaxInt32
	maxSafe   = 1 << 53 // every JSON implementation agrees on integers up to here
	maxAmount = 1e12
	maxScore  = 1e6
)

// usualScale is the scale of a rating that names none.
const usualScale = 5

// spec is what one event type looks like on the wire.
type spec struct {
	needs  attrSet // attributes without which it is rejected
	reads  attrSet // attributes it may carry besides the envelope's own
	fields []field
	preset []*field // the fields whose absent value is not zero
}

var specs = func() (all [metrics.NumEventTypes]spec) {
	session := setOf(attrSession, attrChannel, attrQueue, attrAgent, attrCustomer)
	for t := range metrics.NumEventTypes {
		s := &all[t]
		s.fields = fieldsOf(t)
		switch {
		case t.Session():
			s.reads, s.needs = session, setOf(attrSession, attrChannel)
		case t.Agent():
			s.reads, s.needs = setOf(attrQueue, attrAgent), setOf(attrAgent)
		case t == metrics.TypePlanInterval:
			s.reads, s.needs = setOf(attrQueue), setOf(attrQueue)
		}
		switch t {
		case metrics.TypeSessionQueued:
			s.needs |= setOf(attrQueue)
		case metrics.TypeSessionOffered, metrics.TypeSessionOfferFailed, metrics.TypeSessionJoined,
			metrics.TypeSessionLeft, metrics.TypeSessionWrapStarted, metrics.TypeSessionWrapEnded:
			s.needs |= setOf(attrAgent)
		case metrics.TypeAgentJoined, metrics.TypeAgentLeft:
			s.needs |= setOf(attrQueue)
		}
		for i := range s.fields {
			if s.fields[i].absent != 0 {
				s.preset = append(s.preset, &s.fields[i])
			}
		}
	}
	return all
}()

// index returns the place of the field of that name, -1 if the type has none.
func (s *spec) index(name string) int {
	for i := range s.fields {
		if s.fields[i].name == name {
			return i
		}
	}
	return -1
}

// typesByLength holds the known types by the length of their name: the bucket
// of a name has at most seven entries, cheaper to compare than a name is to hash.
var typesByLength = func() (buckets [32][]metrics.EventType) {
	for t := metrics.TypeUnknown + 1; t < metrics.NumEventTypes; t++ {
		n := len(t.String())
		buckets[n] = append(buckets[n], t)
	}
	return buckets
}()

// typeOf returns the type of that name, TypeUnknown if there is none.
func typeOf(name string) metrics.EventType {
	if len(name) < len(typesByLength) {
		for _, t := range typesByLength[len(name)] {
			if t.String() == name {
				return t
			}
		}
	}
	return metrics.TypeUnknown
}
