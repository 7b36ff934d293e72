package tui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"wallboard/tui/keys"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// where returns the cell at which the screen shows a text first.
func (r *robot) where(what string) (x, y int) {
	r.t.Helper()
	r.frame()
	g := screen.NewGrid(r.v.w, r.v.h)
	r.v.draw(g)
	for y := range r.v.h {
		row := g.Row(y)
		for i := 0; i+len(what) <= len(row); i++ {
			if row[i:i+len(what)] == what {
				return text.Width(row[:i]), y
			}
		}
	}
	r.t.Fatalf("there is no %q to click:\n%s", what, g.Text())
	return 0, 0
}

// click presses the left button on a text.
func (r *robot) click(what string) *robot {
	r.t.Helper()
	x, y := r.where(what)
	r.last = r.v.mouse(tea.MouseMsg{X: x, Y: y, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress})
	return r
}

// mouses does something else with the mouse on a text.
func (r *robot) mouses(b tea.MouseButton, what string) *robot {
	r.t.Helper()
	x, y := r.where(what)
	r.last = r.v.mouse(tea.MouseMsg{X: x, Y: y, Button: b, Action: tea.MouseActionPress})
	return r
}

func TestAClickSelectsARowAndAnotherOpensIt(t *testing.T) {
	at(t, busy(), 120, 32).press("2").click("logistics").selects("logistics").misses("›").
		click("logistics").sees("queues › logistics")
}

func TestAClickOnTheWallGivesTheTableTheKeys(t *testing.T) {
	r := at(t, busy(), 120, 32).click("logistics").selects("logistics")
	r.press("enter").sees("wall › logistics")
}

func TestAClickGivesTheKeysToThePanelItIsIn(t *testing.T) {
	r := at(t, busy(), 120, 32).press("tab", "tab", "enter")
	first := r.v.top()
	r.click("王小明")
	if r.v.top() != first {
		t.Fatal("one click already opened a page")
	}
	r.selects("王小明").click("王小明").sees(" › ")
}

func TestAFigureThatIsClickedTwiceIsExplained(t *testing.T) {
	at(t, busy(), 120, 32).click("╭ oldest wait").misses("esc closes").click("╭ oldest wait").sees("esc closes").
		click("esc closes").misses("esc closes")
}

func TestAClickOnAHeadSorts(t *testing.T) {
	r := at(t, busy(), 120, 32).press("2").click("queue  ")
	if got := r.v.pages[PageQueues].(interface{ Filter() string }).Filter(); got != "" {
		t.Fatalf("filtered by %q", got)
	}
	before := r.frame()
	if r.click("queue↓").frame() == before {
		t.Fatal("the second click on a head turns the order around")
	}
}

func TestTheFooterIsMadeOfButtons(t *testing.T) {
	at(t, busy(), 120, 32).click("3 agents").sees("situation").click("? keys").sees("ctrl+l").click("ctrl+l").misses("ctrl+l")
}

func TestAClickOnAListOfSessionsShowsIt(t *testing.T) {
	at(t, busy(), 120, 32).press("8").click("stuck with the bot").sees("╭ stuck with the bot")
}

func TestTheWheelScrollsTheListUnderThePointer(t *testing.T) {
	r := at(t, busy(), 80, 24).press("3")
	before := r.frame()
	r.mouses(tea.MouseButtonWheelDown, "reply overdue")
	if r.frame() == before {
		t.Fatal("nothing moved")
	}
	r.mouses(tea.MouseButtonWheelUp, "over capacity")
	r.press("home")
	if got := at(t, busy(), 80, 24).press("3", "home").frame(); r.frame() != got {
		t.Fatalf("the list is not back at its beginning:\n%s", r.frame())
	}
}

func TestTheRightButtonGoesBack(t *testing.T) {
	at(t, busy(), 120, 32).press("2").click("logistics").click("logistics").sees("queues ›").
		mouses(tea.MouseButtonRight, "queues ›").misses("queues ›")
	at(t, busy(), 120, 32).press("2").click("logistics").click("logistics").click("queues ›").misses("queues ›")
}

