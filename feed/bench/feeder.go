package bench

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"
)

// feeder is a server that speaks just enough of the NATS protocol to send one
// client a stream that was encoded beforehand: what is measured is the client.
type feeder struct {
	listener net.Listener
	stream   []byte
	began    chan time.Time // when the stream began to be sent
	failed   chan error
}

// subscription is the number the client gives its first subscription; the
// stream is encoded for it.
const subscription = "1"

// newFeeder encodes the stream and listens on loopback.
func newFeeder(f *frames) (*feeder, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("bench: listen: %w", err)
	}
	stream := make([]byte, 0, len(f.bytes)+f.len()*64)
	for i := range f.len() {
		payload := f.payload(i)
		stream = append(stream, "MSG "+f.subjects[i]+" "+subscription+" "...)
		stream = strconv.AppendInt(stream, int64(len(payload)), 10)
		stream = append(stream, '\r', '\n')
		stream = append(stream, payload...)
		stream = append(stream, '\r', '\n')
	}
	return &feeder{listener: listener, stream: stream, began: make(chan time.Time, 1), failed: make(chan error, 1)}, nil
}

func (f *feeder) url() string { return "nats://" + f.listener.Addr().String() }

// serve takes one client, and sends it the stream once it has subscribed.
func (f *feeder) serve() {
	if err := f.client(); err != nil && !errors.Is(err, net.ErrClosed) {
		f.failed <- err
	}
}

func (f *feeder) client() error {
	conn, err := f.listener.Accept()
	if err != nil {
		return err
	}
	defer conn.Close()
	info := `INFO {"server_id":"BENCH","version":"2.10.0","proto":1,"max_payload":1048576,"headers":true,"client_id":1}` + "\r\n"
	if _, err := conn.Write([]byte(info)); err != nil {
		return err
	}
	in := bufio.NewReader(conn)
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return nil // the client has had enough
		}
		if err := f.answer(conn, strings.Fields(line)); err != nil {
			return err
		}
	}
}

func (f *feeder) answer(conn net.Conn, words []string) error {
	if len(words) == 0 {
		return nil
	}
	switch words[0] {
	case "PING":
		_, err := conn.Write([]byte("PONG\r\n"))
		return err
	case "SUB":
		if words[len(words)-1] != subscription {
			return fmt.Errorf("bench: the client's first subscription is number %s, the stream is encoded for %s", words[len(words)-1], subscription)
		}
		f.began <- time.Now()
		_, err := conn.Write(f.stream)
		if errors.Is(err, net.ErrClosed) {
			return nil
		}
		return err
	}
	return nil
}

func (f *feeder) close() {
	// Nothing is left to send and nobody to tell.
	_ = f.listener.Close()
}
