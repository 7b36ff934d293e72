package wire

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf16"
	"unicode/utf8"
	"unsafe"
)

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

// member is one member of an object: its name, unescaped, and where its value
// lies.
type member struct {
	name       string
	start, end int // of the value; of a string, without its quotes
	kind       kind
	escaped    bool // the string has escapes
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
	for i < len(s.text) && s.text[i] <= ' ' && (s.text[i] == ' ' || s.text[i] == '\n' || s.text[i] == '\t' || s.text[i] == '\r') {
		i++
	}
	return i
}

// value scans the value that begins at i into m and returns the position
// behind it. depth is the number of arrays and objects around it.
func (s *scanner) value(i, depth int, m *member) int {
	if i >= len(s.text) {
		return s.stop(ReasonBadJSON)
	}
	m.start, m.escaped = i, false
	switch c := s.text[i]; {
	case c == '"':
		m.kind, m.start = kindString, i+1
		i = s.string(i+1, m)
		if i < 0 {
			return -1
		}
		m.end = i
		return i + 1
	case c == '{':
		base := len(s.nested)
		m.kind = kindObject
		i = s.object(i, depth+1, &s.nested)
		s.nested = s.nested[:base]
	case c == '[':
		m.kind = kindArray
		i = s.array(i, depth+1)
	case c == 't':
		m.kind = kindTrue
		i = s.literal(i, "true")
	case c == 'f':
		m.kind = kindFalse
		i = s.literal(i, "false")
	case c == 'n':
		m.kind = kindNull
		i = s.literal(i, "null")
	default:
		m.kind = kindNumber
		i = s.number(i)
	}
	m.end = i
	return i
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
	for {
		var m member
		if i = s.name(i, &m); i < 0 {
			return -1
		}
		if i = s.value(i, depth, &m); i < 0 {
			return -1
		}
		s.note(&names, *into, m.name)
		*into = append(*into, m)
		i = s.space(i)
		if i >= len(s.text) {
			return s.stop(ReasonBadJSON)
		}
		switch s.text[i] {
		case ',':
			i = s.space(i + 1)
		case '}':
			return i + 1
		default:
			return s.stop(ReasonBadJSON)
		}
	}
}

// name scans a member's name and colon at i and returns where its value begins.
func (s *scanner) name(i int, m *member) int {
	if i >= len(s.text) || s.text[i] != '"' {
		return s.stop(ReasonBadJSON)
	}
	start := i + 1
	if i = s.string(start, m); i < 0 {
		return -1
	}
	m.name = s.str[start:i]
	if m.escaped {
		m.name = s.unescape(m.name)
	}
	i = s.space(i + 1)
	if i >= len(s.text) || s.text[i] != ':' {
		return s.stop(ReasonBadJSON)
	}
	return s.space(i + 1)
}

func (s *scanner) array(i, depth int) int {
	if depth > MaxDepth {
		return s.stop(ReasonTooDeep)
	}
	i = s.space(i + 1)
	if i < len(s.text) && s.text[i] == ']' {
		return i + 1
	}
	for {
		var m member
		if i = s.value(i, depth, &m); i < 0 {
			return -1
		}
		i = s.space(i)
		if i >= len(s.text) {
			return s.stop(ReasonBadJSON)
		}
		switch s.text[i] {
		case ',':
			i = s.space(i + 1)
		case ']':
			return i + 1
		default:
			return s.stop(ReasonBadJSON)
		}
	}
}

// nameSet is what is known of the names of one object.
type nameSet struct {
	base   int    // where its members begin
	mask   uint64 // a bit per hash met: an unset bit proves a name new
	object int    // its number among those with many names, 0 below that
}

// note adds a name to its object and marks the text if it was there before.
func (s *scanner) note(set *nameSet, members []member, name string) {
	own := members[set.base:]
	if len(own) >= manyNames {
		s.noteMany(set, own, name)
		return
	}
	bit := uint64(1) << (hash(name) & 63)
	if set.mask&bit != 0 {
		for i := range own {
			if own[i].name == name {
				s.duplicate = true
			}
		}
	}
	set.mask |= bit
}

