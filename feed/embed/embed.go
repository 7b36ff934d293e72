// Package embed owns an in-process NATS server for the demo, replays and
// tests: loopback only unless told otherwise, JetStream on request, and able to
// stop and come back on the same port. It must not know the engine or the
// screens, nor what travels over it.
package embed

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"
)

// readyWithin bounds how long a start may take; a start that needs longer has
// failed on this machine. Recovery of a file store is inside it.
const readyWithin = 30 * time.Second

// Storage is where JetStream keeps its streams.
type Storage uint8

// The storages; the zero value runs no JetStream at all.
const (
	NoJetStream Storage = iota
	Memory              // gone when the server stops
	File                // kept over a Stop and Start, and over a Shutdown when Dir is given
)

// Options say how the server runs. The zero value is a core NATS server on a
// random loopback port.
type Options struct {
	Host string // default 127.0.0.1
	Port int    // 0: any free port, the same one again after a Stop
	// AllowRemote lets Host be an address others can reach; User and Password,
	// or Users, are then required.
	AllowRemote    bool
	User, Password string
	Users          []*server.User // finer permissions
	Storage        Storage
	Dir            string                  // JetStream's folder; empty: a temporary one, removed by Shutdown
	Stream         *jetstream.StreamConfig // made where it does not exist
	MaxPending     int64                   // bytes buffered per client before it is cut; 0: the server's default
}

// ErrRemote is returned where a bind that others can reach was not asked for.
var ErrRemote = errors.New("an address beyond loopback needs to be allowed explicitly")

// ErrCredentials is returned where a bind that others can reach has no
// credentials.
var ErrCredentials = errors.New("an address beyond loopback needs a user and a password")

// Server is a running server. Its methods are safe for concurrent use.
type Server struct {
	opts    Options
	ownsDir bool
	keeper  *server.User // makes the stream where clients need credentials

	mu  sync.Mutex
	srv *server.Server // nil while stopped
}

// Start runs a server and returns once it takes connections and its stream, if
// one was asked for, exists.
func Start(opts Options) (*Server, error) {
	if opts.Host == "" {
		opts.Host = "127.0.0.1"
	}
	if err := checkBind(opts); err != nil {
		return nil, fmt.Errorf("embed: listen on %s: %w", opts.Host, err)
	}
	s := &Server{opts: opts}
	if opts.User != "" || len(opts.Users) > 0 {
		s.keeper = &server.User{Username: "wallboard-" + nuid.Next(), Password: nuid.Next()}
	}
	if opts.Storage != NoJetStream && opts.Dir == "" {
		dir, err := os.MkdirTemp("", "wallboard-nats-")
		if err != nil {
			return nil, fmt.Errorf("embed: make a folder for JetStream: %w", err)
		}
		s.opts.Dir, s.ownsDir = dir, true
	}
	if err := s.Start(); err != nil {
		s.removeDir()
		return nil, err
	}
	return s, nil
}

func checkBind(opts Options) error {
	if loopback(opts.Host) {
		return nil
	}
	if !opts.AllowRemote {
		return ErrRemote
	}
	if len(opts.Users) == 0 && (opts.User == "" || opts.Password == "") {
		return ErrCredentials
	}
	for _, u := range opts.Users {
		if u.Password == "" {
			return fmt.Errorf("user %q: %w", u.Username, ErrCredentials)
		}
	}
	return nil
}

// loopback takes an address or the name localhost; any other name could turn
// into anything by the time it is bound, so it counts as remote.
func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// startAttempts is how often a start whose folder vanished is tried.
const startAttempts = 3

// Start brings a stopped server back, on the port it had and, with file
// storage, with the streams it had. It does nothing while the server runs.
func (s *Server) Start() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.srv != nil {
		return nil
	}
	err := s.start()
	// A server that has just stopped removes the folder of its last deleted
	// stream in the background, perhaps while the next one makes its own there.
	for n := 1; n < startAttempts && err != nil && strings.Contains(err.Error(), "could not create storage streams directory"); n++ {
		err = s.start()
	}
	return err
}

