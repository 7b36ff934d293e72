//go:build !unix

package screen

import (
	"context"
	"time"
)

// watchEvery is how often the size is read where no signal tells of a change.
const watchEvery = 500 * time.Millisecond

// Watch delivers the terminal's size, now and after every change, until ctx
// ends. f must repaint, for what the terminal shows is not known.
func (t *Terminal) Watch(ctx context.Context, f func(w, h int)) {
	ticker := time.NewTicker(watchEvery)
	defer ticker.Stop()
	lastW, lastH := -1, -1
	for {
		if w, h, err := t.Size(); err == nil && (w != lastW || h != lastH) {
			lastW, lastH = w, h
			f(w, h)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}
