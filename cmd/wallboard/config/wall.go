package config

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// Wall is how the screen looks, and what it shows on a wall.
type Wall struct {
	Theme     string       `toml:"theme"`
	Lang      string       `toml:"lang"`
	ASCII     bool         `toml:"ascii"`
	Glyphs    Glyphs       `toml:"glyphs"`
	RedIsGood bool         `toml:"red_is_good"`
	Wall      bool         `toml:"wall"`
	Big       any          `toml:"big"`
	Privacy   bool         `toml:"privacy"`
	Rotate    Duration     `toml:"rotate"`
	Rotation  []string     `toml:"rotation"`
	UseLayout string       `toml:"use_layout"`
	Layouts   []WallLayout `toml:"layout"`
	Mouse     bool         `toml:"mouse"`
	Hints     *bool        `toml:"hints"`
	ExportDir string       `toml:"export_dir"`
	Render    Render       `toml:"render"`
}

// WallLayout is what a wall shows. A list that is not set stays as it is without
// a layout; an empty one leaves all of it out.
type WallLayout struct {
	Name    string   `toml:"name"`
	Tiles   []string `toml:"tiles"`
	Queues  []string `toml:"queues"`
	Columns []string `toml:"columns"`
	Charts  []string `toml:"charts"`
	Panels  []string `toml:"panels"`
}

// Digits returns the word for the size of the wall's figures: true is the
// largest that leaves room for the queues, false as fits.
func (w Wall) Digits() (string, error) {
	switch big := w.Big.(type) {
	case nil:
		return "fit", nil
	case bool:
		if big {
			return "5", nil
		}
		return "fit", nil
	case string:
		return big, nil
	case int64:
		return fmt.Sprint(big), nil
	}
	return "", fmt.Errorf("big is %v, neither true, false nor a size", w.Big)
}

// Line returns on which line a key of a table stands, 0 where it is not known.
func (f *File) Line(table string, item int, key string) int {
	return f.positions.line(table, item, key)
}

// Nearest returns the known word that was perhaps meant, "" where none is near.
func Nearest(word string, known []string) string { return nearest(word, known) }

// DescribeWall says in words what the wall shows; what nobody has changed it does
// not mention.
func DescribeWall(out io.Writer, w Wall) {
	var lines []string
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	if w.Wall {
		add("nobody touches the terminal: no keys, no cursor, larger figures, no names of people")
	}
	if w.Privacy {
		add("people's names are masked everywhere, on every screen")
	}
	if size, err := w.Digits(); err == nil && size != "fit" {
		add("figures begin in the size %q", size)
	}
	if len(w.Rotation) > 0 || w.Rotate.D > 0 {
		every, begins := w.Rotate.D, "at once"
		if every == 0 {
			every, begins = 20*time.Second, "when r is pressed"
		}
		pages := "the wall, queues, indicators, heat"
		if len(w.Rotation) > 0 {
			pages = strings.Join(w.Rotation, ", ")
		}
		add("every %s, %s, the next of these is shown: %s", span(every), begins, pages)
		add("a key stops that for a minute, a critical breach that nobody has until somebody has it")
	}
	if w.UseLayout != "" {
		add("the wall begins with the layout %q", w.UseLayout)
	}
	for _, l := range w.Layouts {
		add("layout %q: %s", l.Name, l.words())
	}
	if len(lines) == 0 {
		return
	}
	fmt.Fprintln(out, "\nThe wall")
	for _, line := range lines {
		fmt.Fprintf(out, "  %s\n", line)
	}
}

// words says what a layout shows.
func (l WallLayout) words() string {
	var parts []string
	for _, part := range []struct {
		what, none, usual string
		list              []string
	}{
		{"figures ", "", "the six figures", l.Tiles},
		{"queues ", "no queues", "all queues", l.Queues},
		{"columns ", "no columns", "", l.Columns},
		{"charts ", "no charts", "the three charts", l.Charts},
		{"panels ", "no panels below", "all panels", l.Panels},
	} {
		switch {
		case len(part.list) > 0:
			parts = append(parts, part.what+strings.Join(part.list, ", "))
		case part.list != nil:
			parts = append(parts, part.none)
		default:
			parts = append(parts, part.usual)
		}
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "; ")
}
