package metrics

// wakes knows when the clock alone will next change the figures of an agent: a
// heap with the earliest first and at most one entry each. On a floor that
// stands still nobody is looked at again and again to find out that nothing of
// them differs.
type wakes struct {
	heap []wake
	at   []int32 // by the agent's number: place in the heap + 1, 0 not in it
}

type wake struct {
	due   int64
	agent int32
}

// set says when to look at an agent again; noTime: only when something happens
// to them.
func (w *wakes) set(agent int32, due int64) {
	for int(agent) >= len(w.at) {
		w.at = append(w.at, 0)
	}
	i := int(w.at[agent]) - 1
	switch {
	case due >= noTime && i < 0:
	case due >= noTime:
		w.remove(i)
	case i < 0:
		w.heap = append(w.heap, wake{due, agent})
		w.up(len(w.heap) - 1)
	default:
		w.heap[i].due = due
		w.down(w.up(i))
	}
}

// next returns an agent whose time has come and takes them out, noRef where
// there is none.
func (w *wakes) next(now int64) int32 {
	if len(w.heap) == 0 || w.heap[0].due > now {
		return noRef
	}
	agent := w.heap[0].agent
	w.remove(0)
	return agent
}

// due returns the earliest time, noTime where there is none.
func (w *wakes) due() int64 {
	if len(w.heap) == 0 {
		return noTime
	}
	return w.heap[0].due
}

func (w *wakes) remove(i int) {
	last := len(w.heap) - 1
	w.at[w.heap[i].agent] = 0
	moved := w.heap[last]
	w.heap = w.heap[:last]
	if i < last {
		w.heap[i] = moved
		w.at[moved.agent] = int32(i) + 1
		w.down(w.up(i))
	}
}

// up moves an entry to where no later one is above it and returns its place.
func (w *wakes) up(i int) int {
	x := w.heap[i]
	for i > 0 {
		above := (i - 1) / 2
		if w.heap[above].due <= x.due {
			break
		}
		w.put(i, w.heap[above])
		i = above
	}
	w.put(i, x)
	return i
}

func (w *wakes) down(i int) {
	x := w.heap[i]
	for {
		below := 2*i + 1
		if below >= len(w.heap) {
			break
		}
		if below+1 < len(w.heap) && w.heap[below+1].due < w.heap[below].due {
			below++
		}
		if w.heap[below].due >= x.due {
			break
		}
		w.put(i, w.heap[below])
		i = below
	}
	w.put(i, x)
}

func (w *wakes) put(i int, x wake) {
	w.heap[i] = x
	w.at[x.agent] = int32(i) + 1
}
