package rule

import (
	"cmp"
	"slices"

	"wallboard/metrics"
	"wallboard/metrics/checkpoint"
	"wallboard/metrics/clean"
)

// mostLives bounds what a checkpoint may claim to hold.
const mostLives = 1 << 24

// Code writes or reads every life, band and past episode. The rules themselves
// come from the configuration: what belongs to a rule that is no longer there
// is read and let go.
func (b *Book) Code(c *checkpoint.Coder) {
	b.codeLives(c)
	b.codeBands(c)
	b.past.code(c)
	c.Bool(&b.frozen)
	if c.Reading() {
		b.count()
		b.looks.forget()
	}
}

func (b *Book) codeLives(c *checkpoint.Coder) {
	ids := sortedIDs(b.lives)
	n := c.Len(len(ids), mostLives)
	if c.Reading() {
		b.lives = make(map[identity]*life, min(n, 1<<16))
	}
	for i := 0; i < n && c.Err() == nil; i++ {
		id, l := identity{}, &life{}
		if !c.Reading() {
			id, l = ids[i], b.lives[ids[i]]
		}
		known := b.codeIdentity(c, &id)
		l.code(c)
		if c.Reading() && known && c.Err() == nil {
			b.lives[id] = l
		}
	}
}

// sortedIDs puts what a map holds in an order that does not change.
func sortedIDs[V any](m map[identity]V) []identity {
	ids := make([]identity, 0, len(m))
	for id := range m {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(x, y identity) int {
		return cmp.Or(cmp.Compare(x.rule, y.rule), compareKeys(x.key, y.key))
	})
	return ids
}

// codeIdentity names a rule by its name, so that one added before it in the
// file does not hand its lives to another. It says whether there is such a rule.
func (b *Book) codeIdentity(c *checkpoint.Coder, id *identity) bool {
	name := ""
	if !c.Reading() {
		name = b.rules[id.rule].Name
	}
	c.String(&name)
	codeKey(c, &id.key)
	if !c.Reading() {
		return true
	}
	rule, known := b.byName[name]
	id.rule = rule
	return known
}

func codeKey(c *checkpoint.Coder, k *metrics.Key) {
	checkpoint.Int(c, &k.Scope)
	for _, t := range []*clean.Text{&k.Floor, &k.Channel, &k.Queue, &k.Team, &k.Agent, &k.Topic, &k.Touchpoint} {
		codeText(c, t)
	}
	if c.Reading() && k.Scope >= metrics.NumScopes {
		c.Fail("scope %d", k.Scope)
	}
}

func codeText(c *checkpoint.Coder, t *clean.Text) {
	s := t.String()
	c.String(&s)
	if c.Reading() {
		*t = clean.Text{}
		if s != "" {
			*t, _ = clean.String(s)
		}
	}
}

func (l *life) code(c *checkpoint.Coder) {
	checkpoint.Int(c, &l.state)
	checkpoint.Int(c, &l.level)
	checkpoint.Int(c, &l.worst)
	for _, v := range []*int64{&l.beyond[atWarn], &l.beyond[atCritical], &l.since, &l.fired, &l.well, &l.frozen, &l.ended, &l.n, &l.first, &l.day} {
		c.Int64(v)
	}
	for _, v := range []*float64{&l.value, &l.limit, &l.back, &l.peak, &l.base} {
		c.Float64(v)
	}
	for _, v := range []*int32{&l.episodes, &l.flaps, &l.learned, &l.steps} {
		checkpoint.Int(c, v)
	}
	l.reason.code(c)
	l.trail.code(c)
	if c.Reading() && (l.state > metrics.BreachResolved || l.level > metrics.LevelStale || l.worst > metrics.LevelStale || l.active() && (l.level < metrics.LevelWarn || l.level > metrics.LevelCritical)) {
		c.Fail("a life that cannot be")
	}
}
