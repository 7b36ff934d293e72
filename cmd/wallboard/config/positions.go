package config

import (
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// place names a key of the file: of which table or list of tables ("rule"), the
// how manieth from 0, and the key inside it; "" is the heading itself.
type place struct {
	list string
	item int
	key  string
}

// positions says on which line each key of a table stands, so that
// what is wrong with a value can be found as well as what is wrong with a key.
type positions map[place]int

// line returns the line of a key, else that of the table's heading, 0 where
// neither is known.
func (p positions) line(list string, item int, key string) int {
	if line := p[place{list, item, key}]; line > 0 {
		return line
	}
	return p[place{list, item, ""}]
}

// positionsIn reads the places of keys off a file that has been decoded; what
// does not parse ends the reading.
func positionsIn(data []byte) positions {
	found := positions{}
	count := map[string]int{}
	parser := unstable.Parser{}
	parser.Reset(data)
	in := place{}
	for parser.NextExpression() {
		e := parser.Expression()
		switch e.Kind {
		case unstable.ArrayTable:
			name, line := keyOf(&parser, e)
			in = place{list: name, item: count[name]}
			count[name]++
			found[in] = line
		case unstable.Table:
			name, line := keyOf(&parser, e)
			in = place{list: name}
			found[in] = line
		case unstable.KeyValue:
			if name, line := keyOf(&parser, e); in.list != "" {
				found[place{in.list, in.item, name}] = line
			}
		}
	}
	return found
}

// keyOf returns the dotted key of an expression and its line.
func keyOf(p *unstable.Parser, e *unstable.Node) (name string, line int) {
	var parts []string
	for it := e.Key(); it.Next(); {
		node := it.Node()
		parts = append(parts, string(node.Data))
		if line == 0 {
			line = p.Shape(node.Raw).Start.Line
		}
	}
	return strings.Join(parts, "."), line
}
