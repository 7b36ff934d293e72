package kpi

import (
	"strings"
	"testing"
	"unicode"

	"wallboard/metrics"
	"wallboard/metrics/fact"
)

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

func TestEveryWordOfTheCatalogueIsSaidInBothLanguages(t *testing.T) {
	say := func(what, english, chinese string) {
		if english == "" || hasHan(english) || !hasHan(chinese) {
			t.Errorf("%s: %q, %q", what, english, chinese)
		}
	}
	for _, k := range All() {
		en, zh := k.Kind.Words()
		say(k.ID+" kind", en, zh)
		en, zh = k.Direction.Words()
		say(k.ID+" direction", en, zh)
		if k.Target != nil {
			en, zh = k.Target.OriginWords()
			say(k.ID+" origin "+k.Target.Origin, en, zh)
		}
		for _, c := range k.Channels {
			en, zh = c.Target.OriginWords()
			say(k.ID+" origin "+c.Target.Origin, en, zh)
		}
		for _, r := range k.Excludes() {
			en, zh = r.Words()
			say(k.ID+" leaves out "+string(r), en, zh)
		}
	}
	for _, n := range []Note{NoteUnweighted, NoteGrows, NoteInferred, NoteUpper, NoteLower, NotePartly} {
		en, zh := n.Words()
		say(string(n), en, zh)
	}
}

// TestWhatAServiceLevelLeavesOutIsCounted uses the fixture of the seven variants:
// 80 answered in time, 10 later, 4 abandoned short, 2 in time, 4 later, 5
// overflowed; and 3 out of hours.
func TestWhatAServiceLevelLeavesOutIsCounted(t *testing.T) {
	var sums fact.Sums
	c := &sums.Counts
	c[fact.Answered], c[fact.AnsweredWithin], c[fact.AnsweredOut] = 92, 80, 2
	c[fact.Abandoned], c[fact.AbandonedShort], c[fact.AbandonedOut] = 11, 4, 1
	c[fact.Overflowed], c[fact.Withdrawn] = 5, 7
	for _, row := range []struct {
		variant metrics.Variant
		want    map[Reason]int64
	}{
		{metrics.VariantOfferedLessShort, map[Reason]int64{ExcludedOutOfHours: 3, ExcludedShort: 4, ExcludedOverflowed: 5, ExcludedElsewhere: 7}},
		{metrics.VariantOffered, map[Reason]int64{ExcludedOutOfHours: 3, ExcludedOverflowed: 5, ExcludedElsewhere: 7}},
		{metrics.VariantWithOverflow, map[Reason]int64{ExcludedOutOfHours: 3}},
	} {
		var r Reader
		r.Reset(&metrics.Row{Now: &metrics.Now{}, Level: metrics.ServiceLevel{Variant: row.variant}, View: held{&sums}}, 0)
		got := r.Excluded(Find("service_level"), fact.Window60m)
		if len(got) != len(row.want) {
			t.Errorf("%s leaves out %v", row.variant, got)
		}
		for _, x := range got {
			if row.want[x.Reason] != x.N {
				t.Errorf("%s: %d %s, want %d", row.variant, x.N, x.Reason, row.want[x.Reason])
			}
		}
	}
}

// held is a view of the same sums over every window.
type held struct{ sums *fact.Sums }

func (h held) Sums(_ fact.Window, into *fact.Sums) { *into = *h.sums }
