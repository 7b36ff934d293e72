package config

import (
	"fmt"
	"math"
	"strings"

	"wallboard/metrics"
	"wallboard/metrics/kpi"
)

// Goals returns the targets of the file over those of the catalogue.
func (f *File) Goals() (*kpi.Goals, error) {
	goals := make([]kpi.Goal, 0, len(f.Target))
	for _, t := range f.Target {
		goals = append(goals, kpi.Goal{
			KPI: t.KPI, Queue: t.Queue, Channel: strings.ToLower(t.Channel), Value: t.Value.pointer(),
			Critical: t.Critical.pointer(), Lo: t.Lo.pointer(), Hi: t.Hi.pointer(),
		})
	}
	g, err := kpi.NewGoals(goals)
	if err != nil {
		return nil, fmt.Errorf("config: %w", err)
	}
	return g, nil
}

// setQuality lays what the file says of moods, sales and productivity over the
// defaults.
func (f *File) setQuality(s *metrics.Settings) error {
	if f.Emotion.Negative != nil {
		s.Quality.NegativeLabels = f.Emotion.Negative
	}
	if c := f.Emotion.Confidence; c != nil {
		if *c < 0 || *c > 1 || math.IsNaN(*c) {
			return fmt.Errorf("emotion: confidence %g is not between 0 and 1", *c)
		}
		s.Quality.Confidence = *c
	}
	switch f.Sales.Credit {
	case "", "paid":
	case "created":
		s.Quality.CreditCreated = true
	default:
		return fmt.Errorf("sales: credit %q is neither \"paid\" nor \"created\"", f.Sales.Credit)
	}
	if v := f.Sales.Base.Value; f.Sales.Base.Set && (v <= 0 || v > 100 || math.IsNaN(v)) {
		return fmt.Errorf("sales: base %g is no percentage above 0", v)
	}
	s.Quality.ConversionBase = f.Sales.Base.Value
	s.Quality.Currency = f.Sales.Currency
	if b := f.Work.Baseline; b < 0 || math.IsNaN(b) || math.IsInf(b, 0) {
		return fmt.Errorf("productivity: baseline %g is below 0", b)
	}
	s.Quality.ProductivityBase = f.Work.Baseline
	return nil
}

// targetInWords says what a target means.
func targetInWords(t Target) string {
	k := kpi.Find(t.KPI)
	var parts []string
	for _, p := range []struct {
		limit *Limit
		word  string
	}{{t.Value, ""}, {t.Critical, "critical at "}, {t.Lo, "at least "}, {t.Hi, "at most "}} {
		if v := p.limit.pointer(); v != nil {
			parts = append(parts, p.word+amount(k, *v))
		}
	}
	return fmt.Sprintf("The target of %s%s is %s.", t.KPI, where(t.Queue, t.Channel), strings.Join(parts, ", "))
}
