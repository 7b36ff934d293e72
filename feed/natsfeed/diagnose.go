package natsfeed

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Question is what a diagnosis looks at besides the way to the server.
type Question struct {
	Stream   string   // empty: core NATS
	Subjects []string // that the board would read
	Share    Permissions
}

// Reach is how one of the servers named can be reached.
type Reach struct {
	Server string // redacted
	Took   time.Duration
	Cause  Cause // CauseNone: it takes connections
	Err    string
}

// Refusal is something that the account may not do.
type Refusal struct{ Action, Subject string }

// The actions of a Refusal.
const (
	ToPublish   = "publish"
	ToSubscribe = "subscribe"
)

// Diagnosis is what was found. Texts are free of secrets.
type Diagnosis struct {
	Reach     []Reach
	Connected bool
	Cause     Cause // why not
	Err       string

	Server, Version string
	RTT             time.Duration

	Stream      *StreamInfo // nil: see StreamCause
	StreamCause Cause
	StreamErr   string
	Floors      []string      // that the stream holds events of
	Skew        time.Duration // of the server's clock ahead of ours
	SkewError   time.Duration // how far off Skew may be; 0: not measured

	Read, Share []Refusal // what reading and sharing lack, as far as that is tried
}

// Within how long each step of a diagnosis answers or is taken for silent.
const diagnoseWithin = 3 * time.Second

// Diagnose looks at the way to the server and at what it allows, without
// leaving anything behind: what is asked for is either only read, or refused as
// nonsense by a server that would allow it.
func Diagnose(ctx context.Context, opts Options, q Question) (Diagnosis, error) {
	opts, err := opts.complete()
	if err != nil {
		return Diagnosis{}, err
	}
	auth, err := opts.auth()
	if err != nil {
		return Diagnosis{}, redactor{opts.secrets()}.err(err)
	}
	c := &Conn{opts: opts, hide: redactor{opts.secrets()}, closed: make(chan struct{})}
	var d Diagnosis
	for _, server := range strings.Split(opts.Server, ",") {
		d.Reach = append(d.Reach, c.reach(ctx, strings.TrimSpace(server)))
	}
	nc, err := nats.Connect(opts.Server, append(append(c.clientOptions(), auth...),
		nats.RetryOnFailedConnect(false), nats.NoReconnect(), nats.Timeout(diagnoseWithin))...)
	if err != nil {
		d.Cause, d.Err = connectCause(err, d.Reach), c.hide.text(err.Error())
		return d, nil
	}
	c.nc = nc
	defer c.Close()
	if c.js, err = opts.jetStream(nc); err != nil {
		return d, fmt.Errorf("natsfeed: JetStream: %w", err)
	}
	d.Connected, d.Server, d.Version = true, c.hide.text(nc.ConnectedUrlRedacted()), nc.ConnectedServerVersion()
	if d.RTT, err = nc.RTT(); err != nil {
		return d, c.hide.err(err)
	}
	c.examine(ctx, q, &d)
	return d, nil
}

// connectCause is why no connection came about: where no server is reached at
// all the client only says that there is none.
func connectCause(err error, reach []Reach) Cause {
	if !errors.Is(err, nats.ErrNoServers) {
		return CauseOf(err)
	}
	for _, r := range reach {
		if r.Cause != CauseNone {
			return r.Cause
		}
	}
	return CauseOther
}

// reach opens a connection to one server and closes it.
func (c *Conn) reach(ctx context.Context, server string) Reach {
	r := Reach{Server: c.hide.text(server)}
	address, err := addressOf(server)
	if err == nil {
		var conn net.Conn
		began := c.opts.Now()
		dialer := net.Dialer{Timeout: diagnoseWithin}
		if conn, err = dialer.DialContext(ctx, "tcp", address); err == nil {
			r.Took = c.opts.Now().Sub(began)
			_ = conn.Close() // nothing was sent that could be lost
		}
	}
	if err != nil {
		r.Cause, r.Err = CauseOf(err), c.hide.text(err.Error())
	}
	return r
}

