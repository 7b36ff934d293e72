package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wallboard/cmd/wallboard/config"
	"wallboard/tui"
	"wallboard/tui/layout"
)

// hanging holds the flags about a screen that hangs on a wall.
type hanging struct {
	wall, privacy bool
	big, layout   string
	rotate        time.Duration
	rotation      []string
}

func (h *hanging) register(c *cobra.Command) {
	f := c.Flags()
	f.BoolVar(&h.wall, "wall", false, "nobody touches this terminal: no keys, no cursor, larger figures, no names")
	f.BoolVar(&h.privacy, "privacy", false, "mask people's names everywhere")
	f.StringVar(&h.big, "big", "", "size of the wall's figures: "+strings.Join(layout.DigitSizes(), ", ")+" (full: they fill the screen)")
	f.StringVar(&h.layout, "layout", "", "layout of the wall, by its name in the configuration")
	f.DurationVar(&h.rotate, "rotate", 0, "show the next page every so often, such as 20s")
	f.StringSliceVar(&h.rotation, "rotation", nil, "what is shown in turn, such as wall,queues,queue:refund,wall@channel:chat,layout:voice")
	_ = c.RegisterFlagCompletionFunc("big", cobra.FixedCompletions(layout.DigitSizes(), cobra.ShellCompDirectiveNoFileComp))
}

// leastTurn is the shortest time that a page can be read in.
const leastTurn = 3 * time.Second

// wall resolves what a wall shows, from flags and the configuration.
func (p *program) wall(h *hanging) (tui.WallChoice, error) {
	file := p.file.Wall
	choice := tui.WallChoice{Unattended: h.wall || file.Wall, Privacy: h.privacy || file.Privacy, Every: cmp.Or(h.rotate, file.Rotate.D)}
	if choice.Every != 0 && choice.Every < leastTurn {
		return choice, usagef("rotate is %s: a page cannot be read in less than %s", choice.Every, leastTurn)
	}
	layouts, err := p.layouts()
	if err != nil {
		return choice, err
	}
	if name := cmp.Or(h.layout, file.UseLayout); name != "" {
		i := slices.IndexFunc(layouts, func(l *tui.WallLayout) bool { return l.Name == name })
		if i < 0 {
			return choice, p.wallError("use_layout", p.file.Line("wall", 0, "use_layout"), &tui.UnknownWord{Key: "layout", Word: name, Known: layoutNames(layouts)})
		}
		choice.Layout = layouts[i]
	}
	stops := file.Rotation
	if len(h.rotation) > 0 {
		stops = h.rotation
	}
	for _, text := range stops {
		stop, err := tui.ParseStop(text, layouts)
		if err != nil {
			return choice, p.wallError(fmt.Sprintf("rotation %q", text), p.file.Line("wall", 0, "rotation"), err)
		}
		choice.Stops = append(choice.Stops, stop)
	}
	return choice, nil
}

// layouts checks the layouts of the configuration.
func (p *program) layouts() ([]*tui.WallLayout, error) {
	var out []*tui.WallLayout
	for i, l := range p.file.Wall.Layouts {
		one, err := tui.NewWallLayout(tui.WallSpec{Name: l.Name, Tiles: l.Tiles, Queues: l.Queues, Columns: l.Columns, Charts: l.Charts, Panels: l.Panels})
		if err == nil && slices.Contains(layoutNames(out), l.Name) {
			err = fmt.Errorf("name: there are two layouts %q", l.Name)
		}
		if err != nil {
			key := "name"
			if word, _, ok := strings.Cut(err.Error(), ":"); ok {
				key = word
			}
			what := fmt.Sprintf("layout %q", l.Name)
			if unknown := (*tui.UnknownWord)(nil); errors.As(err, &unknown) {
				what += ": " + unknown.Key
			}
			return nil, p.wallError(what, p.file.Line("wall.layout", i, key), err)
		}
		out = append(out, one)
	}
	return out, nil
}

func layoutNames(layouts []*tui.WallLayout) []string {
	var out []string
	for _, l := range layouts {
		out = append(out, l.Name)
	}
	return out
}

// wallError says where a word of the wall is wrong, and what was perhaps meant.
func (p *program) wallError(what string, line int, err error) error {
	at := "config: "
	if line > 0 {
		at = fmt.Sprintf("config: line %d: ", line)
	}
	text := fmt.Sprintf("%swall: %s: %v", at, what, err)
	var unknown *tui.UnknownWord
	if errors.As(err, &unknown) {
		text = fmt.Sprintf("%swall: %s: %q is not known", at, what, unknown.Word)
		switch near := config.Nearest(unknown.Word, unknown.Known); {
		case near != "":
			text += fmt.Sprintf("; did you mean %q?", near)
		case len(unknown.Known) == 0:
			text += "; the configuration has none"
		case len(unknown.Known) <= 12:
			text += "; known: " + strings.Join(unknown.Known, ", ")
		}
	}
	return usageError{errors.New(text + " (see: wallboard check --sample)")}
}

// digits resolves the size of the wall's figures.
func (p *program) digits(l *looks) (tui.Digits, error) {
	word, err := p.file.Wall.Digits()
	if err != nil {
		return 0, usageError{fmt.Errorf("config: wall: %w", err)}
	}
	if word = cmp.Or(l.hanging.big, word); l.plainDigits {
		word = "plain"
	}
	size, ok := layout.ParseDigits(word)
	if !ok {
		return 0, p.wallError("big", p.file.Line("wall", 0, "big"), &tui.UnknownWord{Key: "big", Word: word, Known: layout.DigitSizes()})
	}
	return size, nil
}
