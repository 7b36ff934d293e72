package export

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"wallboard/metrics"
	"wallboard/metrics/kpi"
)

// Language chooses names and formulas of the catalogue.
type Language string

// The languages.
const (
	English Language = "en"
	Chinese Language = "zh-CN"
)

// entry is one KPI of the catalogue as JSON carries it.
type entry struct {
	ID        string            `json:"id"`
	Section   string            `json:"section"`
	Name      map[string]string `json:"name"`
	Unit      string            `json:"unit"`
	Direction string            `json:"direction"`
	Kind      string            `json:"kind"`
	Over      string            `json:"over,omitempty"`
	Formula   map[string]string `json:"formula"`
	Target    *target           `json:"target"`
	Scopes    []string          `json:"scopes"`
	Measured  bool              `json:"measured"`
	Excludes  []excluded        `json:"excludes,omitempty"`
	Variants  []variant         `json:"variants,omitempty"`
}

// excluded is something that a KPI leaves out.
type excluded struct {
	Reason string            `json:"reason"`
	Words  map[string]string `json:"words"`
}

// variant is one way to count a service level.
type variant struct {
	ID      string            `json:"id"`
	Formula map[string]string `json:"formula"`
}

type target struct {
	Value    *float64 `json:"value,omitempty"`
	Critical *float64 `json:"critical,omitempty"`
	Lo       *float64 `json:"lo,omitempty"`
	Hi       *float64 `json:"hi,omitempty"`
	Origin   string   `json:"origin"`
}

// CatalogueJSON writes every entry in both languages, one object per line.
func CatalogueJSON(w io.Writer) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	for _, k := range kpi.All() {
		if err := out.Encode(entryOf(&k)); err != nil {
			return fmt.Errorf("export: write catalogue: %w", err)
		}
	}
	return nil
}

func both(english, chinese string) map[string]string {
	return map[string]string{string(English): english, string(Chinese): chinese}
}

func entryOf(k *kpi.KPI) entry {
	e := entry{
		ID: k.ID, Section: k.Section.String(), Unit: string(k.Unit), Direction: k.Direction.String(), Kind: k.Kind.String(), Measured: k.Measured(),
		Name:    map[string]string{string(English): k.NameEN, string(Chinese): k.NameZH},
		Formula: map[string]string{string(English): k.FormulaEN, string(Chinese): k.FormulaZH},
	}
	if k.Kind == kpi.Fixed {
		e.Over = k.Over.String()
	}
	for scope := range metrics.NumScopes {
		if k.Scopes.Has(scope) {
			e.Scopes = append(e.Scopes, scope.String())
		}
	}
	for _, r := range k.Excludes() {
		e.Excludes = append(e.Excludes, excluded{string(r), both(r.Words())})
	}
	if k.ID == "service_level" {
		for v := range metrics.NumVariants {
			e.Variants = append(e.Variants, variant{v.String(), both(kpi.VariantFormula(v))})
		}
	}
	if t := k.Target; t != nil {
		e.Target = &target{Origin: t.Origin}
		if k.Direction == kpi.Within {
			e.Target.Lo, e.Target.Hi = &t.Lo, &t.Hi
		} else {
			e.Target.Value = &t.Value
		}
		if t.Critical != 0 {
			e.Target.Critical = &t.Critical
		}
	}
	return e
}

// CatalogueText writes a table of the catalogue in one language, a line for
// each KPI under the heading of its section.
func CatalogueText(w io.Writer, lang Language) error {
	t := table{left: 6}
	t.add([]string{"id", "name", "unit", "good", "window", "target", "formula"})
	section, headings := kpi.Section(255), map[int]string{}
	for _, k := range kpi.All() {
		if k.Section != section {
			section = k.Section
			headings[len(t.lines)] = section.String()
		}
		name, formula := k.NameEN, k.FormulaEN
		if lang == Chinese {
			name, formula = k.NameZH, k.FormulaZH
		}
		window := k.Kind.String()
		if k.Kind == kpi.Fixed {
			window = k.Over.String()
		}
		t.add([]string{k.ID, name, string(k.Unit), k.Direction.String(), window, targetText(&k), formula})
	}
	t.widths[len(t.widths)-1] = 0 // the last column runs free
	out := bufio.NewWriter(w)
	for i, cells := range t.lines {
		if h, ok := headings[i]; ok {
			fmt.Fprintf(out, "\n%s\n", h)
		}
		t.writeLine(out, cells)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("export: write catalogue: %w", err)
	}
	return nil
}

// TargetText writes what a KPI is held against without its unit: "≥ 80",
// "≤ 180 (critical 300)", "3–5".
func TargetText(k *kpi.KPI, t kpi.Target) string {
	held := *k
	held.Target = &t
	return targetText(&held)
}

// targetText writes a default target: "≥ 80", "≤ 180 (critical 300)", "3–5".
func targetText(k *kpi.KPI) string {
	t := k.Target
	if t == nil {
		return ""
	}
	number := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	var text string
	switch k.Direction {
	case kpi.Within:
		return number(t.Lo) + "–" + number(t.Hi)
	case kpi.More:
		text = "≥ " + number(t.Value)
	default:
		text = "≤ " + number(t.Value)
	}
	if t.Critical != 0 {
		text += " (critical " + number(t.Critical) + ")"
	}
	return text
}
