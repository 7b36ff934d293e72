package rule

import (
	"cmp"
	"slices"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/kpi"
)

// Book holds rules and the life of every breach. Evaluate it at times that
// depend on nothing but the engine clock, and its breaches are a pure function
// of what the engine was told. Not safe for concurrent use.
type Book struct {
	rules   []*compiled
	byName  map[string]int
	byScope [metrics.NumScopes][]*compiled
	config  Config
	waits   kpi.Waits
	given   Given // of a trial; nil: rows are read

	lives  map[identity]*life
	bands  map[identity]*band
	past   past
	active int  // pending, firing or recovering
	frozen bool // nothing may fire or resolve
	round  round
	looks  looks
}

// Config is what a book is made of.
type Config struct {
	Rules    []Rule
	Calendar *Calendar // of promotions; nil: none
	Targets  Targets   // nil: the catalogue's
}

// Targets say what a KPI is held against for one entity.
type Targets interface {
	For(k *kpi.KPI, key metrics.Key) (kpi.Target, bool)
}

// identity is what makes a breach the same one over time.
type identity struct {
	rule int
	key  metrics.Key
}

// New checks the rules and returns an empty book. Rules of one name are an
// error: the name is half of a breach's identity.
func New(rules []Rule) (*Book, error) { return Open(Config{Rules: rules}) }

// Open is New with a calendar and targets.
func Open(config Config) (*Book, error) {
	b := &Book{config: config, byName: map[string]int{}, lives: map[identity]*life{}, bands: map[identity]*band{}}
	for _, r := range config.Rules {
		c, err := compile(r)
		if err != nil {
			return nil, err
		}
		if _, taken := b.byName[r.Name]; taken {
			return nil, &Problem{Rule: r.Name, Key: "name", Reason: "it is used twice"}
		}
		c.index = len(b.rules)
		b.byName[r.Name] = c.index
		b.rules = append(b.rules, c)
		if r.Mode != ModeReview {
			b.byScope[r.Scope] = append(b.byScope[r.Scope], c)
		}
	}
	return b, nil
}

// Ask says where the book learns what a row does not hold: how many wait
// beyond any time. Without it shares beyond other times than 900 s have no data.
func (b *Book) Ask(w kpi.Waits) { b.waits = w }

// Empty says that there are no rules.
func (b *Book) Empty() bool { return len(b.rules) == 0 }

// Quiet says that no breach is pending, firing or recovering.
func (b *Book) Quiet() bool { return b.active == 0 }

// Evaluate moves every life on to the snapshot's clock and returns Breaches.
func (b *Book) Evaluate(s *metrics.Snapshot) []metrics.Breach {
	b.frozen = false
	b.round.begin(b, s)
	for _, floor := range s.Floors {
		b.round.floor(floor)
	}
	b.settle()
	return b.Breaches()
}

// Freeze stops every life at a moment: what cannot be trusted fires nothing
// and resolves nothing. The next Evaluate lets them go on where they were.
func (b *Book) Freeze(at int64) {
	if b.frozen {
		return
	}
	b.frozen = true
	for _, l := range b.lives {
		l.freeze(at)
	}
}

// settle steps the lives whose entity has gone, and forgets the quiet ones.
func (b *Book) settle() {
	gone := sight{level: [2]gauge{unwatched, unwatched}}
	for id, l := range b.lives {
		if l.round != b.round.number {
			if l.episodes > 0 && l.idleButCounted(b.round.at) {
				delete(b.lives, id) // nobody is there to be counted for
				continue
			}
			b.step(b.rules[id.rule], id, l, &gone)
		}
		if l.idle(b.round.at) {
			delete(b.lives, id)
		}
	}
	b.count()
}

// count counts the lives that are not at rest.
func (b *Book) count() {
	b.active = 0
	for _, l := range b.lives {
		if l.active() || l.state == metrics.BreachPending {
			b.active++
		}
	}
}

// step moves one life on and keeps the history.
func (b *Book) step(c *compiled, id identity, l *life, s *sight) {
	switch at := b.round.at; l.step(c, s, at) {
	case evEnded:
		b.past.add(c.episode(id.key, l, at))
		if band := b.bands[id]; band != nil {
			band.series.Resolve()
		}
	case evReopened:
		b.past.withdraw(c.Name, id.key, l.fired)
	}
}

// Breaches returns what is firing or recovering, the most severe first, then
// the oldest.
func (b *Book) Breaches() []metrics.Breach {
	var out []metrics.Breach
	for id, l := range b.lives {
		if l.active() {
			out = append(out, b.rules[id.rule].breach(id.key, l))
		}
	}
	slices.SortFunc(out, Louder)
	return out
}

// Past returns the episodes that are over, newest first. Do not change it.
func (b *Book) Past() []metrics.Episode { return b.past }

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
		text(a.Queue, b.Queue), text(a.Team, b.Team), text(a.Agent, b.Agent),
		text(a.Topic, b.Topic), text(a.Touchpoint, b.Touchpoint))
}

func (c *compiled) breach(key metrics.Key, l *life) metrics.Breach {
	out := metrics.Breach{
		Rule: c.Name, KPI: c.KPI, Key: key, Window: c.windowName(), Level: l.level, State: l.state,
		Since: l.since, FiringSince: l.fired, Value: l.value, Limit: l.limit, Peak: l.peak,
		AdviceEN: c.AdviceEN, AdviceZH: c.AdviceZH, Episodes: l.episodes,
		Mode: c.Mode.String(), Return: l.back, Base: l.limit, Flaps: l.flaps, FirstSince: l.since, SampleSize: l.n,
		ReasonEN: line(l.reason.English()), ReasonZH: line(l.reason.Chinese()), Trail: l.trail.view(),
	}
	if c.Mode == ModeDynamic {
		out.Base, out.LearnedSteps, out.NeededSteps = l.base, l.learned, l.steps
	}
	if l.first != 0 {
		out.FirstSince = l.first
	}
	return out
}

func line(s string) clean.Text {
	if s == "" {
		return clean.Text{}
	}
	return clean.Own(s)
}
