package natsfeed_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"wallboard/feed/embed"
	"wallboard/feed/natsfeed"
)

// shared is what boards need to decide together, written here once more: the
// package that knows it depends on this one.
func shared() natsfeed.Permissions {
	return natsfeed.Permissions{Publish: []string{
		"$KV.wallboard.>", "$JS.API.INFO", "$JS.API.STREAM.INFO.KV_wallboard", "$JS.API.DIRECT.GET.KV_wallboard.>",
		"$JS.API.CONSUMER.CREATE.KV_wallboard.>", "$JS.API.CONSUMER.DELETE.KV_wallboard.>", "$JS.FC.KV_wallboard.>",
		"$JS.API.STREAM.CREATE.KV_wallboard", "$JS.API.STREAM.PURGE.KV_wallboard",
	}}
}

// tried is what of it a diagnosis tries.
func tried() []string {
	return slices.DeleteFunc(shared().Publish, func(s string) bool { return strings.Contains(s, "PURGE") })
}

func diagnose(t *testing.T, opts natsfeed.Options, stream string) natsfeed.Diagnosis {
	t.Helper()
	d, err := natsfeed.Diagnose(t.Context(), opts, natsfeed.Question{Stream: stream, Subjects: []string{"floor.>"}, Share: shared()})
	if err != nil {
		t.Fatal(err)
	}
	if text := fmt.Sprintf("%+v", d); strings.Contains(text, "canary") {
		t.Errorf("a secret in %s", text)
	}
	return d
}

func TestADiagnosisOfAServerThatAllowsEverything(t *testing.T) {
	s := serve(t, embed.Options{Storage: embed.Memory})
	store(t, raw(t, s), subject, 0, 30)
	d := diagnose(t, natsfeed.Options{Server: s.ClientURL()}, "FLOOR")
	switch {
	case !d.Connected || d.Version == "" || d.RTT <= 0:
		t.Fatalf("not connected: %+v", d)
	case d.Stream == nil || d.Stream.Messages != 30 || len(d.Stream.Differences) != 1: // the storage: tests keep theirs in memory
		t.Fatalf("the stream is %+v", d.Stream)
	case !slices.Equal(d.Floors, []string{"hz"}):
		t.Fatalf("floors %v", d.Floors)
	case len(d.Read)+len(d.Share) > 0:
		t.Fatalf("refused %v %v", d.Read, d.Share)
	case d.SkewError == 0 || d.Skew.Abs() > d.SkewError+time.Millisecond:
		t.Fatalf("one machine's clock is %v off by itself (±%v)", d.Skew, d.SkewError)
	}
}

func TestADiagnosisNamesWhatAnAccountMayNotDo(t *testing.T) {
	read := natsfeed.LeastPrivilege("FLOOR", nil)
	for _, tt := range []struct {
		name               string
		publish, subscribe []string
		lacks, lacksShare  []string
	}{
		{"just enough to read", read.Publish, read.Subscribe, nil, tried()},
		{"enough for everything", append(slices.Clone(read.Publish), shared().Publish...), read.Subscribe, nil, nil},
		{"no consumer", []string{"$JS.API.STREAM.INFO.FLOOR"}, read.Subscribe, read.Publish[1:], tried()},
		{"no answers", read.Publish, []string{"elsewhere"}, read.Subscribe, tried()},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := serve(t, embed.Options{Storage: embed.Memory, User: "acd", Password: "canary-acd", Users: []*server.User{{
				Username: "wall", Password: "canary-wall",
				Permissions: &server.Permissions{
					Subscribe: &server.SubjectPermission{Allow: tt.subscribe},
					Publish:   &server.SubjectPermission{Allow: tt.publish},
				},
			}}})
			d := diagnose(t, natsfeed.Options{Server: s.ClientURL(), User: "wall", Password: "canary-wall"}, "FLOOR")
			if got := subjectsOf(d.Read); !slices.Equal(got, tt.lacks) {
				t.Errorf("reading lacks %v, want %v", got, tt.lacks)
			}
			if got := subjectsOf(d.Share); !slices.Equal(got, tt.lacksShare) {
				t.Errorf("sharing lacks %v, want %v", got, tt.lacksShare)
			}
		})
	}
}

func subjectsOf(all []natsfeed.Refusal) (out []string) {
	for _, r := range all {
		out = append(out, r.Subject)
	}
	return out
}

// TestADiagnosisLeavesNothingBehind holds it to its word where it may do
// anything: streams, bucket and consumers are as they were.
func TestADiagnosisLeavesNothingBehind(t *testing.T) {
	s := serve(t, embed.Options{Storage: embed.Memory})
	nc, err := nats.Connect(s.ClientURL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	picture := func() string {
		var b strings.Builder
		for info := range js.ListStreams(t.Context()).Info() {
			fmt.Fprintln(&b, info.Config.Name, info.State.Msgs, info.State.LastSeq, info.State.Consumers, info.State.NumSubjects)
		}
		return b.String()
	}
	empty := picture()
	diagnose(t, natsfeed.Options{Server: s.ClientURL()}, "FLOOR")
	if got := picture(); got != empty {
		t.Errorf("before a bucket:\n%sthen:\n%s", empty, got)
	}
	kv, err := js.CreateKeyValue(t.Context(), jetstream.KeyValueConfig{Bucket: "wallboard", Storage: jetstream.MemoryStorage})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := kv.PutString(t.Context(), "breach.a", "mine"); err != nil {
		t.Fatal(err)
	}
	store(t, js, subject, 0, 30)
	before := picture()
	diagnose(t, natsfeed.Options{Server: s.ClientURL()}, "FLOOR")
	if got := picture(); got != before {
		t.Errorf("before:\n%sthen:\n%s", before, got)
	}
}

func TestADiagnosisSaysWhyThereIsNoConnection(t *testing.T) {
	gone := serve(t, embed.Options{})
	nobody := gone.ClientURL()
	gone.Shutdown()
	locked := serve(t, embed.Options{User: "wall", Password: "canary-right"})
	plain := serve(t, embed.Options{})
	for _, tt := range []struct {
		name   string
		server string
		want   natsfeed.Cause
	}{
		{"nothing listens", nobody, natsfeed.CauseRefused},
		{"no such name", "nats://no-such-host.invalid", natsfeed.CauseName},
		{"wrong password", "nats://wall:canary-wrong@" + locked.ClientURL()[len("nats://"):], natsfeed.CauseAuth},
		{"the second server answers", nobody + "," + plain.ClientURL(), natsfeed.CauseNone},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := diagnose(t, natsfeed.Options{Server: tt.server}, "FLOOR")
			if d.Cause != tt.want || d.Connected != (tt.want == natsfeed.CauseNone) {
				t.Errorf("cause %d, want %d: %+v", d.Cause, tt.want, d)
			}
		})
	}
	if d := diagnose(t, natsfeed.Options{Server: plain.ClientURL()}, "FLOOR"); d.StreamCause != natsfeed.CauseNoJetStream {
		t.Errorf("without JetStream the cause is %d: %s", d.StreamCause, d.StreamErr)
	}
}
