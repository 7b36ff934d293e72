package panel

import (
	"strings"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
	"wallboard/tui/i18n"
)

// The KPIs that screens name, by their id in the catalogue.
const (
	Waiting          = "waiting"
	OldestWait       = "oldest_wait_total"
	LongestWait      = "longest_wait"
	ServiceLevel     = "service_level"
	ServiceLevelLive = "service_level_live"
	Unanswered       = "unanswered"
	UnansweredOldest = "unanswered_oldest"
	FRTp50           = "frt_p50"
	FRTp90           = "frt_p90"
	SlotUtilization  = "slot_utilization"
	Concurrency      = "concurrency"
	Occupancy        = "occupancy"
	AbandonRate      = "abandon_rate"
	Inflow           = "inflow_15m"
	Outflow          = "outflow_15m"
	NetFlow          = "net_flow_15m"
	BurnDown         = "burn_down"
	ExpectedWait     = "expected_wait"
	Needed           = "needed"
	People           = "people"
	StaffingGap      = "staffing_gap"
	PlannedGap       = "staffing_gap_planned"
	ForecastGap      = "forecast_gap"
	SlotLoad         = "slot_load"
	OfferedLoad      = "offered_load"
	FreeSlots        = "free_slots"
	Uncovered        = "uncovered"
	SkillGap         = "skill_gap"
	Offered          = "offered"
	Answered         = "answered"
	Abandoned        = "abandoned"
	Overflowed       = "overflowed"
	ASA              = "asa"
	AHT              = "aht"
	Handled          = "handled"
	Response         = "response_p90"
	WaitShare        = "wait_share_900"
	StuckInBot       = "stuck_in_bot"
)

// Figures reads KPIs of rows through the catalogue, each KPI of a row once per
// snapshot. A row that a snapshot shares with the one before keeps its place.
type Figures struct {
	rows    map[*metrics.Row]*rowFigures
	spare   []*rowFigures
	round   uint64
	at      int64
	scratch kpi.Reader
	index   finder
	last    *metrics.Row // of
	lastOf  *rowFigures  // the row that was asked for last
}

type rowFigures struct {
	reader kpi.Reader
	at     int64
	used   uint64
	known  []known
	next   int // where in known the figure is that is asked for next, if the order is that of the last time
}

type known struct {
	kpi   *kpi.KPI
	w     fact.Window
	value kpi.Value
}

func newFigures() Figures { return Figures{rows: map[*metrics.Row]*rowFigures{}} }

// next begins another snapshot: rows not asked for since the last are let go.
func (f *Figures) next(at int64) {
	for k, e := range f.rows {
		if e.used < f.round {
			delete(f.rows, k)
			f.spare = append(f.spare, e)
		}
	}
	f.round++
	f.at = at
	f.last = nil
}

// of returns the figures of a row, read afresh when the clock has moved.
func (f *Figures) of(row *metrics.Row) *rowFigures {
	if f.last == row && f.lastOf.at == f.at {
		return f.lastOf
	}
	e := f.rows[row]
	if e == nil {
		if n := len(f.spare); n > 0 {
			e, f.spare = f.spare[n-1], f.spare[:n-1]
		} else {
			e = new(rowFigures)
		}
		e.at = -1
		f.rows[row] = e
	}
	e.used = f.round
	if e.at != f.at {
		e.at, e.known, e.next = f.at, e.known[:0], 0
		e.reader.Reset(row, f.at)
	}
	f.last, f.lastOf = row, e
	return e
}

func (f *Figures) read(k *kpi.KPI, row *metrics.Row, w fact.Window) kpi.Value {
	e := f.of(row)
	for range e.known {
		if e.next >= len(e.known) {
			e.next = 0
		}
		one := &e.known[e.next]
		e.next++
		if one.kpi == k && one.w == w {
			return one.value
		}
	}
	v := e.reader.Read(k, w)
	e.known = append(e.known, known{k, w, v})
	return v
}

// finder finds KPIs by id without hashing the whole of it: a table asks for the
// same few twice for every cell. The zero value is ready; not safe for
// concurrent use.
type finder struct {
	slots [128]struct {
		id  string
		kpi *kpi.KPI
	}
}

// find returns the KPI with the id, nil if there is none.
func (f *finder) find(id string) *kpi.KPI {
	n := len(id)
	if n < 2 {
		return kpi.Find(id)
	}
	at := &f.slots[(n*7+int(id[0])*31+int(id[n/2])*11+int(id[n-1])*17+int(id[n-2]))%len(f.slots)]
	if at.id != id || at.kpi == nil {
		at.id, at.kpi = id, kpi.Find(id)
	}
	return at.kpi
}

// Once reads a KPI of a row that is not on the screen, as sorting does with
// thousands: nothing is kept.
func (s *Scene) Once(id string, row *metrics.Row, w fact.Window) kpi.Value {
	k := s.Figures.index.find(id)
	if k == nil || row == nil {
		return kpi.Value{}
	}
	if _, onScreen := s.Figures.rows[row]; onScreen {
		return s.Figures.read(k, row, w)
	}
	s.Figures.scratch.Reset(row, s.At)
	return s.Figures.scratch.Read(k, w)
}

