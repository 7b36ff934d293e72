package natsfeed

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
)

// DefaultInboxPrefix is where replies to the board arrive, so that an account
// can allow the board's own replies and nobody else's.
const DefaultInboxPrefix = "_INBOX_wb"

// Options say which server to use and as whom. A field given here beats the
// same field of the context.
type Options struct {
	Server  string // one URL or several with commas between; default nats://127.0.0.1:4222
	Context string // name of a nats CLI context
	Creds   string // path of a .creds file
	NKey    string // path of a file with an nkey seed

	User, Password, Token string
	JWT, Seed             string // bearer credentials a context may hold

	TLSCert, TLSKey, TLSCA string
	TLSFirst               bool // handshake before the server speaks

	InboxPrefix string // default DefaultInboxPrefix
	Domain      string // JetStream domain
	APIPrefix   string // JetStream API prefix, in place of Domain
	Name        string // what the server's connection list shows; default wallboard

	// Getenv finds the context folder and home; default os.Getenv.
	Getenv func(string) string
	// Now stamps changes of the link; default time.Now.
	Now func() time.Time
	// ReconnectWait is the pause between rounds of attempts; default 1 s.
	ReconnectWait time.Duration
}

// complete fills the context and the defaults in and refuses what cannot work.
func (o Options) complete() (Options, error) {
	if o.Getenv == nil {
		o.Getenv = os.Getenv
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Context != "" {
		c, err := loadContext(o.Context, o.Getenv)
		if err != nil {
			return o, err
		}
		o = c.under(o)
	}
	if o.Server == "" {
		o.Server = nats.DefaultURL
	}
	if o.InboxPrefix == "" {
		o.InboxPrefix = DefaultInboxPrefix
	}
	o.InboxPrefix = strings.TrimSuffix(o.InboxPrefix, ".")
	if o.Name == "" {
		o.Name = "wallboard"
	}
	if o.ReconnectWait <= 0 {
		o.ReconnectWait = time.Second
	}
	return o, o.check()
}

func (o Options) check() error {
	if (o.TLSCert == "") != (o.TLSKey == "") {
		return errors.New("natsfeed: a TLS certificate needs its key and a key its certificate")
	}
	if o.Domain != "" && o.APIPrefix != "" {
		return errors.New("natsfeed: a JetStream domain and an API prefix exclude each other")
	}
	for _, path := range []string{o.Creds, o.NKey, o.TLSCert, o.TLSKey, o.TLSCA} {
		if path == "" {
			continue
		}
		// Looked at now: the client opens credentials at every attempt and a
		// missing file would read as a server that is away.
		if _, err := os.Stat(path); err != nil {
			return fmt.Errorf("natsfeed: credentials: %w", err)
		}
	}
	return nil
}

// secrets lists what no message may contain.
func (o Options) secrets() []string { return []string{o.Password, o.Token, o.JWT, o.Seed} }

// expand turns a path as people write it in a context file into one to open.
func expand(path string, getenv func(string) string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		path = filepath.Join(getenv("HOME"), rest)
	}
	return os.Expand(path, getenv)
}
