package tui

import (
	"strings"
	"testing"

	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/screen"
	"wallboard/tui/tuitest"
)

// says types a line into the command line and runs it.
func (r *robot) says(line string) *robot { return r.press(":").types(line).press("enter") }

func TestTheCommandLineListsWhatItKnows(t *testing.T) {
	r := at(t, busy(), 120, 32).press(":").sees("a command or a page", "queue", "open one queue", "in all")
	r.types("qu").sees("queue", "quit", "leave the board").misses("open one session")
	r.types("eue v").sees("vip/chat", "presale/voice", "waiting").misses("logistics/wechat  ")
	r.press("esc").misses("vip/chat  ")
}

func TestTabGoesThroughTheCandidatesAndBack(t *testing.T) {
	r := at(t, busy(), 120, 32).press(":").types("qu")
	r.press("tab").sees(":queue ").press("tab").sees(":quit").press("tab").sees(":queues").press("tab").sees(":queue ")
	r.press("shift+tab", "shift+tab").sees(":quit").press("backspace", "backspace").sees(":qu")
	r.press("esc", ":").types("win").press("tab").sees("today, 60m, 30m, 15m, 5m").press("tab", "tab").sees(":window 60m").press("enter").sees("60 min 13:06")
	r.press(":").types("heat").press("enter").sees("channels by hour")
}

func TestTheRestOfAWordIsTakenWithTheRightArrow(t *testing.T) {
	r := at(t, busy(), 120, 32).press(":").types("silenc").sees(":silence").press("right").sees(":silence ", "30m, then a reason")
	r.press("esc", ":").types("queue ref").press("right", "enter").sees("wall › refund/app")
}

func TestLinesBeforeComeBackWithTheArrows(t *testing.T) {
	r := at(t, busy(), 120, 32).says("queues").says("window 30m").says("queues")
	r.press(":").types("dra").press("up").sees(":queues").press("up").sees(":window 30m").press("up").sees(":window 30m")
	r.press("down").sees(":queues").press("down").sees(":dra").press("esc")
	other := at(t, busy(), 120, 32).press(":", "up")
	if string(other.v.prompt.typed) != "" {
		t.Error("another program's lines come back")
	}
}

func TestEveryPageHasItsName(t *testing.T) {
	r := at(t, busy(), 120, 32)
	for p, e := range pageTable() {
		if r.says(e.name); r.v.active != Page(p) {
			t.Errorf(":%s goes to %s", e.name, pageName(r.v.active))
		}
	}
}

func TestThingsAreOpenedByName(t *testing.T) {
	r := at(t, busy(), 120, 32)
	r.says("queue REFUND").sees("wall › refund/app").press("esc")
	r.says("queue presale/voice").sees("wall › presale/voice").press("esc")
	r.says("queue 售前").sees("wall › 售前咨询/chat").press("esc")
	r.says("session s-0000").sees("wall › s-0000").press("esc")
	r.says("team returns").sees("wall › team returns").press("esc")
	r.says("channel voice").sees("wall › voice").misses("● logistics").press("esc")
	r.says("scope queue:vip").sees("hangzhou  vip").says("scope hangzhou").misses("hangzhou  vip")
	r.says("scope voice").sees("hangzhou  voice").says("floor hang").misses("hangzhou  voice")
	r.says("agent 王小").sees("wall › 王小明").press("esc")
	r.says("queue").sees("clears").says("agent").sees("situation").says("session").sees("tab: next list")
}

func TestATableIsSortedAndFilteredByName(t *testing.T) {
	r := at(t, busy(), 160, 32).says("queues").says("sort frt").sees("FRT90↓").says("sort frt_p90").sees("FRT90↑")
	r.says("filter voice").sees("queues / voice").says("filter").misses("queues / voice")
	r.says("sort frt_90").sees("not found: frt_90", "nearest: frt_p90")
	r.says("health").says("sort events").sees("events↓")
}

func TestAnyFigureIsExplained(t *testing.T) {
	r := at(t, busy(), 120, 32).says("explain occupancy").sees("formula", "occupancy").press("esc").misses("formula")
	r.says("explain Abandonment").sees("formula").press("esc")
	r.press("tab", "e").sees("formula").misses("abandoned /").press("esc")
	r.says("explain nothing_such").sees("not found: nothing_such")
}

