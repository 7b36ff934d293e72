package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/export"
	"wallboard/metrics/kpi"
	"wallboard/tui/i18n"
	"wallboard/tui/text"
)

func (p *program) kpisCommand() *cobra.Command {
	var asJSON bool
	var lang string
	c := &cobra.Command{
		Use: "kpis [ID]", Short: "List every figure, or explain one",
		Example: `  wallboard kpis                     the catalogue
  wallboard kpis service_level       one figure in full
  wallboard kpis --json              one object a line, both languages`,
		Args:              positional(cobra.MaximumNArgs(1)),
		ValidArgsFunction: completeKPI,
		RunE: func(_ *cobra.Command, args []string) error {
			if asJSON {
				return p.kpisJSON(args)
			}
			if len(args) == 1 {
				return p.explainKPI(args[0], p.language(lang))
			}
			return export.CatalogueText(p.stdout, catalogueLanguage(p.language(lang)))
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	c.Flags().StringVar(&lang, "lang", "", "en or zh-CN (default: the locale's)")
	return c
}

func completeKPI(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var ids []string
	for _, k := range kpi.All() {
		ids = append(ids, k.ID+"\t"+k.NameEN)
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}

func catalogueLanguage(lang i18n.Lang) export.Language {
	if lang == i18n.Chinese {
		return export.Chinese
	}
	return export.English
}

func (p *program) kpisJSON(args []string) error {
	if len(args) == 0 {
		return export.CatalogueJSON(p.stdout)
	}
	var lines strings.Builder
	if err := export.CatalogueJSON(&lines); err != nil {
		return err
	}
	for line := range strings.Lines(lines.String()) {
		if strings.Contains(line, fmt.Sprintf(`"id":%q`, args[0])) {
			_, err := fmt.Fprint(p.stdout, line)
			return err
		}
	}
	return unknownKPI(args[0])
}

func unknownKPI(id string) error {
	return usagef("kpis: %q is not in the catalogue (see: wallboard kpis)", id)
}

// explainKPI prints what the screen explains of a figure before there is a
// number: the same words of the same catalogue.
func (p *program) explainKPI(id string, lang i18n.Lang) error {
	k := kpi.Find(id)
	if k == nil {
		return unknownKPI(id)
	}
	say, err := i18n.Load(lang, i18n.Unicode)
	if err != nil {
		return fmt.Errorf("kpis: load the words: %w", err)
	}
	pick := func(english, chinese string) string {
		if lang == i18n.Chinese {
			return chinese
		}
		return english
	}
	fmt.Fprintf(p.stdout, "%s  %s\n", k.ID, pick(k.NameEN, k.NameZH))
	line := func(label i18n.ID, value string) {
		word := ""
		if label != "" {
			word = say.Say(label).String()
		}
		fmt.Fprintf(p.stdout, "  %s  %s\n", text.PadRight(word, labelCells), value)
	}
	line(i18n.ExplainFormula, pick(k.FormulaEN, k.FormulaZH))
	line(i18n.ExplainUnit, string(k.Unit))
	window := pick(k.Kind.Words())
	if k.Kind == kpi.Fixed {
		window += ", " + k.Over.String()
	}
	line(i18n.ExplainWindow, window)
	line(i18n.ExplainBetter, pick(k.Direction.Words()))
	p.explainTarget(k, say, line, pick)
	for i, r := range k.Excludes() {
		line(once(i18n.ExplainLeftOut, i), pick(r.Words()))
	}
	if k.ID == "service_level" {
		for v := range metrics.NumVariants {
			line(once(i18n.ExplainVariants, int(v)), text.PadRight(v.String(), 20)+pick(kpi.VariantFormula(v)))
		}
	}
	var scopes []string
	for s := range metrics.NumScopes {
		if k.Scopes.Has(s) {
			scopes = append(scopes, s.String())
		}
	}
	line(i18n.ExplainKept, strings.Join(scopes, ", "))
	if !k.Measured() {
		line("", say.Say(i18n.ExplainUnmeasured).String())
	}
	return nil
}

// labelCells is what the labels of an explained figure take.
const labelCells = 12

// once is the label of the first of several lines.
func once(label i18n.ID, i int) i18n.ID {
	if i > 0 {
		return ""
	}
	return label
}

// explainTarget prints what the figure is held against on a whole floor, the
// configuration's word before the catalogue's.
func (p *program) explainTarget(k *kpi.KPI, say *i18n.Catalogue, line func(i18n.ID, string), pick func(string, string) string) {
	goals, err := p.file.Goals()
	if err != nil {
		goals = nil // check says what is wrong with them; a formula can still be read
	}
	t, ok := goals.For(k, metrics.Key{Scope: metrics.ScopeFloor})
	if !ok {
		line(i18n.ExplainTarget, say.Say(i18n.ExplainNoTarget).String())
		return
	}
	line(i18n.ExplainTarget, export.TargetText(k, t)+"  "+pick(t.OriginWords()))
	for _, c := range k.Channels {
		t, _ := goals.For(k, metrics.Key{Scope: metrics.ScopeChannel, Channel: clean.Own(c.Channel)})
		line(i18n.ExplainTarget, c.Channel+" "+export.TargetText(k, t)+"  "+pick(t.OriginWords()))
	}
}
