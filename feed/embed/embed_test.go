package embed

import (
	"errors"
	"os"
	"testing"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

func floorStream() *jetstream.StreamConfig {
	return &jetstream.StreamConfig{Name: "FLOOR", Subjects: []string{"floor.>"}}
}

func start(t *testing.T, opts Options) *Server {
	t.Helper()
	s, err := Start(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Shutdown)
	return s
}

func stored(t *testing.T, s *Server) uint64 {
	t.Helper()
	nc, err := nats.Connect(s.ClientURL())
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	js, err := nc.JetStream()
	if err != nil {
		t.Fatal(err)
	}
	info, err := js.StreamInfo("FLOOR")
	if err != nil {
		t.Fatal(err)
	}
	return info.State.Msgs
}

func publish(t *testing.T, s *Server, n int) {
	t.Helper()
	nc, err := nats.Connect(s.ClientURL())
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	js, err := nc.JetStream()
	if err != nil {
		t.Fatal(err)
	}
	for range n {
		if _, err := js.Publish("floor.hz.agent.presence", []byte(`{}`)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestServerTakesConnectionsOnLoopback(t *testing.T) {
	s := start(t, Options{})
	nc, err := nats.Connect(s.ClientURL())
	if err != nil {
		t.Fatal(err)
	}
	nc.Close()
	if !s.Running() {
		t.Fatal("a started server says that it does not run")
	}
}

func TestFileStoreComesBackOnTheSamePortWithItsStream(t *testing.T) {
	s := start(t, Options{Storage: File, Stream: floorStream()})
	before := s.ClientURL()
	publish(t, s, 7)
	s.Stop()
	if s.Running() {
		t.Fatal("a stopped server says that it runs")
	}
	if _, err := nats.Connect(before); err == nil {
		t.Fatal("a stopped server took a connection")
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	if s.ClientURL() != before {
		t.Fatalf("came back at %s, was at %s", s.ClientURL(), before)
	}
	if n := stored(t, s); n != 7 {
		t.Fatalf("%d messages after the restart, 7 were stored", n)
	}
}

func TestMemoryStoreComesBackWithAnEmptyStream(t *testing.T) {
	s := start(t, Options{Storage: Memory, Stream: floorStream()})
	publish(t, s, 3)
	s.Stop()
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	if n := stored(t, s); n != 0 {
		t.Fatalf("%d messages in a memory stream after a restart", n)
	}
}

func TestShutdownRemovesTheTemporaryFolderAndKeepsAGivenOne(t *testing.T) {
	own := start(t, Options{Storage: File})
	own.Shutdown()
	if _, err := os.Stat(own.opts.Dir); !os.IsNotExist(err) {
		t.Fatalf("temporary folder is still there: %v", err)
	}
	dir := t.TempDir()
	given := start(t, Options{Storage: File, Dir: dir, Stream: floorStream()})
	publish(t, given, 2)
	given.Shutdown()
	again := start(t, Options{Storage: File, Dir: dir, Stream: floorStream()})
	if n := stored(t, again); n != 2 {
		t.Fatalf("%d messages in the given folder, 2 were stored", n)
	}
}

func TestBindBeyondLoopback(t *testing.T) {
	for _, tt := range []struct {
		name string
		opts Options
		want error
	}{
		{"every address is refused unless allowed", Options{Host: "0.0.0.0"}, ErrRemote},
		{"the IPv6 wildcard is refused unless allowed", Options{Host: "::"}, ErrRemote},
		{"a name that could be anything counts as remote", Options{Host: "wall.example"}, ErrRemote},
		{"allowed without credentials is refused", Options{Host: "0.0.0.0", AllowRemote: true}, ErrCredentials},
		{"allowed with a user but no password is refused", Options{Host: "0.0.0.0", AllowRemote: true, User: "a"}, ErrCredentials},
		{"a listed user without a password is refused", Options{Host: "0.0.0.0", AllowRemote: true, Users: []*server.User{{Username: "a"}}}, ErrCredentials},
		{"allowed with credentials is taken", Options{Host: "0.0.0.0", AllowRemote: true, User: "a", Password: "b"}, nil},
		{"another loopback address is taken", Options{Host: "127.0.0.2"}, nil},
		{"IPv6 loopback is taken", Options{Host: "::1"}, nil},
		{"localhost is taken", Options{Host: "LocalHost"}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := checkBind(tt.opts); !errors.Is(err, tt.want) {
				t.Fatalf("got %v, want %v", err, tt.want)
			}
		})
	}
}

func TestCredentialsAreDemandedOnceGiven(t *testing.T) {
	s := start(t, Options{User: "wall", Password: "canary", Storage: Memory, Stream: floorStream()})
	if _, err := nats.Connect(s.ClientURL()); err == nil {
		t.Fatal("connected without credentials")
	}
	nc, err := nats.Connect(s.ClientURL(), nats.UserInfo("wall", "canary"))
	if err != nil {
		t.Fatal(err)
	}
	nc.Close()
}

func TestTakenPortIsAnErrorThatSaysSo(t *testing.T) {
	s := start(t, Options{})
	other := Options{Port: s.opts.Port}
	if _, err := Start(other); err == nil {
		t.Fatal("two servers on one port")
	}
}