// Read returns a KPI of a row over a window. Nothing is computed here: the
// catalogue reads the row.
func (s *Scene) Read(id string, row *metrics.Row, w fact.Window) kpi.Value {
	k := s.Figures.index.find(id)
	if k == nil || row == nil {
		return kpi.Value{}
	}
	return s.Figures.read(k, row, w)
}

// side returns to which side numbers of a KPI are rounded: the bad one.
func side(d kpi.Direction) i18n.Round {
	switch d {
	case kpi.More:
		return i18n.Down
	case kpi.Less:
		return i18n.Up
	}
	return i18n.Nearest
}

// Figure writes a KPI's value without its unit, for a column whose title says
// it. No data is a dash.
func (p *Pen) Figure(id string, v kpi.Value) clean.Text {
	if !v.OK {
		return p.Num.NoData()
	}
	return p.bare(id, v.V)
}

// WithUnit writes a KPI's value with its unit: 81.3 %, 42s, 97.
func (p *Pen) WithUnit(id string, v kpi.Value) clean.Text {
	if !v.OK {
		return p.Num.NoData()
	}
	return p.quantity(id, v.V)
}

func (p *Pen) bare(id string, v float64) clean.Text {
	k := p.index.find(id)
	if k == nil {
		return p.Num.Rate(v, i18n.Nearest)
	}
	r := side(k.Direction)
	switch k.Unit {
	case kpi.UnitPercent:
		return p.Num.Percent(v, r)
	case kpi.UnitSeconds:
		if k.Kind == kpi.Now {
			return p.Num.Clock(v, r)
		}
		return p.Num.Span(v, r)
	case kpi.UnitMinutes:
		return p.Num.Span(v*60, r)
	case kpi.UnitPerMin, kpi.UnitPerHour:
		return p.Num.Rate(v, r)
	case kpi.UnitCount:
		return p.Num.Whole(v, r)
	case kpi.UnitPeople:
		return p.Num.Whole(v, i18n.Up)
	case kpi.UnitFlag:
		if v != 0 {
			return p.Say.Say(i18n.Yes)
		}
		return p.Say.Say(i18n.No)
	}
	return p.Num.Percent(v, r) // a ratio of another unit: one decimal
}

// quantity is bare with the unit behind it where the number alone does not say.
func (p *Pen) quantity(id string, v float64) clean.Text {
	t := p.bare(id, v)
	k := p.index.find(id)
	if k == nil {
		return t
	}
	switch k.Unit {
	case kpi.UnitPercent, kpi.UnitPerMin, kpi.UnitPerHour:
		return p.join(t, string(k.Unit))
	}
	return t
}

// Quantity writes a value of a KPI with its unit where the number alone does
// not say it; a flag reads yes or no.
func (p *Pen) Quantity(id string, v float64) clean.Text { return p.quantity(id, v) }

// IsFlag says whether a KPI is yes or no: being there is all it says.
func IsFlag(id string) bool {
	k := kpi.Find(id)
	return k != nil && k.Unit == kpi.UnitFlag
}

// Measure returns the KPI's name with the unit of its figures, where these stand
// below each other without one: occupancy %.
func (p *Pen) Measure(id string) clean.Text {
	if k := p.index.find(id); k != nil && k.Unit == kpi.UnitPercent {
		return p.join(p.KPIName(id), string(k.Unit))
	}
	return p.KPIName(id)
}

// KPIName returns the KPI's name in the catalogue.
func (p *Pen) KPIName(id string) clean.Text {
	if k := kpi.Find(id); k != nil {
		return p.Say.Pick(clean.Own(lowered(k.NameEN)), clean.Own(k.NameZH))
	}
	return clean.Own(id)
}

// lowered writes a name as it stands inside a line: Oldest wait → oldest wait,
// while an abbreviation stays as it is.
func lowered(s string) string {
	if len(s) < 2 || s[1] < 'a' || s[1] > 'z' {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// join writes a number and its unit.
func (p *Pen) join(t clean.Text, unit string) clean.Text {
	return clean.Own(t.String() + " " + unit)
}

// Money writes an amount given in hundredths of the currency's unit.
func (p *Pen) Money(hundredths int64, currency clean.Text) clean.Text {
	rest := hundredths % 100
	if rest < 0 {
		rest = -rest
	}
	t := p.Num.Count(hundredths / 100).String()
	if hundredths < 0 && hundredths > -100 {
		t = "-" + t
	}
	if rest != 0 {
		t += "." + string([]byte{byte('0' + rest/10), byte('0' + rest%10)})
	}
	if currency.Empty() {
		return clean.Own(t)
	}
	return clean.Line(t + " " + currency.String())
}
