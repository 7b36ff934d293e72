package wire

import "unsafe"

// MaxDepth is how deep arrays and objects may nest; the event itself is the
// first level.
const MaxDepth = 32

// kind is what a JSON value is; the zero value stands for none.
type kind uint8

const (
	kindNone kind = iota
	kindNull
	kindFalse
	kindTrue
	kindNumber
	kindString
	kindObject
	kindArray
)

// span is where a value lies in the text and what it is. Of a string, it is what
// stands between the quotes.
type span struct {
	start, end int32
	kind       kind
	escaped    bool // the string has escapes
}

// member is one member of an object, its name unescaped.
type member struct {
	name string
	span
}

// manyNames is the size from which an object's names are kept in a map: below
// it comparing is cheaper, above it a hostile object would cost a square.
const manyNames = 64

// objectName is a name in one of the objects with many.
type objectName struct {
	object int
	name   string
}

// scanner checks that a text is JSON as strict as the contract wants it, and
// finds the members of objects. It copies nothing: names and values are parts
// of the text, except where escapes had to be resolved into scratch.
type scanner struct {
	text    []byte
	str     string // text again, to cut names from
	scratch []byte
	nested  []member // members of the objects being scanned, innermost last

	fault     string // why scanning stopped
	lone      bool   // a lone surrogate was met
	duplicate bool   // a duplicate name was met
	objects   int    // objects with many names so far
	many      map[objectName]struct{}
}

// start points the scanner at a text.
func (s *scanner) start(text []byte) {
	s.text, s.str = text, unsafe.String(unsafe.SliceData(text), len(text))
	s.scratch, s.nested = s.scratch[:0], s.nested[:0]
	s.fault, s.lone, s.duplicate = "", false, false
	if s.objects > 0 {
		clear(s.many)
		s.objects = 0
	}
}

// verdict returns the reason to reject a text scanned to its end, "" if none.
func (s *scanner) verdict() string {
	switch {
	case s.fault != "":
		return s.fault
	case s.lone:
		return ReasonLoneSurrogate
	case s.duplicate:
		return ReasonDuplicateName
	}
	return ""
}

// stop notes a fault; every scanning function returns -1 after one.
func (s *scanner) stop(reason string) int {
	s.fault = reason
	return -1
}

// space returns the first position from i on that is no white space.
func (s *scanner) space(i int) int {
	if i < len(s.text) && s.text[i] > ' ' {
		return i
	}
	return blanks(s.text, i)
}

func blanks(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\t' || b[i] == '\r') {
		i++
	}
	return i
}

// more scans what follows a member or element: a comma, after which it returns
// where the next begins, or the closing bracket, after which it is done.
func (s *scanner) more(i int, closing byte) (next int, done bool) {
	i = s.space(i)
	if i < len(s.text) {
		switch s.text[i] {
		case ',':
			return s.space(i + 1), false
		case closing:
			return i + 1, true
		}
	}
	return s.stop(ReasonBadJSON), true
}

// value scans the value that begins at i and returns it and the position
// behind it. depth is the number of arrays and objects around it.
func (s *scanner) value(i, depth int) (int, span) {
	if i >= len(s.text) {
		return s.stop(ReasonBadJSON), span{}
	}
	v := span{start: int32(i)}
	switch s.text[i] {
	case '"':
		return s.stringValue(i)
	case '{':
		v.kind = kindObject
		base := len(s.nested)
		i = s.object(i, depth+1, &s.nested)
		s.nested = s.nested[:base]
	case '[':
		v.kind = kindArray
		i = s.array(i, depth+1)
	case 't':
		v.kind = kindTrue
		i = s.literal(i, "true")
	case 'f':
		v.kind = kindFalse
		i = s.literal(i, "false")
	case 'n':
		v.kind = kindNull
		i = s.literal(i, "null")
	default:
		v.kind = kindNumber
		i = s.number(i)
	}
	v.end = int32(i)
	return i, v
}

// stringValue is value for the string whose quote is at i.
func (s *scanner) stringValue(i int) (int, span) {
	end, escaped := s.string(i + 1)
	if end < 0 {
		return -1, span{}
	}
	return end + 1, span{int32(i + 1), int32(end), kindString, escaped}
}

func (s *scanner) literal(i int, word string) int {
	if len(s.str)-i < len(word) || s.str[i:i+len(word)] != word {
		return s.stop(ReasonBadJSON)
	}
	return i + len(word)
}

// object scans the object whose brace is at i and appends its members to into,
// which the caller cuts back.
func (s *scanner) object(i, depth int, into *[]member) int {
	if depth > MaxDepth {
		return s.stop(ReasonTooDeep)
	}
	names := nameSet{base: len(*into)}
	i = s.space(i + 1)
	if i < len(s.text) && s.text[i] == '}' {
		return i + 1
	}
	for done := false; !done; {
		var name string
		var v span
		if i, name = s.name(i); i < 0 {
			return -1
		}
		if i, v = s.value(i, depth); i < 0 {
			return -1
		}
		s.note(&names, *into, name)
		*into = append(*into, member{name, v})
		i, done = s.more(i, '}')
	}
	return i
}

// name scans a member's name and colon at i and returns it and where its value
// begins.
func (s *scanner) name(i int) (int, string) {
	if i >= len(s.text) || s.text[i] != '"' {
		return s.stop(ReasonBadJSON), ""
	}
	start := i + 1
	i, escaped := s.string(start)
	if i < 0 {
		return -1, ""
	}
	name := s.str[start:i]
	if escaped {
		name = s.unescape(name)
	}
	i = s.space(i + 1)
	if i >= len(s.text) || s.text[i] != ':' {
		return s.stop(ReasonBadJSON), ""
	}
	return s.space(i + 1), name
}

func (s *scanner) array(i, depth int) int {
	if depth > MaxDepth {
		return s.stop(ReasonTooDeep)
	}
	i = s.space(i + 1)
	if i < len(s.text) && s.text[i] == ']' {
		return i + 1
	}
	for done := false; !done; {
		if i, _ = s.value(i, depth); i < 0 {
			return -1
		}
		i, done = s.more(i, ']')
	}
	return i
}

// number scans the number at i.
func (s *scanner) number(i int) int {
	if s.text[i] == '-' {
		i++
	}
	switch {
	case i < len(s.text) && s.text[i] == '0':
		i++
	default:
		if i = s.digits(i); i < 0 {
			return -1
		}
	}
	if i < len(s.text) && s.text[i] == '.' {
		if i = s.digits(i + 1); i < 0 {
			return -1
		}
	}
	if i < len(s.text) && s.text[i]|0x20 == 'e' {
		i++
		if i < len(s.text) && (s.text[i] == '+' || s.text[i] == '-') {
			i++
		}
		i = s.digits(i)
	}
	return i
}

// digits scans one digit or more.
func (s *scanner) digits(i int) int {
	start := i
	for i < len(s.text) && s.text[i] >= '0' && s.text[i] <= '9' {
		i++
	}
	if i == start {
		return s.stop(ReasonBadJSON)
	}
	return i
}
