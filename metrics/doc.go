// Package metrics owns the vocabulary of the floor (Event, Session, Agent,
// Queue, Level), the Engine that folds events into base figures, and the
// immutable Snapshot that everything else reads. It must not know NATS, the
// wire's JSON, Bubble Tea or the wall clock: its result is a pure function of
// settings, events in order and clock ticks.
package metrics
