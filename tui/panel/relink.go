package panel

import "wallboard/metrics"

// indexed is what the breaches of a scene were indexed from.
type indexed struct {
	floor    *metrics.FloorView
	at       int64 // ms
	breaches []metrics.Breach
	order    []int32 // those of the scene, the loudest first, by their places in breaches
	noticed  []int32 // those of its notices
}

// alike says whether a snapshot's breaches differ from the indexed ones in
// nothing that the index is made of: where only the clock moves it is values and
// ages alone.
func (s *Scene) alike(snap *metrics.Snapshot) bool {
	was := &s.indexed
	if s.Floor == nil || was.floor != s.Floor || len(was.breaches) != len(snap.Breaches) {
		return false
	}
	for i := range snap.Breaches {
		a, b := &was.breaches[i], &snap.Breaches[i]
		if a.Key != b.Key || a.Rule != b.Rule || a.KPI != b.KPI || a.Level != b.Level || a.State != b.State ||
			a.AckedBy != b.AckedBy || a.FiringSince != b.FiringSince || Silenced(a, was.at) != Silenced(b, snap.At) {
			return false
		}
	}
	return true
}

// relink makes the index that of the snapshot's breaches, which are alike.
func (s *Scene) relink() {
	all := s.Snapshot.Breaches
	s.indexed.at, s.indexed.breaches = s.At, all
	for i, at := range s.indexed.order {
		s.Breaches[i] = &all[at]
	}
	for i, at := range s.indexed.noticed {
		s.Notices[i].Breach = &all[at]
	}
}
