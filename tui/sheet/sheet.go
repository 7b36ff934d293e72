// Package sheet owns what a screen holds besides its picture: rows under named
// columns, and how CSV and JSON write them. It must not know pages, how anything
// is drawn or where files are kept.
package sheet

import (
	"math"
	"strings"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/export"
	"wallboard/metrics/fact"
)

// Cell is one value of a row: a text, a number or nothing.
type Cell struct {
	text   string
	number float64
	kind   kind
	person clean.Text // who the text tells of; empty: nobody
}

type kind uint8

const (
	nothing kind = iota
	textual
	numeric
)

// Text is a cell with a text from outside, or nothing where it is empty.
func Text(t clean.Text) Cell { return Word(t.String()) }

// Person is a cell that tells who somebody is, by name or by id.
func Person(id, told clean.Text) Cell {
	c := Text(told)
	c.person = id
	return c
}

// Word is a cell with an id or a word of a fixed list, nothing where it is empty.
func Word(s string) Cell {
	if s == "" {
		return Cell{}
	}
	return Cell{text: s, kind: textual}
}

// LastOf returns what stands behind the last dot of an id: "idle" of
// "activity.idle".
func LastOf[T ~string](id T) string { return string(id)[strings.LastIndexByte(string(id), '.')+1:] }

// Last is Word of LastOf.
func Last[T ~string](id T) Cell { return Word(LastOf(id)) }

// Number is a cell with a number at full precision, nothing where it is none.
func Number(v float64) Cell {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return Cell{}
	}
	return Cell{number: v, kind: numeric}
}

// Count is a cell with a whole number.
func Count[T ~int | ~int8 | ~int32 | ~int64 | ~uint64](n T) Cell { return Number(float64(n)) }

// Since is a cell with the seconds from a moment to now, both in ms; nothing
// where the moment is 0.
func Since(now, then int64) Cell {
	if then == 0 {
		return Cell{}
	}
	return Number(float64(now-then) / 1000)
}

// Moment is a cell with a time, nothing where it is 0.
func Moment(ms int64, zone *time.Location) Cell {
	if ms == 0 {
		return Cell{}
	}
	if zone == nil {
		zone = time.UTC
	}
	return Word(export.Time(ms, zone))
}

// Table is rows under named columns. Columns are ids: seconds, percent of 0 to
// 100, ids and words that no language changes.
type Table struct {
	Name    string
	Columns []string
	Rows    [][]Cell
}

// Sheet is what one screen holds.
type Sheet struct {
	Head   Head
	Tables []Table // that which has the keys first: CSV holds that one alone

	// Rows chooses the rows of the snapshot that the screen is made of, nil where it
	// is made of something else. JSON then is that of `wallboard snapshot`.
	Rows     func(metrics.Key) bool
	Snapshot *metrics.Snapshot // with the floor and the breaches in view only
}

// Head is what leads a file: of what it is, of when, and how far it can be trusted.
type Head struct {
	Page   string
	Floor  string
	Scope  string // as export.ScopeName writes it
	Window fact.Window
	At     int64
	Zone   *time.Location
	Mark   metrics.MarkKind
	Held   bool
}

func (h Head) at() string { return export.Time(h.At, h.zone()) }

func (h Head) zone() *time.Location {
	if h.Zone == nil {
		return time.UTC
	}
	return h.Zone
}

// Words writes the mark, and that the screen was held: "LIVE, HELD".
func (h Head) Words() string {
	word := export.MarkWord(h.Mark)
	if h.Held {
		word += ", HELD"
	}
	return word
}

// Line writes the head as one line, for the end of a text.
func (h Head) Line() string {
	return strings.Join([]string{h.Page, h.Floor, h.Scope, h.Window.String(), h.at(), h.Words()}, "  ")
}

// Mask hides who people are: hide writes somebody by their id.
func (s *Sheet) Mask(hide func(id clean.Text) clean.Text) {
	for _, t := range s.Tables {
		for _, row := range t.Rows {
			for i := range row {
				if id := row[i].person; !id.Empty() && row[i].kind == textual {
					row[i] = Text(hide(id))
				}
			}
		}
	}
}

// Empty says that there is nothing but a picture.
func (s *Sheet) Empty() bool { return len(s.Tables) == 0 && s.Rows == nil }

// Size returns how many rows and columns CSV has.
func (s *Sheet) Size() (rows, columns int) {
	if len(s.Tables) == 0 {
		return 0, 0
	}
	return len(s.Tables[0].Rows), len(s.Tables[0].Columns)
}
