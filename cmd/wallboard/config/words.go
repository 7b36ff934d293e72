package config

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/kpi"
	"wallboard/metrics/rule"
)

// Describe writes in words what a configuration means; its rules in the
// language given, en or zh.
func Describe(w io.Writer, s metrics.Settings, rules []rule.Rule, calendar *rule.Calendar, targets []Target, lang string) {
	fmt.Fprintln(w, "Time")
	describeFloor(w, "every floor", s.Floor)
	for _, id := range sorted(s.Floors) {
		describeFloor(w, "floor "+id, s.Floors[id])
	}
	fmt.Fprintln(w, "\nService level")
	describeService(w, s)
	fmt.Fprintln(w, "\nChannels")
	describeChannel(w, "any other channel", s.Channel)
	for _, id := range sorted(s.Channels) {
		describeChannel(w, id, s.Channels[id])
	}
	fmt.Fprintf(w, "\nOnly people may handle the topics %s.\n", strings.Join(s.HumanOnlyTopics, ", "))
	for _, reason := range sorted(s.Allowances) {
		fmt.Fprintf(w, "A pause for %q may last %s.\n", reason, span(s.Allowances[reason]))
	}
	describeQuality(w, s.Quality)
	if len(s.Agents) > 0 {
		fmt.Fprintf(w, "%d agents are introduced beforehand.\n", len(s.Agents))
	}
	fmt.Fprintln(w, "\nRules")
	for _, r := range rules {
		fmt.Fprintf(w, "  %s\n", rule.Words(r, lang))
	}
	describePromotions(w, calendar.Promotions(), s.Floor.Zone)
	for _, t := range targets {
		fmt.Fprintln(w, targetInWords(t))
	}
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func describeFloor(w io.Writer, name string, f metrics.FloorSettings) {
	start := time.Time{}.Add(f.DayStart).Format("15:04")
	fmt.Fprintf(w, "  %s: times are of %s, today begins at %s\n", name, f.Zone, start)
}

func describeService(w io.Writer, s metrics.Settings) {
	fmt.Fprintf(w, "  answered within %s is in time; an abandon up to %s is no failure; variant %s\n",
		span(s.Service.AnswerWithin), span(s.Service.ShortAbandon), s.Service.Variant)
	for _, o := range s.Services {
		var parts []string
		if o.AnswerWithin != nil {
			parts = append(parts, "answered within "+span(*o.AnswerWithin))
		}
		if o.ShortAbandon != nil {
			parts = append(parts, "short abandons up to "+span(*o.ShortAbandon))
		}
		if o.Variant != nil {
			parts = append(parts, "variant "+o.Variant.String())
		}
		fmt.Fprintf(w, "  %s: %s\n", strings.TrimSpace(where(o.Queue, o.Channel)), strings.Join(parts, ", "))
	}
}

func where(queue, channel string) string {
	text := ""
	if queue != "" {
		text += " in queue " + queue
	}
	if channel != "" {
		text += " on " + channel
	}
	return text
}

func describeChannel(w io.Writer, id string, c metrics.ChannelSettings) {
	first := "the first response is the first message of a person"
	if c.FirstReplyIsAnswer {
		first = "the first response is the answer"
	}
	fmt.Fprintf(w, "  %s: %s; %d slots a person unless they say; replies within %s are in time; %s; closed by age after %s\n",
		id, first, c.Slots, span(c.ReplyWithin), hoursInWords(c.Hours), span(c.OrphanAfter))
}

func hoursInWords(h metrics.Hours) string {
	days := "every day"
	if h.Days != [7]bool{} && h.Days != [7]bool{true, true, true, true, true, true, true} {
		var names []string
		for i, open := range h.Days {
			if open {
				names = append(names, time.Weekday(i).String()[:3])
			}
		}
		days = strings.Join(names, ", ")
	}
	if h.From == h.To {
		return "open " + days + " round the clock"
	}
	clock := func(d time.Duration) string { return time.Time{}.Add(d).Format("15:04") }
	return fmt.Sprintf("open %s %s to %s", days, clock(h.From), clock(h.To))
}

func describeQuality(w io.Writer, q metrics.QualitySettings) {
	fmt.Fprintf(w, "A mood is negative with the labels %s, at a confidence of %g or more.\n", strings.Join(q.NegativeLabels, ", "), q.Confidence)
	stage := "paid"
	if q.CreditCreated {
		stage = "created"
	}
	fmt.Fprintf(w, "A contact has converted once an order of its customer is %s.\n", stage)
	if q.ConversionBase > 0 {
		fmt.Fprintf(w, "The uplift of conversion is measured against %g %%.\n", q.ConversionBase)
	}
	if q.ProductivityBase > 0 {
		fmt.Fprintf(w, "The uplift of productivity is measured against %g an hour.\n", q.ProductivityBase)
	}
}

// describePromotions says when more comes than usual.
func describePromotions(w io.Writer, promotions []rule.Promotion, zone *time.Location) {
	when := func(ms int64) string { return time.UnixMilli(ms).In(zone).Format("2006-01-02 15:04 MST") }
	for _, p := range promotions {
		text := fmt.Sprintf("  promotion %s: from %s to %s%s %g times as much comes as usual", p.Name, when(p.From), when(p.To), where(p.Queue, ""), p.Factor)
		if p.Hours != nil {
			text += ", " + strings.TrimPrefix(hoursInWords(*p.Hours), "open ")
		}
		fmt.Fprintln(w, text+"; nothing is learned in it")
	}
}

// amount writes a value in its KPI's unit.
func amount(k *kpi.KPI, v float64) string {
	if k == nil {
		return fmt.Sprint(v)
	}
	switch k.Unit {
	case kpi.UnitSeconds:
		return span(time.Duration(v * float64(time.Second)))
	case kpi.UnitPercent:
		return fmt.Sprintf("%g %%", v)
	case kpi.UnitFlag:
		return "no"
	case kpi.UnitCount:
		return fmt.Sprintf("%g", v)
	}
	return fmt.Sprintf("%g %s", v, k.Unit)
}

// span writes a duration without trailing zero parts.
func span(d time.Duration) string {
	if d >= 24*time.Hour && d%(24*time.Hour) == 0 {
		return fmt.Sprintf("%d d", d/(24*time.Hour))
	}
	text := d.String()
	text = strings.TrimSuffix(text, "m0s")
	if text != d.String() {
		text += "m"
	}
	text = strings.Replace(text, "h0m", "h", 1)
	return text
}
