package panel

import (
	"slices"

	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/tui/i18n"
)

// explainPeople writes the reckoning of people needed with the numbers of now.
func (p *Pen) explainPeople(e *explanation, s *Scene, sub Subject) {
	if sub.past() || !slices.Contains([]string{Needed, StaffingGap, OfferedLoad, SlotLoad}, sub.KPI) {
		return
	}
	w, ok := s.Figures.of(sub.Row).reader.Workload()
	if !ok || w.Handled == 0 {
		return
	}
	handle := p.Num.Span(w.HandleMinutes*60, i18n.Up)
	plain := p.Look.Text
	e.add(i18n.StaffComing, p.Say.Fill(i18n.StaffComingHow, p.Num.Rate(w.PerMinute, i18n.Nearest), handle), plain)
	e.add(i18n.StaffBacklog, p.Say.Fill(i18n.StaffBacklogHow, p.Num.Count(int64(w.Waiting)), handle), plain)
	e.add("", p.Say.Fill(i18n.StaffSlotsEach, p.Num.Rate(w.Slots(), i18n.Nearest), p.Num.Rate(w.SlotsEach(), i18n.Nearest)), plain)
	e.add(i18n.StaffNeeded, p.Figure(Needed, s.Read(Needed, sub.Row, fact.Window15m)), plain)
	e.add(i18n.StaffHere, p.Num.Count(int64(w.Here)), plain)
	e.add(i18n.StaffColHandle, p.Say.Fill(i18n.StaffHandleHow, handle, p.Num.Count(w.Handled), p.WindowName(w.HandledOver)), plain)
	if sub.KPI == SlotLoad || sub.KPI == OfferedLoad {
		e.add(i18n.ColSlots, clean.Own(p.Num.Count(int64(w.SlotsHere)).String()), plain)
	}
}
