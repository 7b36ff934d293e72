package baseline

import (
	"math"
	"math/rand/v2"
)

// A generated labelled corpus: series of the kinds people watch, most with a
// few anomalies, each in the middle of a labelled window. It is made here so
// that nothing is fitted to a published one.

type labelled struct {
	kind    string
	step    int64 // seconds
	start   int64 // seconds since the epoch
	values  []float64
	windows [][2]int // first and last row, in order, apart
}

// course is where in the day and week a row lies.
type course struct{ step int64 }

func (c course) day(i int) float64   { return float64(int64(i)*c.step%86400) / 86400 }
func (c course) weekend(i int) bool  { return int64(i)*c.step/86400%7 >= 5 }
func (c course) wave(i int) float64  { return math.Sin(2 * math.Pi * (c.day(i) - 0.3)) }
func (c course) wave2(i int) float64 { return math.Sin(4 * math.Pi * c.day(i)) }

// normal returns how a series of one kind behaves while all is well.
type normal func(r *rand.Rand, c course) func(i int) float64

func traffic(r *rand.Rand, c course) func(int) float64 {
	base, amplitude, noise := 20+80*r.Float64(), 0.3+0.6*r.Float64(), 0.03+0.1*r.Float64()
	weekend, wander := 0.6+0.4*r.Float64(), 0.0
	return func(i int) float64 {
		wander = 0.8*wander + 0.6*noise*r.NormFloat64()
		f := 1 + amplitude*(c.wave(i)+0.2*c.wave2(i))
		if c.weekend(i) {
			f *= weekend
		}
		return max(0, base*f*(1+wander))
	}
}

func mentions(r *rand.Rand, c course) func(int) float64 {
	rate, often, burst := math.Exp(1+3*r.Float64()), 0.0005+0.003*r.Float64(), 0.0
	return func(i int) float64 {
		burst *= 0.6
		if r.Float64() < often {
			burst += rate * 1.5 * math.Pow(r.Float64(), -0.45)
		}
		return poisson(r, rate*(1+0.6*c.wave(i))*math.Exp(0.3*r.NormFloat64())+burst)
	}
}

func poisson(r *rand.Rand, mean float64) float64 {
	if mean > 50 {
		return max(0, math.Round(mean+math.Sqrt(mean)*r.NormFloat64()))
	}
	k, p := 0.0, r.Float64()
	for least := math.Exp(-mean); p > least; k++ {
		p *= r.Float64()
	}
	return k
}

func jobs(r *rand.Rand, _ course) func(int) float64 {
	level, noise, every := 1+5*r.Float64(), 0.05+0.2*r.Float64(), 20+r.IntN(280)
	height, length, next := 5+60*r.Float64(), 1+r.IntN(4), every
	return func(i int) float64 {
		v := max(0, level+noise*r.NormFloat64())
		if i >= next+length {
			next += every + r.IntN(1+every/4)
		} else if i >= next {
			v += height * (0.8 + 0.4*r.Float64())
		}
		return v
	}
}

func busy(r *rand.Rand, c course) func(int) float64 {
	level, noise, memory, wander := 30+40*r.Float64(), 1+6*r.Float64(), 0.3+0.65*r.Float64(), 0.0
	return func(i int) float64 {
		wander = memory*wander + noise*math.Sqrt(1-memory*memory)*r.NormFloat64()
		return min(100, max(0, level+wander+0.15*level*c.wave(i)))
	}
}

func latency(r *rand.Rand, _ course) func(int) float64 {
	level, spread := math.Exp(2+4*r.Float64()), 0.2+0.7*r.Float64()
	return func(int) float64 {
		v := level * math.Exp(spread*r.NormFloat64())
		if r.Float64() < 0.001 {
			v *= 3 + 4*r.Float64()
		}
		return v
	}
}

func temperature(r *rand.Rand, c course) func(int) float64 {
	level, slow, quick := 60+30*r.Float64(), 0.0, 0.0
	return func(i int) float64 {
		slow = 0.998*slow + 0.15*r.NormFloat64()
		quick = 0.9*quick + 0.3*r.NormFloat64()
		return level + slow + quick + 2*c.wave(i)
	}
}

func clicks(r *rand.Rand, c course) func(int) float64 {
	level, spread := 0.1+r.Float64(), 0.1+0.4*r.Float64()
	return func(i int) float64 {
		v := level * (1 + 0.2*c.wave(i)) * math.Exp(spread*r.NormFloat64())
		if r.Float64() < 0.01 {
			v *= 1.5 + 2*r.Float64()
		}
		return v
	}
}

func sawtooth(r *rand.Rand, _ course) func(int) float64 {
	period, size := 100+r.IntN(500), 10+50*r.Float64()
	return func(i int) float64 {
		return 10 + size*float64(i%period)/float64(period) + 0.5*r.NormFloat64()
	}
}

func square(r *rand.Rand, c course) func(int) float64 {
	high, noise := 40+60*r.Float64(), 0.01+3*r.Float64()
	return func(i int) float64 {
		v := 20 + noise*r.NormFloat64()
		if d := c.day(i); d > 0.375 && d < 0.75 {
			v += high - 20
		}
		return v
	}
}

// trouble changes a series from row i on; s is the series' deviation.
type trouble func(r *rand.Rand, v []float64, i, perDay int, s float64)

