package window

import (
	"math/bits"

	"github.com/DataDog/sketches-go/ddsketch/mapping"

	"wallboard/metrics/fact"
)

// longestMs bounds what can be told apart: 49 days, well beyond the age at
// which an open session is given up.
const longestMs = 1<<32 - 1

// binning is DDSketch's logarithmic mapping with bin 0 for 0 ms. A whole
// number of ms finds its bin in two table steps instead of a logarithm: most
// of the cost of reading an hour of exact values off as a sketch.
type binning struct {
	mapping *mapping.LogarithmicMapping
	lowest  [numBins + 1]int64                  // the first ms of each bin, beyond reach where it has none
	guess   [(33 - headBits) << headBits]uint16 // by leading bits: the bin of the first ms that has them
}

const (
	headBits = 7
	// numBins covers 0 ms and 1 ms to longestMs.
	numBins = 1120
)

// bins never changes.
var bins = newBinning()

func newBinning() *binning {
	m, err := mapping.NewLogarithmicMapping(fact.RelativeError)
	if err != nil {
		panic("window: relative error out of range: " + err.Error())
	}
	b := &binning{mapping: m}
	for bin := 1; bin <= numBins; bin++ {
		ms := int64(m.LowerBound(bin - 1))
		for ms > 1 && b.slow(ms-1) >= bin {
			ms--
		}
		for b.slow(ms) < bin {
			ms++
		}
		b.lowest[bin] = ms
	}
	bin := 0
	for i := range b.guess {
		for b.lowest[bin+1] <= headStart(i) {
			bin++
		}
		b.guess[i] = uint16(bin)
	}
	return b
}

// slow is the mapping itself.
func (b *binning) slow(ms int64) int {
	if ms <= 0 {
		return 0
	}
	return 1 + b.mapping.Index(float64(ms))
}

// head numbers durations by their leading headBits+1 bits; small ones by
// themselves.
func head(ms int64) int {
	shift := max(0, bits.Len64(uint64(ms))-1-headBits)
	return shift<<headBits + int(ms>>shift)
}

// headStart is the first duration with a head.
func headStart(i int) int64 {
	if i < 2<<headBits {
		return int64(i)
	}
	shift := i>>headBits - 1
	return int64(i-shift<<headBits) << shift
}

// of returns the bin of a duration, 0 <= ms <= longestMs.
func (b *binning) of(ms int64) int {
	bin := int(b.guess[head(ms)])
	for b.lowest[bin+1] <= ms {
		bin++
	}
	return bin
}

// value returns the duration in ms that stands for a bin.
func (b *binning) value(bin int) float64 {
	if bin == 0 {
		return 0
	}
	return b.mapping.Value(bin - 1)
}
