package rule

import "wallboard/metrics"

// Fixed returns the first rule that holds a KPI of an entity to a warn limit
// that does not move, nil where there is none.
func Fixed(rules []Rule, id string, key metrics.Key) *Rule {
	for i := range rules {
		r := &rules[i]
		if r.KPI == id && r.Warn != nil && r.Scope == key.Scope && (r.Mode == ModeFixed || r.Mode == ModeShare) && r.Match.matches(key) {
			return r
		}
	}
	return nil
}
