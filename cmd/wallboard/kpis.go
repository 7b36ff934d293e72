package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"wallboard/metrics"
	"wallboard/metrics/export"
	"wallboard/metrics/kpi"
	"wallboard/tui/i18n"
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

func (p *program) explainKPI(id string, lang i18n.Lang) error {
	k := kpi.Find(id)
	if k == nil {
		return unknownKPI(id)
	}
	name, formula := k.NameEN, k.FormulaEN
	if lang == i18n.Chinese {
		name, formula = k.NameZH, k.FormulaZH
	}
	fmt.Fprintf(p.stdout, "%s  %s\n  %s\n", k.ID, name, formula)
	fmt.Fprintf(p.stdout, "  unit %s, good is %s, window %s\n", k.Unit, k.Direction, k.Kind)
	var scopes []string
	for s := range metrics.NumScopes {
		if k.Scopes.Has(s) {
			scopes = append(scopes, s.String())
		}
	}
	fmt.Fprintf(p.stdout, "  kept for %s\n", strings.Join(scopes, ", "))
	if k.Target != nil {
		fmt.Fprintf(p.stdout, "  target from %s\n", k.Target.Origin)
	}
	if !k.Measured() {
		fmt.Fprintln(p.stdout, "  not measured yet: reads as no data")
	}
	return nil
}
