package window

import (
	"encoding/binary"
	"errors"

	"wallboard/metrics/fact"
)

// ErrSpan is returned for bytes that are no span.
var ErrSpan = errors.New("window: bytes are no span of figures")

// Layout says which figures the numbers of a span's bytes mean, for bytes
// written when figures were numbered otherwise: by number the figure of now,
// below 0 one that is no longer kept.
type Layout struct{ Counts, Peaks, Dists []int16 }

// SameLayout returns the layout in which numbers mean what they mean now.
func SameLayout() *Layout {
	l := &Layout{Counts: make([]int16, fact.NumCounts), Peaks: make([]int16, fact.NumPeaks), Dists: make([]int16, fact.NumDists)}
	for _, list := range [][]int16{l.Counts, l.Peaks, l.Dists} {
		for i := range list {
			list[i] = int16(i)
		}
	}
	return l
}

// A span's bytes: how many counts, of each the gap to the number of the last
// and the value; the same of peaks; how many distributions, of each its number,
// 0 and exact values or 1 and bins, how many, then as payloads have them.
const (
	spanExact = 0
	spanBins  = 1
)

// Append appends the span as bytes, which are empty for an empty span.
func (s *Span) Append(dst []byte) []byte {
	start := len(dst)
	dst, counts := appendSparse(dst, s.Counts[:])
	dst, peaks := appendSparse(dst, s.Peaks[:])
	dists := 0
	for d := range s.dists {
		dists += b2i(s.dists[d].n > 0)
	}
	if counts+peaks+dists == 0 {
		return dst[:start]
	}
	dst = binary.AppendUvarint(dst, uint64(dists))
	for d := range s.dists {
		dst = s.dists[d].appendSpan(dst, d)
	}
	return dst
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func appendSparse(dst []byte, values []int64) ([]byte, int) {
	n, last := 0, 0
	for _, v := range values {
		n += b2i(v != 0)
	}
	dst = binary.AppendUvarint(dst, uint64(n))
	for i, v := range values {
		if v != 0 {
			dst = binary.AppendUvarint(dst, uint64(i-last))
			dst = binary.AppendVarint(dst, v)
			last = i
		}
	}
	return dst, n
}

func (s *samples) appendSpan(dst []byte, d int) []byte {
	if s.n == 0 {
		return dst
	}
	dst = binary.AppendUvarint(dst, uint64(d))
	if s.bins == nil {
		dst = append(dst, spanExact)
	} else {
		dst = append(dst, spanBins)
	}
	at := len(dst)
	dst = s.write(dst, 0)
	return append(dst[:at], dst[at+1:]...) // without the payload's tag
}

// Add adds the span that the bytes hold; the error is ErrSpan, and the span
// then holds an unknown part of them. Bytes that are empty add nothing.
func (s *Span) Add(b []byte, l *Layout) error {
	if len(b) == 0 {
		return nil
	}
	b, err := eachSparse(b, l.Counts, func(i int16, v int64) { s.Counts[i] += v })
	if err != nil {
		return err
	}
	if b, err = eachSparse(b, l.Peaks, func(i int16, v int64) { s.Peaks[i] = max(s.Peaks[i], v) }); err != nil {
		return err
	}
	n, k := uvarint(b)
	if k == 0 || n > uint64(len(l.Dists)) {
		return ErrSpan
	}
	b = b[k:]
	for range n {
		if b, err = s.addDist(b, l.Dists); err != nil {
			return err
		}
	}
	if len(b) > 0 {
		return ErrSpan
	}
	return nil
}

func eachSparse(b []byte, numbers []int16, yield func(i int16, v int64)) ([]byte, error) {
	n, k := uvarint(b)
	if k == 0 || n > uint64(len(numbers)) {
		return nil, ErrSpan
	}
	b = b[k:]
	at := uint64(0)
	for i := range n {
		gap, k := uvarint(b)
		if at += gap; k == 0 || gap >= uint64(len(numbers)) || at >= uint64(len(numbers)) || i > 0 && gap == 0 {
			return nil, ErrSpan
		}
		v, m := binary.Varint(b[k:])
		if m <= 0 {
			return nil, ErrSpan
		}
		b = b[k+m:]
		if to := numbers[at]; to >= 0 {
			yield(to, v)
		}
	}
	return b, nil
}

// addDist adds a distribution, by the checks that payloads are read with.
func (s *Span) addDist(b []byte, numbers []int16) ([]byte, error) {
	d, k := uvarint(b)
	if k == 0 || d >= uint64(len(numbers)) || len(b) <= k {
		return nil, ErrSpan
	}
	length, kind := 0, b[k]
	entry := b[k:] // its first byte stands where a payload has its tag
	switch kind {
	case spanExact:
		length = exactLen(entry)
	case spanBins:
		length = binsLen(entry)
	}
	if length == 0 {
		return nil, ErrSpan
	}
	if to := numbers[d]; to >= 0 {
		n, k := uvarint(entry[1:])
		if values := entry[1+k : length]; kind == spanExact {
			s.dists[to].addExact(values)
		} else {
			s.dists[to].addBins(values, int(n), inside)
		}
	}
	return entry[length:], nil
}

// addExact adds values, each the gap to the last.
func (s *samples) addExact(b []byte) {
	for ms := uint64(0); len(b) > 0; {
		gap, n := binary.Uvarint(b)
		ms += gap
		s.add(int64(ms))
		b = b[n:]
	}
}
