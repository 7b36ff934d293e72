package rule

import (
	"fmt"
	"strconv"

	"wallboard/metrics/baseline"
	"wallboard/metrics/checkpoint"
)

// Reason is why a breach fires where the value and its limit do not say it
// themselves, as numbers; English and Chinese put it in words.
type Reason struct {
	kind reasonKind
	band baseline.Reason // reasonBand
	a, b float64
	text string
}

type reasonKind uint8

const (
	reasonNone   reasonKind = iota
	reasonBand              // out of the band
	reasonBurn              // the budget burns a times too fast; at b it would be a breach
	reasonSilent            // the sources in text are silent
	reasonBound             // even the Wilson bound a lies beyond the limit, n in b
)

// English puts the reason in words; empty where there is none.
func (r Reason) English() string {
	switch r.kind {
	case reasonBand:
		return r.band.English()
	case reasonBurn:
		return fmt.Sprintf("the day's budget burns %s times as fast as it lasts (limit %s)", short(r.a), short(r.b))
	case reasonSilent:
		return "nothing heard from " + r.text
	case reasonBound:
		return fmt.Sprintf("sure at n = %d: with 90 %% confidence it is no better than %s %%", int64(r.b), short(r.a))
	}
	return ""
}

// Chinese puts the reason in words; empty where there is none.
func (r Reason) Chinese() string {
	switch r.kind {
	case reasonBand:
		return r.band.Chinese()
	case reasonBurn:
		return fmt.Sprintf("当日余量消耗速度为可持续的 %s 倍（限 %s 倍）", short(r.a), short(r.b))
	case reasonSilent:
		return "收不到 " + r.text + " 的消息"
	case reasonBound:
		return fmt.Sprintf("样本 %d：90%% 置信下不会好于 %s%%", int64(r.b), short(r.a))
	}
	return ""
}

// short writes a number with at most one decimal.
func short(v float64) string {
	text := strconv.FormatFloat(v, 'f', 1, 64)
	if n := len(text); text[n-2:] == ".0" {
		return text[:n-2]
	}
	return text
}

func (r *Reason) code(c *checkpoint.Coder) {
	checkpoint.Int(c, &r.kind)
	checkpoint.Int(c, &r.band.Cause)
	c.Float64(&r.band.By)
	c.Float64(&r.band.Level)
	c.Float64(&r.a)
	c.Float64(&r.b)
	c.String(&r.text)
}
