package main

import (
	"cmp"
	"fmt"

	"github.com/spf13/cobra"

	"wallboard/feed/natsfeed"
)

// connection holds the flags that say which NATS server to use and as whom.
type connection struct {
	server, context, creds, nkey string
	tlsCA, tlsCert, tlsKey       string
	stream                       string
	core                         bool
}

func (c *connection) register(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&c.server, "server", "", "NATS server, several separated by commas (default nats://127.0.0.1:4222)")
	f.StringVar(&c.context, "context", "", "context of the nats CLI to take the connection from")
	f.StringVar(&c.creds, "creds", "", "credentials file")
	f.StringVar(&c.nkey, "nkey", "", "file with an nkey seed")
	f.StringVar(&c.tlsCA, "tls-ca", "", "file with the server's certificate authority")
	f.StringVar(&c.tlsCert, "tls-cert", "", "file with our certificate")
	f.StringVar(&c.tlsKey, "tls-key", "", "file with our certificate's key")
	f.StringVar(&c.stream, "stream", "", "JetStream stream (default FLOOR)")
	f.BoolVar(&c.core, "core", false, "use core NATS, without a stream and so without history")
	_ = cmd.RegisterFlagCompletionFunc("context", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return natsfeed.Contexts(nil), cobra.ShellCompDirectiveNoFileComp
	})
}

// given says whether the call itself names a server.
func (c *connection) given() bool { return c.server != "" || c.context != "" }

// options lays the flags over the configuration file.
func (p *program) natsOptions(c *connection, name string) natsfeed.Options {
	n := p.file.NATS
	return natsfeed.Options{
		Server: cmp.Or(c.server, n.Server), Context: cmp.Or(c.context, n.Context),
		Creds: cmp.Or(c.creds, n.Creds), NKey: cmp.Or(c.nkey, n.NKey),
		TLSCA: cmp.Or(c.tlsCA, n.TLSCA), TLSCert: cmp.Or(c.tlsCert, n.TLSCert), TLSKey: cmp.Or(c.tlsKey, n.TLSKey),
		Getenv: p.getenv, Name: name,
	}
}

// streamName returns the stream to read, empty for core NATS.
func (p *program) streamName(c *connection) string {
	if c.core {
		return ""
	}
	return cmp.Or(c.stream, p.file.NATS.Stream, natsfeed.DefaultStream)
}

// connect opens a connection, which may still be looking for its server.
func (p *program) connect(c *connection, name string) (*natsfeed.Conn, error) {
	conn, err := natsfeed.Connect(p.natsOptions(c, name))
	if err != nil {
		return nil, usageError{err}
	}
	return conn, nil
}

// unanswered explains why a server could not be asked: where there is no link
// that is the reason, whatever the question came back with.
func (p *program) unanswered(conn *natsfeed.Conn, what string, err error) error {
	if state := conn.State(); !state.Connected {
		return fmt.Errorf("%s: %s (is it running? --server or --context name another)", what, linkWords(state))
	}
	return fmt.Errorf("%s: %w", what, err)
}
