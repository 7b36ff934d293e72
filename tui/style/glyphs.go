package style

// Glyphs are the characters of one program that are not letters. Each takes
// exactly one cell.
type Glyphs struct {
	OK, Warn, Critical, NoData, Stale rune
	Up, Down, Flat                    rune // trends
	SlotUsed, SlotFree                rune
	Pointer, More, Less               rune // the selected row; rows below, rows above
	Dash, Dot, Cross                  rune // no value; a separator; dropped or refused
	Gap                               rune // a sparkline's step without a value
	Spark                             [8]rune
	Eighths                           [8]rune // a bar's cell from one eighth to full
	BarEmpty                          rune
	Shade                             [6]rune // heat without colours, from nothing to full
	Line                              LineGlyphs
	Solid, UpperHalf, LowerHalf       rune // big digits; halves are 0 where there are none
	Fine                              bool // charts are drawn in dots of braille, 2 x 4 a cell
}

// LineGlyphs draw a line chart and its axes. The arcs are named by the two
// sides that they join.
type LineGlyphs struct {
	Horizontal, Vertical                 rune
	LeftDown, LeftUp, RightDown, RightUp rune
	EndCap, StartCap                     rune
	Axis, Tick, Threshold                rune
	Dotted, DottedVertical               rune // of a second line, told apart without colour
}

// unicodeGlyphs is the set for terminals with a Unicode font. No emoji, nothing
// of East Asian width two, nothing that a font draws in its own colours.
func unicodeGlyphs() Glyphs {
	return Glyphs{
		OK: '●', Warn: '▲', Critical: '■', NoData: '◌', Stale: '✕',
		Up: '↑', Down: '↓', Flat: '→',
		SlotUsed: '●', SlotFree: '○',
		Pointer: '▸', More: '↓', Less: '↑',
		Dash: '—', Dot: '·', Cross: '✕', Gap: '·',
		Spark:    [8]rune{'▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'},
		Eighths:  [8]rune{'▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'},
		BarEmpty: '─',
		Shade:    [6]rune{' ', '·', '░', '▒', '▓', '█'},
		Line: LineGlyphs{
			Horizontal: '─', Vertical: '│',
			LeftDown: '╮', LeftUp: '╯', RightDown: '╭', RightUp: '╰',
			EndCap: '╴', StartCap: '╶',
			Axis: '│', Tick: '┤', Threshold: '╌',
			Dotted: '·', DottedVertical: '┊',
		},
		Solid: '█', UpperHalf: '▀', LowerHalf: '▄',
	}
}

// brailleGlyphs is the Unicode set whose charts are drawn finer: eight dots a
// cell instead of one step.
func brailleGlyphs() Glyphs {
	g := unicodeGlyphs()
	g.Fine = true
	return g
}

// asciiGlyphs is the set for terminals and fonts that have nothing else.
func asciiGlyphs() Glyphs {
	return Glyphs{
		OK: 'o', Warn: '^', Critical: '#', NoData: '.', Stale: 'x',
		Up: '^', Down: 'v', Flat: '=',
		SlotUsed: '@', SlotFree: 'o',
		Pointer: '>', More: 'v', Less: '^',
		Dash: '-', Dot: '-', Cross: 'x', Gap: ' ',
		Spark:    [8]rune{'_', '.', ',', '-', '~', '=', '*', '#'},
		Eighths:  [8]rune{'-', '-', '-', '=', '=', '=', '#', '#'},
		BarEmpty: '.',
		Shade:    [6]rune{' ', '.', ':', '=', '%', '#'},
		Line: LineGlyphs{
			Horizontal: '-', Vertical: '|',
			LeftDown: '.', LeftUp: '\'', RightDown: '.', RightUp: '\'',
			EndCap: '-', StartCap: '-',
			Axis: '|', Tick: '+', Threshold: '.',
			Dotted: '~', DottedVertical: ':',
		},
		Solid: '#',
	}
}
