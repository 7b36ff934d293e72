package sim

import "time"

// The curves of a day: the shop's customers sleep, shop a little in the
// morning, eat, flood in with the afternoon live stream and again in the
// evening; offices and the hotline follow working hours.
const (
	curveShop = iota
	curveOffice
	numCurves
)

// knot is a point of a curve: hour of day and share of the 14:00 rate.
type knot struct{ hour, level float64 }

var curveKnots = [numCurves][]knot{
	curveShop: {
		{0, 0.055}, {1, 0.028}, {2, 0.014}, {4, 0.010}, {5, 0.012}, {6, 0.022}, {7, 0.05}, {8, 0.11}, {9, 0.23},
		{10, 0.34}, {11, 0.35}, {11.75, 0.29}, {12.5, 0.22}, {13, 0.31}, {13.5, 0.60}, {13.9, 1}, {15, 1}, {16, 0.88},
		{17, 0.74}, {18, 0.62}, {19, 0.80}, {20, 1.02}, {21, 1.06}, {22, 0.78}, {23, 0.38}, {24, 0.055},
	},
	curveOffice: {
		{0, 0.02}, {4, 0.005}, {7, 0.03}, {8, 0.12}, {9, 0.30}, {10, 0.42}, {11, 0.42}, {11.75, 0.34}, {12.5, 0.26},
		{13, 0.38}, {13.5, 0.68}, {13.9, 1}, {15, 1}, {16, 0.9}, {17, 0.72}, {18, 0.55}, {19, 0.66}, {20, 0.80},
		{21, 0.75}, {22, 0.5}, {23, 0.2}, {24, 0.02},
	},
}

// curve holds a day's level per minute, so that a rate is constant within a
// minute and arrivals need no thinning.
type curve [dayMinutes]float64

func newCurve(knots []knot) *curve {
	c := new(curve)
	k := 0
	for m := range c {
		hour := (float64(m) + 0.5) / 60
		for k+2 < len(knots) && hour >= knots[k+1].hour {
			k++
		}
		a, b := knots[k], knots[k+1]
		c[m] = a.level + (b.level-a.level)*(hour-a.hour)/(b.hour-a.hour)
	}
	return c
}

const (
	millisPerMinute = int64(time.Minute / time.Millisecond)
	millisPerDay    = dayMinutes * millisPerMinute
)

// minuteOfDay returns the minute of the simulated day at time t.
func (s *Sim) minuteOfDay(t int64) int {
	return int((t - s.opt.DayStart) % millisPerDay / millisPerMinute)
}

// surge returns by how much promotions, incidents and a load yet to come multiply the arrivals of
// stream st at time t.
func (s *Sim) surge(st *stream, t int64) float64 {
	f := 1.0
	offset := time.Duration(t-s.opt.DayStart) * time.Millisecond
	if offset < s.opt.LoadFrom && s.opt.Load > 1 {
		f = 1 / s.opt.Load
	}
	for _, p := range s.opt.Promotions {
		if offset >= p.From && offset < p.To {
			f *= p.Factor
		}
	}
	for i := range s.opt.Incidents {
		in := &s.opt.Incidents[i]
		if offset >= in.At && offset < in.At+in.For {
			f *= incidentSurge(in.Kind, st.queue.id.String())
		}
	}
	return f
}

func incidentSurge(kind IncidentKind, queue string) float64 {
	switch {
	case kind == IncidentLogistics && queue == "logistics":
		return 6
	case kind == IncidentLogistics && (queue == "售后" || queue == "aftersale"):
		return 1.6
	case kind == IncidentPaymentFailure && queue == "payment":
		return 7
	case kind == IncidentPaymentFailure && queue == "refund":
		return 1.8
	}
	return 1
}
