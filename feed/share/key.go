package share

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"wallboard/feed/natsfeed"
	"wallboard/metrics/ack"
)

// Bucket is the name of the key-value bucket.
const Bucket = "wallboard"

const (
	breachPrefix = "breach."
	sentPrefix   = "sent."
)

// maxToken is how long a floor's id may be in a subject.
const maxToken = 32

// Token returns a floor's id as one token of a key or subject: itself where
// that is possible, else "=" and 16 hex digits of its hash, which no id that is
// possible reads as.
func Token(floor string) string {
	if plain(floor) {
		return floor
	}
	sum := sha256.Sum256([]byte(floor))
	return "=" + hex.EncodeToString(sum[:8])
}

func plain(s string) bool {
	if len(s) == 0 || len(s) > maxToken {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-') {
			return false
		}
	}
	return true
}

// Key returns the key of a breach's record. Rules and scopes hold what no key
// may, so they are hashed; their names are in the value.
func Key(id ack.ID) string {
	sum := sha256.Sum256([]byte(id.Rule + "\x00" + id.Scope))
	return breachPrefix + Token(id.Floor) + "." + hex.EncodeToString(sum[:16])
}

// Notice names one thing people are told once: that a breach fires, got worse
// or is over. Start is the beginning of the first of the episodes it tells of.
type Notice struct {
	ID    ack.ID
	Start int64  // ms since the epoch
	State string // firing, escalated, resolved: one token
}

// Key returns the key by which one board claims the notice.
func (n Notice) Key() string {
	return sentPrefix + Key(n.ID) + "." + strconv.FormatInt(n.Start, 10) + "." + n.State
}

// splitSent takes a claim's key apart: the key of its breach and the start.
func splitSent(key string) (breach string, start int64, ok bool) {
	rest, ok := strings.CutPrefix(key, sentPrefix)
	if !ok {
		return "", 0, false
	}
	state := strings.LastIndexByte(rest, '.')
	if state < 0 {
		return "", 0, false
	}
	rest = rest[:state]
	dot := strings.LastIndexByte(rest, '.')
	if dot < 0 {
		return "", 0, false
	}
	start, err := strconv.ParseInt(rest[dot+1:], 10, 64)
	return rest[:dot], start, err == nil
}

// Permissions is what an account must allow a board to share, beside what it
// needs to read: the last two only to make the bucket and to clean it.
func Permissions() natsfeed.Permissions {
	return natsfeed.Permissions{
		Subscribe: []string{natsfeed.DefaultInboxPrefix + ".>"},
		Publish: []string{
			subjectOfKey + ">",
			"$JS.API.INFO",
			"$JS.API.STREAM.INFO." + streamOfBucket,
			"$JS.API.DIRECT.GET." + streamOfBucket + ".>",
			"$JS.API.CONSUMER.CREATE." + streamOfBucket + ".>",
			"$JS.API.CONSUMER.DELETE." + streamOfBucket + ".>",
			"$JS.FC." + streamOfBucket + ".>",
			"$JS.API.STREAM.CREATE." + streamOfBucket,
			"$JS.API.STREAM.PURGE." + streamOfBucket,
		},
	}
}
