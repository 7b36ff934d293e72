// Package wire owns the wire contract: how an event of the floor is a
// CloudEvent, under which subject it travels, what is refused and why. It knows
// nothing of NATS, of screens, or of what the engine makes of an event.
package wire
