package natsfeed

import (
	"strings"
	"testing"
)

func TestParseAck(t *testing.T) {
	for _, tt := range []struct {
		name, reply string
		want        position
		ok          bool
	}{
		{"nine tokens", "$JS.ACK.FLOOR.c_1.1.42.7.1700000000000000001.9", position{42, 1700000000000000001, 9}, true},
		{"domain and account hash in front", "$JS.ACK.hub.ACCHASH.FLOOR.c_1.1.42.7.1700000000000000001.9", position{42, 1700000000000000001, 9}, true},
		{"a random token behind", "$JS.ACK._.ACCHASH.FLOOR.c_1.1.42.7.1700000000000000001.9.xYz", position{42, 1700000000000000001, 9}, true},
		{"nothing pending", "$JS.ACK.FLOOR.c.1.1.1.5.0", position{1, 5, 0}, true},
		{"no reply subject", "", position{}, false},
		{"an inbox", "_INBOX_wb.abc", position{}, false},
		{"too few tokens", "$JS.ACK.FLOOR.c.1.42.7.17", position{}, false},
		{"a sequence that is no number", "$JS.ACK.FLOOR.c.1.x.7.17.0", position{}, false},
		{"an empty token", "$JS.ACK.FLOOR.c.1..7.17.0", position{}, false},
		{"a number beyond 64 bits", "$JS.ACK.FLOOR.c.1.99999999999999999999999.7.17.0", position{}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := parseAck(tt.reply)
			if ok != tt.ok || got != tt.want {
				t.Fatalf("parseAck(%q) = %+v %v, want %+v %v", tt.reply, got, ok, tt.want, tt.ok)
			}
		})
	}
}

func FuzzParseAck(f *testing.F) {
	f.Add("$JS.ACK.FLOOR.c_1.1.42.7.1700000000000000001.9")
	f.Add("$JS.ACK.hub.ACCHASH.FLOOR.c_1.1.42.7.1700000000000000001.9.r")
	f.Fuzz(func(t *testing.T, reply string) {
		got, ok := parseAck(reply)
		if !ok && got != (position{}) {
			t.Fatalf("refused %q and yet read %+v", reply, got)
		}
		if ok && (!strings.HasPrefix(reply, "$JS.ACK.") || got.stored < 0) {
			t.Fatalf("took %q as %+v", reply, got)
		}
	})
}

func TestParseAckDoesNotAllocate(t *testing.T) {
	const reply = "$JS.ACK.FLOOR.c_1.1.42.7.1700000000000000001.9"
	if n := testing.AllocsPerRun(100, func() { parseAck(reply) }); n != 0 {
		t.Fatalf("%v allocations per message", n)
	}
}
