// Package bench owns the measurement of ingest: a floor's load, a server that
// sends it pre-encoded, the client that does nothing, the program one would
// write first, and ours, in turns inside one run. It must not know screens.
package bench
