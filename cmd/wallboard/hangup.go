package main

import (
	"context"
	"os"
	"os/signal"
	"slices"
	"syscall"
)

// untilHangUp returns a context that ends when the terminal goes away. SIGHUP
// alone is no reason to end: by custom it asks a service to read its
// configuration again. Nothing is read again yet, so the signal then has no
// effect, which is better than a wall that goes dark.
func untilHangUp(ctx context.Context, streams ...*os.File) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	var terminals []*os.File
	for _, s := range streams {
		if isTerminal(s) {
			terminals = append(terminals, s)
		}
	}
	hangUps := make(chan os.Signal, 1)
	signal.Notify(hangUps, syscall.SIGHUP)
	go func() { // ends with the context
		defer signal.Stop(hangUps)
		for {
			select {
			case <-ctx.Done():
				return
			case <-hangUps:
				gone := func(t *os.File) bool { return !isTerminal(t) }
				if slices.ContainsFunc(terminals, gone) {
					cancel()
				}
			}
		}
	}()
	return ctx, cancel
}
