package queues

import (
	"slices"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/panel"
)

// helpers are idle people who could take what a queue without a free slot has
// waiting, and the queue they serve.
type helpers struct {
	to, from clean.Text
	people   int
}

// findHelpers looks for idle people of the skills of the first queue in the list
// that has nobody free: of those who serve it all have these. It goes through
// everybody, so it is asked only when the list settles.
func findHelpers(s *panel.Scene, list []*metrics.QueueView) helpers {
	for _, q := range list {
		n := q.Row.Now
		if n.Waiting == 0 || n.FreeSlots > 0 || q.Closed {
			continue
		}
		if found := helpersFor(s, q); found.people > 0 {
			return found
		}
	}
	return helpers{}
}

func helpersFor(s *panel.Scene, q *metrics.QueueView) helpers {
	skills, known := commonSkills(s, q.Queue)
	if !known {
		return helpers{}
	}
	counts := map[clean.Text]int{}
	best := helpers{to: q.Queue}
	for a := range s.Floor.Agents.All {
		if a.Presence != metrics.PresenceAvailable || a.SlotsUsed > 0 || a.Slots == 0 || len(a.Queues) == 0 || slices.Contains(a.Queues, q.Queue) || !hasAll(a.Skills, skills) {
			continue
		}
		from := a.Queues[0]
		counts[from]++
		if n := counts[from]; n > best.people || n == best.people && from.String() < best.from.String() {
			best.from, best.people = from, n
		}
	}
	return best
}

// commonSkills returns what everybody who serves a queue can; nothing where
// nobody said, or they have nothing in common.
func commonSkills(s *panel.Scene, queue clean.Text) (common []clean.Text, known bool) {
	first := true
	for a := range s.Floor.Agents.All {
		if len(a.Skills) == 0 || !slices.Contains(a.Queues, queue) {
			continue
		}
		if first {
			common, first = slices.Clone(a.Skills), false
			continue
		}
		common = slices.DeleteFunc(common, func(t clean.Text) bool { return !slices.Contains(a.Skills, t) })
	}
	return common, len(common) > 0
}

func hasAll(have, want []clean.Text) bool {
	for _, t := range want {
		if !slices.Contains(have, t) {
			return false
		}
	}
	return true
}

// hint says who could help, nothing where nobody could.
func (h helpers) hint(p *panel.Pen) clean.Text {
	if h.people == 0 {
		return clean.Text{}
	}
	return p.Say.Count(i18n.QueueHelpers, int64(h.people), h.to, p.Num.Count(int64(h.people)), h.from)
}
