// Package wire owns the wire contract: how an event of the floor is a
// CloudEvent, under which subject it travels, what is refused and why. It knows
// nothing of NATS, of screens, or of what the engine makes of an event.
//
// # Two steps
//
// Decode first scans the whole text, as strictly as the contract asks: JSON and
// nothing else, UTF-8, no lone surrogate, no name twice in an object at any
// depth, at most 32 levels and 16 KiB. Only then are attributes and fields read,
// in a fixed order. So an event with several faults is always refused for the
// same one, whatever the order of its members. One table (fields.go) says what
// each type's data holds; decoding, encoding and the AsyncAPI document follow it.
//
// Every string passes through clean. An id, source, session or customer that is
// longer than a clean.Text may be keeps its beginning and ends in a digest of
// the whole, because a cut one could be taken for another.
//
// # Decisions the contract leaves open
//
//   - T and Z of a time may be lower case, a space may not stand for T. A leap
//     second reads as the second after it and must end a month in UTC. Parts finer
//     than a millisecond are cut off. The years 1980 to 2200 are both whole.
//   - An empty attribute is one not given; null is not given everywhere. 2.0 is
//     the integer 2, 2e0 is refused.
//   - Data without which a type says nothing is required: by of session.message,
//     presence, queues, score, order and stage, from and minutes of a plan.
//   - Any ce- header makes a message binary, so that one without an id is refused
//     as such. A header given twice, or in two spellings, is a duplicate name.
//   - Of a subject only the floor counts: the event itself says what it is.
//
// # Why the scanner is written by hand
//
// Measured on a 255-byte event, least of 25 interleaved runs of 20 ms on two
// shared cores, Go 1.26.8; the libraries only decode, into a struct of strings,
// and the row of this package is everything: strict checks, cleaned texts,
// times, enumerations, subject.
//
//	encoding/json            3.6  µs  17 allocations
//	json-iterator 1.1.12     1.4  µs  23
//	bytedance/sonic          0.91 µs   3
//	goccy/go-json            0.76 µs  11
//	valyala/fastjson         0.67 µs   0, a tree to look names up in
//	buger/jsonparser         0.45 µs   0, top level only, hardly checks
//	this package             0.64 µs   0
//
// None of the fast ones refuses duplicate names, lone surrogates or invalid
// UTF-8, so each would need a second pass that costs as much as this scan does.
// encoding/json, with the missing rules added to its token stream, is the
// reference that fuzzing holds the decoder to.
package wire
