package tui

import (
	"errors"
	"maps"
	"testing"

	"wallboard/tui/i18n"
	"wallboard/tui/screen"
	"wallboard/tui/tuitest"
)

// kept is a store of hints in memory.
type kept struct {
	seen  map[string]int
	fails error
}

func (k *kept) Load() map[string]int { return k.seen }

func (k *kept) Save(seen map[string]int) error {
	k.seen = maps.Clone(seen)
	return k.fails
}

// newcomer sits down before a board for the first time, or again with what they
// know.
func newcomer(t *testing.T, store Hints, w, h int) *robot {
	t.Helper()
	r := at(t, busy(), w, h)
	r.v.hints = newHinting(store)
	return r
}

func TestANewcomerGetsOneTipThatGoesAway(t *testing.T) {
	r := newcomer(t, &kept{}, 120, 32).sees("tip: tab moves between panels", "? keys").misses("tip: e explains")
	r.then(nil, hintFor+1_000).misses("tip:")
}

func TestATipIsGoneOnceItsKeyWasUsed(t *testing.T) {
	store := &kept{}
	r := newcomer(t, store, 120, 32).sees("tip: tab").press("tab").misses("tip:")
	r.press("2").sees("tip: enter opens the queue").press("1").sees("tip: e explains").misses("tip: tab")
	r.v.hints.save()
	newcomer(t, store, 120, 32).misses("tip: tab").sees("tip: ")
}

func TestATipIsGoneAfterItWasSeenOften(t *testing.T) {
	store := &kept{}
	for range hintTimes {
		r := newcomer(t, store, 120, 32).sees("tip: tab")
		r.v.hints.save()
	}
	newcomer(t, store, 120, 32).misses("tip: tab").sees("tip: e explains")
}

func TestWhoKnowsEverythingIsToldNothing(t *testing.T) {
	store := &kept{seen: map[string]int{}}
	for p := range numPages {
		for _, one := range hintsOf(p) {
			store.seen[one.id] = hintTimes
		}
	}
	r := newcomer(t, store, 120, 32)
	plain := at(t, busy(), 120, 32)
	for _, key := range []string{"1", "2", "3", "4", "5", "6", "7", "8", "9"} {
		if r.press(key).frame() != plain.press(key).frame() {
			t.Errorf("page %s differs from that of a board without hints", key)
		}
	}
}

func TestTipsStayOutOfTheWay(t *testing.T) {
	newcomer(t, &kept{}, 120, 32).press("?").misses("tip:")
	newcomer(t, &kept{}, 120, 32).press("2", "down", "enter").misses("tip:")
	newcomer(t, &kept{}, 40, 12).misses("tip:")
	empty := at(t, tuitest.Empty(), 120, 32)
	empty.v.hints = newHinting(&kept{})
	empty.misses("tip:")
	hung := hang(t, busy(), WallChoice{Unattended: true})
	hung.v.hints = newHinting(&kept{})
	hung.misses("tip:")
	failing := newcomer(t, &kept{fails: errors.New("the disk is full")}, 120, 32).sees("tip:")
	failing.v.hints.save() // and nobody is bothered
}

func TestTipsFitEveryScreenThatHasRoomInEveryLanguage(t *testing.T) {
	for _, lang := range i18n.Langs() {
		for _, size := range [][2]int{{200, 60}, {120, 32}, {80, 24}, {60, 16}, {20, 8}} {
			for p := range numPages {
				r := sit(t, busy(), Look{Lang: lang, Profile: screen.NoColor}, size[0], size[1])
				r.v.hints = newHinting(&kept{})
				r.v.show(p)
				frame := r.frame()
				g := screen.NewGrid(size[0], size[1])
				r.v.draw(g)
				checkFrame(t, g, size[0], size[1], frame)
				if size[0] >= 80 {
					r.sees(r.v.pen.Say.Fill(i18n.HintLead, r.v.pen.Say.Say(hintsOf(p)[0].text)).String())
				}
			}
		}
	}
}