// addressOf returns host and port of a server as people write it.
func addressOf(server string) (string, error) {
	if !strings.Contains(server, "://") {
		server = "nats://" + server
	}
	u, err := url.Parse(server)
	if err != nil {
		return "", fmt.Errorf("natsfeed: %q is no URL of a server", Redact(server))
	}
	port := u.Port()
	if port == "" {
		port = "4222"
	}
	return net.JoinHostPort(u.Hostname(), port), nil
}

// examine asks the server what the board would ask it.
func (c *Conn) examine(ctx context.Context, q Question, d *Diagnosis) {
	need := LeastPrivilege(q.Stream, q.Subjects)
	d.Read = c.refusals(need)
	d.Share = c.refusals(q.Share)
	if q.Stream == "" {
		return
	}
	if slices.ContainsFunc(d.Read, func(r Refusal) bool { return r.Subject == "$JS.API.STREAM.INFO."+q.Stream }) {
		d.StreamCause = CausePermission
		return
	}
	ask, cancel := context.WithTimeout(ctx, diagnoseWithin)
	defer cancel()
	began := c.opts.Now()
	s, err := c.js.Stream(ask, q.Stream)
	took := c.opts.Now().Sub(began)
	if err != nil {
		d.StreamCause, d.StreamErr = CauseOf(err), c.hide.text(err.Error())
		return
	}
	info := s.CachedInfo()
	known := streamInfo(info)
	d.Stream = &known
	if !info.TimeStamp.IsZero() {
		// The server looked at its clock somewhere between question and answer.
		d.Skew, d.SkewError = info.TimeStamp.Sub(began.Add(took/2)), max(took/2, time.Millisecond)
	}
	if all, err := s.Info(ask, jetstream.WithSubjectFilter("floor.>")); err == nil {
		d.Floors = floorsOf(all.State.Subjects)
	}
}

// floorsOf returns the floors that subjects are of.
func floorsOf(subjects map[string]uint64) []string {
	var out []string
	for subject := range subjects {
		if parts := strings.Split(subject, "."); len(parts) > 1 && !slices.Contains(out, parts[1]) {
			out = append(out, parts[1])
		}
	}
	slices.Sort(out)
	return out
}

// nonsense is what is published to see whether it may be: an object whose fields
// have the wrong types, which the API refuses. Anything that is no object it
// takes for no request at all, and does what an empty one asks for.
const nonsense = `{"name":5,"stream_name":5,"config":5}`

// dangerous says whether what a permission allows is never tried: a bucket that
// is purged by a server with a mind of its own is too high a price for knowing.
func dangerous(pattern string) bool { return strings.Contains(pattern, ".PURGE.") }

// refusals tries what the permissions allow and returns what the server refuses.
// It says so before it answers a ping, so after each there is certainty.
func (c *Conn) refusals(need Permissions) []Refusal {
	var out []Refusal
	for _, pattern := range need.Subscribe {
		sub, err := c.nc.SubscribeSync(pattern)
		if err == nil && c.denied(pattern) {
			out = append(out, Refusal{ToSubscribe, pattern})
		}
		if err == nil {
			_ = sub.Unsubscribe() // the connection ends soon, and the subscription with it
		}
	}
	for _, pattern := range need.Publish {
		if dangerous(pattern) {
			continue
		}
		subject := strings.TrimSuffix(pattern, ">") + "wallboard_doctor"
		if !strings.HasSuffix(pattern, ">") {
			subject = pattern
		}
		m := nats.NewMsg(subject)
		m.Reply, m.Data = c.opts.InboxPrefix+".wallboard_doctor", []byte(nonsense)
		// Of a subject that a stream stores: it then refuses the message.
		m.Header.Set(jetstream.ExpectedStreamHeader, "wallboard_doctor")
		if err := c.nc.PublishMsg(m); err == nil && c.denied(subject) {
			out = append(out, Refusal{ToPublish, pattern})
		}
	}
	return out
}

// denied says whether the server refused the subject just used.
func (c *Conn) denied(subject string) bool {
	if err := c.nc.FlushTimeout(diagnoseWithin); err != nil {
		return false // the link is gone, which is another finding
	}
	err := c.nc.LastError()
	return errors.Is(err, nats.ErrPermissionViolation) && refusedSubject(err.Error()) == subject
}
