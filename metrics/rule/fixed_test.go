package rule

import (
	"testing"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

func TestTheLimitThatAQueueIsHeldTo(t *testing.T) {
	key := func(channel string) metrics.Key {
		return metrics.Key{Scope: metrics.ScopeQueueChannel, Queue: clean.Own("presale"), Channel: clean.Own(channel)}
	}
	for _, c := range []struct {
		name, kpi, channel string
		want               float64 // 0: none
	}{
		{"a call waits a minute", "oldest_wait_total", "voice", 60},
		{"a chat waits three", "oldest_wait_total", "chat", 180},
		{"a limit that is learned is none", "waiting", "chat", 0},
		{"a rule without a warn limit is none", "uncovered", "chat", 0},
	} {
		r := Fixed(Defaults(), c.kpi, key(c.channel))
		if (r == nil) != (c.want == 0) || r != nil && *r.Warn != c.want {
			t.Errorf("%s: %+v, want %v", c.name, r, c.want)
		}
	}
}
