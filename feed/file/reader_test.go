package file

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func readAll(t *testing.T, in io.Reader, limit int) []Line {
	t.Helper()
	r := NewReader(in, limit)
	var out []Line
	for {
		line, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		line.Text = []byte(string(line.Text))
		out = append(out, line)
	}
}

func TestReader(t *testing.T) {
	type row struct {
		number int64
		text   string
	}
	long := strings.Repeat("x", 200_000)
	for _, tt := range []struct {
		name, in string
		limit    int
		want     []row
	}{
		{"nothing", "", 10, nil},
		{"a last line without its end is a line", "a\nb", 10, []row{{1, "a"}, {2, "b"}}},
		{"blank lines are passed over and still numbered", "\n \n\r\na\n\nb\n", 10, []row{{4, "a"}, {6, "b"}}},
		{"line ends of another system", "a\r\nb\r\n", 10, []row{{1, "a"}, {2, "b"}}},
		{"a byte order mark in front", "\xef\xbb\xbfa\nb\n", 10, []row{{1, "a"}, {2, "b"}}},
		{"a line of the limit is whole", "0123456789\nb\n", 10, []row{{1, "0123456789"}, {2, "b"}}},
		{"a longer one is cut one byte beyond and the next is whole", long + "\nb\n", 10, []row{{1, long[:14]}, {2, "b"}}},
		{"a last line far beyond every buffer", "a\n" + long, 150_000, []row{{1, "a"}, {2, long[:150_004]}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, in := range []io.Reader{strings.NewReader(tt.in), iotest.OneByteReader(strings.NewReader(tt.in))} {
				got := readAll(t, in, tt.limit)
				if len(got) != len(tt.want) {
					t.Fatalf("%d lines, want %d", len(got), len(tt.want))
				}
				for i, w := range tt.want {
					if got[i].Number != w.number || string(got[i].Text) != w.text {
						t.Fatalf("line %d: number %d, %d bytes", i, got[i].Number, len(got[i].Text))
					}
				}
				if n := len(got); n > 0 && got[n-1].End != int64(len(tt.in)) && strings.TrimSpace(tt.in[got[n-1].End:]) != "" {
					t.Fatalf("ended at byte %d of %d", got[n-1].End, len(tt.in))
				}
			}
		})
	}
}

func TestReaderPassesAFailureOnWithTheLine(t *testing.T) {
	broken := errors.New("disk on fire")
	r := NewReader(io.MultiReader(strings.NewReader("a\n"), iotest.ErrReader(broken)), 10)
	if _, err := r.Next(); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Next(); !errors.Is(err, broken) || !strings.Contains(err.Error(), "line 2") {
		t.Fatalf("got %v", err)
	}
}

func FuzzReaderYieldsTheLinesOfAPlainSplit(f *testing.F) {
	f.Add("a\n\nbb\r\n ccc", 2)
	f.Add("\xef\xbb\xbf\n", 5)
	f.Fuzz(func(t *testing.T, in string, limit int) {
		if limit < 1 || limit > 1<<16 {
			t.Skip("not a limit anyone sets")
		}
		var want []string
		for _, l := range strings.Split(strings.TrimPrefix(in, byteOrderMark), "\n") {
			if l = strings.Trim(l, " \t\r"); l != "" && len(l) <= limit {
				want = append(want, l)
			}
		}
		var got []string
		for _, l := range readAll(t, strings.NewReader(in), limit) {
			if len(l.Text) <= limit {
				got = append(got, string(l.Text))
			}
		}
		// A line that is over the limit only by the white space around it may
		// be taken or cut; those of the limit are all there, in order.
		for len(want) > 0 && len(got) > 0 {
			if got[0] == want[0] {
				want = want[1:]
			}
			got = got[1:]
		}
		long := false
		for _, l := range strings.Split(in, "\n") {
			long = long || len(l) > limit
		}
		if len(want) > 0 && !long {
			t.Fatalf("missing %q", want)
		}
	})
}
