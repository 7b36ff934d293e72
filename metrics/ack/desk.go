package ack

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// MaxRecords bounds what a desk keeps. Beyond it a record from another board
// is refused: more breaches at once than a floor can have.
const MaxRecords = 20_000

// ErrNotFiring is returned where a breach neither fires nor recovers.
var ErrNotFiring = errors.New("ack: it does not fire: there is nothing to decide")

// ErrFull is returned where the desk keeps MaxRecords already.
var ErrFull = errors.New("ack: too many breaches are kept already")

// Desk keeps one board's records: what all boards are known to hold, and over
// it what was decided here and has not reached them yet. Safe for concurrent
// use. Its methods never wait for anything but each other.
type Desk struct {
	mu      sync.Mutex
	entries map[ID]*entry
	ids     map[name]ID
	past    past
	now     int64 // clock of the last snapshot
	live    int64 // since when this board's breaches are whole; 0: they are not
	swept   int64 // when what is over was last thrown out
	looks   uint64
	version uint64
	shown   shown

	unsaved, changed chan struct{}
}

// name is what a breach is called in a snapshot, to find its ID without
// writing its scope each time.
type name struct {
	rule string
	key  metrics.Key
}

// entry is what is known about one breach.
type entry struct {
	shared  Record // what all boards hold; zero: nothing
	mine    Record // over it, where unsaved
	view    Record // of both
	unsaved bool
	firing  bool   // this board saw it fire at the last look
	start   int64  // ... since
	look    uint64 // the last look at which it was there
}

// NewDesk returns an empty desk.
func NewDesk() *Desk {
	return &Desk{
		entries: map[ID]*entry{}, ids: map[name]ID{},
		unsaved: make(chan struct{}, 1), changed: make(chan struct{}, 1),
	}
}

// Unsaved holds a token while there may be something in Pending.
func (d *Desk) Unsaved() <-chan struct{} { return d.unsaved }

// Changed holds a token after anything that the next snapshot will show.
func (d *Desk) Changed() <-chan struct{} { return d.changed }

// Now returns the clock of the last snapshot, ms since the epoch.
func (d *Desk) Now() int64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.now
}

// Acknowledge notes that somebody takes care of a breach. It fails where
// somebody does already.
func (d *Desk) Acknowledge(b metrics.Breach, by, comment clean.Text) error {
	return d.decide(&b, func(r *Record) error {
		if r.Acked() {
			return TakenError{By: r.AckedBy}
		}
		r.AckedBy, r.AckedAt, r.AckComment = orUnnamed(by), d.now, comment
		return nil
	})
}

// TakenError says that somebody was faster.
type TakenError struct{ By clean.Text }

// Error names who.
func (e TakenError) Error() string {
	return fmt.Sprintf("ack: %s has acknowledged it already", e.By)
}

// sees notes that this board has the breach before it. One that it saw already
// keeps its own beginning: what is shown may carry the one agreed on.
func (e *entry) sees(b *metrics.Breach) {
	if !e.firing {
		e.firing, e.start = true, b.FiringSince
	}
}

// Silence hides the notice of a breach for the span given.
func (d *Desk) Silence(b metrics.Breach, by clean.Text, span time.Duration, comment clean.Text) error {
	if span <= 0 || span > MaxSilence {
		return fmt.Errorf("ack: a silence lasts up to %s, not %s", MaxSilence, span)
	}
	return d.decide(&b, func(r *Record) error {
		r.SilencedUntil = d.now + span.Milliseconds()
		r.silenced(by, comment, d.now)
		return nil
	})
}

// Unsilence ends the silence of a breach.
func (d *Desk) Unsilence(b metrics.Breach, by clean.Text) error {
	return d.decide(&b, func(r *Record) error {
		if !r.Silent(d.now) {
			return errors.New("ack: it is not silenced")
		}
		r.SilencedUntil = 0
		r.silenced(by, clean.Text{}, d.now)
		return nil
	})
}

// silenced notes who decided. The time rises with every decision, whatever the
// clock does, or a decision could be lost to the one before it.
func (r *Record) silenced(by, comment clean.Text, now int64) {
	r.SilencedBy, r.SilenceComment, r.SilencedAt = orUnnamed(by), comment, max(now, r.SilencedAt+1)
}