func (s *scanner) noteMany(set *nameSet, own []member, name string) {
	if s.many == nil {
		s.many = map[objectName]struct{}{}
	}
	if set.object == 0 {
		s.objects++
		set.object = s.objects
		for _, m := range own {
			s.many[objectName{set.object, m.name}] = struct{}{}
		}
	}
	key := objectName{set.object, name}
	if _, found := s.many[key]; found {
		s.duplicate = true
	}
	s.many[key] = struct{}{}
}

// hash spreads names well enough that the attributes of an event differ.
func hash(name string) int {
	if name == "" {
		return 0
	}
	n := len(name)
	return n*5 + int(name[0])*3 + int(name[n-1])*11 + int(name[n/2])*7
}

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// string scans the string whose first character is at i and returns the
// position of its closing quote. Eight bytes at a time are searched for what
// cannot simply be passed over: quote, backslash, control.
func (s *scanner) string(i int, m *member) int {
	for {
		for i+8 <= len(s.text) {
			w := binary.LittleEndian.Uint64(s.text[i:])
			quote, slash := w^(ones*'"'), w^(ones*'\\')
			// The lowest bit set is exact; a borrow can only spoil higher ones.
			hit := ((quote-ones)&^quote | (slash-ones)&^slash | (w-ones*0x20)&^w) & highs
			if hit != 0 {
				i += bits.TrailingZeros64(hit) / 8
				break
			}
			i += 8
		}
		if i >= len(s.text) {
			return s.stop(ReasonBadJSON)
		}
		switch c := s.text[i]; {
		case c == '"':
			return i
		case c == '\\':
			m.escaped = true
			if i = s.escape(i); i < 0 {
				return -1
			}
		case c < 0x20:
			return s.stop(ReasonBadJSON)
		default:
			i++
		}
	}
}

// escape scans the escape at i, a surrogate pair as one.
func (s *scanner) escape(i int) int {
	if i+1 >= len(s.text) {
		return s.stop(ReasonBadJSON)
	}
	switch s.text[i+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return i + 2
	case 'u':
		r := hex4(s.str, i+2)
		if r < 0 {
			return s.stop(ReasonBadJSON)
		}
		i += 6
		if !utf16.IsSurrogate(r) {
			return i
		}
		if i+1 < len(s.str) && s.str[i] == '\\' && s.str[i+1] == 'u' {
			if low := hex4(s.str, i+2); utf16.DecodeRune(r, low) != utf8.RuneError {
				return i + 6
			}
		}
		s.lone = true
		return i
	}
	return s.stop(ReasonBadJSON)
}

// hex4 returns the value of the four hexadecimal digits at i, -1 if they are
// not there.
func hex4(str string, i int) rune {
	if i+4 > len(str) {
		return -1
	}
	var r rune
	for _, c := range []byte(str[i : i+4]) {
		d := unhex(c)
		if d < 0 {
			return -1
		}
		r = r<<4 | rune(d)
	}
	return r
}

func unhex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
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

// unescape resolves the escapes of a scanned string into scratch.
func (s *scanner) unescape(raw string) string {
	from := len(s.scratch)
	for i := 0; i < len(raw); {
		if raw[i] != '\\' {
			s.scratch = append(s.scratch, raw[i])
			i++
			continue
		}
		c := raw[i+1]
		i += 2
		switch c {
		case 'b':
			c = '\b'
		case 'f':
			c = '\f'
		case 'n':
			c = '\n'
		case 'r':
			c = '\r'
		case 't':
			c = '\t'
		case 'u':
			r := hex4(raw, i)
			i += 4
			if utf16.IsSurrogate(r) {
				pair := rune(utf8.RuneError)
				if i+1 < len(raw) && raw[i] == '\\' && raw[i+1] == 'u' {
					pair = utf16.DecodeRune(r, hex4(raw, i+2))
				}
				if r = pair; r != utf8.RuneError {
					i += 6
				}
			}
			s.scratch = utf8.AppendRune(s.scratch, r)
			continue
		}
		s.scratch = append(s.scratch, c)
	}
	resolved := s.scratch[from:]
	return unsafe.String(unsafe.SliceData(resolved), len(resolved))
}
