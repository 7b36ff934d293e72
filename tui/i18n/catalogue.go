// Package i18n owns what the screen says and how it writes numbers: the message
// catalogues in English and 简体中文, counts, percentages, durations, ages and
// times of day. Everything it returns is clean.Text. It must not know pages,
// panels or where a number comes from.
package i18n

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"

	"wallboard/metrics/clean"
)

//go:embed catalogue/*.toml
var files embed.FS

// Lang is a language the screen speaks, as a BCP 47 tag.
type Lang string

// The languages.
const (
	English Lang = "en"
	Chinese Lang = "zh-CN"
)

// Langs returns the languages there are, the default first.
func Langs() []Lang { return []Lang{English, Chinese} }

// Match returns the language that serves a locale such as "zh_CN.UTF-8", "en"
// or "" best: Chinese for every Chinese locale, else English.
func Match(locale string) Lang {
	base, _, _ := strings.Cut(strings.ReplaceAll(locale, "_", "-"), ".")
	if tag, err := language.Parse(base); err == nil {
		if b, _ := tag.Base(); b.String() == "zh" {
			return Chinese
		}
	}
	return English
}

// Script says which characters besides letters may be written.
type Script uint8

// The scripts. ASCII writes dashes, arrows and signs with what every terminal
// has; the letters of the language stay.
const (
	Unicode Script = iota
	ASCII
)

// plain returns s in the script.
func (a Script) plain(s string) string {
	if a == Unicode {
		return s
	}
	return strings.NewReplacer("—", "-", "–", "-", "−", "-", "±", "+-", "×", "x", "≤", "<=", "≥", ">=", "µ", "u",
		"→", "->", "›", ">", "·", "-", "…", "~", "↑", "up", "↓", "down", "←", "left", "Σ", "sum ", "÷", "/").Replace(s)
}

// ID names a message; its constants are in messages*.go.
type ID string

// message is one catalogue entry, cut at its placeholders once so that saying
// it costs one allocation at most. Bubble Tea asks for a frame many times a
// second: text/template there would cost more than the drawing.
type message struct {
	whole      clean.Text
	one, other []piece
}

type piece struct {
	text string
	arg  int // -1: text only
}

// Catalogue says messages in one language. Immutable, safe for concurrent use.
type Catalogue struct {
	lang     Lang
	script   Script
	messages map[ID]message
}

// Load returns the catalogue of a language in a script. It fails only if the embedded files
// do not hold every message, which a test excludes.
func Load(lang Lang, script Script) (*Catalogue, error) {
	bundle := goi18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	names, err := fs.Glob(files, "catalogue/*."+string(lang)+".toml")
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("i18n: load language %q: no catalogue", lang)
	}
	c := &Catalogue{lang: lang, script: script, messages: make(map[ID]message)}
	for _, name := range names {
		if err := c.read(bundle, name); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// read adds the messages of one file: each part of the screen has its own.
func (c *Catalogue) read(bundle *goi18n.Bundle, file string) error {
	raw, err := files.ReadFile(file)
	if err != nil {
		return fmt.Errorf("i18n: read %s: %w", file, err)
	}
	parsed, err := bundle.ParseMessageFileBytes(raw, file)
	if err != nil {
		return fmt.Errorf("i18n: parse %s: %w", file, err)
	}
	say, script := goi18n.NewLocalizer(bundle, string(c.lang)), c.script
	for _, m := range parsed.Messages {
		if _, twice := c.messages[ID(m.ID)]; twice {
			return fmt.Errorf("i18n: message %q of %s stands in another file too", m.ID, file)
		}
		other, err := localize(say, m.ID, 5)
		if err != nil {
			return fmt.Errorf("i18n: message %q in %s: %w", m.ID, file, err)
		}
		one := other
		if m.One != "" {
			if one, err = localize(say, m.ID, 1); err != nil {
				return fmt.Errorf("i18n: message %q in %s: %w", m.ID, file, err)
			}
		}
		c.messages[ID(m.ID)] = message{whole: clean.Line(script.plain(other)), one: cut(script.plain(one)), other: cut(script.plain(other))}
	}
	return nil
}

// localize leaves the placeholders in: the identity parser hands the text back.
func localize(say *goi18n.Localizer, id string, count int) (string, error) {
	return say.Localize(&goi18n.LocalizeConfig{MessageID: id, PluralCount: count, TemplateParser: template.IdentityParser{}})
}

// cut splits "a {0} b" into its text and its placeholders {0} to {9}.
func cut(s string) []piece {
	var out []piece
	for {
		i := strings.IndexByte(s, '{')
		if i < 0 || i+2 >= len(s) || s[i+2] != '}' || s[i+1] < '0' || s[i+1] > '9' {
			return append(out, piece{text: s, arg: -1})
		}
		out = append(out, piece{text: s[:i], arg: int(s[i+1] - '0')})
		s = s[i+3:]
	}
}

// Lang returns the catalogue's language.
func (c *Catalogue) Lang() Lang { return c.lang }

// Say returns a message without placeholders. An unknown id reads as itself:
// the tests exclude it, and a wall must not stop for a word.
func (c *Catalogue) Say(id ID) clean.Text {
	if m, ok := c.messages[id]; ok {
		return m.whole
	}
	return clean.Own(string(id))
}

// Fill returns a message with its placeholders {0}, {1}, … replaced.
func (c *Catalogue) Fill(id ID, args ...clean.Text) clean.Text {
	m, ok := c.messages[id]
	if !ok {
		return clean.Own(string(id))
	}
	return fill(m.other, args)
}

// Count is Fill in the plural form for n.
func (c *Catalogue) Count(id ID, n int64, args ...clean.Text) clean.Text {
	m, ok := c.messages[id]
	if !ok {
		return clean.Own(string(id))
	}
	if n == 1 {
		return fill(m.one, args)
	}
	return fill(m.other, args)
}

func fill(pieces []piece, args []clean.Text) clean.Text {
	size := 0
	for _, p := range pieces {
		size += len(p.text)
		if p.arg >= 0 && p.arg < len(args) {
			size += len(args[p.arg].String())
		}
	}
	var b strings.Builder
	b.Grow(size)
	for _, p := range pieces {
		b.WriteString(p.text)
		if p.arg >= 0 && p.arg < len(args) {
			b.WriteString(args[p.arg].String())
		}
	}
	return clean.Line(b.String())
}

// Pick returns the text of the catalogue's language.
func (c *Catalogue) Pick(english, chinese clean.Text) clean.Text {
	if c.lang == Chinese && !chinese.Empty() {
		return chinese
	}
	return english
}

// Plain writes a text of ours that is in no catalogue, such as a formula, in the
// catalogue's script.
func (c *Catalogue) Plain(t clean.Text) clean.Text {
	if c.script == Unicode {
		return t
	}
	return clean.Line(c.script.plain(t.String()))
}
