package live

import (
	"context"
	"time"

	"wallboard/metrics"
)

// Instant folds in what the source holds when reading begins, but for events
// after the instant (ms; 0: all), and returns the snapshot there: the same as
// Offline makes of the same events in a file. The source is a stream; on core
// NATS, which holds nothing, it returns at once.
func Instant(ctx context.Context, source Source, newBoard NewBoard, at int64) (*metrics.Snapshot, error) {
	pass := &instant{source: source, newBoard: newBoard, at: at}
	if err := pass.begin(); err != nil {
		return nil, err
	}
	look := time.NewTicker(defaultEvery) // for a stream that turns out to be empty
	defer look.Stop()
	for !pass.done() {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-look.C:
		case <-source.Ready():
			if err := pass.drain(); err != nil {
				return nil, err
			}
		}
	}
	if at > 0 {
		pass.folder.board.StandAt(at)
	}
	return pass.folder.board.Snapshot(), nil
}

// instant is one reading of a source.
type instant struct {
	source   Source
	newBoard NewBoard
	at       int64
	folder   *folder
	applied  uint64
}

func (p *instant) begin() error {
	b, err := p.newBoard()
	if err != nil {
		return err
	}
	b.CaughtUp(0)
	p.folder, p.applied = newFolder(b), 0
	return nil
}

// done says whether everything stored when reading began has been read.
func (p *instant) done() bool {
	s := p.source.Status()
	return s.Open && p.applied >= s.CatchUpTo
}

func (p *instant) drain() error {
	batch := p.source.Take()
	if batch.Restarted {
		if err := p.begin(); err != nil {
			return err
		}
	}
	for i := range batch.Messages {
		m := &batch.Messages[i]
		err := p.folder.decoder.Decode(m.Subject, m.Header, m.Payload, m.Stored, &p.folder.event)
		p.applied = max(p.applied, m.Sequence)
		if p.at == 0 || err != nil || p.folder.event.Time <= p.at {
			p.folder.take(err, m.Stored, m.Sequence)
		}
	}
	return nil
}
