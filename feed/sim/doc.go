// Package sim owns a seeded e-commerce service floor: a discrete-event
// simulation of customers, people, machines and queues that speaks the wire
// contract's events in time order, small random days for property tests, and
// faults that spoil a stream on purpose. It must not know the engine (it must
// not know the answer), NATS, JSON, screens or the wall clock: the same
// options give the same events.
package sim
