package chart

// glyphRows is how many pixels a big character is high.
const glyphRows = 5

// bigGlyph returns the pixels of a big character, row by row, all rows equally
// wide. Digits have strokes of one pixel in a field of 3 x 5, the least in
// which all ten differ.
func bigGlyph(r rune) [glyphRows]string {
	switch r {
	case '0':
		return [glyphRows]string{"###", "# #", "# #", "# #", "###"}
	case '1':
		return [glyphRows]string{"## ", " # ", " # ", " # ", "###"}
	case '2':
		return [glyphRows]string{"###", "  #", "###", "#  ", "###"}
	case '3':
		return [glyphRows]string{"###", "  #", "###", "  #", "###"}
	case '4':
		return [glyphRows]string{"# #", "# #", "###", "  #", "  #"}
	case '5':
		return [glyphRows]string{"###", "#  ", "###", "  #", "###"}
	case '6':
		return [glyphRows]string{"###", "#  ", "###", "# #", "###"}
	case '7':
		return [glyphRows]string{"###", "  #", "  #", "  #", "  #"}
	case '8':
		return [glyphRows]string{"###", "# #", "###", "# #", "###"}
	case '9':
		return [glyphRows]string{"###", "# #", "###", "  #", "###"}
	case ':':
		return [glyphRows]string{" ", "#", " ", "#", " "}
	case '.', ',':
		return [glyphRows]string{" ", " ", " ", " ", "#"}
	case '—', '-', '–', '−':
		return [glyphRows]string{"   ", "   ", "###", "   ", "   "}
	case '+':
		return [glyphRows]string{"   ", " # ", "###", " # ", "   "}
	case '/':
		return [glyphRows]string{"  #", "  #", " # ", "#  ", "#  "}
	case '<':
		return [glyphRows]string{"  #", " # ", "#  ", " # ", "  #"}
	case '>':
		return [glyphRows]string{"#  ", " # ", "  #", " # ", "#  "}
	case '≤':
		return [glyphRows]string{"  #", "## ", "  #", "   ", "###"}
	case ' ':
		return [glyphRows]string{" ", " ", " ", " ", " "}
	}
	return [glyphRows]string{}
}

// segments returns a big character in three rows of ASCII, in the manner of a
// seven-segment display: three rows have no room for five pixels without half
// blocks.
func segments(r rune) [3]string {
	switch r {
	case '0':
		return [3]string{" _ ", "| |", "|_|"}
	case '1':
		return [3]string{"   ", "  |", "  |"}
	case '2':
		return [3]string{" _ ", " _|", "|_ "}
	case '3':
		return [3]string{" _ ", " _|", " _|"}
	case '4':
		return [3]string{"   ", "|_|", "  |"}
	case '5':
		return [3]string{" _ ", "|_ ", " _|"}
	case '6':
		return [3]string{" _ ", "|_ ", "|_|"}
	case '7':
		return [3]string{" _ ", "  |", "  |"}
	case '8':
		return [3]string{" _ ", "|_|", "|_|"}
	case '9':
		return [3]string{" _ ", "|_|", " _|"}
	case ':':
		return [3]string{" ", ".", "."}
	case '.', ',':
		return [3]string{" ", " ", "."}
	case '—', '-', '–', '−':
		return [3]string{"   ", "---", "   "}
	case '+':
		return [3]string{"   ", "-+-", "   "}
	case '/':
		return [3]string{"  /", " / ", "/  "}
	case '<':
		return [3]string{"  ", " /", " \\"}
	case '>':
		return [3]string{"  ", "\\ ", "/ "}
	case '≤':
		return [3]string{"  ", "<=", "  "}
	case ' ':
		return [3]string{" ", " ", " "}
	}
	return [3]string{}
}

// unit says that r is a unit of measure. Units are drawn smaller than the
// digits before them: in three rows as the plain character, in five rows as
// pixels of half a cell. So an s never reads as a 5, and six figures fit a row.
func unit(r rune) bool {
	switch r {
	case '%', 's', 'm', 'h', 'd', 'k':
		return true
	}
	return false
}

// unitGlyph returns the pixels of a unit for five rows.
func unitGlyph(r rune) [glyphRows]string {
	switch r {
	case '%':
		return [glyphRows]string{"##  #", "## # ", "  #  ", " # ##", "#  ##"}
	case 's':
		return [glyphRows]string{"###", "#  ", "###", "  #", "###"}
	case 'm':
		return [glyphRows]string{"     ", "#### ", "# # #", "# # #", "# # #"}
	case 'h':
		return [glyphRows]string{"#  ", "#  ", "###", "# #", "# #"}
	case 'd':
		return [glyphRows]string{"  #", "  #", "###", "# #", "###"}
	case 'k':
		return [glyphRows]string{"#  ", "# #", "## ", "# #", "# #"}
	}
	return [glyphRows]string{}
}
