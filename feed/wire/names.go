package wire

// nameSet is what is known of the names of one object.
type nameSet struct {
	base   int    // where its members begin
	mask   uint64 // a bit per hash met: an unset bit proves a name new
	object int    // its number among those with many names, 0 below that
}

// note adds a name to its object and marks the text if it was there before.
func (s *scanner) note(set *nameSet, members []member, name string) {
	own := members[set.base:]
	if len(own) >= manyNames {
		s.noteMany(set, own, name)
		return
	}
	bit := uint64(1) << (hash(name) & 63)
	if set.mask&bit != 0 {
		for i := range own {
			if own[i].name == name {
				s.duplicate = true
			}
		}
	}
	set.mask |= bit
}

func (s *scanner) noteMany(set *nameSet, own []member, name string) {
	if s.many == nil {
		s.many = map[objectName]struct{}{}
	}
	if set.object == 0 {
		s.objects++
		set.object = s.objects
		for _, m := range own {
			s.many[objectName{set.object, m.name}] = struct{}{}
		}
	}
	key := objectName{set.object, name}
	if _, found := s.many[key]; found {
		s.duplicate = true
	}
	s.many[key] = struct{}{}
}

// hash spreads names well enough that the attributes of an event differ.
func hash(name string) int {
	if name == "" {
		return 0
	}
	n := len(name)
	return n*5 + int(name[0])*3 + int(name[n-1])*11 + int(name[n/2])*7
}
