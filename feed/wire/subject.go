package wire

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"wallboard/metrics"
)

// subjectRoot begins every subject of the contract.
const subjectRoot = "floor"

// Subject returns the subject an event is published under:
// floor.<floor>.session.<verb>.<channel> for sessions, floor.<floor>.<type>
// for the rest.
func Subject(ev *metrics.Event) string {
	return string(AppendSubject(nil, ev))
}

// AppendSubject appends what Subject returns.
func AppendSubject(dst []byte, ev *metrics.Event) []byte {
	dst = append(dst, subjectRoot...)
	dst = append(dst, '.')
	dst = append(dst, ev.Floor.String()...)
	dst = append(dst, '.')
	dst = append(dst, typeName(ev)...)
	if ev.Type.Session() {
		dst = append(dst, '.')
		dst = append(dst, ev.Channel.String()...)
	}
	return dst
}

// typeName is the event's type on the wire, also where it is not of the
// contract.
func typeName(ev *metrics.Event) string {
	if ev.Type == metrics.TypeUnknown {
		return ev.Reason.String()
	}
	return ev.Type.String()
}

// Address is what a subject says.
type Address struct {
	Floor   string
	Type    string // the event's type
	Channel string // sessions only
}

// ParseSubject reads a subject of the contract. The words are not checked
// against it: the event itself says what it is.
func ParseSubject(subject string) (Address, bool) {
	parts := strings.Split(subject, ".")
	if len(parts) < 4 || len(parts) > 5 || parts[0] != subjectRoot {
		return Address{}, false
	}
	a := Address{Floor: parts[1], Type: parts[2] + "." + parts[3]}
	if session := parts[2] == "session"; session != (len(parts) == 5) {
		return Address{}, false
	} else if session {
		a.Channel = parts[4]
	}
	return a, true
}

// subjectFloor returns the floor a subject names, "" if it names none. It asks
// no more of the subject than that, so that a bridge may publish under subjects
// of its own below a floor.
func subjectFloor(subject string) string {
	const prefix = subjectRoot + "."
	if !strings.HasPrefix(subject, prefix) {
		return ""
	}
	floor := subject[len(prefix):]
	if end := strings.IndexByte(floor, '.'); end >= 0 {
		floor = floor[:end]
	}
	return floor
}

// msgIDBytes is how much of the digest makes a message id.
const msgIDBytes = 16

// MsgID returns the Nats-Msg-Id of an event: hexadecimal of the beginning of
// SHA-256 over source, NUL and id. A digest, because joining the two would let
// different pairs collide.
func MsgID(source, id string) string {
	sum := sha256.Sum256([]byte(source + "\x00" + id))
	return hex.EncodeToString(sum[:msgIDBytes])
}
