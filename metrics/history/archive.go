package history

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"sync/atomic"

	"wallboard/metrics"
)

// usualDays is how far back weekdays are added up: eight of each.
const usualDays = 56

// waitingDays is how many closed days may wait to be written; beyond, the
// oldest that waits is given up and counted: the engine waits for no disk.
const waitingDays = 256

// Archive writes closed days beside the engine and knows what weekdays usually
// were. Run it once; Keep and Complete belong to the engine's goroutine.
type Archive struct {
	store *Store
	keep  int
	in    chan *Day
	usual atomic.Pointer[map[string]*Weekdays]

	mu   sync.Mutex
	view metrics.HistoryView

	// What Complete last made of which.
	of   *Hours
	with *map[string]*Weekdays
	made *Hours
}

// NewArchive returns an archive that keeps so many days.
func NewArchive(store *Store, keep int) (*Archive, error) {
	if keep < 1 {
		return nil, fmt.Errorf("history: keep %d days: below 1", keep)
	}
	return &Archive{store: store, keep: keep, in: make(chan *Day, waitingDays), view: metrics.HistoryView{Dir: store.Dir()}}, nil
}

// Keep hands closed days over; it does not wait.
func (a *Archive) Keep(days []*Day) {
	for _, d := range days {
		select {
		case a.in <- d:
		default:
			a.failed(errors.New("history: too many days wait for the disk"))
		}
	}
}

// Complete adds what weekdays usually were, and how keeping days fares.
func (a *Archive) Complete(s *metrics.Snapshot) {
	a.mu.Lock()
	s.History = a.view
	a.mu.Unlock()
	h, ok := s.Hours.(*Hours)
	usual := a.usual.Load()
	if !ok || usual == nil {
		return
	}
	if h != a.of || usual != a.with {
		a.of, a.with, a.made = h, usual, h.With(*usual)
	}
	s.Hours = a.made
}

// Run reads what is stored, then writes days until the context ends, and those
// that wait then.
func (a *Archive) Run(ctx context.Context) error {
	floors, err := a.store.Floors()
	if err != nil {
		a.failed(err)
	}
	a.learn(floors...)
	for {
		select {
		case d := <-a.in:
			a.write(d)
		case <-ctx.Done():
			for {
				select {
				case d := <-a.in:
					a.write(d)
				default:
					return nil
				}
			}
		}
	}
}

func (a *Archive) write(d *Day) {
	floor := d.Floor.String()
	wrote, err := a.store.Put(d)
	if err != nil {
		a.failed(err)
		return
	}
	if !wrote {
		return
	}
	a.mu.Lock()
	a.view.Written++
	a.view.LastDay = d.Date()
	a.mu.Unlock()
	if err := a.store.Prune(floor, d.Date(), a.keep); err != nil && !errors.Is(err, fs.ErrNotExist) {
		a.failed(err)
	}
	a.learn(floor)
}

// learn adds the weekdays of some floors up anew.
func (a *Archive) learn(floors ...string) {
	all := map[string]*Weekdays{}
	if known := a.usual.Load(); known != nil {
		for floor, w := range *known {
			all[floor] = w
		}
	}
	for _, floor := range floors {
		days, err := a.store.Last(floor, "", usualDays)
		if err != nil {
			a.failed(err)
		}
		all[floor] = NewWeekdays(days)
	}
	a.usual.Store(&all)
}

func (a *Archive) failed(err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.view.Failed++
	a.view.LastError = err.Error()
}
