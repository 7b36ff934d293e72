package wire

import (
	"strings"

	"wallboard/metrics/clean"
)

// The reasons for which an event is rejected. A missing attribute or field is
// named: missing_id, missing_queue. The order is that of the checks, so an event
// with several faults is always rejected for the same one.
const (
	ReasonTooLarge      = "too_large"
	ReasonBatch         = "batch"
	ReasonBadUTF8       = "bad_utf8"
	ReasonBadPercent    = "bad_percent"
	ReasonBadJSON       = "bad_json"
	ReasonTooDeep       = "too_deep"
	ReasonLoneSurrogate = "lone_surrogate"
	ReasonDuplicateName = "duplicate_name"
	ReasonBadVersion    = "bad_version"
	ReasonBase64        = "base64"
	ReasonBadType       = "bad_type"
	ReasonBadValue      = "bad_value"
	ReasonBadTime       = "bad_time"
	ReasonBadToken      = "bad_token"
	ReasonFloorMismatch = "floor_mismatch"
)

// missing returns the reason for an attribute or field that is needed and not
// there.
func missing(name string) string { return "missing_" + name }

// Rejection says why an event was not accepted.
type Rejection struct {
	Reason string     // a token, to count by
	Field  string     // the attribute or field at fault, "" where it is the whole event
	Sample clean.Text // what was found, or how the payload begins
}

// Error describes the rejection to a person.
func (r *Rejection) Error() string {
	var b strings.Builder
	b.WriteString("wire: decode event: ")
	b.WriteString(r.Reason)
	if r.Field != "" {
		b.WriteString(" in ")
		b.WriteString(r.Field)
	}
	if !r.Sample.Empty() {
		b.WriteString(": ")
		b.WriteString(r.Sample.String())
	}
	return b.String()
}

// sampleBytes bounds what is looked at to make a sample.
const sampleBytes = 4 * clean.MaxGraphemes

// sampleOf returns the cleaned beginning of s, in memory of its own.
func sampleOf(s string) clean.Text {
	if len(s) > sampleBytes {
		s = s[:sampleBytes]
	}
	t, _ := clean.String(s)
	return t.Clone()
}