// orUnnamed stands for somebody without a name: an empty one reads as nobody.
func orUnnamed(by clean.Text) clean.Text {
	if by.Empty() {
		return clean.Own("?")
	}
	return by
}

// Open makes sure that the breach has a record, so that all boards agree on
// when it began, and returns it as it is known here.
func (d *Desk) Open(b *metrics.Breach) (Record, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	id := d.idOf(b)
	if e := d.entries[id]; e != nil && e.view.holds(b.FiringSince) && e.view.Level >= b.Level {
		return e.view, nil
	}
	e, err := d.entry(id)
	if err != nil {
		return Record{}, err
	}
	e.sees(b)
	d.change(e, d.episodeOf(e, id, b))
	return e.view, nil
}

// decide changes the record of a breach's episode.
func (d *Desk) decide(b *metrics.Breach, change func(*Record) error) error {
	if !active(b) {
		return ErrNotFiring
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	id := d.idOf(b)
	e, err := d.entry(id)
	if err != nil {
		return err
	}
	r := d.episodeOf(e, id, b)
	if err := change(&r); err != nil {
		return err
	}
	e.sees(b)
	d.change(e, r)
	return nil
}

// episodeOf returns the record of the episode that the breach is in.
func (d *Desk) episodeOf(e *entry, id ID, b *metrics.Breach) Record {
	fresh := Record{
		Floor: id.Floor, Rule: id.Rule, Scope: id.Scope,
		Episode: b.FiringSince, Seen: max(d.now, b.FiringSince), Level: b.Level,
	}
	return Merge(e.view, fresh)
}

// entry returns the entry of an identity, a new one where there is none.
func (d *Desk) entry(id ID) (*entry, error) {
	if e := d.entries[id]; e != nil {
		return e, nil
	}
	if len(d.entries) >= MaxRecords {
		return nil, ErrFull
	}
	e := &entry{}
	d.entries[id] = e
	return e, nil
}

// change lays a record of this board over what all hold.
func (d *Desk) change(e *entry, r Record) {
	e.mine, e.unsaved = r, true
	d.settle(e)
	if e.unsaved {
		poke(d.unsaved)
	}
}

// settle works out what counts, after either side of an entry changed.
func (d *Desk) settle(e *entry) {
	view := e.shared
	if e.unsaved {
		view = Merge(e.shared, e.mine)
		e.unsaved = view != e.shared
	}
	if view == e.view {
		return
	}
	e.view = view
	d.version++
	poke(d.changed)
}

func poke(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Put takes what all boards hold about a breach from now on.
func (d *Desk) Put(r Record) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	e, err := d.entry(r.ID())
	if err != nil {
		return err
	}
	e.shared = r
	d.settle(e)
	return nil
}

// Pending returns what was decided here and has not reached the other boards.
func (d *Desk) Pending() []Record {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []Record
	for _, e := range d.entries {
		if e.unsaved {
			out = append(out, e.mine)
		}
	}
	return out
}

// Renew says that the other boards have forgotten everything, all but the
// identities listed: what this one knows counts as decided here and not shared
// yet.
func (d *Desk) Renew(known func(ID) bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for id, e := range d.entries {
		if known(id) || e.view.Episode == 0 {
			continue
		}
		e.shared, e.mine, e.unsaved = Record{}, e.view, true
		d.settle(e)
		poke(d.unsaved)
	}
}

// Get returns what is known about a breach.
func (d *Desk) Get(id ID) (Record, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	e := d.entries[id]
	if e == nil {
		return Record{}, false
	}
	return e.view, true
}

// idOf returns the identity of a breach, written once.
func (d *Desk) idOf(b *metrics.Breach) ID {
	n := name{b.Rule, b.Key}
	id, ok := d.ids[n]
	if ok {
		return id
	}
	if len(d.ids) >= MaxRecords {
		clear(d.ids)
	}
	id = IDOf(b)
	d.ids[n] = id
	return id
}

// Forget says that the boards hold nothing about a breach any more: somebody
// removed it.
func (d *Desk) Forget(id ID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if e := d.entries[id]; e != nil {
		e.shared = Record{}
		d.settle(e)
	}
}

// Over returns the records of breaches that are over for good.
func (d *Desk) Over() []Record {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []Record
	for _, e := range d.entries {
		if e.view.Settled(d.now) && !e.view.Expired(d.now) {
			out = append(out, e.view)
		}
	}
	return out
}
