package report

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/export"
	"wallboard/metrics/kpi"
	"wallboard/metrics/review"
)

// document is a report in words: what every form writes.
type document struct {
	title, subtitle string
	sections        []section
}

type section struct {
	title  string
	notes  []string
	charts []chart
	table  table
}

// table has a line of heads and lines of cells; columns before left are text,
// the others numbers, and wide ones text again.
type table struct {
	heads []string
	left  int
	wide  []int
	rows  [][]cell
}

type cell struct {
	text  string
	level metrics.Level // LevelUnknown: no colour
}

func plain(texts ...string) []cell {
	out := make([]cell, len(texts))
	for i, t := range texts {
		out[i].text = t
	}
	return out
}

// document puts the report into words.
func (r *Report) document(lang export.Language) document {
	w := wordsOf(lang)
	d := document{title: fmt.Sprintf("%s · %s %s", w.review, w.floor, r.Floor), subtitle: r.span()}
	if r.Against != nil {
		d.subtitle += " · " + w.against + " " + r.Against.span()
	}
	d.sections = append(d.sections, r.inShort(w, lang), r.indicators(w, lang))
	if r.Against != nil {
		d.sections = append(d.sections, r.beforeAfter(w, lang))
	}
	d.sections = append(d.sections, r.breaches(w), r.hours(w))
	d.sections = append(d.sections, r.heats(w, lang)...)
	if len(r.Worst) > 0 {
		d.sections = append(d.sections, r.worstQueues(w, lang))
	}
	return document{d.title, d.subtitle, append(d.sections, r.incomplete(w))}
}

func name(k *kpi.KPI, lang export.Language) string {
	if lang == export.Chinese {
		return k.NameZH
	}
	return k.NameEN
}

