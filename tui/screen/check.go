package screen

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"wallboard/tui/text"
)

// CheckOutput returns an error if b holds anything but printable text, carriage
// returns, and the SGR, cursor, erase and mode sequences that this package
// writes. It is the second wall behind metrics/clean: tests send every frame
// through it. A terminal's first and last bytes are checked with it as well; of
// control strings it lets only a clean title pass.
func CheckOutput(b []byte) error {
	for i := 0; i < len(b); {
		if b[i] == 0x1B {
			n, err := checkSequence(string(b[i:min(len(b), i+512)]))
			if err != nil {
				return fmt.Errorf("screen: byte %d: %w", i, err)
			}
			i += n
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		switch {
		case r == utf8.RuneError && n <= 1:
			return fmt.Errorf("screen: byte %d: %#x is not UTF-8", i, b[i])
		case r != '\r' && (r < 0x20 || r >= 0x7F && r < 0xA0):
			return fmt.Errorf("screen: byte %d: control character %#x", i, r)
		case forbidden(r):
			return fmt.Errorf("screen: byte %d: character %U that shows nothing or turns text around", i, r)
		}
		i += n
	}
	return nil
}

// CheckFrame is CheckOutput for updates of a frame of w x h cells, and fails as
// well when one of them writes or places the cursor outside.
func CheckFrame(b []byte, w, h int) error {
	if err := CheckOutput(b); err != nil {
		return err
	}
	x, y := 0, 0
	for s := string(b); s != ""; {
		if s[0] == 0x1B {
			params, final, rest := cutSequence(s)
			x, y = moved(x, y, params, final)
			s = rest
		} else if s[0] == '\r' {
			x, s = 0, s[1:]
		} else {
			var n int
			_, s, n = text.Next(s)
			if x += n; x > w {
				return fmt.Errorf("screen: text goes beyond column %d in row %d", w, y)
			}
		}
		if x < 0 || y < 0 || x > w || y >= max(h, 1) {
			return fmt.Errorf("screen: the cursor is placed at column %d, row %d of a frame of %d x %d", x, y, w, h)
		}
	}
	return nil
}

// moved returns where the cursor is after a CSI sequence.
func moved(x, y int, params string, final byte) (int, int) {
	var list [24]int
	n := parseParams(params, &list)
	first := max(list[0], 1)
	switch final {
	case 'A':
		y -= first
	case 'B':
		y += first
	case 'C':
		x += first
	case 'D':
		x -= first
	case 'G':
		x = first - 1
	case 'd':
		y = first - 1
	case 'H':
		x, y = 0, first-1
		if n > 1 {
			x = max(list[1], 1) - 1
		}
	}
	return x, y
}

// checkSequence returns the length of the sequence that s begins with, or why
// it is not one of ours.
func checkSequence(s string) (int, error) {
	if strings.HasPrefix(s, titlePrefix) {
		end := strings.IndexByte(s, 0x07)
		if end < 0 || strings.IndexByte(s[1:end], 0x1B) >= 0 {
			return 0, fmt.Errorf("a title without an end")
		}
		return end + 1, nil
	}
	params, final, rest := cutSequence(s)
	n := len(s) - len(rest)
	switch final {
	case 'm', 'A', 'B', 'C', 'D', 'G', 'd', 'H':
		if strings.Trim(params, "0123456789;") == "" {
			return n, nil
		}
	case 'K':
		if params == "" {
			return n, nil
		}
	case 'J':
		if params == "2" {
			return n, nil
		}
	case 'h', 'l':
		if ownMode(params) {
			return n, nil
		}
	case 't':
		if params == "22;2" || params == "23;2" {
			return n, nil
		}
	}
	return 0, fmt.Errorf("sequence %q is not one of ours", s[:n])
}

// ownMode says whether the parameters of a mode sequence name a mode that this
// package sets.
func ownMode(params string) bool {
	switch params {
	case "?2026", "?1049", "?25", "?7", "?2004", "?1000", "?1006":
		return true
	}
	return false
}

// forbidden says that r must not reach a terminal: separators, direction marks,
// zero width characters and tags.
func forbidden(r rune) bool {
	switch {
	case r >= 0x200B && r <= 0x200F, r == 0x2028, r == 0x2029, r >= 0x202A && r <= 0x202E,
		r >= 0x2060 && r <= 0x206F, r == 0x061C, r == 0xFEFF, r >= 0xE0000 && r <= 0xE007F:
		return true
	}
	return false
}
