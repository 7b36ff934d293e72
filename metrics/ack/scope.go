package ack

import (
	"strconv"
	"strings"

	"wallboard/metrics"
)

// IDOf returns the identity of a breach.
func IDOf(b *metrics.Breach) ID {
	return ID{Floor: b.Key.Floor.String(), Rule: b.Rule, Scope: ScopeText(b.Key)}
}

// ScopeText writes the parts of a key but for the floor, such as
// "queue_channel queue=presale channel=chat". Two keys of one floor never give
// the same text.
func ScopeText(k metrics.Key) string {
	var b strings.Builder
	b.WriteString(k.Scope.String())
	for _, part := range []struct{ name, value string }{
		{"queue", k.Queue.String()}, {"channel", k.Channel.String()}, {"team", k.Team.String()}, {"agent", k.Agent.String()},
		{"topic", k.Topic.String()}, {"touchpoint", k.Touchpoint.String()},
	} {
		if part.value == "" {
			continue
		}
		b.WriteString(" " + part.name + "=")
		if strings.ContainsAny(part.value, " =\"\\") {
			b.WriteString(strconv.Quote(part.value))
			continue
		}
		b.WriteString(part.value)
	}
	return b.String()
}
