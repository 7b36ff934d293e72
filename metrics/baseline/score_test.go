package baseline

import (
	"cmp"
	"math"
	"slices"
	"testing"
	"time"
)

// A scorer in the manner of the published one for streaming anomalies: a first
// detection early in a window is worth most, a window missed costs 1, each
// detection outside costs up to 0.11, the first 15 % do not count, and one
// threshold serves all series. 100 is perfect, 0 is never to detect anything.

const costOutside = 0.11

// worth is what a detection is worth at a place relative to a window: -1 its
// left edge, 0 its right edge, above 0 past it.
func worth(place float64) float64 {
	if place > 3 {
		return -1
	}
	return 2/(1+math.Exp(5*place)) - 1
}

type detection struct {
	score, worth float64
	window       int // -1: outside
}

// detections lists every row scored above 0 after the first 15 %.
func (l *labelled) detections(scores []float64, firstWindow int) []detection {
	var out []detection
	w := 0
	for i := min(len(scores)*15/100, 750); i < len(scores); i++ {
		for w < len(l.windows) && i > l.windows[w][1] {
			w++
		}
		if scores[i] <= 0 {
			continue
		}
		if w < len(l.windows) && i >= l.windows[w][0] {
			first, last := l.windows[w][0], l.windows[w][1]
			place := -float64(last-i+1) / float64(last-first+1)
			out = append(out, detection{scores[i], worth(place) / worth(-1), firstWindow + w})
			continue
		}
		cost := -1.0
		if w > 0 {
			before := l.windows[w-1]
			cost = worth(float64(i-before[1]) / float64(before[1]-before[0]))
		}
		out = append(out, detection{scores[i], costOutside * cost, -1})
	}
	return out
}

type result struct {
	score, threshold      float64
	found, total, outside int
}

// sweep finds the threshold that scores best.
func sweep(all []labelled, scores [][]float64) result {
	var list []detection
	var windows int
	for k := range all {
		list = append(list, all[k].detections(scores[k], windows)...)
		windows += len(all[k].windows)
	}
	slices.SortStableFunc(list, func(a, b detection) int { return cmp.Compare(b.score, a.score) })
	best, now := result{total: windows}, result{total: windows}
	gained := make([]float64, windows)
	var sum float64
	for i, d := range list {
		switch {
		case d.window < 0:
			sum += d.worth
			now.outside++
		case gained[d.window] == 0:
			now.found++
			gained[d.window] = 1 + d.worth
			sum += gained[d.window]
		case 1+d.worth > gained[d.window]:
			sum += 1 + d.worth - gained[d.window]
			gained[d.window] = 1 + d.worth
		}
		if i+1 < len(list) && list[i+1].score == d.score {
			continue
		}
		now.score, now.threshold = 100*sum/(2*float64(windows)), d.score
		if now.score > best.score {
			best = now
		}
	}
	return best
}

// zscores are the usual baseline: distance from the mean of the last 6,400
// values in deviations, renewed every hundred.
func zscores(v []float64) []float64 {
	const window, every = 6400, 100
	out := make([]float64, len(v))
	var mean, deviates float64
	for i, x := range v {
		if i < every || i%every == 0 {
			past := v[max(0, i-window):i]
			mean, deviates = 0, deviation(past)
			for _, p := range past {
				mean += p / float64(len(past))
			}
		}
		if i > 0 {
			out[i] = math.Abs(x-mean) / deviates
		}
	}
	return out
}

// reading is one way to make scores of what the band says.
type reading struct {
	name  string
	pause bool // learning pauses while the series' own surprise is above the limit
	score func(v Verdict, latch float64) float64
}

var readings = []reading{
	{"as built: only above the faded latch", false, func(v Verdict, _ float64) float64 { return v.Score }},
	{"no latch: every surprise", false, func(v Verdict, _ float64) float64 { return v.Surprise }},
	{"the latch itself, fading", false, func(_ Verdict, latch float64) float64 { return latch }},
	{"how far above the latch", false, func(v Verdict, latch float64) float64 { return max(0, v.Surprise-latch) }},
	{"as built, pausing on its own surprise", true, func(v Verdict, _ float64) float64 { return v.Score }},
}

func (l *labelled) run(t testing.TB, how reading) []float64 {
	s := series(t, Options{Step: time.Duration(l.step) * time.Second})
	out := make([]float64, len(l.values))
	firing := false
	for i, x := range l.values {
		before := s.Latch() * s.fade
		if how.name == readings[2].name {
			before = math.Max(before, s.Latch())
		}
		v := s.Feed(Moment{At: (l.start + int64(i)*l.step) * 1000, Firing: firing}, x)
		firing = how.pause && v.Surprise > SensitivityNormal
		out[i] = how.score(v, before)
	}
	return out
}

func TestBandScoresAboveDeviationsOnALabelledCorpus(t *testing.T) {
	seeds := []uint64{1, 2, 3, 4}
	if testing.Short() {
		t.Skip("the corpus takes a minute")
	}
	mean := make([]float64, len(readings)+1)
	for _, seed := range seeds {
		all := corpus(seed, 58)
		for n := range mean {
			scores := make([][]float64, len(all))
			name := "deviations of a window"
			for k := range all {
				if n == len(readings) {
					scores[k] = zscores(all[k].values)
					continue
				}
				name = readings[n].name
				scores[k] = all[k].run(t, readings[n])
			}
			r := sweep(all, scores)
			mean[n] += r.score / float64(len(seeds))
			t.Logf("seed %d  %-38s %5.1f  threshold %.3f, %d of %d windows, %d detections outside", seed, name, r.score, r.threshold, r.found, r.total, r.outside)
		}
	}
	t.Logf("mean %.1f", mean)
	built, deviations := mean[0], mean[len(readings)]
	if built < deviations+10 {
		t.Errorf("the band scores %.1f, deviations of a window %.1f", built, deviations)
	}
	for n := range readings[1:] {
		if mean[n+1] > built {
			t.Errorf("reading %q scores %.1f, as built %.1f", readings[n+1].name, mean[n+1], built)
		}
	}
}