// over calls f for up to n rows from i on, with how far it has come in [0,1).
func over(v []float64, i, n int, f func(j int, part float64)) {
	for j := i; j < min(len(v), i+n); j++ {
		f(j, float64(j-i)/float64(n))
	}
}

func direction(r *rand.Rand) float64 {
	if r.IntN(4) == 0 {
		return -1
	}
	return 1
}

var troubles = []trouble{
	func(r *rand.Rand, v []float64, i, _ int, s float64) { // spike
		h := direction(r) * s * (6 + 12*r.Float64())
		over(v, i, 1+r.IntN(6), func(j int, _ float64) { v[j] += h })
	},
	func(r *rand.Rand, v []float64, i, perDay int, s float64) { // another level, for a while or for good
		h, n := direction(r)*s*(3+5*r.Float64()), perDay/4+r.IntN(3*perDay)
		if r.IntN(3) == 0 {
			n = len(v)
		}
		over(v, i, n, func(j int, _ float64) { v[j] += h })
	},
	func(r *rand.Rand, v []float64, i, perDay int, s float64) { // drift
		h := direction(r) * s * (4 + 5*r.Float64())
		over(v, i, perDay+r.IntN(perDay), func(j int, part float64) { v[j] += h * part })
	},
	func(r *rand.Rand, v []float64, i, perDay int, _ float64) { // flat line
		over(v, i, perDay/4+r.IntN(perDay), func(j int, _ float64) { v[j] = v[i] })
	},
	func(r *rand.Rand, v []float64, i, perDay int, _ float64) { // drop-out
		over(v, i, 3+r.IntN(perDay/2), func(j int, _ float64) { v[j] = 0 })
	},
	func(r *rand.Rand, v []float64, i, perDay int, s float64) { // noise
		over(v, i, perDay/3+r.IntN(perDay), func(j int, _ float64) { v[j] += s * (1.5 + 2*r.Float64()) * r.NormFloat64() })
	},
	func(r *rand.Rand, v []float64, i, perDay int, s float64) { // a cluster of spikes
		h := s * (5 + 7*r.Float64())
		over(v, i, perDay/2, func(j int, _ float64) {
			if r.IntN(8) == 0 {
				v[j] += h * (0.5 + r.Float64())
			}
		})
	},
	func(r *rand.Rand, v []float64, i, perDay int, _ float64) { // half a day of another shape
		over(v, i, perDay/2, func(j int, _ float64) { v[j] *= 2 + 2*r.Float64() })
	},
}

func deviation(v []float64) float64 {
	var sum, squares float64
	for _, x := range v {
		sum += x
		squares += x * x
	}
	n := float64(len(v))
	return math.Sqrt(max(0, squares/n-sum*sum/n/n)) + 1e-9
}

// kinds with how often each is drawn and its lengths.
var kinds = []struct {
	name   string
	normal normal
	share  int
	step   int64
	rows   int
}{
	{"traffic, 5 minutes", traffic, 1, 300, 4032},
	{"traffic, half hours", traffic, 1, 1800, 10320},
	{"mentions", mentions, 4, 300, 15800},
	{"jobs", jobs, 3, 300, 4032},
	{"busy", busy, 3, 300, 4032},
	{"busy, long", busy, 1, 300, 20000},
	{"latency", latency, 3, 300, 4032},
	{"temperature, 5 minutes", temperature, 1, 300, 12000},
	{"temperature, hours", temperature, 1, 3600, 6000},
	{"clicks", clicks, 2, 3600, 1600},
	{"sawtooth", sawtooth, 1, 300, 4032},
	{"square", square, 1, 300, 4032},
}

// corpus makes count labelled series; the same seed makes the same.
func corpus(seed uint64, count int) []labelled {
	var drawn []int
	for k := range kinds {
		for range kinds[k].share {
			drawn = append(drawn, k)
		}
	}
	out := make([]labelled, count)
	for n := range out {
		r := rand.New(rand.NewPCG(seed, uint64(n)))
		k := kinds[drawn[r.IntN(len(drawn))]]
		out[n] = labelled{kind: k.name, step: k.step, start: 1_400_000_400 + int64(r.IntN(86400))/k.step*k.step, values: make([]float64, k.rows)}
		next := k.normal(r, course{k.step})
		for i := range out[n].values {
			out[n].values[i] = next(i)
		}
		out[n].trouble(r)
	}
	return out
}

// trouble puts up to four anomalies in, none in the first 15 %; the windows
// together are a tenth of the rows and need not be quite centred.
func (l *labelled) trouble(r *rand.Rand) {
	n, s := len(l.values), deviation(l.values)
	count := []int{0, 1, 1, 1, 2, 2, 2, 3, 4}[r.IntN(9)]
	if count == 0 {
		return
	}
	width := n / 10 / count
	from := n*3/20 + width
	room := (n - width - from) / count
	for k := range count {
		at := from + k*room + r.IntN(room-width*5/4)
		troubles[r.IntN(len(troubles))](r, l.values, at, min(int(86400/l.step), n/10), s)
		first := at - width/2 + r.IntN(1+width/8) - width/16
		l.windows = append(l.windows, [2]int{first, min(n-1, first+width)})
	}
}