// start runs a new server. s.mu is held.
func (s *Server) start() error {
	srv, err := server.NewServer(s.serverOptions())
	if err != nil {
		return fmt.Errorf("embed: configure the server: %w", err)
	}
	logs := &lastError{}
	srv.SetLoggerV2(logs, false, false, false)
	srv.Start()
	if !ready(srv, logs) || (s.opts.Storage != NoJetStream && !srv.JetStreamEnabled()) {
		stop(srv)
		return fmt.Errorf("embed: start on %s: %w", net.JoinHostPort(s.opts.Host, strconv.Itoa(s.opts.Port)), logs.err())
	}
	if err := s.ensureStream(srv); err != nil {
		stop(srv)
		return err
	}
	if addr, ok := srv.Addr().(*net.TCPAddr); ok {
		s.opts.Port = addr.Port
	}
	s.srv = srv
	return nil
}

// ready waits until the server takes connections or has said why it will not.
func ready(srv *server.Server, logs *lastError) bool {
	const step = 20 * time.Millisecond
	for range int(readyWithin / step) {
		if srv.ReadyForConnections(step) {
			return true
		}
		if logs.gaveUp() {
			return false
		}
	}
	return false
}

func (s *Server) serverOptions() *server.Options {
	port := s.opts.Port
	if port == 0 {
		port = server.RANDOM_PORT
	}
	users := slices.Clone(s.opts.Users)
	if s.opts.User != "" {
		users = append(users, &server.User{Username: s.opts.User, Password: s.opts.Password})
	}
	if s.keeper != nil {
		users = append(users, s.keeper)
	}
	return &server.Options{
		ServerName: "wallboard-embedded",
		Host:       s.opts.Host, Port: port,
		NoSigs:    true, // signals belong to the program
		Users:     users,
		JetStream: s.opts.Storage != NoJetStream, StoreDir: s.opts.Dir,
		DisableJetStreamBanner: true,
		MaxPending:             s.opts.MaxPending,
	}
}

// ensureStream makes the stream where it is not there; one that came back from
// a file store is kept as it is.
func (s *Server) ensureStream(srv *server.Server) error {
	if s.opts.Stream == nil || s.opts.Storage == NoJetStream {
		return nil
	}
	cfg := *s.opts.Stream
	if s.opts.Storage == Memory {
		cfg.Storage = jetstream.MemoryStorage
	}
	if err := createStream(srv, s.keeper, cfg); err != nil {
		return fmt.Errorf("embed: create stream %s: %w", cfg.Name, err)
	}
	return nil
}

func createStream(srv *server.Server, keeper *server.User, cfg jetstream.StreamConfig) error {
	opts := []nats.Option{nats.InProcessServer(srv), nats.NoReconnect()}
	if keeper != nil {
		opts = append(opts, nats.UserInfo(keeper.Username, keeper.Password))
	}
	nc, err := nats.Connect("", opts...)
	if err != nil {
		return err
	}
	defer nc.Close()
	js, err := jetstream.New(nc)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), readyWithin)
	defer cancel()
	_, err = js.CreateStream(ctx, cfg)
	if errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) {
		return nil
	}
	return err
}

// Running says whether the server takes connections.
func (s *Server) Running() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.srv != nil
}

// ClientURL returns where clients connect, without credentials.
func (s *Server) ClientURL() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := url.URL{Scheme: "nats", Host: net.JoinHostPort(s.opts.Host, strconv.Itoa(s.opts.Port))}
	return u.String()
}

// Stop takes the server away and waits until it is gone; Start brings it back.
func (s *Server) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.srv == nil {
		return
	}
	stop(s.srv)
	s.srv = nil
}

// Shutdown stops the server for good, waits until it is gone and removes its
// folder if that was a temporary one.
func (s *Server) Shutdown() {
	s.Stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.removeDir()
}

func (s *Server) removeDir() {
	if s.ownsDir {
		// A folder that cannot be removed is the system's to clean: it lies in
		// the temporary folder and nothing depends on it.
		_ = os.RemoveAll(s.opts.Dir)
	}
}

func stop(srv *server.Server) {
	srv.Shutdown()
	srv.WaitForShutdown()
}
