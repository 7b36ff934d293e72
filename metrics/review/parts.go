package review

import (
	"cmp"
	"math"
	"slices"

	"wallboard/metrics"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
)

// Part is what one scope adds to the gap of the whole.
type Part struct {
	Key   metrics.Key // the zero Key: what the parts leave unexplained
	Value kpi.Value   // the part's own
	Gap   float64     // what it adds to the gap, in the KPI's unit; below 0: it makes up for others
	Share float64     // of the whole gap, in percent
}

// Breakdown is a gap with who makes it.
type Breakdown struct {
	Gap                  float64 // of the whole, in the KPI's unit
	Parts                []Part  // largest first
	FormulaEN, FormulaZH string  // how a part's share is computed
}

// Contributors says which channels, queues or teams make the gap of the whole:
// rows are the parts, all over the whole's window. Only where the whole has
// data and a target.
//
// A ratio is decomposed exactly: with V = Σ num ÷ Σ den and target t, part i
// adds (num_i − t·den_i) ÷ den, turned so that above 0 is bad; the parts add up
// to the gap. A volume is shared in proportion. For a quantile a part's share
// is its share of the samples beyond the target.
func Contributors(k *kpi.KPI, t kpi.Target, whole Source, rows []*metrics.Row) Breakdown {
	v := whole.Value(k)
	if !v.OK {
		return Breakdown{}
	}
	b := Breakdown{Gap: Gap(k, t, v.V)}
	var contribution func(Source, kpi.Value) (float64, bool)
	dist, quantile := quantiles[k.ID]
	switch {
	case quantile:
		b.FormulaEN, b.FormulaZH = "share of the samples beyond the target", "超出目标的样本占比"
		contribution = beyondTarget(dist, t, k, whole, b.Gap)
	case v.Den > 0:
		b.FormulaEN, b.FormulaZH = "(numerator − target × denominator) of the part ÷ denominator of the whole", "（该部分分子 − 目标 × 该部分分母）÷ 整体分母"
		contribution = ratioShare(k, t, v)
	default:
		b.FormulaEN, b.FormulaZH = "share of the volume", "数量占比"
		contribution = func(_ Source, own kpi.Value) (float64, bool) { return own.V / v.V * b.Gap, v.V != 0 }
	}
	b.Parts = parts(k, whole, rows, b.Gap, contribution)
	return b
}

func parts(k *kpi.KPI, whole Source, rows []*metrics.Row, gap float64, contribution func(Source, kpi.Value) (float64, bool)) []Part {
	var out []Part
	rest := gap
	for _, r := range rows {
		s := whole
		s.Row = r
		own := s.Value(k)
		if !own.OK {
			continue
		}
		adds, ok := contribution(s, own)
		if !ok {
			continue
		}
		rest -= adds
		out = append(out, Part{Key: r.Key, Value: own, Gap: adds})
	}
	slices.SortStableFunc(out, func(a, b Part) int { return cmp.Compare(b.Gap, a.Gap) })
	if len(out) > 0 && math.Abs(rest) > 1e-9*max(1, math.Abs(gap)) {
		out = append(out, Part{Gap: rest})
	}
	for i := range out {
		if gap != 0 {
			out[i].Share = out[i].Gap / gap * 100
		}
	}
	return out
}

// ratioShare decomposes a ratio. The bound that matters is the one the whole
// is nearest to or beyond.
func ratioShare(k *kpi.KPI, t kpi.Target, whole kpi.Value) func(Source, kpi.Value) (float64, bool) {
	scale := 1.0
	switch {
	case whole.Num != 0:
		scale = whole.V * whole.Den / whole.Num
	case k.Unit == kpi.UnitPercent:
		scale = 100
	}
	bound, sign := boundOf(k, t, whole.V)
	return func(_ Source, own kpi.Value) (float64, bool) {
		return sign * (own.Num*scale - bound*own.Den) / whole.Den, own.Den > 0
	}
}

// boundOf returns the bound a value is held against and the sign that makes
// values beyond it positive.
func boundOf(k *kpi.KPI, t kpi.Target, v float64) (bound, sign float64) {
	switch k.Direction {
	case kpi.More:
		return t.Value, -1
	case kpi.Within:
		if t.Lo-v > v-t.Hi {
			return t.Lo, -1
		}
		return t.Hi, 1
	}
	return t.Value, 1
}

// quantiles are the KPIs read off a distribution.
var quantiles = map[string]fact.Dist{
	"frt_p50": fact.DistFRT, "frt_p90": fact.DistFRT, "response_p50": fact.DistResponse, "response_p90": fact.DistResponse,
	"wait_p50": fact.DistWait, "wait_p90": fact.DistWait, "aht_p50": fact.DistHandle, "aht_p90": fact.DistHandle,
}

// beyondTarget shares a quantile's gap by the samples beyond the target.
func beyondTarget(d fact.Dist, t kpi.Target, k *kpi.KPI, whole Source, gap float64) func(Source, kpi.Value) (float64, bool) {
	bound, sign := boundOf(k, t, whole.Value(k).V)
	beyond := func(s Source) float64 {
		n, all := s.Row.Beyond(s.At, s.Window, d, int64(bound*1000))
		if sign < 0 {
			n = all - n
		}
		return float64(n)
	}
	total := beyond(whole)
	return func(s Source, _ kpi.Value) (float64, bool) {
		if total == 0 {
			return 0, false
		}
		return beyond(s) / total * gap, true
	}
}
