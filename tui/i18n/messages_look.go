package i18n

// The list of themes.
const (
	ThemesTitle     ID = "themes.title"
	ThemesHint      ID = "themes.hint"
	ThemesNone      ID = "themes.none"
	ThemesDark      ID = "themes.dark"
	ThemesLight     ID = "themes.light"
	ThemesContrast  ID = "themes.contrast"
	ThemesRedGreen  ID = "themes.red_green"
	ThemesBlueGold  ID = "themes.blue_yellow"
	ThemesColorless ID = "themes.colorless"
	ThemesBroken    ID = "themes.broken"
	ThemesGlyphs    ID = "themes.glyphs"
	ThemesChanges   ID = "themes.changes"
	ThemesGreenGood ID = "themes.green_good"
	ThemesRedGood   ID = "themes.red_good"
	ThemesKeep      ID = "themes.keep"
)

// The sample sheet of a theme.
const (
	SpecimenRoles  ID = "specimen.roles"
	SpecimenWords  ID = "specimen.words"
	SpecimenLevels ID = "specimen.levels"
	SpecimenGood   ID = "specimen.good"
	SpecimenBad    ID = "specimen.bad"
	SpecimenBars   ID = "specimen.bars"
	SpecimenChart  ID = "specimen.chart"
)

// What charts write into their lines.
const (
	ChartLimit ID = "chart_line.limit"
)
