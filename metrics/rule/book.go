package rule

import (
	"cmp"
	"fmt"
	"slices"

	"wallboard/metrics"
	"wallboard/metrics/checkpoint"
	"wallboard/metrics/clean"
	"wallboard/metrics/kpi"
)

// Book holds rules and the life of every breach. Evaluate it at times that
// depend on nothing but the engine clock, and its breaches are a pure function
// of what the engine was told. Not safe for concurrent use.
type Book struct {
	rules   []compiled
	byScope [metrics.NumScopes][]int
	lives   map[identity]*life
	active  int // pending, firing or recovering
}

// identity is what makes a breach the same one over time.
type identity struct {
	rule int
	key  metrics.Key
}

// New checks the rules and returns an empty book. Rules of one name are an
// error: the name is half of a breach's identity.
func New(rules []Rule) (*Book, error) {
	b := &Book{lives: map[identity]*life{}}
	names := map[string]bool{}
	for _, r := range rules {
		c, err := compile(r)
		if err != nil {
			return nil, err
		}
		if names[r.Name] {
			return nil, fmt.Errorf("rule %q: the name is used twice", r.Name)
		}
		names[r.Name] = true
		b.byScope[r.Scope] = append(b.byScope[r.Scope], len(b.rules))
		b.rules = append(b.rules, c)
	}
	return b, nil
}

// Empty says that there are no rules.
func (b *Book) Empty() bool { return len(b.rules) == 0 }

// Quiet says that no breach is pending, firing or recovering.
func (b *Book) Quiet() bool { return b.active == 0 }

// Evaluate moves every life on to the snapshot's clock and returns Breaches.
func (b *Book) Evaluate(s *metrics.Snapshot) []metrics.Breach {
	round := &round{book: b, at: s.At, seen: map[identity]bool{}}
	for _, floor := range s.Floors {
		round.floor(floor)
	}
	b.settle(round)
	return b.Breaches()
}

// settle steps the lives whose entity has gone, and forgets the quiet ones.
func (b *Book) settle(r *round) {
	b.active = 0
	for id, l := range b.lives {
		if !r.seen[id] {
			l.step(&b.rules[id.rule], reading{}, r.at)
		}
		switch {
		case l.active() || l.state == metrics.BreachPending:
			b.active++
		case l.episodes == 0:
			delete(b.lives, id)
		}
	}
}

// round is one evaluation.
type round struct {
	book *Book
	at   int64
	seen map[identity]bool
	look kpi.Reader
}

func (r *round) floor(f *metrics.FloorView) {
	r.row(f.Row)
	for _, rows := range [][]*metrics.Row{f.Channels, f.Queues, f.Teams} {
		for _, row := range rows {
			r.row(row)
		}
	}
	for _, table := range f.Tables {
		r.row(table.Row)
	}
	if len(r.book.byScope[metrics.ScopeAgent]) > 0 {
		for agent := range f.Agents.All {
			r.row(agent.Row)
		}
	}
}

func (r *round) row(row *metrics.Row) {
	if row == nil {
		return
	}
	r.look.Reset(row, r.at)
	for _, i := range r.book.byScope[row.Key.Scope] {
		c := &r.book.rules[i]
		if c.Match.matches(row.Key) {
			r.apply(i, c, row)
		}
	}
}

func (r *round) apply(i int, c *compiled, row *metrics.Row) {
	v := r.look.Read(c.kpi, c.Window)
	read := reading{value: v.V, ok: v.OK && v.N >= c.MinN}
	id := identity{rule: i, key: row.Key}
	l := r.book.lives[id]
	if l == nil {
		if !read.ok || !c.exceeded(read.value) {
			return
		}
		l = &life{}
		r.book.lives[id] = l
	}
	r.seen[id] = true
	l.step(c, read, r.at)
}

// exceeded says whether any limit is.
func (c *compiled) exceeded(v float64) bool {
	return c.Warn != nil && c.sense.beyond(v, *c.Warn) || c.Critical != nil && c.sense.beyond(v, *c.Critical)
}

