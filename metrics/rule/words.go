package rule

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/kpi"
)

// Words says in one or two plain sentences what a rule means, in Chinese where
// the language begins with zh, else in English.
func Words(r Rule, lang string) string {
	c, err := compile(r)
	if err != nil {
		return err.Error()
	}
	say := english
	if strings.HasPrefix(strings.ToLower(lang), "zh") {
		say = chinese
	}
	w := wording{c: c, phrases: say}
	return w.sentence()
}

// phrases are the words of one language. Each pattern names what fills it.
type phrases struct {
	lang                                       string
	of, over, day                              string
	warns, isCritical, above, below, outside   string
	comma, end                                 string
	dynamic, learning, burn, spend, review     string
	target, times, hold, back, keep, few, sure string
	hours, when, advice                        string
	each, floor, channel, queue, team, agent   string
	topic, touchpoint, queueOn                 string
	base, usual, theTarget, flag, noFlag, band string
	noBase                                     string
	perEach                                    string
}

var english = phrases{
	lang: "en", of: "%[1]s of %[2]s", over: " over the last %s", day: " over the day so far",
	warns: "warns %s", isCritical: "is critical %s", above: "above %s", below: "below %s", outside: "outside %s to %s",
	comma: ", ", end: ".",
	dynamic: "above the edge of what it has learned to be usual at that time of day", learning: " While learning and inside promotions %s is in force.",
	noBase: " It is silent while it learns.", burn: "may miss %s %% of a day and ", spend: "when %s %% of the day's budget would go in %s (a rate of %s, over both %s and %s)",
	review: " It is judged when the day has closed, in the gap table and the report, and never rings.",
	target: "its target (%s)", times: "%s times that", hold: " once it has held for %s", back: "; well again when it is back %s",
	keep: " for %s", few: "; silent below %d samples", sure: "; only where the sample makes it sure (90 % Wilson bound)",
	hours: "; only %s", when: "; only while %s is %s or more", advice: " Advice: %s.",
	each: "each %s", floor: "floor", channel: "channel", queue: "queue", team: "team", agent: "agent", topic: "topic", touchpoint: "touchpoint", queueOn: "%s on %s",
	base: "the base", usual: "the usual", theTarget: "the target", flag: "when it is so", noFlag: "where it is not", band: ", held between %s and %s",
	perEach: "%s × %s",
}

var chinese = phrases{
	lang: "zh", of: "%[2]s的%[1]s", over: "（近 %s）", day: "（当日至今）",
	warns: "%s预警", isCritical: "%s严重", above: "高于 %s ", below: "低于 %s ", outside: "超出 %s–%s ",
	comma: "，", end: "。",
	dynamic: "高于该时段学习到的常态边界", learning: "学习期与促销期内以 %s 为准。",
	noBase: "学习期内不告警。", burn: "每日允许 %s%% 未达标：", spend: "若 %[2]s 内将消耗当日余量的 %[1]s%%（速率 %[3]s，%[4]s 与 %[5]s 同时超过）",
	review: "仅在日结后于差距表与报告中评判，不实时告警。",
	target: "目标值（%s）", times: "其 %s 倍", hold: "，持续 %s 触发", back: "；回到 %s",
	keep: "并保持 %s 后恢复", few: "；样本少于 %d 不判", sure: "；仅当样本足以确认时（90% Wilson 界）",
	hours: "；仅 %s", when: "；仅当%s不低于 %s 时", advice: "建议：%s。",
	each: "每个%s", floor: "职场", channel: "渠道", queue: "队列", team: "班组", agent: "坐席", topic: "主题", touchpoint: "触点", queueOn: "%s（%s）",
	base: "基线", usual: "常态值", theTarget: "目标值", flag: "成立时", noFlag: "不成立", band: "，限于 %s 至 %s 之间",
	perEach: "%s × %s",
}

// wording puts one rule in words.
type wording struct {
	c *compiled
	phrases
}

func (w *wording) sentence() string {
	c := w.c
	text := c.Name + ": "
	if w.lang == "zh" {
		text = c.Name + "："
	}
	text += fmt.Sprintf(w.of, w.name(c.kpi), w.scope()) + w.window() + " " + w.limits()
	if c.Mode == ModeReview {
		return strings.TrimRight(text, " ") + w.end + w.review + w.adviceWords()
	}
	if c.For > 0 {
		text += fmt.Sprintf(w.hold, w.span(c.For))
	}
	text += w.recovery()
	if c.Confident {
		text += w.sure
	}
	if c.MinN > 1 {
		text += fmt.Sprintf(w.few, c.MinN)
	}
	for i, k := range c.when {
		text += fmt.Sprintf(w.when, w.name(k), w.amount(k, c.When[i].AtLeast))
	}
	if c.Hours != nil {
		text += fmt.Sprintf(w.hours, w.hoursWords(c.Hours))
	}
	return text + w.end + w.learns() + w.adviceWords()
}

func (w *wording) name(k *kpi.KPI) string {
	if w.lang == "zh" {
		return k.NameZH
	}
	return k.NameEN
}

