package share

import (
	"time"

	"wallboard/metrics"
	"wallboard/metrics/ack"
	"wallboard/metrics/clean"
)

// Hand decides in the name of one person. Its methods return at once: the other
// boards hear of it behind them. Safe for concurrent use.
type Hand struct {
	Desk *ack.Desk
	By   clean.Text
}

// Acknowledge says that the person takes care of the breach.
func (h Hand) Acknowledge(b metrics.Breach, comment clean.Text) error {
	return h.Desk.Acknowledge(b, h.By, comment)
}

// Silence hides the notice of the breach.
func (h Hand) Silence(b metrics.Breach, d time.Duration, comment clean.Text) error {
	return h.Desk.Silence(b, h.By, d, comment)
}

// Unsilence ends the silence of the breach.
func (h Hand) Unsilence(b metrics.Breach) error { return h.Desk.Unsilence(b, h.By) }