func (r *Report) inShort(w *words, lang export.Language) section {
	s := section{title: w.short}
	met, known := 0, 0
	for _, l := range r.Lines {
		if l.HasTarget && l.Value.OK {
			known++
			if l.OK {
				met++
			}
		}
	}
	s.notes = append(s.notes, fmt.Sprintf("%d "+w.ofTargets, met, known))
	for _, l := range r.Lines {
		if l.HasTarget && l.Value.OK && !l.OK {
			s.notes = append(s.notes, fmt.Sprintf("%s %s: %s (%s)", levelMark(levelOf(l.KPI, l.Target, true, l.Value)), name(l.KPI, lang), number(l.KPI, l.Value), target(l.KPI, l.Target)))
		}
	}
	critical, total := 0, int64(0)
	for _, e := range r.Episodes {
		critical += b2i(e.Level == metrics.LevelCritical)
		total += r.lasted(e)
	}
	s.notes = append(s.notes, fmt.Sprintf(w.breachesOf, len(r.Episodes), critical, seconds(float64(total)/1000, kpi.Less)))
	return s
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// lasted is how long a breach lasted within the span, ms.
func (r *Report) lasted(e metrics.Episode) int64 {
	end := e.Ended
	if end == 0 {
		end = r.To
	}
	return max(0, min(end, r.To)-max(e.FiringSince, r.From))
}

func (r *Report) indicators(w *words, lang export.Language) section {
	s := section{title: w.indicators, table: table{heads: []string{"", w.indicator, w.target, w.value, w.gap, w.trend, w.n, w.madeBy, w.advice}, left: 2, wide: []int{7, 8}}}
	for _, l := range r.Lines {
		level := levelOf(l.KPI, l.Target, l.HasTarget, l.Value)
		goal, gap, advice := dash, "", l.AdviceEN
		if l.HasTarget {
			goal = target(l.KPI, l.Target)
		}
		if level >= metrics.LevelWarn {
			gap = amount(l.KPI.Unit, l.Gap, kpi.Less)
		}
		guide := l.GuideEN
		if lang == export.Chinese {
			advice, guide = l.AdviceZH, l.GuideZH
		}
		if guide != "" {
			goal += " (" + w.guide + " " + guide + ")"
		}
		if l.Rule != "" {
			advice += " [" + w.dayRule + ": " + l.Rule + "]"
		}
		s.table.rows = append(s.table.rows, append([]cell{{levelMark(level), level}},
			plain(name(l.KPI, lang), goal, number(l.KPI, l.Value), gap, trendMark(l.Trend), count(l.Value), madeBy(l, w), advice)...))
	}
	return s
}

func count(v kpi.Value) string {
	if !v.OK {
		return ""
	}
	return thousands(v.N)
}

// maxNamed bounds who is named as making a gap.
const maxNamed = 3

// madeBy names the queues that make a gap, else the channels or teams.
func madeBy(l Line, w *words) string {
	for _, b := range []review.Breakdown{l.Queues, l.Channels, l.Teams} {
		text, n := "", 0
		for _, p := range b.Parts {
			if p.Share < 1 || n == maxNamed {
				continue
			}
			if n++; n > 1 {
				text += ", "
			}
			text += fmt.Sprintf("%s %.0f %%", place(p.Key, w), p.Share)
		}
		if n > 0 {
			return text
		}
	}
	return ""
}

func (r *Report) beforeAfter(w *words, lang export.Language) section {
	s := section{title: w.beforeAfter, table: table{heads: []string{"", w.figure, w.before, w.after, w.change, w.relative, w.improvement}, left: 2}}
	for _, c := range r.Changes {
		better := ""
		if c.Judged {
			better = percentage(c.Improvement)
		}
		level := metrics.LevelUnknown
		switch review.TrendOf(c.Change) {
		case review.TrendBetter:
			level = metrics.LevelOK
		case review.TrendWorse:
			level = metrics.LevelWarn
		}
		s.table.rows = append(s.table.rows, append([]cell{{trendMark(review.TrendOf(c.Change)), level}},
			plain(name(c.KPI, lang), number(c.KPI, c.Before), number(c.KPI, c.After), signed(c.KPI.Unit, c.Absolute), percentage(c.Relative), better)...))
	}
	return s
}

func (r *Report) breaches(w *words) section {
	s := section{title: w.breaches}
	if len(r.Episodes) == 0 {
		s.notes = []string{w.none}
		return s
	}
	s.table = table{heads: []string{"", w.rule, w.scope, w.times, w.lasted, w.longest, w.from, w.until, w.worstValue, w.limit, w.acked}, left: 3, wide: []int{10}}
	for _, g := range r.grouped() {
		s.table.rows = append(s.table.rows, append([]cell{{levelMark(g.worst.Level) + " " + w.levelWord(g.worst.Level), g.worst.Level}},
			plain(g.worst.Rule, place(g.worst.Key, w), thousands(int64(g.times)), lengthOf(g.total), lengthOf(g.longest), r.stamp(g.from), r.ended(g.until, w),
				inUnit(g.worst.KPI, g.peak), inUnit(g.worst.KPI, g.worst.Limit), g.acked)...))
	}
	return s
}

func lengthOf(ms int64) string { return seconds(float64(ms)/1000, kpi.Less) }

func (r *Report) ended(t int64, w *words) string {
	if t == 0 {
		return w.stillOn
	}
	return r.stamp(t)
}

// inUnit prints a value of a KPI by its id.
func inUnit(id string, v float64) string {
	if k := kpi.Find(id); k != nil {
		return amount(k.Unit, v, k.Direction)
	}
	return decimals(v, kpi.Neutral, 1)
}

func (w *words) levelWord(l metrics.Level) string {
	switch l {
	case metrics.LevelOK:
		return w.ok
	case metrics.LevelWarn:
		return w.warn
	case metrics.LevelCritical:
		return w.critical
	}
	return w.noData
}

func (r *Report) hourName(h metrics.HourSpan) string { return clock(h.From, r.Zone) }

func (r *Report) hours(w *words) section {
	s := section{title: w.byHour, table: table{heads: []string{w.hour, w.offered, w.answered, w.abandoned, kpi.Find("service_level").NameEN}, left: 1}}
	if w == &chinese {
		s.table.heads[4] = kpi.Find("service_level").NameZH
	}
	level := kpi.Find("service_level")
	volume := chart{title: w.volume, legend: []string{w.answered, w.abandoned}}
	share := chart{title: w.serviceLevel, top: 100}
	if t, ok := review.TargetOf(nil, level, r.floorKey()); ok {
		share.line = t.Value
	}
	for _, l := range r.Lines {
		if l.KPI == level && l.HasTarget {
			share.line = l.Target.Value
		}
	}
	for _, h := range r.Volume {
		s.table.rows = append(s.table.rows, plain(r.hourName(h.Span), number(kpi.Find("offered"), h.Offered), number(kpi.Find("answered"), h.Answered), number(kpi.Find("abandoned"), h.Abandoned), number(level, h.Level)))
		volume.add(r.hourName(h.Span), value(h.Answered), value(h.Abandoned))
		share.add(r.hourName(h.Span), value(h.Level))
	}
	s.charts = []chart{volume, share}
	return s
}

func (r *Report) heats(w *words, lang export.Language) []section {
	var out []section
	for _, h := range r.Heats {
		s := section{title: w.heat + ": " + name(h.KPI, lang), table: table{heads: []string{w.place}, left: 1}}
		if h.HasTarget {
			s.notes = []string{w.target + " " + target(h.KPI, h.Target) + ". " + w.hoursNote}
		}
		for _, span := range r.Hours {
			s.table.heads = append(s.table.heads, time.UnixMilli(span.From).In(r.Zone).Format("15"))
		}
		s.table.heads = append(s.table.heads, w.whole)
		for _, row := range h.Rows {
			cells := plain(place(row.Key, w))
			for _, v := range append(slices.Clone(row.Cells), row.Total) {
				cells = append(cells, r.heatCell(h, v))
			}
			s.table.rows = append(s.table.rows, cells)
		}
		out = append(out, s)
	}
	return out
}

func (r *Report) heatCell(h Heat, v kpi.Value) cell {
	if !v.OK || h.KPI.Unit == kpi.UnitCount && v.V == 0 {
		return cell{}
	}
	level := levelOf(h.KPI, h.Target, h.HasTarget, v)
	text := ""
	switch h.KPI.Unit {
	case kpi.UnitPercent:
		text = decimals(v.V, h.KPI.Direction, 0)
	case kpi.UnitSeconds:
		text = shortSeconds(v.V, h.KPI.Direction)
	default:
		text = number(h.KPI, v)
	}
	if level >= metrics.LevelWarn {
		text = levelMark(level) + text
	}
	return cell{text, level}
}

func (r *Report) worstQueues(w *words, lang export.Language) section {
	s := section{title: w.worst, table: table{heads: []string{w.place, w.share}, left: 1}}
	for _, id := range worstKPIs {
		s.table.heads = append(s.table.heads, name(kpi.Find(id), lang))
	}
	for _, q := range r.Worst {
		cells := plain(place(q.Key, w), decimals(q.Share, kpi.Neutral, 0)+" %")
		for i, v := range q.Values {
			k := kpi.Find(worstKPIs[i])
			t, has := review.TargetOf(nil, k, q.Key)
			cells = append(cells, cell{number(k, v), levelOf(k, t, has, v)})
		}
		s.table.rows = append(s.table.rows, cells)
	}
	return s
}

func (r *Report) incomplete(w *words) section {
	s := section{title: w.incomplete, table: table{heads: []string{w.reason, w.count}, left: 1}}
	a := &r.Account
	add := func(text string, n int64) {
		if n != 0 {
			s.table.rows = append(s.table.rows, plain(text, thousands(n)))
		}
	}
	for _, reason := range slices.Sorted(maps.Keys(a.Rejected)) {
		add(w.rejected+": "+reason, a.Rejected[reason])
	}
	add(w.lost, a.Lost)
	add(w.ancient, a.Ancient)
	add(w.misfit, a.Misfit)
	add(w.unknown, a.Unknown)
	add(w.late, a.Late)
	add(w.duplicates, a.Duplicates)
	if a.FrozenMs > 0 {
		s.table.rows = append(s.table.rows, plain(w.frozen, seconds(float64(a.FrozenMs)/1000, kpi.Less)))
	}
	if r.Seen > r.From {
		s.table.rows = append(s.table.rows, plain(w.seenFrom, r.stamp(r.Seen)))
	}
	if len(s.table.rows) == 0 {
		s.notes = []string{w.nothingMissing}
	}
	add(w.received, a.Received)
	s.notes = append(s.notes, w.madeAt+" "+time.UnixMilli(r.To).In(r.Zone).Format(time.RFC3339))
	return s
}
