package metrics

// Timeline is all that was found of one session in what is stored of its events:
// every episode, oldest first. Immutable.
type Timeline struct {
	Steps   []StepView
	Left    int64 // older steps that did not fit in
	Read    int64 // events looked at
	From    int64 // since when they were looked at, ms since the epoch; 0: all there are
	Garbled int64 // events looked at that could not be read
}

// MaxTimelineSteps bounds a Timeline; of a longer session the newest are kept.
const MaxTimelineSteps = 4_000
