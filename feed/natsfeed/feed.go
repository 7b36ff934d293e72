package natsfeed

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// FeedOptions say what to read.
type FeedOptions struct {
	Stream   string   // JetStream stream; empty: core NATS, from now on only
	Subjects []string // from Subjects
	// HistoryFrom returns the stream time to read from, asked again for every
	// rebuild; nil or the zero time: from the first message.
	HistoryFrom func() time.Time

	QueueLimit    int           // messages waiting for the consumer; default 16,384
	ClientPending int           // messages a core subscription may hold beyond the queue; default 262,144
	PullMessages  int           // asked of JetStream at once; default 5,000
	CheckEvery    time.Duration // stream comparison; default 5 s
	RequestWithin time.Duration // for an answer of JetStream's API; default 5 s
}

// DefaultPullMessages is how many messages are asked of JetStream at once: a
// little faster than the client's 500, and beyond it only memory grows.
const DefaultPullMessages = 5_000

const (
	defaultQueueLimit    = 16_384
	defaultClientPending = 262_144 // five seconds of the highest burst the board is built for
	defaultCheckEvery    = 5 * time.Second
	defaultRequestWithin = 5 * time.Second
)

func (o FeedOptions) complete() (FeedOptions, error) {
	if len(o.Subjects) == 0 {
		return o, errors.New("natsfeed: subscribe: no subjects")
	}
	if o.QueueLimit <= 0 {
		o.QueueLimit = defaultQueueLimit
	}
	if o.ClientPending <= 0 {
		o.ClientPending = defaultClientPending
	}
	if o.PullMessages <= 0 {
		o.PullMessages = DefaultPullMessages
	}
	if o.CheckEvery <= 0 {
		o.CheckEvery = defaultCheckEvery
	}
	if o.RequestWithin <= 0 {
		o.RequestWithin = defaultRequestWithin
	}
	return o, nil
}

// Gap is an interval in which messages may have been lost.
type Gap struct {
	From, To int64 // ms since the epoch; To 0: it lasts
	Lost     int64 // at most this many; 0: nobody can say
}

// maxGaps bounds the list; beyond it the two oldest are joined, so that what is
// reported as lost never shrinks.
const maxGaps = 64

// Status is how reading stands.
type Status struct {
	Link   State
	Stream string // empty on core NATS
	Open   bool   // reading has begun
	// Subjects is what is read, From since when in stream time: the zero time
	// is the first message.
	Subjects []string
	From     time.Time
	Refused  string // the first of our subjects that the server refuses

	// CatchUpTo is the sequence to have applied before the numbers are those
	// of now: the last one stored when reading began, or the last one of the
	// subjects read. HistoryTotal is about how many messages lie before it.
	CatchUpTo    uint64
	HistoryTotal int64

	FirstSeq, LastSeq uint64 // of the stream at the last look
	Delivered         uint64 // sequence of the last message put into the queue
	Missing           int64  // since when the stream does not exist, ms; 0: it does
	Rebuilds          int64  // times everything before was declared void
	RebuiltAt         int64  // ms, of the last
	Reason            string // of the last rebuild
	LiveSince         int64  // core NATS: when the subscription stood, ms
	Gaps              []Gap
	Dropped           int64 // by the client of a core subscription
	Unreadable        int64 // messages whose position could not be read
	Backlog           int   // waiting in the queue
	Lag               int64 // messages of our subjects not taken yet, as far as the server has said
}

// Batch is what waited in the queue, valid until the next Take.
type Batch struct {
	Messages []Message
	// Restarted says that everything taken before is void: the stream was
	// deleted, recreated or rolled back, and these messages begin again.
	Restarted bool
}

// Feed reads messages in the background and keeps them until taken. Ready,
// Take and Close belong to one goroutine; Status is safe for any.
type Feed struct {
	conn *Conn
	opts FeedOptions
	q    *queue
	wake chan struct{}
	stop context.CancelFunc
	done chan struct{}

	mu      sync.Mutex
	status  Status
	changes []linkChange
	reading *reader            // the pass under way, of a stream
	asking  context.CancelFunc // ends the API request under way
}

// Subscribe starts reading. It returns at once: a server that is away or a
// stream that does not exist yet is waited for, and seen in Status.
func Subscribe(conn *Conn, opts FeedOptions) (*Feed, error) {
	opts, err := opts.complete()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	f := &Feed{
		conn: conn, opts: opts,
		wake: make(chan struct{}, 1), stop: cancel, done: make(chan struct{}),
		status: Status{Stream: opts.Stream, Subjects: opts.Subjects},
	}
	if opts.HistoryFrom != nil {
		f.status.From = opts.HistoryFrom()
	}
	f.q = newQueue(opts.QueueLimit, f.now)
	if opts.Stream == "" {
		err = f.startCore(ctx)
	} else {
		conn.watch(f.observe)
		go f.runStream(ctx)
	}
	if err != nil {
		cancel()
		return nil, err
	}
	return f, nil
}

// Ready holds a token while there may be something to take.
func (f *Feed) Ready() <-chan struct{} { return f.q.ready }

// Take returns what waits, without waiting itself.
func (f *Feed) Take() Batch {
	messages, restarted := f.q.take()
	return Batch{Messages: messages, Restarted: restarted}
}

// Status returns how reading stands.
func (f *Feed) Status() Status {
	f.mu.Lock()
	defer f.mu.Unlock()
	s := f.status
	s.Link = f.conn.State()
	s.Refused = f.refused(s.Link.Denied)
	s.Gaps = slices.Clone(s.Gaps)
	s.Backlog = f.q.len()
	s.Lag = int64(s.Backlog)
	if f.reading != nil {
		s.Lag += f.reading.behind()
	}
	return s
}

// Close stops reading and waits until its goroutine has ended. The connection
// stays open.
func (f *Feed) Close() {
	f.conn.watch(nil)
	f.q.close()
	f.stop()
	<-f.done
}

// observe runs on the client's callback goroutine.
func (f *Feed) observe(c linkChange) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.changes = append(f.changes, c)
	if c.kind == linkDown {
		if f.reading != nil {
			f.reading.markDisconnect()
		}
		if f.asking != nil {
			f.asking() // its answer will not come, and the client does not say so
		}
	}
	f.nudge()
}

// ask returns the context of one API request, ended early by a lost link.
func (f *Feed) ask(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(ctx, f.opts.RequestWithin)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asking = cancel
	return ctx, cancel
}

func (f *Feed) nudge() {
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

func (f *Feed) takeChanges() []linkChange {
	f.mu.Lock()
	defer f.mu.Unlock()
	changes := f.changes
	f.changes = nil
	return changes
}

func (f *Feed) update(apply func(*Status)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	apply(&f.status)
}

func (f *Feed) now() int64 { return f.conn.opts.Now().UnixMilli() }

// addGap notes a gap, or ends the one that lasts.
func (s *Status) addGap(g Gap) {
	if n := len(s.Gaps); n > 0 && s.Gaps[n-1].To == 0 {
		last := &s.Gaps[n-1]
		last.To, last.Lost = g.To, last.Lost+g.Lost
		return
	}
	s.Gaps = append(s.Gaps, g)
	if len(s.Gaps) > maxGaps {
		joined := Gap{From: s.Gaps[0].From, To: s.Gaps[1].To, Lost: s.Gaps[0].Lost + s.Gaps[1].Lost}
		s.Gaps = append(s.Gaps[:0], s.Gaps[1:]...)
		s.Gaps[0] = joined
	}
}

func (f *Feed) fail(action string, err error) {
	f.conn.note(fmt.Errorf("natsfeed: %s: %w", action, err))
}