func TestWhatIsNotKnownIsSaidWithTheNearest(t *testing.T) {
	at(t, busy(), 120, 32).says("qeue").sees("not found: qeue · nearest: queue").
		says("queue refnd/app").sees("not found: refnd/app · nearest: refund/app").
		says("xyzzy").sees("not found: xyzzy").misses("nearest").
		says("silence long").sees("long is no time from 1m to 24h").
		says("window 7m").sees("nearest: ").
		says("export pdf").sees("not found: pdf").
		says("theme nosuch").sees("nosuch")
}

func TestKeysHaveTheirWords(t *testing.T) {
	r := at(t, busy(), 120, 32).says("hold").sees("HELD").says("hold").misses("HELD")
	r.says("big").says("help").sees("all keys").press("esc").says("lang zh-CN").sees("服务水平").says("语言 en").sees("service level")
	sit(t, busy(), Look{Lang: i18n.Chinese}, 120, 32).press(":").types("队").sees("打开一个队列").press("tab").types("售").press("tab", "enter").sees(" › 售前咨询/chat")
	for _, line := range []string{"q", "quit", "q!", "退出"} {
		if r := sit(t, busy(), Look{Lang: i18n.Chinese}, 120, 32).says(line); r.last != leave {
			t.Errorf(":%s does not leave", line)
		}
	}
}

func TestABreachIsSilencedWithAReasonInOneLine(t *testing.T) {
	r := at(t, busy(), 120, 32)
	desk := &tuitest.Desk{Source: tuitest.NewSource(busy()), Who: clean.Own("lin")}
	r.v.handler = desk
	r.says("silence 30m  lunch break").sees("silenced for 30")
	r.then(desk.Source.Latest(), 0)
	if b := r.v.latest.Breaches; !anySilenced(r, "lunch break") {
		t.Errorf("no breach of %d is silenced", len(b))
	}
	r.says("ack on it").sees("acknowledged")
	r.says("silence").sees("silence ").press("esc")
}

func anySilenced(r *robot, why string) bool {
	for _, b := range r.v.latest.Breaches {
		if b.SilenceComment.String() == why && b.SilencedUntil-r.v.latest.At == 30*60_000 {
			return true
		}
	}
	return false
}

func TestAnExportIsNamedOnTheLine(t *testing.T) {
	r, to := exportingAt(t, busy(), 120, 32)
	r.says("export csv my file.csv").written().sees("written to /exports/my file.csv")
	to.only(t, "my file.csv")
	r.says("EXPORT json").written()
	to.only(t, "wallboard-hangzhou-wall-20251111-140533.json")
	r.says("export").sees("export what is on the screen").press("esc").says("export jsn").sees("nearest: json")
}

func TestNamesWithBlanksAndQuotesAreFound(t *testing.T) {
	s := busy()
	q := *s.Floors[0].Tables[3]
	q.Queue = clean.Own(`big "deal" 50% off`)
	s.Floors[0].Tables[3] = &q
	r := at(t, s, 120, 32).press(":").types(`queue "deal`).sees(`big "deal" 50% off/`).press("tab", "enter").sees(`wall › big "deal" 50% off/`)
	r.press("esc").says(`queue big "DEAL" 50% off`).sees(`wall › big "deal" 50% off/`)
}

func TestALongLineOfWideLettersStaysInItsRow(t *testing.T) {
	for _, w := range []int{20, 21, 40, 80} {
		for _, h := range []int{3, 4, 8, 24} {
			r := at(t, busy(), w, h).press(":").types("队列 " + strings.Repeat("售前a咨询", 30))
			for range 12 {
				g := screen.NewGrid(w, h)
				r.v.draw(g)
				checkFrame(t, g, w, h, "a long line")
				r.press("left", "left", "left", "left", "left")
			}
		}
	}
}

func TestEveryCommandHasAWordOfItsOwnInBothLanguages(t *testing.T) {
	for _, lang := range i18n.Langs() {
		r := sit(t, busy(), Look{Lang: lang}, 120, 32)
		taken := map[string]string{}
		for _, c := range r.v.commands() {
			for _, name := range append(r.v.namesOf(c), c.short...) {
				if other, ok := taken[name]; ok && other != c.id {
					t.Errorf("%s: %q means %s and %s", lang, name, other, c.id)
				}
				taken[name] = c.id
				if strings.ContainsAny(name, " ") {
					t.Errorf("%s: %q has a blank in it", lang, name)
				}
			}
		}
	}
}
