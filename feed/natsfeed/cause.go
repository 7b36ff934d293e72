package natsfeed

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"os"
	"slices"
	"strings"
	"syscall"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Cause is why something did not work, as far as it decides what to do next.
type Cause uint8

// The causes; the zero value is none.
const (
	CauseNone        Cause = iota
	CauseName              // the server's name resolves to no address
	CauseRefused           // the machine answers, nothing listens there
	CauseSilent            // no answer in time
	CauseUnreachable       // no way to the machine
	CauseTLS               // certificates or the handshake
	CauseAuth              // the server does not know us
	CausePermission        // the server knows us and refuses a subject
	CauseNoJetStream       // of the server, or of the account
	CauseNoStream          // JetStream has no such stream
	CauseOther
)

// CauseOf finds the cause of an error of a connection or of an API request.
func CauseOf(err error) Cause {
	if err == nil {
		return CauseNone
	}
	for _, known := range []struct {
		cause Cause
		is    []error
	}{
		{CauseNoStream, []error{ErrNoStream, jetstream.ErrStreamNotFound}},
		{CauseNoJetStream, []error{jetstream.ErrJetStreamNotEnabled, jetstream.ErrJetStreamNotEnabledForAccount, nats.ErrNoResponders}},
		{CausePermission, []error{nats.ErrPermissionViolation}},
		{CauseAuth, []error{nats.ErrAuthorization, nats.ErrAuthExpired, nats.ErrAuthRevoked, nats.ErrAccountAuthExpired}},
		{CauseTLS, []error{nats.ErrSecureConnRequired, nats.ErrSecureConnWanted}},
		{CauseRefused, []error{syscall.ECONNREFUSED}},
		{CauseUnreachable, []error{syscall.EHOSTUNREACH, syscall.ENETUNREACH}},
	} {
		for _, one := range known.is {
			if errors.Is(err, one) {
				return known.cause
			}
		}
	}
	return causeOfKind(err)
}

// causeOfKind finds the cause of errors that are told by their type.
func causeOfKind(err error) Cause {
	var dns *net.DNSError
	var unknown x509.UnknownAuthorityError
	var hostname x509.HostnameError
	var invalid x509.CertificateInvalidError
	var verify *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	var timeout interface{ Timeout() bool }
	switch {
	case errors.As(err, &dns):
		return CauseName
	case errors.As(err, &unknown), errors.As(err, &hostname), errors.As(err, &invalid), errors.As(err, &verify), errors.As(err, &record), errors.As(err, &alert):
		return CauseTLS
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, nats.ErrTimeout), errors.As(err, &timeout) && timeout.Timeout():
		return CauseSilent
	}
	return CauseOther
}

// refused returns the first subject of a feed's own that the server refused: it
// may refuse others, of what is shared between boards, and reading goes on.
func (f *Feed) refused(denied []string) string {
	for _, text := range denied {
		subject := refusedSubject(text)
		if slices.Contains(f.opts.Subjects, subject) || f.opts.Stream != "" && slices.Contains(strings.Split(subject, "."), f.opts.Stream) ||
			strings.HasPrefix(subject, f.conn.opts.InboxPrefix+".") {
			return subject
		}
	}
	return ""
}

// refusedSubject returns the subject that a permission violation is about. The
// client hands on the server's sentence; the subject is what it quotes first.
func refusedSubject(text string) string {
	_, rest, found := strings.Cut(text, `"`)
	if !found {
		return ""
	}
	subject, _, _ := strings.Cut(rest, `"`)
	return subject
}
