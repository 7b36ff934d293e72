package tui

import (
	"fmt"
	"strings"
	"testing"

	"wallboard/metrics"
	"wallboard/tui/i18n"
	"wallboard/tui/screen"
	"wallboard/tui/tuitest"
)

// firstRuns are the states in which there is no floor on the screen.
func firstRuns() map[string]*metrics.Snapshot {
	return map[string]*metrics.Snapshot{
		"no_server": tuitest.Empty(), "no_stream": tuitest.Unconnected(metrics.TroubleNoStream),
		"no_permission": tuitest.Unconnected(metrics.TroublePermission), "waiting": tuitest.Unconnected(metrics.TroubleNone),
		"reading": tuitest.Reading(),
	}
}

func TestGoldenFirstRuns(t *testing.T) {
	for name, s := range firstRuns() {
		for _, size := range [][2]int{{120, 32}, {80, 24}, {40, 12}, {20, 5}, {60, 1}} {
			for _, lang := range i18n.Langs() {
				file := fmt.Sprintf("first_%s_%dx%d_%s", name, size[0], size[1], lang)
				t.Run(file, func(t *testing.T) {
					g, err := Frame(s, Look{Lang: lang, Profile: screen.TrueColor}, Choice{}, size[0], size[1])
					if err != nil {
						t.Fatal(err)
					}
					checkFrame(t, g, size[0], size[1], file)
					golden(t, file, g.Text())
				})
			}
		}
	}
}

func TestEveryTroubleHasItsOwnWordsAndACommand(t *testing.T) {
	heads := map[string]metrics.Trouble{}
	for why := metrics.TroubleConnecting; why <= metrics.TroubleOther; why++ {
		frame := at(t, tuitest.Unconnected(why), 120, 32).sees("wallboard d", "nats://127.0.0.1:4222", "FLOOR", "floor.>").frame()
		for _, row := range strings.Split(frame, "\n")[1:] {
			if head := strings.TrimSpace(row); head != "" {
				heads[head] = why
				break
			}
		}
	}
	if want := int(metrics.TroubleOther) - 1; len(heads) < want { // refused and silent read alike at first
		t.Errorf("%d troubles have %d headlines", metrics.TroubleOther, len(heads))
	}
}

func TestTheFirstScreenHoldsItsPlaceAtEverySize(t *testing.T) {
	states := firstRuns()
	for why := metrics.TroubleConnecting; why <= metrics.TroubleOther; why++ {
		states[fmt.Sprint(why)] = tuitest.Unconnected(why)
	}
	for name, s := range states {
		for _, lang := range i18n.Langs() {
			r := sit(t, s, Look{Lang: lang, Profile: screen.NoColor}, 1, 1)
			for _, w := range []int{1, 2, 7, 19, 20, 21, 33, 40, 59, 60, 80, 81, 120, 200} {
				for _, h := range []int{1, 2, 4, 5, 6, 8, 11, 16, 24, 32, 60} {
					r.v.resize(w, h)
					g := screen.NewGrid(w, h)
					r.v.draw(g)
					checkFrame(t, g, w, h, fmt.Sprintf("%s %dx%d %s", name, w, h, lang))
				}
			}
		}
	}
}

func TestAFloorThatNobodySpeaksOfIsNamedWithThoseThatAreThere(t *testing.T) {
	r := at(t, busy(), 120, 32)
	r.v.view.Floor = "hangzhuo"
	r.sees("nothing of floor hangzhuo yet", "hangzhou", "f to choose")
	empty := at(t, tuitest.Unconnected(metrics.TroubleNone), 120, 32)
	empty.v.view.Floor = "hangzhuo"
	empty.sees("nothing of floor hangzhuo yet", "without --floor")
}

func TestCommandsToCopyNeverCarryHiddenCredentials(t *testing.T) {
	s := tuitest.Unconnected(metrics.TroubleNoStream)
	s.Link.Server = "nats://***@nats.example.com:4222"
	at(t, s, 120, 32).sees("wallboard stream init").misses("--server nats://***")
}

func TestCommandsToCopyNameTheStreamAndTheFloorAskedFor(t *testing.T) {
	s := tuitest.Unconnected(metrics.TroubleNoStream)
	s.Link.Stream = "NIGHT"
	at(t, s, 120, 32).sees("wallboard stream init --server nats://127.0.0.1:4222 --stream NIGHT")
	r := at(t, tuitest.Unconnected(metrics.TroubleNone), 120, 32)
	r.v.view.Floor = "bank"
	r.sees("floor.bank.session.queued.chat")
}
