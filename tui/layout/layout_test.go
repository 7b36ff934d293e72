package layout

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the pictures anew")

// named is a rectangle with the letter that stands for it in a picture.
type named struct {
	letter byte
	rect   Rect
}

func (w Wall) parts() []named {
	out := []named{{'b', w.Breaches}, {'f', w.Flow}, {'Q', w.Queues}, {'C', w.Channels}, {'T', w.Teams}, {'P', w.People}, {'B', w.Bot}}
	for i, r := range w.Figures {
		out = append(out, named{byte('1' + i), r})
	}
	for i, r := range w.Charts {
		out = append(out, named{byte('x' + i), r})
	}
	return out
}

func (d Detail) parts() []named {
	out := []named{{'c', d.Crumb}, {'F', d.Facts}, {'M', d.Main}, {'S', d.Second}, {'R', d.Rules}}
	for i, r := range d.Charts {
		out = append(out, named{byte('x' + i), r})
	}
	return out
}

func (a Agent) parts() []named {
	return []named{{'c', a.Crumb}, {'P', a.Person}, {'D', a.Day}, {'S', a.Sessions}, {'H', a.Hours}, {'A', a.Actions}, {'F', a.Figures}, {'R', a.Rules}}
}

func (l List) parts() []named {
	return []named{{'f', l.Facts}, {'T', l.Table}, {'S', l.Side}}
}

func (p Indicators) parts() []named {
	out := []named{{'T', p.Table}, {'C', p.Change}}
	for i, r := range p.Makers {
		out = append(out, named{byte('1' + i), r})
	}
	return out
}

func (p Sessions) parts() []named { return []named{{'L', p.Tabs}, {'T', p.Table}} }

func (p Session) parts() []named {
	return []named{{'c', p.Crumb}, {'F', p.Facts}, {'C', p.Clocks}, {'S', p.Steps}}
}

func (b Breaches) parts() []named {
	return []named{{'f', b.Facts}, {'A', b.Active}, {'P', b.Past}, {'D', b.Detail}, {'C', b.Chart}}
}

func (h Health) parts() []named {
	return []named{{'f', h.Facts}, {'S', h.Sources}, {'C', h.Counts}, {'L', h.Stream}, {'E', h.Engine}, {'R', h.Samples}, {'T', h.Together}}
}

func (f Frame) parts() []named {
	return []named{{'l', f.Line}, {'h', f.Header}, {'b', f.Body}, {'f', f.Footer}}
}

// picture draws rectangles as letters, every fourth column of every row.
func picture(w, h int, parts []named) string {
	var b strings.Builder
	for y := range h {
		line := make([]byte, 0, w/4+1)
		for x := 0; x < w; x += 4 {
			c := byte('.')
			for _, p := range parts {
				if x >= p.rect.X && x < p.rect.X+p.rect.W && y >= p.rect.Y && y < p.rect.Y+p.rect.H {
					c = p.letter
				}
			}
			line = append(line, c)
		}
		fmt.Fprintf(&b, "%s\n", line)
	}
	return b.String()
}

