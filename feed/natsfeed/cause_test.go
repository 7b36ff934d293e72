package natsfeed_test

import (
	"context"
	"crypto/x509"
	"fmt"
	"net"
	"net/url"
	"strings"
	"syscall"
	"testing"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"wallboard/feed/embed"
	"wallboard/feed/natsfeed"
)

func TestCausesAreToldApartHoweverDeepTheyLie(t *testing.T) {
	for want, errs := range map[natsfeed.Cause][]error{
		natsfeed.CauseNone:        {nil},
		natsfeed.CauseName:        {&net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "nats.lan"}}},
		natsfeed.CauseRefused:     {&net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}},
		natsfeed.CauseSilent:      {context.DeadlineExceeded, nats.ErrTimeout, &net.OpError{Op: "read", Err: context.DeadlineExceeded}},
		natsfeed.CauseUnreachable: {&net.OpError{Op: "dial", Err: syscall.ENETUNREACH}},
		natsfeed.CauseTLS:         {x509.UnknownAuthorityError{}, x509.HostnameError{Certificate: &x509.Certificate{}, Host: "h"}, nats.ErrSecureConnRequired},
		natsfeed.CauseAuth:        {nats.ErrAuthorization, nats.ErrAuthExpired},
		natsfeed.CausePermission:  {nats.ErrPermissionViolation},
		natsfeed.CauseNoJetStream: {jetstream.ErrJetStreamNotEnabled, nats.ErrNoResponders},
		natsfeed.CauseNoStream:    {natsfeed.ErrNoStream},
		natsfeed.CauseOther:       {fmt.Errorf("anything else")},
	} {
		for _, err := range errs {
			wrapped := err
			if err != nil {
				wrapped = fmt.Errorf("natsfeed: read: %w", &url.Error{Op: "dial", URL: "nats://h", Err: err})
			}
			if got := natsfeed.CauseOf(wrapped); got != want {
				t.Errorf("cause of %v is %d, want %d", err, got, want)
			}
		}
	}
}

func TestAFeedSaysWhyNothingComes(t *testing.T) {
	gone := serve(t, embed.Options{})
	nobody := gone.ClientURL()
	gone.Shutdown()
	plain := serve(t, embed.Options{})
	other := natsfeed.FloorStream("OTHER")
	empty := serve(t, embed.Options{Storage: embed.Memory, Stream: &other})
	locked := serve(t, embed.Options{User: "wall", Password: "canary-right"})
	narrow := serve(t, embed.Options{Storage: embed.Memory, User: "acd", Password: "canary-acd", Users: []*server.User{{
		Username: "wall", Password: "canary-wall",
		Permissions: &server.Permissions{
			Subscribe: &server.SubjectPermission{Allow: []string{"_INBOX_wb.>"}},
			Publish:   &server.SubjectPermission{Allow: []string{"elsewhere"}},
		},
	}}})
	for _, tt := range []struct {
		name string
		opts natsfeed.Options
		want natsfeed.Cause
	}{
		{"nothing listens", natsfeed.Options{Server: nobody}, natsfeed.CauseRefused},
		{"no such name", natsfeed.Options{Server: "nats://no-such-host.invalid:4222"}, natsfeed.CauseName},
		{"no JetStream", natsfeed.Options{Server: plain.ClientURL()}, natsfeed.CauseNoJetStream},
		{"no stream", natsfeed.Options{Server: empty.ClientURL()}, natsfeed.CauseNoStream},
		{"no credentials", natsfeed.Options{Server: locked.ClientURL()}, natsfeed.CauseAuth},
		{"no permission", natsfeed.Options{Server: narrow.ClientURL(), User: "wall", Password: "canary-wall"}, natsfeed.CausePermission},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := subscribe(t, connect(t, tt.opts), natsfeed.FeedOptions{Stream: "FLOOR", Subjects: []string{"floor.>"}})
			eventually(t, f, "the cause", func() bool { return f.Status().Link.Cause == tt.want })
			s := f.Status()
			if tt.want == natsfeed.CausePermission && s.Refused != "$JS.API.STREAM.INFO.FLOOR" {
				t.Errorf("the refused subject is %q", s.Refused)
			}
			if text := fmt.Sprintf("%+v", s); strings.Contains(text, "canary") {
				t.Errorf("a secret in %s", text)
			}
		})
	}
	t.Run("attempts are counted", func(t *testing.T) {
		f := subscribe(t, connect(t, natsfeed.Options{Server: nobody}), natsfeed.FeedOptions{Stream: "FLOOR", Subjects: []string{"floor.>"}})
		eventually(t, f, "a second attempt", func() bool { s := f.Status().Link; return s.Attempts >= 2 && !s.NextTry.IsZero() })
	})
}
