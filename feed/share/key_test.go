package share

import (
	"crypto/sha256"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"wallboard/metrics"
	"wallboard/metrics/ack"
	"wallboard/metrics/clean"
)

// validKey is what a bucket takes, by its own documentation.
var validKey = regexp.MustCompile(`^[-/_=\.a-zA-Z0-9]+$`)

func TestAKeyIsValidWhateverTheNamesHold(t *testing.T) {
	seen := map[string]string{}
	for _, floor := range []string{"hz", "HZ-1_a", "", " ", "a.b", "*", ">", "杭州", "a b", "=0123456789abcdef", strings.Repeat("x", 33), "a:b", "\x00"} {
		id := ack.ID{Floor: floor, Rule: "最久等待 > 3 min", Scope: "queue_channel queue=售前 channel=chat"}
		for _, key := range []string{Key(id), Notice{ID: id, Start: 1_790_000_000_000, State: "firing"}.Key()} {
			if !validKey.MatchString(key) || strings.Contains(key, "..") || strings.HasSuffix(key, ".") {
				t.Errorf("floor %q: key %q", floor, key)
			}
		}
		token := Token(floor)
		if strings.ContainsAny(token, ".*> ") || token == "" {
			t.Errorf("floor %q: token %q", floor, token)
		}
		if other, ok := seen[token]; ok {
			t.Errorf("floors %q and %q share the token %q", floor, other, token)
		}
		seen[token] = floor
	}
}

func TestAKeyIsTheHashOfRuleAndScope(t *testing.T) {
	id := ack.ID{Floor: "hz", Rule: "oldest wait (chat)", Scope: "queue_channel queue=presale channel=chat"}
	sum := sha256.Sum256(append(append([]byte(id.Rule), 0), id.Scope...))
	if want := fmt.Sprintf("breach.hz.%x", sum[:16]); Key(id) != want {
		t.Errorf("got %s, want %s", Key(id), want)
	}
	n := Notice{ID: id, Start: 42, State: "resolved"}
	if breach, start, ok := splitSent(n.Key()); !ok || breach != Key(id) || start != 42 {
		t.Errorf("%s reads as %q, %d, %v", n.Key(), breach, start, ok)
	}
}

func sampleRecord() ack.Record {
	const at = int64(1_790_000_000_000)
	return ack.Record{
		Floor: "hz", Rule: "oldest wait (chat)", Scope: "queue_channel queue=presale channel=chat",
		Episode: at, First: at, Seen: at + 5, Level: metrics.LevelCritical,
		AckedBy: clean.Own("林"), AckedAt: at + 1, AckComment: clean.Own("在处理"),
		SilencedBy: clean.Own("Wu"), SilencedAt: at + 2, SilencedUntil: at + 60_000, SilenceComment: clean.Own("known"),
	}
}

func TestARecordReadsBackAsItWas(t *testing.T) {
	want := sampleRecord()
	data, err := Encode(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Decode(Key(want.ID()), data)
	if err != nil || got != want {
		t.Fatalf("%v\n%+v\n%+v", err, got, want)
	}
}

func TestForeignValuesAreRefused(t *testing.T) {
	good, err := Encode(sampleRecord())
	if err != nil {
		t.Fatal(err)
	}
	key := Key(sampleRecord().ID())
	swap := func(old, new string) string {
		s := strings.Replace(string(good), old, new, 1)
		if s == string(good) {
			t.Fatalf("%q is not in %s", old, good)
		}
		return s
	}
	for name, text := range map[string]string{
		"nothing":                   "",
		"no object":                 "[]",
		"an unknown field":          swap(`"v":1`, `"v":1,"w":2`),
		"another form":              swap(`"v":1`, `"v":2`),
		"something behind it":       string(good) + "{}",
		"another key's names":       swap("presale", "postsale"),
		"a level nobody knows":      swap(`"critical"`, `"mild"`),
		"a time before 1980":        swap(`"episode":1790000000000,"first":1790000000000`, `"episode":1,"first":1`),
		"an owner without a time":   swap(`"acked_at":1790000000001,`, ``),
		"a silence of two days":     swap(`"silenced_until":1790000060000`, `"silenced_until":1790172800000`),
		"a first after its episode": swap(`"first":1790000000000`, `"first":1790000000009`),
		"more bytes than the cap":   swap("known", strings.Repeat("k", MaxValueBytes)),
	} {
		if r, err := Decode(key, []byte(text)); err == nil {
			t.Errorf("%s: read as %+v", name, r)
		}
	}
}

func TestATextInAValueIsCleaned(t *testing.T) {
	good, _ := Encode(sampleRecord())
	evil := strings.Replace(string(good), `"known"`, `"a\u001b[31mb\u202ec"`, 1)
	r, err := Decode(Key(sampleRecord().ID()), []byte(evil))
	if err != nil || r.SilenceComment != clean.Own("abc") {
		t.Errorf("%q, %v", r.SilenceComment, err)
	}
}

func FuzzDecodeNeverPanicsAndKeepsItsWord(f *testing.F) {
	good, _ := Encode(sampleRecord())
	f.Add(good)
	f.Add([]byte(`{"v":1,"board":"b","level":"warn","done":["x"],"confirmed":true}`))
	key := Key(sampleRecord().ID())
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _ = decodeClaim(data)
		r, err := Decode(key, data)
		if err != nil {
			return
		}
		again, err := Encode(r)
		if err != nil {
			t.Fatalf("%+v was read and cannot be written: %v", r, err)
		}
		if back, err := Decode(key, again); err != nil || back != r {
			t.Fatalf("%+v reads back as %+v, %v", r, back, err)
		}
	})
}
