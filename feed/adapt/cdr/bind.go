package cdr

import (
	"cmp"
	"slices"
)

// texts are the templates that both kinds of table have.
type texts struct {
	floor, channel, session, queue, agent, customer, topic, priority template
}

// binder resolves a map's names against a header; the first error stays.
type binder struct {
	header *header
	err    error
}

func (b *binder) keep(err error) {
	if b.err == nil {
		b.err = err
	}
}

func (b *binder) column(name string) int {
	i, err := b.header.find(name)
	b.keep(err)
	return i
}

func (b *binder) template(text string) template {
	t, err := bindTemplate(text, b.header)
	b.keep(err)
	return t
}

func (b *binder) texts(m *Map) texts {
	return texts{
		floor: b.template(m.Floor), channel: b.template(m.Channel),
		session: b.template(m.Session), queue: b.template(m.Queue), agent: b.template(m.Agent),
		customer: b.template(m.Customer), topic: b.template(m.Topic), priority: b.template(m.Priority),
	}
}

// instants binds the clock of a map; its order is that of the map, if given.
func (b *binder) instants(m *Map) instants {
	c := instants{layout: m.layout, dateLayout: m.dateLayout, zone: m.zone, date: -1}
	if m.Time.Date != "" {
		c.date = b.column(m.Time.Date)
	}
	for _, name := range m.Time.Order {
		c.add(b.column(name))
	}
	return c
}

func (b *binder) moment(name string, c *instants) moment {
	m, err := bindMoment(name, b.header)
	b.keep(err)
	if !m.add {
		c.add(m.column)
	}
	return m
}

func (b *binder) moments(names []string, c *instants) []moment {
	var bound []moment
	for _, name := range names {
		bound = append(bound, b.moment(name, c))
	}
	return bound
}

func (b *binder) ending(e ending, c *instants) boundEnding {
	var bound boundEnding
	for _, pair := range e.Wait {
		bound.wait = append(bound.wait, [2]moment{b.moment(pair[0], c), b.moment(pair[1], c)})
	}
	bound.closed = b.moments(e.Closed, c)
	return bound
}

func contains(values []string, value string) bool { return slices.Contains(values, value) }

func sortByTime(steps []step) {
	slices.SortStableFunc(steps, func(a, b step) int { return cmp.Compare(a.at, b.at) })
}