func (w *wording) adviceWords() string {
	advice := w.c.AdviceEN
	if w.lang == "zh" {
		advice = w.c.AdviceZH
	}
	if advice.Empty() {
		return ""
	}
	return strings.NewReplacer("?.", "?", "？。", "？").Replace(fmt.Sprintf(w.advice, advice))
}

func (w *wording) window() string {
	switch name := w.c.windowName(); {
	case name == "now" || w.c.Mode == ModeBurn:
		return ""
	case name == "today":
		return w.day
	default:
		return fmt.Sprintf(w.over, name)
	}
}

func (w *wording) limits() string {
	c := w.c
	switch {
	case c.Mode == ModeBurn:
		return fmt.Sprintf(w.burn, short(100-c.Burn.Goal)) + w.levels(w.spendWords(c.Burn.Warn), w.spendWords(c.Burn.Critical))
	case c.Mode == ModeDynamic:
		return w.levels(w.dynamicWords(), w.criticalTimes())
	case c.FromTarget:
		return w.levels(w.targetWords(), w.criticalTimes())
	}
	words := [2]string{}
	for i, g := range c.fixed {
		words[i] = w.gauge(&g)
	}
	return w.levels(words[atWarn], words[atCritical])
}

// levels joins what warns and what is critical; an empty one is not watched.
func (w *wording) levels(warn, critical string) string {
	var parts []string
	if warn != "" {
		parts = append(parts, fmt.Sprintf(w.warns, warn))
	}
	if critical != "" {
		parts = append(parts, fmt.Sprintf(w.isCritical, critical))
	}
	return strings.ReplaceAll(strings.Join(parts, w.comma), "高于 其", "高于其")
}

func (w *wording) gauge(g *gauge) string {
	switch {
	case !g.watched:
		return ""
	case w.c.kpi.Unit == kpi.UnitFlag:
		return w.flag
	case finite(g.lo) && finite(g.hi):
		return fmt.Sprintf(w.outside, w.amount(w.c.kpi, g.lo), w.amount(w.c.kpi, g.hi))
	case finite(g.lo):
		return fmt.Sprintf(w.below, w.amount(w.c.kpi, g.lo))
	}
	return fmt.Sprintf(w.above, w.amount(w.c.kpi, g.hi))
}

func (w *wording) dynamicWords() string {
	d, text := w.c.Dynamic, w.dynamic
	switch w.c.Direction {
	case kpi.More:
		text = strings.NewReplacer("above", "below", "高于", "低于").Replace(text)
	case kpi.Within:
		text = strings.NewReplacer("above the edge", "beyond an edge", "高于", "超出").Replace(text)
	}
	if d.Min != nil && d.Max != nil && *d.Min == *d.Max {
		only := d.Base
		if d.Min.Of != OfBase || d.Min.Value != 1 {
			only = *d.Min
		}
		return fmt.Sprintf(w.above, w.amountOf(&only))
	}
	switch {
	case d.Min != nil && d.Max != nil:
		text += fmt.Sprintf(w.band, w.amountOf(d.Min), w.amountOf(d.Max))
	case d.Min != nil:
		text += fmt.Sprintf(w.band, w.amountOf(d.Min), "∞")
	case d.Max != nil:
		text += fmt.Sprintf(w.band, "−∞", w.amountOf(d.Max))
	}
	return text
}

// learns says what is in force while the band is not.
func (w *wording) learns() string {
	switch {
	case w.c.Mode != ModeDynamic:
		return ""
	case w.c.Dynamic.Base.Of == OfUsual, w.c.Direction == kpi.Within:
		return w.noBase
	}
	return fmt.Sprintf(w.learning, w.amountOf(&w.c.Dynamic.Base))
}

func (w *wording) targetWords() string {
	t, ok := (*kpi.Goals)(nil).For(w.c.kpi, metrics.Key{})
	if !ok {
		return fmt.Sprintf(w.above, fmt.Sprintf(w.target, "—"))
	}
	g := unwatched
	g.watched = true
	switch w.c.Direction {
	case kpi.Within:
		g.lo, g.hi = t.Lo, t.Hi
	case kpi.More:
		g.lo = t.Value
	default:
		g.hi = t.Value
	}
	text := strings.TrimSpace(w.gauge(&g))
	if w.lang == "zh" {
		return text + "（目标值，可按队列配置）"
	}
	return text + " (the target, which may differ by queue)"
}

func (w *wording) criticalTimes() string {
	switch {
	case w.c.CriticalTimes > 0 && w.c.Direction == kpi.More:
		return fmt.Sprintf(w.below, fmt.Sprintf("1/%s", short(w.c.CriticalTimes)))
	case w.c.CriticalTimes > 0:
		return fmt.Sprintf(w.above, fmt.Sprintf(w.times, short(w.c.CriticalTimes)))
	case w.c.Critical != nil && w.c.Direction == kpi.More:
		return fmt.Sprintf(w.below, w.amount(w.c.kpi, *w.c.Critical))
	case w.c.Critical != nil:
		return fmt.Sprintf(w.above, w.amount(w.c.kpi, *w.c.Critical))
	}
	return ""
}