func TestAnHourOfTheMapIsChosenByClickingAndExplained(t *testing.T) {
	r := at(t, busy(), 120, 32).press("6")
	x, y := r.where("chat")
	press := tea.MouseMsg{X: x + 40, Y: y, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress}
	r.v.mouse(press)
	first := r.frame()
	press.X += 12
	r.v.mouse(press)
	if r.frame() == first {
		t.Fatal("another hour was clicked, and the page tells of the same")
	}
	chosen := r.v.top().Explained(r.v.scene)
	if chosen.Row == nil || chosen.Row.Key.Channel.String() != "chat" || chosen.From == 0 {
		t.Fatalf("what is explained is %+v", chosen)
	}
}

func TestTheWheelMovesTheStepsOfASession(t *testing.T) {
	r := at(t, busy(), 120, 20).press("8", "tab", "enter")
	r.frame()
	before := r.frame()
	r.v.mouse(tea.MouseMsg{X: 60, Y: 15, Button: tea.MouseButtonWheelUp, Action: tea.MouseActionPress})
	r.v.mouse(tea.MouseMsg{X: 60, Y: 15, Button: tea.MouseButtonWheelDown, Action: tea.MouseActionPress})
	if r.frame() != before {
		t.Fatal("up and down again is where it began")
	}
}

func TestAClickBesideTheThemesTakesBackWhatWasTried(t *testing.T) {
	r := at(t, busy(), 120, 32)
	before := r.v.look.Theme
	r.press("t", "down")
	r.v.mouse(tea.MouseMsg{X: 1, Y: 0, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress})
	if r.v.overlay != noOverlay || r.v.look.Theme != before {
		t.Fatalf("the theme is %q, before %q", r.v.look.Theme, before)
	}
}

func TestAScopeIsChosenByClicking(t *testing.T) {
	r := at(t, busy(), 120, 32).press("f")
	r.click("logistics").sees("scope").click("logistics")
	if r.v.view.Scope.Queue.String() != "logistics" {
		t.Fatalf("the scope is %+v", r.v.view.Scope)
	}
	r.press("f").mouses(tea.MouseButtonLeft, "WALLBOARD")
	if r.v.overlay != noOverlay {
		t.Fatal("a click beside the list closes it")
	}
}

func TestTheMouseDoesNotDisturbALineBeingTyped(t *testing.T) {
	r := at(t, busy(), 120, 32).press("2", "/").types("pre").mouses(tea.MouseButtonLeft, "WALLBOARD")
	if r.v.prompt.kind != filterPrompt {
		t.Fatal("the click ended the line")
	}
}

// TestNoPlaceOnTheScreenPanicsWhenClicked clicks everywhere on every page.
func TestNoPlaceOnTheScreenPanicsWhenClicked(t *testing.T) {
	for page := range numPages {
		for _, size := range [][2]int{{120, 32}, {80, 24}, {40, 12}, {20, 3}} {
			r := at(t, busy(), size[0], size[1])
			for y := 0; y < size[1]; y++ {
				for x := 0; x < size[0]; x += 7 {
					r.v.show(page)
					r.frame()
					for _, b := range []tea.MouseButton{tea.MouseButtonLeft, tea.MouseButtonWheelDown, tea.MouseButtonRight} {
						r.v.mouse(tea.MouseMsg{X: x, Y: y, Button: b, Action: tea.MouseActionPress})
					}
					if r.v.prompt.kind != noPrompt {
						r.press("esc")
					}
				}
			}
		}
	}
}

func TestHelpSaysWhatTheMouseDoesWhereItIsOn(t *testing.T) {
	sit(t, busy(), Look{Profile: screen.TrueColor, Mouse: screen.MouseOn}, 120, 32).press("?").sees("shift+drag")
	at(t, busy(), 120, 32).press("?").misses("shift+drag")
	if keys.New().Match(tea.KeyMsg{Type: tea.KeyEsc}) != keys.Back {
		t.Fatal("the right button is esc, and esc goes back")
	}
}
