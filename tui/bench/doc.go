// Package bench owns the measurement of the screen: what a frame costs to build
// and how many bytes its changes take, beside the same picture made with plain
// Lip Gloss and shown by Bubble Tea's own renderer. It must not know where
// snapshots come from.
package bench
