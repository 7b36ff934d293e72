package config

import (
	"fmt"
	"strconv"

	"wallboard/metrics/baseline"
	"wallboard/metrics/kpi"
	"wallboard/metrics/rule"
)

// setLimits reads warn, critical and return as the mode understands them.
func (e Rule) setLimits(r *rule.Rule, k *kpi.KPI) error {
	if e.Return != nil {
		v, err := number(k, e.Return)
		if err != nil {
			return at("return", err)
		}
		r.Return = &v
	}
	switch r.Mode {
	case rule.ModeDynamic:
		return e.setDynamic(r, k)
	case rule.ModeBurn:
		return e.setBurn(r, k)
	}
	if e.Warn == "target" {
		r.FromTarget = true
	} else if err := setLimit(k, e.Warn, &r.Warn, &r.WarnWithin); err != nil {
		return at("warn", err)
	}
	return e.setCritical(r, k)
}

// setLimit reads a number or a range.
func setLimit(k *kpi.KPI, v any, limit **float64, within **rule.Range) error {
	if v == nil {
		return nil
	}
	if a, b, ok := pair(v); ok {
		lo, err := number(k, a)
		if err != nil {
			return err
		}
		hi, err := number(k, b)
		*within = &rule.Range{Lo: lo, Hi: hi}
		return err
	}
	n, err := number(k, v)
	*limit = &n
	return err
}

// setCritical reads a limit, a range or "2 x warn".
func (e Rule) setCritical(r *rule.Rule, k *kpi.KPI) error {
	word, _ := e.Critical.(string)
	if times, of, ok := cutTimes(word); ok {
		n, err := strconv.ParseFloat(times, 64)
		if err != nil || of != "warn" {
			return at("critical", fmt.Errorf("%q is not of the form \"2 x warn\"", word))
		}
		if !r.FromTarget && r.Mode != rule.ModeDynamic {
			return at("critical", fmt.Errorf("%q needs a warn limit that moves: give a number", word))
		}
		r.CriticalTimes = n
		return nil
	}
	return at("critical", setLimit(k, e.Critical, &r.Critical, &r.CriticalWithin))
}

var sensitivities = map[string]float64{
	"edge": baseline.SensitivityEdge, "high": baseline.SensitivityHigh, "normal": baseline.SensitivityNormal, "low": baseline.SensitivityLow,
}

func (e Rule) setDynamic(r *rule.Rule, k *kpi.KPI) error {
	d := &rule.Dynamic{Step: e.Step.D, Weekday: e.Weekday}
	r.Dynamic = d
	switch {
	case e.Warn != nil:
		return at("warn", fmt.Errorf("in mode dynamic the warn limit is learned: give base and clamp"))
	case e.Base == nil:
		return at("base", fmt.Errorf("mode dynamic needs a base, the limit in force while it learns, or \"usual\""))
	case e.Clamp != nil && len(e.Clamp) != 2:
		return at("clamp", fmt.Errorf("is of the form [5, \"10 x people\"]"))
	}
	var err error
	if d.Base, err = quantity(k, e.Base); err != nil {
		return at("base", err)
	}
	if e.Clamp != nil {
		lo, err := quantity(k, e.Clamp[0])
		if err != nil {
			return at("clamp", err)
		}
		hi, err := quantity(k, e.Clamp[1])
		if err != nil {
			return at("clamp", err)
		}
		d.Min, d.Max = &lo, &hi
	}
	if err := setSensitivity(d, e.Sensitivity); err != nil {
		return at("sensitivity", err)
	}
	return e.setCritical(r, k)
}

func setSensitivity(d *rule.Dynamic, v any) error {
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		d.Sensitivity = sensitivities[v]
	case float64:
		d.Sensitivity = v
	case int64:
		d.Sensitivity = float64(v)
	}
	if !(d.Sensitivity > 0) {
		return fmt.Errorf("%v is none of edge, high, normal, low, nor a number above 0", v)
	}
	return nil
}

func (e Rule) setBurn(r *rule.Rule, k *kpi.KPI) error {
	if e.Goal == nil {
		return at("goal", fmt.Errorf("mode burn needs a goal such as \"80%%\""))
	}
	goal, err := number(k, e.Goal)
	if err != nil {
		return at("goal", err)
	}
	r.Burn = rule.DefaultBurn(goal)
	if e.BudgetPeriod.Set {
		r.Burn.Day = e.BudgetPeriod.D
	}
	if e.Warn == nil && e.Critical == nil {
		return nil
	}
	r.Burn.Warn, r.Burn.Critical = nil, nil
	for key, v := range map[string]any{"warn": e.Warn, "critical": e.Critical} {
		if v == nil {
			continue
		}
		s, err := spend(v)
		if err != nil {
			return at(key, err)
		}
		if key == "warn" {
			r.Burn.Warn = s
		} else {
			r.Burn.Critical = s
		}
	}
	return nil
}
