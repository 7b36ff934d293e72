package share

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"wallboard/metrics"
	"wallboard/metrics/ack"
	"wallboard/metrics/clean"
)

// MaxValueBytes bounds a value: four cleaned texts and two names need less.
const MaxValueBytes = 8 << 10

// maxName bounds a floor, a rule's name and a scope.
const maxName = 1024

// version is of the values' form.
const version = 1

// Times lie between 1980 and 2200, as those of events do; 0 stands for none.
const (
	earliest = int64(315_532_800_000)
	latest   = int64(7_258_118_400_000)
)

// value is a record as the bucket holds it.
type value struct {
	V              int    `json:"v"`
	Floor          string `json:"floor"`
	Rule           string `json:"rule"`
	Scope          string `json:"scope"`
	Episode        int64  `json:"episode"`
	First          int64  `json:"first"`
	Seen           int64  `json:"seen"`
	Ended          int64  `json:"ended,omitempty"`
	Level          string `json:"level"`
	AckedBy        string `json:"acked_by,omitempty"`
	AckedAt        int64  `json:"acked_at,omitempty"`
	AckComment     string `json:"ack_comment,omitempty"`
	SilencedBy     string `json:"silenced_by,omitempty"`
	SilencedAt     int64  `json:"silenced_at,omitempty"`
	SilencedUntil  int64  `json:"silenced_until,omitempty"`
	SilenceComment string `json:"silence_comment,omitempty"`
}

// Encode writes a record as its value.
func Encode(r ack.Record) ([]byte, error) {
	data, err := json.Marshal(value{
		V: version, Floor: r.Floor, Rule: r.Rule, Scope: r.Scope,
		Episode: r.Episode, First: r.First, Seen: r.Seen, Ended: r.Ended, Level: r.Level.String(),
		AckedBy: r.AckedBy.String(), AckedAt: r.AckedAt, AckComment: r.AckComment.String(),
		SilencedBy: r.SilencedBy.String(), SilencedAt: r.SilencedAt,
		SilencedUntil: r.SilencedUntil, SilenceComment: r.SilenceComment.String(),
	})
	if err != nil {
		return nil, fmt.Errorf("share: encode a record: %w", err)
	}
	if len(data) > MaxValueBytes {
		return nil, fmt.Errorf("share: encode a record: %d bytes are more than %d", len(data), MaxValueBytes)
	}
	return data, nil
}

// Decode reads the value of a key. Whoever may write into the bucket may write
// anything, so it takes nothing that does not fit its key, its caps or its form.
func Decode(key string, data []byte) (ack.Record, error) {
	var v value
	if err := strict(data, &v); err != nil {
		return ack.Record{}, fmt.Errorf("share: decode %s: %w", key, err)
	}
	r, err := v.record()
	if err == nil && Key(r.ID()) != key {
		err = errors.New("its names are those of another key")
	}
	if err != nil {
		return ack.Record{}, fmt.Errorf("share: decode %s: %w", key, err)
	}
	return r, nil
}

// strict reads one JSON object without unknown fields and nothing behind it.
func strict(data []byte, into any) error {
	if len(data) > MaxValueBytes {
		return fmt.Errorf("%d bytes are more than %d", len(data), MaxValueBytes)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the object")
	}
	return nil
}

func (v value) record() (ack.Record, error) {
	level, err := parseLevel(v.Level)
	switch {
	case err != nil:
		return ack.Record{}, err
	case v.V != version:
		return ack.Record{}, fmt.Errorf("form %d is not %d", v.V, version)
	case len(v.Floor) > maxName || len(v.Rule) > maxName || len(v.Scope) > maxName || v.Rule == "":
		return ack.Record{}, errors.New("a name is too long or missing")
	case v.Episode == 0 || v.First == 0 || v.First > v.Episode:
		return ack.Record{}, errors.New("it has no beginning")
	case (v.AckedAt == 0) != (v.AckedBy == ""), (v.SilencedAt == 0) != (v.SilencedBy == ""):
		return ack.Record{}, errors.New("a decision needs a name and a time")
	case v.SilencedUntil-v.SilencedAt > ack.MaxSilence.Milliseconds():
		return ack.Record{}, errors.New("a silence is longer than a day")
	}
	for _, at := range []int64{v.Episode, v.First, v.Seen, v.Ended, v.AckedAt, v.SilencedAt, v.SilencedUntil} {
		if at != 0 && (at < earliest || at > latest) {
			return ack.Record{}, errors.New("a time is out of bounds")
		}
	}
	return ack.Record{
		Floor: v.Floor, Rule: v.Rule, Scope: v.Scope,
		Episode: v.Episode, First: v.First, Seen: v.Seen, Ended: v.Ended, Level: level,
		AckedBy: cleaned(v.AckedBy), AckedAt: v.AckedAt, AckComment: cleaned(v.AckComment),
		SilencedBy: cleaned(v.SilencedBy), SilencedAt: v.SilencedAt,
		SilencedUntil: v.SilencedUntil, SilenceComment: cleaned(v.SilenceComment),
	}, nil
}

func cleaned(s string) clean.Text {
	t, _ := clean.String(s)
	return t
}

func parseLevel(s string) (metrics.Level, error) {
	for _, l := range []metrics.Level{metrics.LevelWarn, metrics.LevelCritical} {
		if l.String() == s {
			return l, nil
		}
	}
	return metrics.LevelUnknown, fmt.Errorf("level %q is neither warn nor critical", cleaned(s))
}

// claim is the value of a claim on a notice.
type claim struct {
	V         int      `json:"v"`
	Board     string   `json:"board"`
	Level     string   `json:"level"`
	Done      []string `json:"done,omitempty"` // ways it went out by, by name
	Confirmed bool     `json:"confirmed,omitempty"`
}

// maxDone bounds the names in a claim.
const maxDone = 64

func decodeClaim(data []byte) (claim, error) {
	var c claim
	if err := strict(data, &c); err != nil {
		return claim{}, err
	}
	if c.V != version || len(c.Done) > maxDone {
		return claim{}, errors.New("it is of another form")
	}
	_, err := parseLevel(c.Level)
	return c, err
}
