package panel

import (
	"strings"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
)

// Masks hides who people are: each has a number for as long as the screen is
// open. Nil masks nobody. Not safe for concurrent use.
type Masks struct {
	numbers map[clean.Text]int
	people  int // of the floor when numbers were given out last
	said    map[int]clean.Text
}

// NewMasks returns masks for all people.
func NewMasks() *Masks {
	return &Masks{numbers: map[clean.Text]int{}, said: map[int]clean.Text{}}
}

// See numbers the people of a floor in the order of their ids, so that two
// screens opened on the same floor agree; who comes later gets the next number.
func (m *Masks) See(f *metrics.FloorView) {
	if m == nil || f == nil || f.Agents.Len() == m.people {
		return
	}
	m.people = f.Agents.Len()
	for a := range f.Agents.All {
		m.number(a.ID)
	}
}

func (m *Masks) number(id clean.Text) int {
	n, known := m.numbers[id]
	if !known {
		n = len(m.numbers) + 1
		m.numbers[id] = n
	}
	return n
}

// Renamed forgets how the masks were written, as another language asks for.
func (m *Masks) Renamed() *Masks {
	if m != nil {
		clear(m.said)
	}
	return m
}

// Masked says whether people are hidden.
func (p *Pen) Masked() bool { return p.Masks != nil }

// Person writes who somebody is: the name, where there is none the id, masked a
// number.
func (p *Pen) Person(id, name clean.Text) clean.Text {
	switch {
	case p.Masks != nil:
		return p.mask(id)
	case name.Empty():
		return id
	}
	return name
}

func (p *Pen) mask(id clean.Text) clean.Text {
	n := p.Masks.number(id)
	t, known := p.Masks.said[n]
	if !known {
		digits := p.Num.Count(int64(n)).String()
		t = p.Say.Fill(i18n.Masked, clean.Own(strings.Repeat("0", max(0, 3-len(digits)))+digits))
		p.Masks.said[n] = t
	}
	return t
}

// PersonID writes a person's id, masked the number alone.
func (p *Pen) PersonID(id clean.Text) clean.Text {
	if p.Masks == nil {
		return id
	}
	return p.mask(id)
}

// Hide replaces the names and ids of people in a text that others wrote, such as
// a sample of what could not be read.
func (p *Pen) Hide(s *Scene, t clean.Text) clean.Text {
	if p.Masks == nil || s.Floor == nil || t.Empty() {
		return t
	}
	out := t.String()
	for a := range s.Floor.Agents.All {
		for _, secret := range [...]clean.Text{a.Name, a.ID} {
			if !secret.Empty() && strings.Contains(out, secret.String()) {
				out = strings.ReplaceAll(out, secret.String(), p.mask(a.ID).String())
			}
		}
	}
	return clean.Line(out)
}