// Breaches returns what is firing or recovering, the most severe first, then
// the oldest.
func (b *Book) Breaches() []metrics.Breach {
	var out []metrics.Breach
	for id, l := range b.lives {
		if !l.active() {
			continue
		}
		out = append(out, b.rules[id.rule].breach(id.key, l))
	}
	slices.SortFunc(out, Louder)
	return out
}

// Louder orders breaches: the more severe first, then the older, then by name
// and scope so that equal ones never change places.
func Louder(a, b metrics.Breach) int {
	return cmp.Or(
		-cmp.Compare(a.Level, b.Level),
		cmp.Compare(a.Since, b.Since),
		cmp.Compare(a.Rule, b.Rule),
		compareKeys(a.Key, b.Key),
	)
}

func compareKeys(a, b metrics.Key) int {
	text := func(x, y clean.Text) int { return cmp.Compare(x.String(), y.String()) }
	return cmp.Or(cmp.Compare(a.Scope, b.Scope), text(a.Floor, b.Floor), text(a.Channel, b.Channel),
		text(a.Queue, b.Queue), text(a.Team, b.Team), text(a.Agent, b.Agent))
}

func (c *compiled) breach(key metrics.Key, l *life) metrics.Breach {
	limit := c.Warn
	if l.level == metrics.LevelCritical || limit == nil {
		limit = c.Critical
	}
	window := c.Window.String()
	switch c.kpi.Kind {
	case kpi.Now:
		window = "now"
	case kpi.Fixed:
		window = c.kpi.Over.String()
	}
	return metrics.Breach{
		Rule: c.Name, KPI: c.KPI, Key: key, Window: window, Level: l.level, State: l.state,
		Since: l.since, FiringSince: l.fired, Value: l.value, Limit: *limit, Peak: l.peak,
		AdviceEN: c.AdviceEN, AdviceZH: c.AdviceZH, Episodes: l.episodes,
	}
}

// Code writes or reads every life. The rules themselves come from the
// configuration; a checkpoint of other rules does not fit and says so.
func (b *Book) Code(c *checkpoint.Coder) {
	rules := c.Len(len(b.rules), 1<<16)
	if c.Err() == nil && rules != len(b.rules) {
		c.Fail("%d rules were saved, %d are configured", rules, len(b.rules))
		return
	}
	ids := make([]identity, 0, len(b.lives))
	for id := range b.lives {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(x, y identity) int {
		return cmp.Or(cmp.Compare(x.rule, y.rule), compareKeys(x.key, y.key))
	})
	n := c.Len(len(ids), 1<<24)
	if c.Reading() {
		b.lives, b.active = make(map[identity]*life, min(n, 1<<16)), 0
	}
	for i := 0; i < n && c.Err() == nil; i++ {
		var id identity
		l := &life{}
		if !c.Reading() {
			id, l = ids[i], b.lives[ids[i]]
		}
		codeIdentity(c, &id)
		l.code(c)
		if c.Reading() && id.rule >= 0 && id.rule < len(b.rules) {
			b.lives[id] = l
			if l.active() || l.state == metrics.BreachPending {
				b.active++
			}
		}
	}
}

func codeIdentity(c *checkpoint.Coder, id *identity) {
	checkpoint.Int(c, &id.rule)
	checkpoint.Int(c, &id.key.Scope)
	for _, t := range []*clean.Text{&id.key.Floor, &id.key.Channel, &id.key.Queue, &id.key.Team, &id.key.Agent} {
		s := t.String()
		c.String(&s)
		if c.Reading() {
			*t, _ = clean.String(s)
		}
	}
}

func (l *life) code(c *checkpoint.Coder) {
	checkpoint.Int(c, &l.state)
	checkpoint.Int(c, &l.level)
	for _, v := range []*int64{&l.beyond[0], &l.beyond[1], &l.since, &l.fired, &l.well} {
		c.Int64(v)
	}
	c.Float64(&l.value)
	c.Float64(&l.peak)
	checkpoint.Int(c, &l.episodes)
}
