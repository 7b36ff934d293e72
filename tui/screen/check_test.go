package screen

import (
	"strings"
	"testing"

	"wallboard/metrics/clean"
)

func TestOnlyOurOwnSequencesPass(t *testing.T) {
	rows := []struct {
		name, out, err string
	}{
		{"text in any script passes", "refund 退款 q̃ ■ …", ""},
		{"style, cursor and erase sequences pass", "\x1b[m\x1b[1;38;2;1;2;3m\x1b[3;4H\x1b[5C\x1b[2D\x1b[A\x1b[B\x1b[7G\x1b[2d\x1b[K\x1b[H\x1b[2J\r", ""},
		{"synchronized output passes", beginSync + "x" + endSync, ""},
		{"the bytes that take a terminal pass", string(TerminalOptions{Mouse: MouseOn, Title: clean.Own("wallboard 杭州")}.enter()), ""},
		{"the bytes that give it back pass", string(TerminalOptions{Mouse: MouseOn, Title: clean.Own("wallboard")}.leave()), ""},
		{"the clipboard does not pass", "\x1b]52;c;aGk=\x07", "not one of ours"},
		{"a hyperlink does not pass", "\x1b]8;;http://x\x07y\x1b]8;;\x07", "not one of ours"},
		{"a question to the terminal does not pass", "\x1b[6n", "not one of ours"},
		{"a question about colours does not pass", "\x1b]11;?\x07", "not one of ours"},
		{"a device control string does not pass", "\x1bP+q\x1b\\", "not one of ours"},
		{"a mode that is not ours does not pass", "\x1b[?1004h", "not one of ours"},
		{"scrolling does not pass", "\x1b[S", "not one of ours"},
		{"a reset does not pass", "\x1bc", "not one of ours"},
		{"a sequence inside a title does not pass", "\x1b]2;a\x1b[6n\x07", "title"},
		{"a line feed does not pass", "a\nb", "control character 0xa"},
		{"a bell does not pass", "\x07", "control character 0x7"},
		{"a control character of eight bits does not pass", "\u009b6n", "control character 0x9b"},
		{"broken UTF-8 does not pass", "a\xff", "not UTF-8"},
		{"text that turns around does not pass", "a\u202eb", "U+202E"},
		{"an unfinished sequence does not pass", "\x1b[", "not one of ours"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			err := CheckOutput([]byte(row.out))
			switch {
			case row.err == "" && err != nil:
				t.Error(err)
			case row.err != "" && (err == nil || !strings.Contains(err.Error(), row.err)):
				t.Errorf("got %v, want an error with %q", err, row.err)
			}
		})
	}
}

func TestAFrameMustNotLeaveItsGrid(t *testing.T) {
	rows := []struct{ name, out, err string }{
		{"inside", "\x1b[2;3Habc\r\x1b[A", ""},
		{"text beyond the right edge", "\x1b[1;4Habcd", "beyond column 6"},
		{"a place below the last row", "\x1b[4H", "row 3"},
		{"a move above the first row", "\x1b[A", "row -1"},
		{"half a wide character beyond the edge", "\x1b[1;6H客", "beyond column 6"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			err := CheckFrame([]byte(row.out), 6, 3)
			if (err == nil) != (row.err == "") || err != nil && !strings.Contains(err.Error(), row.err) {
				t.Errorf("got %v, want %q", err, row.err)
			}
		})
	}
}
