package rule

import (
	"fmt"
	"time"

	"wallboard/metrics"
)

// Promotion is a time in which more comes than usual: flows are judged as
// value / Factor against what is usual, and nothing is learned.
type Promotion struct {
	Name     string
	From, To int64 // ms since the epoch, To not included
	Factor   float64
	Queue    string         // empty: each
	Hours    *metrics.Hours // of each day; nil: all of it
}

// Calendar holds the promotions. The zero value and nil hold none.
type Calendar struct{ promotions []Promotion }

// mostFactor is the largest factor that can be meant.
const mostFactor = 1000

// NewCalendar checks promotions and returns their calendar.
func NewCalendar(promotions []Promotion) (*Calendar, error) {
	for i, p := range promotions {
		switch {
		case p.To <= p.From:
			return nil, fmt.Errorf("rule: promotion %q, number %d: it ends before it begins", p.Name, i+1)
		case !(p.Factor > 0 && p.Factor <= mostFactor):
			return nil, fmt.Errorf("rule: promotion %q, number %d: factor %g is not above 0 and at most %d", p.Name, i+1, p.Factor, mostFactor)
		}
	}
	return &Calendar{promotions: append([]Promotion(nil), promotions...)}, nil
}

// At returns the promotion in force for an entity: one that names the queue
// before one for all, the last of several. An entity that is not of one queue
// sees only those for all.
func (c *Calendar) At(at int64, key metrics.Key, zone *time.Location) (Promotion, bool) {
	found := Promotion{}
	if c == nil {
		return found, false
	}
	for _, p := range c.promotions {
		switch {
		case at < p.From || at >= p.To || p.Queue != "" && p.Queue != key.Queue.String():
		case p.Hours != nil && !p.Hours.Open(at, zone):
		case found.Factor == 0 || p.Queue != "" || found.Queue == "":
			found = p
		}
	}
	return found, found.Factor != 0
}

// Factor returns the factor in force for an entity, 0 outside any promotion.
func (c *Calendar) Factor(at int64, key metrics.Key, zone *time.Location) float64 {
	p, _ := c.At(at, key, zone)
	return p.Factor
}

// Now returns the promotions that are on at a moment, wherever they apply.
func (c *Calendar) Now(at int64) []metrics.PromotionView {
	var on []metrics.PromotionView
	for _, p := range c.Promotions() {
		if at >= p.From && at < p.To {
			on = append(on, metrics.PromotionView{Name: line(p.Name), Queue: line(p.Queue), Factor: p.Factor, From: p.From, To: p.To})
		}
	}
	return on
}

// Promotions returns the entries. Do not change them.
func (c *Calendar) Promotions() []Promotion {
	if c == nil {
		return nil
	}
	return c.promotions
}
