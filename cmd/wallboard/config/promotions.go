package config

import (
	"fmt"
	"time"

	"wallboard/metrics/rule"
)

// Promotion is a time in which more comes than usual.
type Promotion struct {
	Name   string  `toml:"name"`
	From   any     `toml:"from"`
	To     any     `toml:"to"`
	Factor float64 `toml:"factor"`
	Queue  string  `toml:"queue"`
	Hours  string  `toml:"hours"`
}

// Calendar returns the promotions. zone is that of moments written without an
// offset.
func (f *File) Calendar(zone *time.Location) (*rule.Calendar, error) {
	var all []rule.Promotion
	for i, entry := range f.Promotion {
		p, err := entry.promotion(zone)
		if err == nil {
			_, err = rule.NewCalendar([]rule.Promotion{p})
		}
		if err != nil {
			return nil, fmt.Errorf("config: line %d: promotion %q: %w", f.positions.line("promotion", i, ""), entry.Name, err)
		}
		all = append(all, p)
	}
	return rule.NewCalendar(all)
}

func (e Promotion) promotion(zone *time.Location) (rule.Promotion, error) {
	p := rule.Promotion{Name: e.Name, Factor: e.Factor, Queue: e.Queue}
	from, err := instant(e.From, zone)
	if err != nil {
		return p, fmt.Errorf("from: %w", err)
	}
	to, err := instant(e.To, zone)
	if err != nil {
		return p, fmt.Errorf("to: %w", err)
	}
	p.From, p.To = from.UnixMilli(), to.UnixMilli()
	if e.Hours != "" {
		hours, err := parseHours(e.Hours, nil)
		if err != nil {
			return p, err
		}
		p.Hours = &hours
	}
	return p, nil
}
