// Package ack owns what people decide about breaches: who takes care of one,
// and whose notice is hidden until when. It knows how two boards' decisions
// become one, how long each holds, and how they are laid over a snapshot. It
// must not know how boards reach each other, nor screens, nor the wall clock:
// its time is that of the snapshots it is shown.
package ack
