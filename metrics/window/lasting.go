package window

import (
	"encoding/binary"

	"wallboard/metrics/fact"
)

// lasting gathers what outlives its minute, with base 0: slopes that run on
// and levels that stand.
type lasting struct {
	slopes [fact.NumCounts]int64
	levels [fact.NumPeaks]level
}

// add reads what lasts of a canonical payload.
func (l *lasting) add(b []byte, base int64) {
	for len(b) > 0 && int(b[0]) <= tagSlope {
		tag := int(b[0])
		if tag == tagSlope {
			d, n := binary.Varint(b[2:])
			_, k := binary.Varint(b[2+n:])
			l.slopes[b[1]] += d
			b = b[2+n+k:]
			continue
		}
		v, n := binary.Varint(b[1:])
		b = b[1+n:]
		if tag < tagPeak {
			last, n := binary.Varint(b)
			l.levels[tag].set(base+v, last)
			b = b[n:]
		}
	}
}

func (l *lasting) addFigures(f *figures) {
	for c, d := range f.slopes {
		l.slopes[c] += d
	}
	for i := range f.levels {
		if in := &f.levels[i]; in.hasLast {
			l.levels[i].set(in.at, in.last)
		}
	}
}

// write appends the canonical payload.
func (l *lasting) write(dst []byte) []byte {
	for i := range l.levels {
		if in := &l.levels[i]; in.hasLast {
			dst = append(dst, byte(tagLevel+i))
			dst = binary.AppendVarint(dst, in.at)
			dst = binary.AppendVarint(dst, in.last)
		}
	}
	for c, d := range l.slopes {
		if d != 0 {
			dst = appendSlope(dst, fact.Count(c), d, 0)
		}
	}
	return dst
}

// lasts says whether anything of a canonical payload outlives its minute.
func lasts(payload []byte) bool { return len(payload) > 0 && int(payload[0]) <= tagSlope }
