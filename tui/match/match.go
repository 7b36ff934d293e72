// Package match owns how what people type is matched with names: without case,
// from the beginning first, then anywhere; and which name is nearest to one that
// matches none. It must not know what the names are of.
package match

import "strings"

// Grade says how well a name matches what was typed; the smaller the better.
type Grade uint8

// The grades.
const (
	Whole Grade = iota
	Beginning
	Within
	None
)

// Of grades one name.
func Of(name, typed string) Grade {
	name, typed = strings.ToLower(name), strings.ToLower(typed)
	switch {
	case name == typed:
		return Whole
	case strings.HasPrefix(name, typed):
		return Beginning
	case strings.Contains(name, typed):
		return Within
	}
	return None
}

// Best returns the place of the first name with the best grade, -1 where none
// matches. Several names of one thing may be given each; all are looked at.
func Best(n int, names func(i int) []string, typed string) int {
	best, at := None, -1
	for i := range n {
		for _, name := range names(i) {
			if g := Of(name, typed); g < best {
				best, at = g, i
			}
		}
	}
	return at
}

// Nearest returns the name that differs by the fewest letters, empty where none
// is near: more than half of it would have to be another.
func Nearest(names []string, typed string) string {
	want := []rune(strings.ToLower(typed))
	least, nearest := len(want)/2+1, ""
	for _, name := range names {
		if d := distance([]rune(strings.ToLower(name)), want, least); d < least {
			least, nearest = d, name
		}
	}
	return nearest
}

// distance is how many letters must be put in, taken out or changed, or two
// neighbours swapped; it gives up at most.
func distance(a, b []rune, most int) int {
	if max(len(a)-len(b), len(b)-len(a)) >= most {
		return most
	}
	rows := [3][]int{}
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
	}
	for j := range rows[1] {
		rows[1][j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, above, row := rows[0], rows[1], rows[2]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		rows[0], rows[1], rows[2] = above, row, before
	}
	return rows[1][len(b)]
}