func (w *wording) spendWords(s *Spend) string {
	if s == nil {
		return ""
	}
	return fmt.Sprintf(w.spend, short(100*s.Share), w.span(s.Window), rateWord(w.c.Burn.Rate(s)), w.span(s.Window), w.span(s.Window/shortOfLong))
}

func rateWord(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) }

// recovery says where the warn level, or the only one, is well again.
func (w *wording) recovery() string {
	i := atWarn
	if !w.c.fixed[atWarn].watched {
		i = atCritical
	}
	text := ""
	if g := &w.c.fixed[i]; g.watched && w.c.Mode != ModeDynamic && w.c.Mode != ModeBurn && !w.c.FromTarget {
		switch {
		case finite(g.lo) && finite(g.hi):
			text = w.amount(w.c.kpi, g.backLo) + "–" + w.amount(w.c.kpi, g.backHi)
		case finite(g.lo):
			text = w.amount(w.c.kpi, g.backLo)
		default:
			text = w.amount(w.c.kpi, g.backHi)
		}
		switch {
		case w.lang == "en" && w.c.kpi.Unit != kpi.UnitFlag:
			text = "at " + text
		case w.lang == "zh":
			text += " "
		}
	} else if w.lang == "zh" {
		text = "界内"
	}
	text = fmt.Sprintf(w.back, text)
	if w.lang == "en" {
		text = strings.TrimRight(text, " ")
	}
	if w.c.Keep > 0 {
		text += fmt.Sprintf(w.keep, w.span(w.c.Keep))
	} else if w.lang == "zh" {
		text += "即恢复"
	}
	return text
}

func (w *wording) scope() string {
	m := w.c.Match
	each := func(kind, pattern string) string {
		if pattern == "" || pattern == "*" {
			return fmt.Sprintf(w.each, kind)
		}
		return kind + " " + pattern
	}
	channel := each(w.channel, m.Channel)
	if len(m.Channels) > 0 {
		channel = strings.Join(m.Channels, ", ")
	}
	switch w.c.Scope {
	case metrics.ScopeFloor:
		return each(w.floor, m.Floor)
	case metrics.ScopeChannel:
		return channel
	case metrics.ScopeQueue:
		return each(w.queue, m.Queue)
	case metrics.ScopeQueueChannel:
		return fmt.Sprintf(w.queueOn, each(w.queue, m.Queue), strings.TrimPrefix(channel, w.channel+" "))
	case metrics.ScopeTeam:
		return each(w.team, m.Team)
	case metrics.ScopeTopic:
		return each(w.topic, "")
	case metrics.ScopeTouchpoint:
		return each(w.touchpoint, "")
	}
	return each(w.agent, m.Agent)
}

func (w *wording) amountOf(a *Amount) string {
	switch a.Of {
	case "":
		return w.amount(w.c.kpi, a.Value)
	case OfBase:
		return fmt.Sprintf(w.perEach, short(a.Value), w.base)
	case OfUsual:
		return fmt.Sprintf(w.perEach, strconv.FormatFloat(a.Value, 'g', -1, 64), w.usual)
	case OfTarget:
		return fmt.Sprintf(w.perEach, short(a.Value), w.theTarget)
	}
	return fmt.Sprintf(w.perEach, short(a.Value), strings.ToLower(w.name(w.c.terms[a.Of])))
}

// amount writes a value in its KPI's unit.
func (w *wording) amount(k *kpi.KPI, v float64) string {
	number := strconv.FormatFloat(v, 'g', 6, 64)
	switch k.Unit {
	case kpi.UnitSeconds:
		return w.span(time.Duration(v * float64(time.Second)))
	case kpi.UnitPercent:
		return number + " %"
	case kpi.UnitFlag:
		return w.noFlag
	case kpi.UnitCount, kpi.UnitScore:
		return number
	}
	return number + " " + string(k.Unit)
}

// span writes a duration without trailing zero parts.
func (w *wording) span(d time.Duration) string {
	if d >= 24*time.Hour && d%(24*time.Hour) == 0 {
		return fmt.Sprintf("%d d", d/(24*time.Hour))
	}
	text := d.String()
	if cut := strings.TrimSuffix(text, "m0s"); cut != text {
		text = cut + "m"
	}
	return strings.Replace(text, "h0m", "h", 1)
}

func (w *wording) hoursWords(h *metrics.Hours) string {
	var days []string
	for i, open := range h.Days {
		if open {
			days = append(days, time.Weekday(i).String()[:3])
		}
	}
	clock := func(d time.Duration) string { return fmt.Sprintf("%02d:%02d", int(d.Hours()), int(d.Minutes())%60) }
	span := clock(h.From) + "–" + clock(h.To)
	if h.From == h.To {
		span = "00:00–24:00"
	}
	return strings.TrimSpace(strings.Join(days, ", ") + " " + span)
}
