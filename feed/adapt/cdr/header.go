package cdr

import (
	"fmt"
	"strconv"
	"strings"
)

// header knows where a table's columns stand.
type header struct {
	names []string
	at    map[string]int
	open  bool // columns appear as rows bring them (JSON lines): a name not met yet gets a place
}

// newHeader numbers the columns; the second of one name is "name.2".
func newHeader(names []string) header {
	h := header{at: make(map[string]int, len(names))}
	for _, name := range names {
		name = strings.TrimSpace(name)
		unique := name
		for n := 2; ; n++ {
			if _, taken := h.at[unique]; !taken {
				break
			}
			unique = name + "." + strconv.Itoa(n)
		}
		h.at[unique] = len(h.names)
		h.names = append(h.names, unique)
	}
	return h
}

// find returns a column's place, or an error that names the nearest one.
func (h *header) find(name string) (int, error) {
	if i, ok := h.at[name]; ok {
		return i, nil
	}
	if h.open {
		h.at[name] = len(h.names)
		h.names = append(h.names, name)
		return len(h.names) - 1, nil
	}
	return 0, fmt.Errorf("column %q is not in the table%s", name, didYouMean(name, h.names))
}

// didYouMean suggests the nearest of the known names, "" if there is none.
func didYouMean(name string, known []string) string {
	best, least := "", len(name)/2+2
	for _, k := range known {
		if d := distance(strings.ToLower(name), strings.ToLower(k)); d < least {
			best, least = k, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(" (nearest: %q)", best)
}

// distance is the number of one-byte edits between two names (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
