package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"wallboard/cmd/wallboard/config"
	"wallboard/metrics/fact"
	"wallboard/themes"
	"wallboard/tui"
	"wallboard/tui/hintfile"
	"wallboard/tui/i18n"
	"wallboard/tui/style"
)

// looks holds the flags that say how the screen looks and what it begins with.
type looks struct {
	theme, lang, page, window, floor string
	as                               string // who acts here
	ascii, noColor, plainDigits      bool
	mouse, noHints                   bool
	redIsGood                        bool
	hanging                          hanging
	glyphs                           glyphFlag
	render                           renderFlag
}

// renderFlag is the name of a way to write frames on the command line.
type renderFlag struct{ config.Render }

func (r *renderFlag) Set(name string) error { return r.UnmarshalText([]byte(name)) }
func (r *renderFlag) Type() string          { return "name" }
func (r *renderFlag) String() string        { return r.Name }

// glyphFlag is the name of a glyph set on the command line.
type glyphFlag struct {
	set   style.GlyphSet
	given bool
}

func (g *glyphFlag) Set(name string) error {
	set, ok := style.ParseGlyphSet(name)
	if !ok {
		return fmt.Errorf("%q is none of %s", name, strings.Join(config.GlyphNames(), ", "))
	}
	g.set, g.given = set, true
	return nil
}

func (g *glyphFlag) Type() string { return "name" }

func (g *glyphFlag) String() string {
	if !g.given {
		return ""
	}
	return g.set.String()
}

