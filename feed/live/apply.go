package live

import (
	"errors"

	"wallboard/feed/wire"
	"wallboard/metrics"
)

// folder turns raw messages into calls of a board. Its buffers are reused, so
// it allocates nothing per message.
type folder struct {
	board   Board
	decoder *wire.Decoder
	event   metrics.Event
	cleaned int64 // already noted
}

func newFolder(b Board) *folder { return &folder{board: b, decoder: wire.NewDecoder()} }

// take folds the decoded event in, or counts the rejection.
func (f *folder) take(err error, arrival int64, sequence uint64) {
	if n := f.decoder.Cleaned(); n != f.cleaned {
		f.board.NoteCleaned(n - f.cleaned)
		f.cleaned = n
	}
	if err != nil {
		f.reject(err, arrival)
		return
	}
	f.event.Sequence = sequence
	f.board.Apply(&f.event)
}

func (f *folder) reject(err error, arrival int64) {
	var rejection *wire.Rejection
	if errors.As(err, &rejection) {
		f.board.Reject(rejection.Reason, arrival, rejection.Sample)
		return
	}
	// The decoder promises nothing else; should it break that, the message is
	// still counted.
	f.board.Reject(wire.ReasonBadJSON, arrival, f.event.ID)
}
