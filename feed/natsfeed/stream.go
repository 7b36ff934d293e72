package natsfeed

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// DefaultStream is the name of the stream that holds a floor's events.
const DefaultStream = "FLOOR"

// FloorStream returns the configuration the wire contract asks for: 72 h of
// floor.> in files, the oldest out, a publisher's duplicates refused for two
// minutes, no message beyond 20 KiB (an event of 16 KiB and its headers).
func FloorStream(name string) jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name:              name,
		Description:       "Events of contact-centre floors",
		Subjects:          []string{"floor.>"},
		Storage:           jetstream.FileStorage,
		Retention:         jetstream.LimitsPolicy,
		Discard:           jetstream.DiscardOld,
		MaxAge:            72 * time.Hour,
		Duplicates:        2 * time.Minute,
		MaxMsgSize:        20 << 10,
		MaxMsgs:           -1,
		MaxBytes:          -1,
		MaxMsgsPerSubject: -1,
		Replicas:          1,
	}
}

// CLICommand returns the nats CLI command that makes the same stream.
func CLICommand(name string) string {
	cfg := FloorStream(name)
	return strings.Join([]string{
		"nats stream add " + cfg.Name,
		"--description '" + cfg.Description + "'",
		"--subjects '" + strings.Join(cfg.Subjects, ",") + "'",
		"--storage file --retention limits --discard old",
		fmt.Sprintf("--max-age %s --dupe-window %s", shortDuration(cfg.MaxAge), shortDuration(cfg.Duplicates)),
		fmt.Sprintf("--max-msg-size %d", cfg.MaxMsgSize),
		fmt.Sprintf("--max-msgs=%d --max-bytes=%d --max-msgs-per-subject=%d", cfg.MaxMsgs, cfg.MaxBytes, cfg.MaxMsgsPerSubject),
		fmt.Sprintf("--replicas %d --defaults", cfg.Replicas),
	}, " \\\n  ")
}

// shortDuration writes whole hours and minutes without the zeros behind them.
func shortDuration(d time.Duration) string {
	s := d.String()
	s = strings.TrimSuffix(s, "0s")
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// StreamInfo is what a stream holds.
type StreamInfo struct {
	Name                string
	Created             time.Time
	FirstSeq, LastSeq   uint64 // LastSeq < FirstSeq: empty
	FirstTime, LastTime time.Time
	Messages, Bytes     uint64
	// Differences says, one sentence each, where an existing stream is not as
	// the wire contract asks.
	Differences []string
}

// ErrNoStream is returned where the stream does not exist.
var ErrNoStream = errors.New("the stream does not exist (create it: wallboard stream init)")

// Stream asks the server what the stream holds.
func (c *Conn) Stream(ctx context.Context, name string) (StreamInfo, error) {
	s, err := c.js.Stream(ctx, name)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		return StreamInfo{}, fmt.Errorf("natsfeed: stream %s: %w", name, ErrNoStream)
	}
	if err != nil {
		return StreamInfo{}, fmt.Errorf("natsfeed: stream %s: %w", name, c.hide.err(err))
	}
	return streamInfo(s.CachedInfo()), nil
}

// InitStream creates the stream and says whether it did; one that exists is
// left as it is and its Differences tell what to change by hand.
func (c *Conn) InitStream(ctx context.Context, name string) (StreamInfo, bool, error) {
	// Asked first: creating one that exists with the same configuration succeeds
	// and would read as created.
	info, err := c.Stream(ctx, name)
	if !errors.Is(err, ErrNoStream) {
		return info, false, err
	}
	s, err := c.js.CreateStream(ctx, FloorStream(name))
	if err != nil {
		return StreamInfo{}, false, fmt.Errorf("natsfeed: create stream %s: %w", name, c.hide.err(err))
	}
	return streamInfo(s.CachedInfo()), true, nil
}

func streamInfo(i *jetstream.StreamInfo) StreamInfo {
	return StreamInfo{
		Name: i.Config.Name, Created: i.Created,
		FirstSeq: i.State.FirstSeq, LastSeq: i.State.LastSeq,
		FirstTime: i.State.FirstTime, LastTime: i.State.LastTime,
		Messages: i.State.Msgs, Bytes: i.State.Bytes,
		Differences: differences(i.Config),
	}
}

func differences(have jetstream.StreamConfig) []string {
	want := FloorStream(have.Name)
	var out []string
	say := func(same bool, what string, have, want any) {
		if !same {
			out = append(out, fmt.Sprintf("%s is %v, the contract asks for %v", what, have, want))
		}
	}
	say(strings.Join(have.Subjects, ",") == strings.Join(want.Subjects, ","), "subjects", have.Subjects, want.Subjects)
	say(have.Storage == want.Storage, "storage", have.Storage, want.Storage)
	say(have.Retention == want.Retention, "retention", have.Retention, want.Retention)
	say(have.Discard == want.Discard, "discard", have.Discard, want.Discard)
	say(have.MaxAge == want.MaxAge, "max age", have.MaxAge, want.MaxAge)
	say(have.Duplicates == want.Duplicates, "duplicate window", have.Duplicates, want.Duplicates)
	say(have.MaxMsgSize == want.MaxMsgSize, "message limit", have.MaxMsgSize, want.MaxMsgSize)
	return out
}