func (l *looks) register(c *cobra.Command) {
	l.registerDrawing(c)
	f := c.Flags()
	f.StringVar(&l.theme, "theme", "", "a name (see: wallboard themes) or a TOML file (default: "+themes.Default+")")
	f.StringVar(&l.page, "page", "wall", "first page: "+strings.Join(tui.PageNames(), ", "))
	f.StringVar(&l.window, "window", "today", "first window: today, 60m, 30m, 15m or 5m")
	f.StringVar(&l.floor, "floor", "", "floor to show and to subscribe to (default: all, the first shown)")
	f.StringVar(&l.as, "as", "", "name under which you acknowledge and silence breaches (default: the user's)")
	f.BoolVar(&l.noHints, "no-hints", false, "no tips for those who are new")
	f.BoolVar(&l.mouse, "mouse", false, "click and scroll (selecting text then needs shift)")
	f.Var(&l.render, "render", "how frames are written: "+strings.Join(config.RenderNames(), ", ")+" (plain: whole frames, for terminals that misbehave)")
	l.hanging.register(c)
	f.BoolVar(&l.plainDigits, "plain-digits", false, "begin without big digits")
	_ = c.RegisterFlagCompletionFunc("render", cobra.FixedCompletions(config.RenderNames(), cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("theme", cobra.FixedCompletions(themes.Names(), cobra.ShellCompDirectiveDefault))
	_ = c.RegisterFlagCompletionFunc("page", cobra.FixedCompletions(tui.PageNames(), cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("window", cobra.FixedCompletions([]string{"today", "60m", "30m", "15m", "5m"}, cobra.ShellCompDirectiveNoFileComp))
}

// registerDrawing adds the flags that say how anything is drawn and in which
// language.
func (l *looks) registerDrawing(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&l.lang, "lang", "", "en or zh-CN (default: the locale's)")
	f.Var(&l.glyphs, "glyphs", "what charts and signs are drawn with: "+strings.Join(config.GlyphNames(), ", ")+" (default: the locale's)")
	f.BoolVar(&l.ascii, "ascii", false, "draw with ASCII only, as --glyphs ascii does")
	f.BoolVar(&l.redIsGood, "red-is-good", false, "write changes to the better in red")
	f.BoolVar(&l.noColor, "no-color", false, "draw without colour (as NO_COLOR does)")
	c.MarkFlagsMutuallyExclusive("ascii", "glyphs")
	_ = c.RegisterFlagCompletionFunc("glyphs", cobra.FixedCompletions(config.GlyphNames(), cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("lang", cobra.FixedCompletions([]string{"en", "zh-CN"}, cobra.ShellCompDirectiveNoFileComp))
}

// language returns the language of the flag, the configuration or the locale.
func (p *program) language(flag string) i18n.Lang {
	return i18n.Match(cmp.Or(flag, p.file.Wall.Lang, p.getenv("LC_ALL"), p.getenv("LC_MESSAGES"), p.getenv("LANG"), "en"))
}

// lookup asks the environment the way the screen packages want it.
func (p *program) lookup(name string) (string, bool) {
	value := p.getenv(name)
	return value, value != ""
}

// look resolves how the screen looks.
func (p *program) look(l *looks) tui.Look {
	look := tui.Look{
		Theme: cmp.Or(l.theme, p.file.Wall.Theme), Lang: p.language(l.lang),
		Profile: style.ProfileFrom(p.lookup), Glyphs: p.glyphs(l), Shelf: p.shelf(),
	}
	if l.noColor {
		look.Profile = style.ProfileFrom(func(name string) (string, bool) {
			if name == "NO_COLOR" {
				return "1", true
			}
			return p.lookup(name)
		})
	}
	if l.redIsGood || p.file.Wall.RedIsGood {
		look.Red = style.RedIsGood
	}
	if l.mouse || p.file.Wall.Mouse {
		look.Mouse = tui.MouseOn
	}
	if digits, err := p.digits(l); err == nil { // choosing what is shown says why it is none
		look.Digits = digits
	}
	if cmp.Or(l.render.Name, p.file.Wall.Render.Name) == config.RenderPlain {
		look.Render = tui.RenderPlain
	}
	return look
}

// shelf is where this program's themes are.
func (p *program) shelf() themes.Shelf { return themes.Shelf{Dir: config.ThemesDir(p.getenv)} }

// glyphs resolves the glyph set: the flag, the configuration, the locale.
func (p *program) glyphs(l *looks) style.GlyphSet {
	switch set, named := style.ParseGlyphSet(p.file.Wall.Glyphs.Name); {
	case l.ascii:
		return style.ASCII
	case l.glyphs.given:
		return l.glyphs.set
	case p.file.Wall.ASCII:
		return style.ASCII
	case named:
		return set
	}
	return style.GlyphSetFrom(p.lookup)
}

// hints returns where it is kept which tips the user knows; nil shows none.
func (p *program) hints(l *looks) tui.Hints {
	folder := p.file.State.Folder(p.getenv)
	if on := p.file.Wall.Hints; l.noHints || on != nil && !*on || folder == "" {
		return nil
	}
	return hintfile.File{Path: filepath.Join(folder, "hints.json")}
}

// bell resolves when the terminal's bell rings.
func (p *program) bell() tui.Bell {
	if on := p.file.Notify.Bell; on != nil && !*on {
		return tui.BellOff
	}
	return tui.BellOnCritical
}

// choice resolves what is looked at first.
func (l *looks) choice() (tui.Choice, error) {
	page, ok := tui.ParsePage(l.page)
	if !ok {
		return tui.Choice{}, usagef("--page %q is none of %s", l.page, strings.Join(tui.PageNames(), ", "))
	}
	window, ok := fact.ParseWindow(l.window)
	if !ok || window == fact.WindowAll {
		return tui.Choice{}, usagef("--window %q is none of today, 60m, 30m, 15m, 5m", l.window)
	}
	return tui.Choice{Page: page, Floor: l.floor, Window: window}, nil
}

// terminal returns the streams of the terminal, or why there is none.
func (p *program) terminal() (in, out *os.File, err error) {
	in, okIn := p.stdin.(*os.File)
	out, okOut := p.stdout.(*os.File)
	if !okIn || !okOut || !isTerminal(in) || !isTerminal(out) {
		return nil, nil, usagef("the board needs a terminal (for scripts: wallboard snapshot)")
	}
	return in, out, nil
}
