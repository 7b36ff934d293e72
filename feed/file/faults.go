package file

import (
	"maps"
	"slices"
)

// Fault is one line that could not be used.
type Fault struct {
	Line   int64
	Reason string // a token, to count by
	Text   string // what was found, cleaned
}

// Faults counts lines that could not be used and keeps the first few. Its zero
// value is empty. Not safe for concurrent use.
type Faults struct {
	Total    int64
	ByReason map[string]int64
	First    []Fault // at most maxFaults
}

const maxFaults = 20

// Add counts one line.
func (f *Faults) Add(fault Fault) {
	f.Total++
	if f.ByReason == nil {
		f.ByReason = make(map[string]int64)
	}
	f.ByReason[fault.Reason]++
	if len(f.First) < maxFaults {
		f.First = append(f.First, fault)
	}
}

// Reasons lists the reasons met, sorted.
func (f *Faults) Reasons() []string { return slices.Sorted(maps.Keys(f.ByReason)) }
