package window

// Scratch is room that Series sum up in while a minute closes: one for all the
// series of an engine, so that a minute of ten thousand of them allocates
// nothing. Nothing is kept in it from one call to the next. The zero value is
// ready. Not safe for concurrent use, nor are two series that share one.
type Scratch struct {
	sums  [3]*sum
	hour  *unpacked
	bytes []byte    // a payload
	run   []byte    // a run of minutes
	late  [2][]byte // corrections still to be sorted by minute
	list  []dated   // corrections by minute
	one   [1]dated
}

// room returns what to sum up in. Without a Scratch that is a new one each
// time: right, and slower.
func (s *Series) room() *Scratch {
	if s.scratch == nil {
		return new(Scratch)
	}
	return s.scratch
}

func (x *Scratch) minute() *sum { return x.sum(0) }
func (x *Scratch) today() *sum  { return x.sum(1) }
func (x *Scratch) all() *sum    { return x.sum(2) }

func (x *Scratch) sum(i int) *sum {
	if x.sums[i] == nil {
		x.sums[i] = new(sum)
		for d := range x.sums[i].dists {
			x.sums[i].dists[d].keep = true
		}
	}
	return x.sums[i]
}

func (x *Scratch) unpacked() *unpacked {
	if x.hour == nil {
		x.hour = new(unpacked)
	}
	return x.hour
}
