package natsfeed

import "strings"

// position is what JetStream writes into a message's reply subject.
type position struct {
	sequence uint64
	stored   int64  // ns since the epoch
	pending  uint64 // messages of the filter still behind this one
}

// parseAck reads the position out of a reply subject: nine tokens of
// $JS.ACK.<stream>.<consumer>.<delivered>.<sequence>.<n>.<time>.<pending>, or
// with domain and account hash in front of the stream and perhaps more tokens
// behind. The client's own Metadata does the same and allocates per message.
func parseAck(reply string) (position, bool) {
	const prefix = "$JS.ACK."
	if !strings.HasPrefix(reply, prefix) {
		return position{}, false
	}
	skip := 3 // stream, consumer, delivered
	if strings.Count(reply, ".") > 8 {
		skip = 5
	}
	rest := reply[len(prefix):]
	for range skip {
		_, tail, ok := strings.Cut(rest, ".")
		if !ok {
			return position{}, false
		}
		rest = tail
	}
	sequence, rest, ok1 := number(rest)
	_, rest, ok2 := number(rest)
	stored, rest, ok3 := number(rest)
	pending, _, ok4 := number(rest)
	if !ok1 || !ok2 || !ok3 || !ok4 || stored > 1<<63-1 {
		return position{}, false
	}
	return position{sequence: sequence, stored: int64(stored), pending: pending}, true
}

// number reads the digits up to the next dot, and what is behind that.
func number(s string) (n uint64, rest string, ok bool) {
	for i := range len(s) {
		c := s[i]
		if c == '.' {
			return n, s[i+1:], i > 0
		}
		if c < '0' || c > '9' || n > (1<<64-1-9)/10 {
			return 0, "", false
		}
		n = n*10 + uint64(c-'0')
	}
	return n, "", len(s) > 0
}
