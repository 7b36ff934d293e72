package config

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// unknownKey says which key is not known, where, and what was perhaps meant.
func unknownKey(missing *toml.StrictMissingError) error {
	first := missing.Errors[0]
	row, _ := first.Position()
	key := first.Key()
	known := keysAt(reflect.TypeFor[File](), key[:len(key)-1])
	message := fmt.Sprintf("line %d: unknown key %q", row, strings.Join(key, "."))
	if near := nearest(key[len(key)-1], known); near != "" {
		message += fmt.Sprintf("; did you mean %q?", near)
	}
	return fmt.Errorf("%s (see: wallboard check --sample)", message)
}

// keysAt returns the keys that are known under a path of tables.
func keysAt(t reflect.Type, path []string) []string {
	t = tableType(t)
	if t == nil || t.Kind() != reflect.Struct {
		return nil
	}
	var keys []string
	for i := range t.NumField() {
		name := t.Field(i).Tag.Get("toml")
		if len(path) == 0 {
			keys = append(keys, name)
			continue
		}
		if name != path[0] {
			continue
		}
		field := t.Field(i).Type
		rest := path[1:]
		if field.Kind() == reflect.Map && len(rest) > 0 {
			rest = rest[1:] // the map's own key is the user's
		}
		return keysAt(field, rest)
	}
	return keys
}

// tableType looks through lists, maps and pointers for what is inside.
func tableType(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Map || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

// nearest returns the known word with the fewest edits from word, "" when none
// is near enough to be a slip of the fingers.
func nearest(word string, known []string) string {
	best, bestEdits := "", 1+max(2, len(word)/3)
	for _, k := range known {
		if n := edits(word, k); n < bestEdits {
			best, bestEdits = k, n
		}
	}
	return best
}

// edits is the Levenshtein distance.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		previous := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			previous, row[j+1] = row[j+1], min(previous+cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
