package breaches

import (
	"wallboard/metrics"
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/sheet"
)

// Exported returns the breaches there are and those that are over, that which has
// the keys first. A person's breach is their team's here as on the screen.
func (b *Breaches) Exported(s *panel.Scene) sheet.Sheet {
	active, past := b.active.Sheet(s, "active"), b.past.Sheet(s, "past")
	if b.onPast {
		return sheet.Sheet{Tables: []sheet.Table{past, active}}
	}
	return sheet.Sheet{Tables: []sheet.Table{active, past}}
}

// Listed is the list that has the keys.
func (b *Breaches) Listed() page.Listed {
	if b.onPast {
		return &b.past
	}
	return &b.active
}

// where is the columns that say where a breach is.
func where[T any](key func(T) metrics.Key) []panel.Field[T] {
	type field = panel.Field[T]
	return []field{
		{Name: "of", Cell: func(_ *panel.Scene, b T) sheet.Cell { return sheet.Word(key(b).Scope.String()) }},
		{Name: "queue", Cell: func(_ *panel.Scene, b T) sheet.Cell { return sheet.Text(key(b).Queue) }},
		{Name: "channel", Cell: func(_ *panel.Scene, b T) sheet.Cell { return sheet.Text(key(b).Channel) }},
		{Name: "team", Cell: func(s *panel.Scene, b T) sheet.Cell { return sheet.Text(s.TeamOf(key(b))) }},
	}
}

func writtenActive() map[string][]panel.Field[*metrics.Breach] {
	type field = panel.Field[*metrics.Breach]
	word := func(name string, of func(s *panel.Scene, b *metrics.Breach) sheet.Cell) field {
		return field{Name: name, Cell: of}
	}
	return map[string][]field{
		"level": {word("level", func(_ *panel.Scene, b *metrics.Breach) sheet.Cell { return sheet.Word(b.Level.String()) })},
		"where": where(func(b *metrics.Breach) metrics.Key { return b.Key }),
		"what":  {word("kpi", func(_ *panel.Scene, b *metrics.Breach) sheet.Cell { return sheet.Word(b.KPI) })},
		"for": {
			word("since", func(s *panel.Scene, b *metrics.Breach) sheet.Cell { return sheet.Moment(b.FiringSince, page.Zone(s)) }),
			word("for", func(s *panel.Scene, b *metrics.Breach) sheet.Cell { return sheet.Since(s.At, b.FiringSince) }),
		},
		"state": {word("state", func(_ *panel.Scene, b *metrics.Breach) sheet.Cell { return sheet.Word(b.State.String()) })},
		"owner": {
			word("acked_by", func(_ *panel.Scene, b *metrics.Breach) sheet.Cell { return sheet.Text(b.AckedBy) }),
			word("silenced_until", func(s *panel.Scene, b *metrics.Breach) sheet.Cell { return sheet.Moment(b.SilencedUntil, page.Zone(s)) }),
		},
		"why": {
			word("rule", func(_ *panel.Scene, b *metrics.Breach) sheet.Cell { return sheet.Word(b.Rule) }),
			word("reason", func(_ *panel.Scene, b *metrics.Breach) sheet.Cell { return sheet.Text(b.ReasonEN) }),
		},
	}
}

func writtenPast() map[string][]panel.Field[*metrics.Episode] {
	type field = panel.Field[*metrics.Episode]
	word := func(name string, of func(s *panel.Scene, e *metrics.Episode) sheet.Cell) field {
		return field{Name: name, Cell: of}
	}
	return map[string][]field{
		"level":  {word("level", func(_ *panel.Scene, e *metrics.Episode) sheet.Cell { return sheet.Word(e.Level.String()) })},
		"where":  where(func(e *metrics.Episode) metrics.Key { return e.Key }),
		"what":   {word("kpi", func(_ *panel.Scene, e *metrics.Episode) sheet.Cell { return sheet.Word(e.KPI) })},
		"lasted": {word("lasted", func(_ *panel.Scene, e *metrics.Episode) sheet.Cell { return sheet.Since(e.Ended, e.FiringSince) })},
		"began":  {word("began", func(s *panel.Scene, e *metrics.Episode) sheet.Cell { return sheet.Moment(e.FiringSince, page.Zone(s)) })},
		"flaps":  {word("flaps", func(_ *panel.Scene, e *metrics.Episode) sheet.Cell { return sheet.Count(e.Flaps) })},
		"owner":  {word("acked_by", func(_ *panel.Scene, e *metrics.Episode) sheet.Cell { return sheet.Text(e.AckedBy) })},
	}
}
