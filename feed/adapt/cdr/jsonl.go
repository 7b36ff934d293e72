package cdr

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// maxDepth bounds how deep a JSON row may nest.
const maxDepth = 8

// listField is the extra field of an expanded row: the name of its list.
const listField = "_list"

// jsonRows reads JSON lines. A field of an object within the row is named
// "object.field"; lists are left out unless the map expands them.
type jsonRows struct {
	lines  lines
	expand []string
	header *header
	queue  [][]string // rows of the line read last that have not been given
}

// next is as separated.next.
func (j *jsonRows) next() (line int, fields []string, err error) {
	for len(j.queue) == 0 {
		text, err := j.lines.next()
		line = j.lines.number
		if errors.Is(err, errLongLine) {
			return line, nil, &unreadable{line: line, reason: "line too long"}
		}
		if err != nil {
			return line, nil, err
		}
		if strings.TrimSpace(text) == "" {
			continue
		}
		if err := j.read(text); err != nil {
			return line, nil, &unreadable{line: line, reason: "not a JSON object", detail: err.Error()}
		}
	}
	fields, j.queue = j.queue[0], j.queue[1:]
	return j.lines.number, fields, nil
}

// read turns one line into its rows.
func (j *jsonRows) read(text string) error {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber() // an id of 17 digits must stay what it is
	var object map[string]any
	if err := decoder.Decode(&object); err != nil {
		return err
	}
	if object == nil {
		return errors.New("null")
	}
	if decoder.More() {
		return errors.New("something follows the object")
	}
	parent := make([]string, len(j.header.names))
	j.fill(parent, "", object, 0)
	if len(j.expand) == 0 {
		j.queue = append(j.queue, parent)
		return nil
	}
	for _, name := range j.expand {
		elements, ok := object[name].([]any)
		if !ok && object[name] != nil {
			elements = []any{object[name]}
		}
		for i, e := range elements {
			child, ok := e.(map[string]any)
			if !ok {
				return fmt.Errorf("%s: element %d is no object", name, i+1)
			}
			fields := slices.Clone(parent)
			j.fill(fields, "", child, 0)
			j.put(fields, listField, name)
			j.queue = append(j.queue, fields)
		}
	}
	return nil
}

// fill puts the simple values of an object into the columns that the map uses.
func (j *jsonRows) fill(fields []string, prefix string, object map[string]any, depth int) {
	for name, value := range object {
		switch v := value.(type) {
		case string:
			j.put(fields, prefix+name, v)
		case json.Number:
			j.put(fields, prefix+name, v.String())
		case bool:
			j.put(fields, prefix+name, fmt.Sprint(v))
		case map[string]any:
			if depth < maxDepth && !(prefix == "" && slices.Contains(j.expand, name)) {
				j.fill(fields, prefix+name+".", v, depth+1)
			}
		}
	}
}

func (j *jsonRows) put(fields []string, name, value string) {
	if i, used := j.header.at[name]; used {
		fields[i] = value
	}
}
