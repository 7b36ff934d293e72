package config

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"wallboard/metrics/kpi"
	"wallboard/metrics/rule"
)

// number reads a limit of a KPI: a number in its unit, a percentage for one in
// percent, a span of time for one of time.
func number(k *kpi.KPI, v any) (float64, error) {
	switch v := v.(type) {
	case int64:
		return float64(v), nil
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return 0, fmt.Errorf("%v is no limit", v)
		}
		return v, nil
	case string:
		return numberIn(k, strings.TrimSpace(v))
	}
	return 0, fmt.Errorf("%v is neither a number, a percentage nor a span of time", v)
}

func numberIn(k *kpi.KPI, word string) (float64, error) {
	if digits, ok := strings.CutSuffix(word, "%"); ok {
		n, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
		switch {
		case err != nil || math.IsNaN(n) || math.IsInf(n, 0):
			return 0, fmt.Errorf("%q is no percentage", word)
		case k != nil && k.Unit != kpi.UnitPercent:
			return 0, fmt.Errorf("%q is a percentage, and %s is measured in %s", word, k.ID, k.Unit)
		}
		return n, nil
	}
	if n, err := strconv.ParseFloat(word, 64); err == nil && !math.IsNaN(n) && !math.IsInf(n, 0) {
		return n, nil
	}
	span, err := parseSpan(word)
	switch {
	case err != nil:
		return 0, fmt.Errorf("%q is neither a number, a percentage nor a span of time", word)
	case k != nil && k.Unit == kpi.UnitMinutes:
		return span.Minutes(), nil
	case k != nil && k.Unit != kpi.UnitSeconds:
		return 0, fmt.Errorf("%q is a span of time, and %s is measured in %s", word, k.ID, k.Unit)
	}
	return span.Seconds(), nil
}

// quantity reads a number, or a multiple such as "2 x people".
func quantity(k *kpi.KPI, v any) (rule.Amount, error) {
	word, isText := v.(string)
	if times, of, ok := cutTimes(word); isText && ok {
		n, err := strconv.ParseFloat(times, 64)
		if err != nil || math.IsNaN(n) || math.IsInf(n, 0) || of == "" {
			return rule.Amount{}, fmt.Errorf("%q is not of the form \"2 x people\"", word)
		}
		return rule.Amount{Value: n, Of: of}, nil
	}
	if word == rule.OfUsual || word == rule.OfTarget {
		return rule.Amount{Value: 1, Of: word}, nil
	}
	n, err := number(k, v)
	return rule.Amount{Value: n}, err
}

// cutTimes splits "2 x people" or "2 × people".
func cutTimes(word string) (times, of string, ok bool) {
	for _, sign := range []string{" x ", "×", " * "} {
		if times, of, ok = strings.Cut(word, sign); ok {
			return strings.TrimSpace(times), strings.TrimSpace(of), true
		}
	}
	return "", "", false
}

// pair reads two values such as [20, 30].
func pair(v any) (a, b any, ok bool) {
	list, isList := v.([]any)
	if !isList || len(list) != 2 {
		return nil, nil, false
	}
	return list[0], list[1], true
}

// spend reads { spend = "25%", in = "180m" }.
func spend(v any) (*rule.Spend, error) {
	table, ok := v.(map[string]any)
	form := fmt.Errorf("in mode burn it is of the form { spend = \"25%%\", in = \"180m\" }")
	if !ok || len(table) != 2 {
		return nil, form
	}
	share, hasShare := table["spend"].(string)
	within, hasWindow := table["in"].(string)
	digits, isPercent := strings.CutSuffix(share, "%")
	n, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
	if !hasShare || !hasWindow || !isPercent || err != nil {
		return nil, form
	}
	window, err := parseSpan(within)
	return &rule.Spend{Share: n / 100, Window: window}, err
}

// textOf reads a text out of a key that takes several forms.
func textOf(v any) (string, error) {
	s, ok := v.(string)
	if !ok {
		return "", fmt.Errorf("%v is no text", v)
	}
	return s, nil
}

// instant reads a moment with its offset, or a local one in the zone.
func instant(v any, zone *time.Location) (time.Time, error) {
	switch v := v.(type) {
	case time.Time:
		return v, nil
	case interface {
		AsTime(*time.Location) time.Time
	}:
		return v.AsTime(zone), nil
	case string:
		if t, err := time.Parse(time.RFC3339, v); err == nil {
			return t, nil
		}
		for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04", time.DateOnly} {
			if t, err := time.ParseInLocation(layout, v, zone); err == nil {
				return t, nil
			}
		}
	}
	return time.Time{}, fmt.Errorf("%v is no moment such as \"2026-11-10T20:00:00+08:00\"", v)
}
