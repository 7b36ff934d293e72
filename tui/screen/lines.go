package screen

// Lines are the runes that a grid draws boxes, lines and cut texts with, one
// cell each.
type Lines struct {
	Horizontal, Vertical                       rune
	TopLeft, TopRight, BottomLeft, BottomRight rune
	TeeLeft, TeeRight                          rune // where a horizontal line meets the sides of a box
	Ellipsis                                   rune
}

// Rounded returns the box-drawing characters with round corners.
func Rounded() Lines {
	return Lines{
		Horizontal: '─', Vertical: '│',
		TopLeft: '╭', TopRight: '╮', BottomLeft: '╰', BottomRight: '╯',
		TeeLeft: '├', TeeRight: '┤', Ellipsis: '…',
	}
}

// PlainLines returns lines of ASCII only.
func PlainLines() Lines {
	return Lines{
		Horizontal: '-', Vertical: '|',
		TopLeft: '+', TopRight: '+', BottomLeft: '+', BottomRight: '+',
		TeeLeft: '+', TeeRight: '+', Ellipsis: '~',
	}
}