func TestGoldenPictures(t *testing.T) {
	for _, c := range []struct {
		name  string
		w, h  int
		parts []named
	}{
		{"wall 198x58 big digits", 198, 58, WallOf(198, 58, Mode{Queues: 14, Channels: 5, Teams: 5}).parts()},
		{"wall 120x30 big digits", 120, 30, WallOf(120, 30, Mode{Queues: 14, Channels: 5, Teams: 5}).parts()},
		{"wall 120x30 plain digits", 120, 30, WallOf(120, 30, Mode{Digits: DigitsPlain, Queues: 14}).parts()},
		{"wall 120x30 five rows", 120, 30, WallOf(120, 30, Mode{Digits: DigitsFive, Queues: 14}).parts()},
		{"wall 120x31 full", 120, 31, WallOf(120, 31, Mode{Digits: DigitsFull}).parts()},
		{"wall 120x31 full with four figures", 120, 31, WallOf(120, 31, Mode{Digits: DigitsFull, Figures: 4}).parts()},
		{"wall 198x59 full", 198, 59, WallOf(198, 59, Mode{Digits: DigitsFull}).parts()},
		{"wall 80x23 full", 80, 23, WallOf(80, 23, Mode{Digits: DigitsFull}).parts()},
		{"wall 80x23 three rows", 80, 23, WallOf(80, 23, Mode{Digits: DigitsThree, Queues: 14}).parts()},
		{"wall 198x58 without charts and people", 198, 58, WallOf(198, 58, Mode{Queues: 20, Channels: 5, Charts: NoCharts, Without: PeoplePanel | BotPanel | TeamsPanel}).parts()},
		{"wall 198x58 few queues", 198, 58, WallOf(198, 58, Mode{Queues: 6, Channels: 4, Teams: 3}).parts()},
		{"wall 120x30 few queues", 120, 30, WallOf(120, 30, Mode{Queues: 3}).parts()},
		{"wall 80x22", 80, 22, WallOf(80, 22, Mode{Queues: 14, Channels: 5, Teams: 5}).parts()},
		{"wall 40x12", 40, 12, WallOf(40, 12, Mode{Digits: DigitsPlain, Queues: 14}).parts()},
		{"one queue 120x30", 120, 30, DetailOf(120, 30, 10, 3).parts()},
		{"one queue 80x22", 80, 22, DetailOf(80, 22, 10, 3).parts()},
		{"one agent 200x57", 200, 57, AgentOf(200, 57, 3, 7).parts()},
		{"one agent 120x29", 120, 29, AgentOf(120, 29, 3, 7).parts()},
		{"one agent 80x21", 80, 21, AgentOf(80, 21, 3, 7).parts()},
		{"queues 120x30", 120, 30, ListOf(120, 30, 14, 14).parts()},
		{"agents 80x22", 80, 22, ListOf(80, 22, AllRows, 5).parts()},
		{"breaches 120x30", 120, 30, BreachesOf(120, 30).parts()},
		{"breaches 80x22", 80, 22, BreachesOf(80, 22).parts()},
		{"breaches 40x12", 40, 12, BreachesOf(40, 12).parts()},
		{"health 120x30", 120, 30, HealthOf(120, 30).parts()},
		{"health 80x22", 80, 22, HealthOf(80, 22).parts()},
		{"frame 40x9", 40, 9, FrameOf(40, 9).parts()},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := picture(c.w, c.h, c.parts)
			file := filepath.Join("testdata", strings.ReplaceAll(c.name, " ", "_")+".txt")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("the picture changed:\n%s\nit was:\n%s", got, want)
			}
		})
	}
}

// TestNothingOverlapsOrLeavesTheScreen holds for every size.
func TestNothingOverlapsOrLeavesTheScreen(t *testing.T) {
	for w := 0; w <= 220; w++ {
		for h := 0; h <= 70; h++ {
			for name, parts := range map[string][]named{
				"frame": FrameOf(w, h).parts(), "wall": WallOf(w, h, Mode{Digits: Digits(w % 5), Figures: h % 7, Queues: h % 40, Channels: w % 9, Teams: h % 9, Charts: Charts(w%5 - 1), Without: Panels(h % 16)}).parts(),
				"detail": DetailOf(w, h, 10, 3).parts(), "agent": AgentOf(w, h, 3, 7).parts(), "list": ListOf(w, h, h%50, 14).parts(), "health": HealthOf(w, h).parts(),
				"indicators": IndicatorsOf(w, h, h%30, 3).parts(),
				"sessions":   SessionsOf(w, h, 12).parts(), "session": SessionOf(w, h, 4, h%9).parts(),
				"breaches": BreachesOf(w, h).parts(),
			} {
				if err := disjoint(w, h, parts); err != nil {
					t.Fatalf("%s at %dx%d: %v", name, w, h, err)
				}
			}
		}
	}
}

func disjoint(w, h int, parts []named) error {
	for i, a := range parts {
		r := a.rect
		if r == (Rect{}) {
			continue
		}
		if r.Empty() || r.X < 0 || r.Y < 0 || r.X+r.W > w || r.Y+r.H > h {
			return fmt.Errorf("%c is at %+v", a.letter, r)
		}
		for _, b := range parts[i+1:] {
			if o := b.rect; !o.Empty() && r.X < o.X+o.W && o.X < r.X+r.W && r.Y < o.Y+o.H && o.Y < r.Y+r.H {
				return fmt.Errorf("%c at %+v overlaps %c at %+v", a.letter, r, b.letter, o)
			}
		}
	}
	return nil
}

func TestTheWallNeverLosesItsLoudestBreach(t *testing.T) {
	for w := 20; w <= 220; w += 5 {
		for h := 3; h <= 70; h++ {
			if WallOf(w, h, Mode{Queues: 14}).Breaches.Empty() {
				t.Errorf("no breach line at %dx%d", w, h)
			}
		}
	}
}
