package health

import (
	"wallboard/metrics"
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/sheet"
)

// Exported returns the sources, then what became of the events received.
func (v *Health) Exported(s *panel.Scene) sheet.Sheet {
	return sheet.Sheet{Tables: []sheet.Table{v.sources.Sheet(s, "sources"), tallies(s)}}
}

// Listed is the list of sources.
func (v *Health) Listed() page.Listed { return &v.sources }

// tallies accounts for every event received, by the names of the health that
// `wallboard snapshot` prints.
func tallies(s *panel.Scene) sheet.Table {
	h := s.Snapshot.Health
	t := sheet.Table{Name: "counts", Columns: []string{"name", "count"}}
	for _, c := range [...]struct {
		name  string
		count int64
	}{
		{"received", h.Received}, {"applied", h.Applied}, {"held", h.Held}, {"duplicates", h.Duplicates}, {"late", h.Late}, {"ancient", h.Ancient},
		{"misfit", h.Misfit}, {"future", h.Future}, {"clock_skew", h.ClockSkew}, {"no_time", h.NoTime}, {"cleaned", h.Cleaned}, {"unknown", h.Unknown},
		{"lost", h.Lost}, {"dropped", s.Snapshot.Link.Dropped}, {"capped", h.Capped}, {"stream_lag", int64(h.StreamLag)},
	} {
		t.Rows = append(t.Rows, []sheet.Cell{sheet.Word(c.name), sheet.Count(c.count)})
	}
	for _, reason := range sorted(h.Rejected) {
		t.Rows = append(t.Rows, []sheet.Cell{sheet.Word("rejected_" + reason), sheet.Count(h.Rejected[reason])})
	}
	return t
}

// writtenSources is what files hold of the table of sources: spans in seconds.
func writtenSources() map[string][]panel.Field[*metrics.SourceView] {
	written := map[string][]panel.Field[*metrics.SourceView]{}
	span := func(name string, of func(s *panel.Scene, v *metrics.SourceView) float64) {
		written[name] = []panel.Field[*metrics.SourceView]{{Name: name, Cell: func(s *panel.Scene, v *metrics.SourceView) sheet.Cell {
			if ms := of(s, v); ms >= 0 {
				return sheet.Number(ms / 1000)
			}
			return sheet.Cell{}
		}}}
	}
	span("age", func(s *panel.Scene, v *metrics.SourceView) float64 { return age(s, v.LastEvent) })
	span("arrival", func(s *panel.Scene, v *metrics.SourceView) float64 { return age(s, v.LastArrival) })
	span("heartbeat", func(_ *panel.Scene, v *metrics.SourceView) float64 {
		if v.HeartbeatEvery == 0 {
			return -1
		}
		return float64(v.HeartbeatEvery)
	})
	written["level"] = []panel.Field[*metrics.SourceView]{{Name: "level", Cell: func(_ *panel.Scene, v *metrics.SourceView) sheet.Cell {
		if v.Stale {
			return sheet.Word(metrics.LevelStale.String())
		}
		return sheet.Word(metrics.LevelOK.String())
	}}}
	return written
}
