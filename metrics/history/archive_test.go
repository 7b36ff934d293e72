package history

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"wallboard/metrics"
)

func TestTheArchiveWritesBesideTheEngineAndKnowsWeekdays(t *testing.T) {
	store := NewStore(t.TempDir())
	if _, err := store.Put(aDay("hz", midnight.AddDate(0, 0, -7), 3)); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		a, err := NewArchive(store, 400)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- a.Run(ctx) }()
		a.Keep([]*Day{aDay("hz", midnight, 5)})
		synctest.Wait()
		s := &metrics.Snapshot{Hours: new(Quarters).Hours()}
		a.Complete(s)
		if s.History.Written != 1 || s.History.LastDay != "2026-11-20" || s.History.Failed != 0 {
			t.Errorf("%+v", s.History)
		}
		if _, days := s.Hours.Usual(queueKey("hz", "PS"), time.Friday, 0); days != 2 {
			t.Errorf("%d Fridays", days)
		}
		cancel()
		a.Keep([]*Day{aDay("hz", midnight.AddDate(0, 0, 1), 5)})
		if err := <-ended; err != nil {
			t.Fatal(err)
		}
	})
	if dates, _ := store.Dates("hz"); len(dates) < 2 {
		t.Errorf("%v", dates)
	}
}

func TestADiskThatRefusesIsCountedAndSaid(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "hz"), nil, 0o600); err != nil { // where a folder should be
		t.Fatal(err)
	}
	a, err := NewArchive(NewStore(dir), 400)
	if err != nil {
		t.Fatal(err)
	}
	a.write(aDay("hz", midnight, 1))
	var s metrics.Snapshot
	a.Complete(&s)
	if s.History.Failed != 1 || !strings.Contains(s.History.LastError, "history: write 2026-11-20") {
		t.Errorf("%+v", s.History)
	}
}
