package tui

import (
	"strings"
	"testing"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/screen"
	"wallboard/tui/style"
	"wallboard/tui/tuitest"
)

func TestATeamLeadSeesWhatIsWrongWithoutAKey(t *testing.T) {
	at(t, busy(), 120, 32).sees("■ critical", "refund/app", "6:12 > 5:00", "for 1m12s", "add people or open overflow", "unacked")
}

func TestAQuietFloorSaysSoAndNothingElse(t *testing.T) {
	at(t, calm(), 120, 32).sees("all 14 queues within their limits").misses("critical", "warn", "unacked")
}

func TestASupervisorFollowsAQueueToAPersonAndComesBack(t *testing.T) {
	at(t, busy(), 120, 40).
		press("2").sees("clears", "next").
		press("down", "enter").sees("queues › refund/app", "waiting now, 41", "people of this queue").
		press("tab", "down", "enter").sees("queues › refund/app › ").
		press("esc").sees("queues › refund/app").
		press("esc").sees("clears", "next").
		press("1").sees("abandonment")
}

func TestTheSelectionStaysWithItsQueue(t *testing.T) {
	r := at(t, busy(), 120, 32).press("2", "down", "down").selects("售前咨询")
	r.then(tuitest.Later(busy(), 6), 6000).selects("售前咨询")
	r.press("right", "right", "s").selects("售前咨询")
	r.press("s").selects("售前咨询")
	r.press("S").selects("售前咨询")
}

func TestAFilterNarrowsAndEscWidens(t *testing.T) {
	r := at(t, busy(), 120, 32).press("2", "/").types("voice").sees("/voice", "presale", "billing").misses("● logistics")
	r.press("enter").sees("queues / voice").misses("● logistics")
	r.press("esc").sees("logistics").misses("queues / voice")
	r.press("/").types("zzz").sees("no queue matches").press("esc").sees("logistics")
}

func TestSortingTurnsRoundAndComesBack(t *testing.T) {
	r := at(t, calm(), 120, 32).press("2")
	natural := r.frame()
	r.press("s")
	if first := r.frame(); !strings.Contains(first, "wait↓") {
		t.Errorf("no arrow at the sorted column:\n%s", first)
	}
	r.press("s").sees("wait↑").press("s").misses("wait↑", "wait↓")
	if r.frame() != natural {
		t.Error("three presses do not come back to the natural order")
	}
}

func TestTheWindowIsSaidWithItsBounds(t *testing.T) {
	at(t, busy(), 120, 32).sees("today 00:00 → 14:05 CST").
		press("w").sees("60 min 13:06 → 14:05 CST").
		press("w", "w").sees("15 min 13:51 → 14:05 CST").
		press("w", "w").sees("today")
}

func TestEveryFigureCanBeExplained(t *testing.T) {
	r := at(t, busy(), 120, 32)
	r.press("tab", "right", "right", "e").sees("formula", "made of", "variants", "offered_less_short")
	r.press("esc").misses("variants")
	r.press("tab", "down", "e").sees("formula", "where")
}

func TestEveryKeyCanBeReadInASmallTerminal(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {60, 20}, {40, 12}, {200, 60}} {
		r := at(t, busy(), size[0], size[1]).press("?").sees("keys")
		seen := r.frame()
		for range 30 {
			r.press("pgdown")
			seen += r.frame()
		}
		for _, does := range []string{"wall: the", "acknowledge", "command line", "quit"} {
			if !strings.Contains(seen, does) {
				t.Errorf("%dx%d: no page of the help has %q", size[0], size[1], does)
			}
		}
		r.press("esc").press("?").sees("pages")
	}
	at(t, busy(), 200, 60).press("?").misses("more lines")
}

func TestTheScopeNarrowsTheWholeWall(t *testing.T) {
	at(t, busy(), 120, 32).press("f").sees("scope", "channel", "voice").
		types("voice").press("enter").sees("hangzhou  voice", "presale").misses("● logistics").
		press("f").types("hang").press("enter").sees("● logistics")
}

func TestAHeldScreenStandsStillAndSaysForHowLong(t *testing.T) {
	r := at(t, busy(), 120, 32).press("space").sees("HELD 0.0s")
	r.then(calm(), 12_000).sees("HELD 12s", "■ critical")
	r.press("space").misses("HELD").sees("within their limits")
}

func TestTheCommandLineJumps(t *testing.T) {
	r := at(t, busy(), 120, 32)
	r.press(":").types("queue vip").press("enter").sees("wall › vip/chat")
	r.press(":").types("agent 王小").press("enter").sees("wall › vip/chat › 王小明")
	r.press(":").types("win").press("tab").types("15m").press("enter", "1").sees("15 min")
	r.press(":").types("page health").press("enter").sees("sources")
	r.press(":").types("queue nowhere").press("enter").sees("not found: nowhere")
	r.press(":").types("lang zh-CN").press("enter", "1").sees("服务水平")
	r.press(":").types("quit").press("enter")
	if r.last != leave {
		t.Error(":quit does not quit")
	}
}

func TestAnAbandonedCommandLeavesNoTrace(t *testing.T) {
	r := at(t, busy(), 120, 32)
	before := r.frame()
	if after := r.press(":").types("queue x").press("esc").frame(); after != before {
		t.Error("the screen differs after esc")
	}
}

func TestThemesChangeLooksAndNothingElse(t *testing.T) {
	r := at(t, busy(), 120, 32)
	before := r.frame()
	r.press("t", "down", "enter").sees("theme ember").press("t", "t", "enter").sees("theme mist").press("up", "esc")
	if after := r.frame(); after != before {
		t.Errorf("another theme says something else:\n%s\nbefore:\n%s", after, before)
	}
}

func TestDigitsGrowUntilTheyFillTheScreenAndComeBack(t *testing.T) {
	r := at(t, busy(), 120, 32).sees("▀▀▀", "queues")
	r.press("b").sees("██████", "queues") // five rows
	r.press("b").sees("█████████", "slots in use, %").misses("─ queues")
	r.press("b").misses("▀▀▀", "██  ██").sees("118", "77.7 %", "queues")
	r.press("b").sees("▀▀▀", "queues")
}

func TestHelpShowsEveryKeyThatWorks(t *testing.T) {
	r := at(t, busy(), 160, 50).press("?").sees("moving", "explain this number", "hold the screen", "ctrl+l")
	r.sees("acknowledge the breach", "silence it for a time", "staffing: people needed").misses("a step back in time").press("esc").misses("moving")
}

func TestKeysOfPagesThatAreNotThereDoNothing(t *testing.T) {
	r := at(t, busy(), 120, 32)
	before := r.frame()
	if after := r.press(",").frame(); after != before {
		t.Error("a key without an action changed the screen")
	}
}

func TestLeavingAndRepainting(t *testing.T) {
	for key, want := range map[string]outcome{"q": leave, "ctrl+c": leave, "ctrl+l": paintAgain, "j": goOn} {
		if r := at(t, busy(), 80, 24).press(key); r.last != want {
			t.Errorf("%q ends in %d, want %d", key, r.last, want)
		}
	}
}

func TestPeopleAreOrderedBySituationNotByScore(t *testing.T) {
	frame := at(t, busy(), 160, 50).press("3").frame()
	last := -1
	for _, situation := range []string{"reply overdue", "over capacity", "missed offers", "idle, work waits", "long wrap", "pause too long", "draining", "well, "} {
		i := strings.Index(frame, "situation")
		at := strings.Index(frame[i:], situation)
		if at < 0 || at < last {
			t.Errorf("%q stands at %d, after %d:\n%s", situation, at, last, frame)
		}
		last = at
	}
}

func TestAWallNamesNobody(t *testing.T) {
	s := busy()
	a := s.Floors[0].Agents.Pages[0][3]
	s.Breaches = append(s.Breaches, metrics.Breach{Rule: "wrap", KPI: "aht", Level: metrics.LevelCritical, State: metrics.BreachFiring,
		Key: metrics.Key{Scope: metrics.ScopeAgent, Floor: s.Floors[0].ID, Agent: a.ID}, FiringSince: s.At - 1000, Value: 9, Limit: 5})
	r := at(t, s, 200, 60).sees("team " + a.Team.String())
	for page := range s.Floors[0].Agents.All {
		r.misses(page.Name.String())
	}
}

func TestAStaleFloorShowsNoNumbers(t *testing.T) {
	s := tuitest.Marked(busy(), metrics.Mark{Kind: metrics.MarkStale, Since: busy().At - 40_000})
	at(t, s, 120, 32).sees("✕ STALE 40s", "40s old").misses("6:12 ", "77.7")
}

func TestMarksSayHowFarNumbersCanBeTrusted(t *testing.T) {
	replayed := busy()
	replayed.Clock = metrics.ClockView{Replay: true, Speed: 600}
	gone := busy()
	gone.Link.Connected, gone.Link.Since = false, gone.At-9000
	early := tuitest.Marked(busy(), metrics.Mark{Kind: metrics.MarkCatchingUp, Count: 83_201})
	early.Link = gone.Link
	demo := busy()
	demo.Link.SimulatedDayStart = demo.Floors[0].DayStart
	for _, c := range []struct {
		name string
		s    *metrics.Snapshot
		want []string
	}{
		{"catching up", tuitest.Marked(busy(), metrics.Mark{Kind: metrics.MarkCatchingUp, Count: 83_201}), []string{"CATCHING UP 83,201"}},
		{"incomplete", tuitest.Marked(busy(), metrics.Mark{Kind: metrics.MarkIncomplete, Since: busy().At, Count: 17}), []string{"INCOMPLETE since 14:05 (≤ 17 lost)"}},
		{"rebuilt", tuitest.Marked(busy(), metrics.Mark{Kind: metrics.MarkRebuilt}), []string{"REBUILT"}},
		{"live since", tuitest.Marked(busy(), metrics.Mark{Kind: metrics.MarkLiveSince, Since: busy().At}), []string{"LIVE SINCE 14:05"}},
		{"a replay", replayed, []string{"REPLAY 2025-11-11 ×600", "14:05:33"}},
		{"no link", gone, []string{"NO LINK 9.0s"}},
		{"no link while catching up", early, []string{"NO LINK 9.0s"}},
		{"the demo", demo, []string{"day shifted: began 00:00"}},
	} {
		t.Run(c.name, func(t *testing.T) { at(t, c.s, 160, 40).sees(c.want...) })
	}
}

func TestABoardThatHasStoppedSaysSo(t *testing.T) {
	r := at(t, busy(), 120, 32)
	r.then(nil, 12_000).sees("BOARD STOPPED 12s")
}

func TestBeforeTheFirstEventItSaysWhatIsTried(t *testing.T) {
	at(t, tuitest.Empty(), 80, 24).sees("no server answers", "nats://127.0.0.1:4222", "connection refused", "wallboard demo").
		press("9").sees("not connected", "no source has spoken yet")
}

func TestOneLineForAStatusBar(t *testing.T) {
	at(t, busy(), 100, 1).sees("■ refund/app 6:12 > 5:00 · wait 118 · SL 77.7 %")
	at(t, calm(), 100, 1).sees("● ok · wait")
}

func TestTwoViewersOfOneProcessShareNothing(t *testing.T) {
	s := busy()
	a := sit(t, s, Look{Theme: "dusk", Profile: screen.TrueColor}, 120, 32)
	before := a.frame()
	b := sit(t, s, Look{Theme: "paper", Profile: screen.NoColor, Lang: i18n.Chinese, Digits: PlainDigits}, 80, 24)
	b.press("3", "down", "w", "t").sees("坐席")
	if a.frame() != before {
		t.Error("what one viewer did shows on the other's screen")
	}
}

func TestASupervisorFollowsAStuckCustomerToTheirClocks(t *testing.T) {
	r := at(t, busy(), 120, 32).press("8").sees("lists", "waiting", "118", "callbacks overdue", "31:40", "s-000112", "tab: next list")
	r.press("tab").sees("unans", "王小明").press("tab", "tab").sees("stuck with the bot", "asked", "fails")
	r.press("enter").sees("sessions › b-", "all steps", "asks for a person", "person asked for, running", "95s")
	r.press("esc").sees("stuck with the bot", "fails").press("shift+tab", "shift+tab").sees("unans", "王小明")
}

func TestASessionTellsItsWaitsAndResponsesStepByStep(t *testing.T) {
	r := at(t, busy(), 120, 32).press("8", "tab", "enter")
	r.sees("handed to people", "assigned", "wait", "first response", "99s", "response, running", "×2", "王小明", "episode 2", "2025-11-10", "16 steps · 2 episodes")
	r.press("enter").sees(" › 王小明").press("esc").sees("all steps").press("esc").sees("tab: next list")
}

func TestSessionsAreReachedFromTheirQueueAndTheirPerson(t *testing.T) {
	r := at(t, busy(), 120, 40).press("2", "down", "enter").sees("queues › refund/app")
	r.press("enter").sees("queues › refund/app › s-0000", "queued").press("esc").sees("queues › refund/app")
	r.press("3", "enter", "enter").sees(" › s-").press("esc", "esc").sees("situation")
}

func TestAnEmptyListSaysWhatItWouldHold(t *testing.T) {
	at(t, calm(), 120, 32).press("8", "tab", "tab", "tab", "tab").sees("none now", "On a topic that only people may").
		press("/").types("nobody").sees("no session matches").press("esc").sees("none now")
}

func TestTheScopeNarrowsTheListsOfSessions(t *testing.T) {
	at(t, busy(), 120, 32).press("8").press("f").types("voice").press("enter").sees("hangzhou  voice", "presale").misses("warranty")
}

func TestAnExplanationSaysWhatIsNotInTheNumberAndWhoSetTheTarget(t *testing.T) {
	r := at(t, busy(), 120, 40).press("tab", "right", "right", "e")
	r.sees("left out", "given up within the short limit", "overflowed", "≥ 80.0 %", "shipped default", "critical from 70.0 %")
	for _, variant := range []string{"offered_less_short", "answered_only", "removed", "late_abandons", "sl2", "with_overflow"} {
		r.sees(variant)
	}
}

func TestAnExplainedBreachNamesItsRuleItsLimitAndItsBand(t *testing.T) {
	s := busy()
	for i := range s.Breaches {
		if b := &s.Breaches[i]; b.KPI == "oldest_wait_total" {
			b.Mode, b.Base, b.Return, b.LearnedSteps, b.NeededSteps, b.SampleSize, b.Peak = "dynamic", 240, 250, 300, 336, 41, 401
			b.ReasonEN, b.ReasonZH = clean.Line("above its own band for 3 of 3 looks"), clean.Line("连续3次越出动态带")
			b.Trail = &metrics.Trail{StepMillis: 60_000, Value: []float32{100, 200, 372}, Lo: []float32{0, 0, 20}, Hi: []float32{200, 210, 220}}
		}
	}
	at(t, s, 120, 40).press("2", "down", "right", "right", "e").
		sees("oldest wait (chat), dynamic, now", "5:00, without the band 4:00", "band now", "0:20 – 3:40", "300 of 336 steps", "well again at", "above its own band", "6:41")
}

func TestALongExplanationIsReadInPages(t *testing.T) {
	r := at(t, busy(), 100, 14).press("tab", "right", "right", "e").sees("more lines: pgdn")
	first := r.frame()
	r.press("pgdown").sees("shipped default")
	if r.press("pgup").frame() != first {
		t.Error("a page up does not come back")
	}
	r.press("pgdown", "pgdown", "pgdown", "pgdown").misses("more lines").press("esc").misses("formula")
}

func TestTheDayIsReadHourByHourAndChannelByChannel(t *testing.T) {
	r := at(t, busy(), 120, 32).press("6").sees("first response p90, channels by hour", "all", "wechat", "target ≤ 3m00s", "14:00 → 14:05")
	r.press("m").sees("service level, channels by hour", "target ≥ 80.0 %").press("m").sees("offered, channels", "few", "many")
	r.press("m", "m").sees("satisfaction, channels by hour").press("m").sees("first response p90")
	r.press("v").sees("queues by hour", "refund", "app").press("down", "down").sees("billing/voice").press("left").sees("13:00 → 14:00")
}

func TestOtherFiguresStandBelowTheFirstWhereThereIsRoom(t *testing.T) {
	r := at(t, busy(), 120, 32).press("6").sees("first response p90, channels by hour", "service level", "≥ 80.0 %", "offered")
	r.press("m").sees("service level, channels by hour", "offered", "abandonment").misses("satisfaction")
	at(t, busy(), 200, 60).press("6").sees("service level", "offered", "abandonment", "satisfaction")
	at(t, busy(), 80, 16).press("6").sees("first response p90").misses("service level")
}

func TestTheLastHourIsHeldAgainstTheDayAndNotTheOtherWayRound(t *testing.T) {
	r := at(t, busy(), 120, 32).press("5").sees("overall today", "lately  60 min").misses("before  60 min")
	r.press("w").sees("before", "after").misses("lately")
}

func TestTheSelectedIndicatorHasItsDayWhereThereIsRoom(t *testing.T) {
	at(t, busy(), 200, 60).press("5").sees("first response p90 by the hour").press("down").sees("average handle time by the hour")
	at(t, busy(), 120, 32).press("5").misses("by the hour")
}

func TestALowHealthPageHasRoomForItsSources(t *testing.T) {
	at(t, busy(), 80, 24).press("9").sees("acd.hangzhou", "bot.gateway", "ev/min", "1,846")
}

func TestAnHourIsExplainedAndLeadsToItsQueue(t *testing.T) {
	r := at(t, busy(), 120, 40).press("6", "m", "v").press("down", "down", "left")
	r.press("e").sees("where          billing/voice", "2025-11-11, 13:00 → 14:00", "left out").misses("every window").press("esc")
	r.press("enter").sees("heat › billing/voice").press("esc").sees("queues by hour")
}

func TestAChannelOpensIntoItsQueues(t *testing.T) {
	at(t, busy(), 120, 32).press("6").press("down", "down").press("enter").sees("queues by hour", "refund", "hangzhou  app").misses("presale")
}

func TestWeekdaysAreThoseOfTheRowAtTheCursor(t *testing.T) {
	at(t, busy(), 120, 32).press("6", "v").press("down", "down").press("v").sees("weekdays by hour, billing/voice", "Mon", "Sun", "3 d").
		press("v").sees("channels by hour")
}

func TestAMapWithoutHoursSaysWhatToDo(t *testing.T) {
	s := busy()
	s.Hours = nil
	at(t, s, 120, 32).press("6").sees("no hour of this day is known yet", "gathered while the board runs").press("v", "v").sees("no closed day of this floor is stored")
}

func TestTheMapIsReadWithoutColours(t *testing.T) {
	r := sit(t, busy(), Look{Profile: screen.NoColor}, 120, 32).press("6", "m", "v")
	r.sees("▒77.9 ▓70.7 █65.3", "·88.8")
	sit(t, busy(), Look{Profile: screen.NoColor, Glyphs: style.ASCII}, 120, 32).press("6", "m", "v").sees("=77.9 %70.7 #65.3", ".88.8")
}

func TestAnIndicatorIsTracedFromTheScreenToOneSession(t *testing.T) {
	r := at(t, busy(), 120, 40).press("5").sees("indicators against their targets", "what to do", "≥ 90.0 %", "before and after", "who makes the gap: queues")
	r.press("e").sees("formula", "nine in ten first human replies", "left out").press("esc")
	r.press("/").types("service").press("enter").sees("service level").misses("satisfaction")
	r.press("enter").selects("refund/app").press("enter").sees("indicators › refund/app", "waiting now, 41")
	r.press("enter").sees("indicators › refund/app › s-", "wait, running")
	r.press("esc").sees("indicators › refund/app").press("esc").sees("who makes the gap").press("esc", "esc").sees("satisfaction")
}

func TestAGapIsSplitByQueueByChannelAndByTeam(t *testing.T) {
	r := at(t, busy(), 120, 32).press("5", "down", "down", "down").sees("satisfaction", "who makes the gap: queues", "adds", "share")
	r.press("v").sees("who makes the gap: channels").press("v").sees("who makes the gap: teams").press("v", "v")
	r.press("tab", "enter").sees("hangzhou  app", "who makes the gap: queues", "refund/app").misses("presale")
	r.press("f").types("hang").press("enter").press("v", "v", "tab", "enter").sees("hangzhou  team returns", "over capacity")
}

func TestAnIndicatorIsComparedWithAnotherWindow(t *testing.T) {
	r := at(t, busy(), 120, 32).press("5").sees("overall today", "lately  60 min", "worse by 6.6 %")
	r.press("m").sees("lately  30 min").press("m").sees("lately  15 min").press("w").sees("overall 60 min", "lately  15 min")
}

func TestIndicatorsWithoutDataSayWhatIsMissing(t *testing.T) {
	r := at(t, busy(), 120, 32).press("5").press("f").types("night").press("enter").sees("no data in this window: w chooses another")
	r.press("f").types("hang").press("enter").press("/").types("zzz").sees("no indicator matches").press("esc").misses("no indicator matches")
	r.press("/").types("speed").press("enter").sees("no target, so no gap")
}

func TestAGapTableWithoutHoursStillStands(t *testing.T) {
	s := busy()
	s.Hours = nil
	at(t, s, 120, 32).press("5").sees("first response p90", "satisfaction")
}

func TestANumberIsExplainedOverTheWindowItIsReadOver(t *testing.T) {
	r := at(t, busy(), 160, 40).press("2", "down")
	for range 12 {
		if strings.Contains(r.press("e").frame(), "service level, live") {
			break
		}
		r.press("esc", "right")
	}
	r.sees("service level, live", "39.9 %", "15 min 13:51 → 14:05")
}

func TestAPersonsPageTellsTheirDayAndWhatToDoNext(t *testing.T) {
	r := at(t, busy(), 160, 44).press("3", "enter")
	r.sees("the day so far", "available", "paused", "meal 45m", "by the hour, beside the team", "what to do next",
		"reply overdue", "waits for a reply: ask them for it", "nothing out of bounds")
	at(t, busy(), 200, 60).press("3", "enter").sees("satisfaction", "response p90")
	at(t, busy(), 80, 24).press("3", "enter").sees("today", "AHT 5m20s", "SL ", "available ", "sessions now", "what to do next", "reply overdue")
	at(t, busy(), 80, 44).press("3", "enter").sees("the day so far", "by the hour")
	at(t, calm(), 160, 44).press("3").sees("nobody wants attention").press("tab", "right", "enter").sees("nothing: no situation that wants somebody")
}

func TestManyPeopleAreTilesAndTheFewWhoWantSomebodyATable(t *testing.T) {
	r := at(t, busy(), 120, 32).press("3").sees("want attention, 9", "reply overdue", "draining", "well, 116 · paused or away, 12 · not on duty, 13", "more ↓")
	r.misses("not on duty      ")
	at(t, busy(), 200, 60).press("3").sees("offline   ◌") // who is not there is there to be found
	r.press("tab", "down", "right", "enter").sees("agents › 马超").press("esc").sees("well, 116")
	at(t, busy(), 120, 32).press("3", "/").types("马超").press("enter").sees("9 people", "available 8 · paused 1", "offline 0")
	r.press("tab", "s").sees("130 more").misses("well, 116") // who sorts sees one table of all
	r.press("s", "s").sees("well, 116").press("/").types("马超").press("enter").misses("well, 116").sees("马超")
	few := tuitest.Floor(tuitest.Options{Agents: 40})
	at(t, few, 120, 32).press("3").misses("more ok").sees("ok")
}

func TestAQueueShowsEveryRuleThatWatchesItWithItsLevelNow(t *testing.T) {
	r := at(t, busy(), 200, 60).press("2", "down", "enter").sees("its rules", "warn", "critical")
	r.sees("oldest wait", "abandonment")
	frame := r.frame()
	rules := frame[strings.Index(frame, "its rules"):]
	if i, k := strings.Index(rules, "■"), strings.Index(rules, "●"); i < 0 || k < i {
		t.Errorf("what is critical does not stand before what is well:\n%s", rules)
	}
	if strings.Contains(rules, "slots in use") {
		t.Errorf("a rule of voice watches a queue of app:\n%s", rules)
	}
}

func TestAClosedQueueSaysWhenItOpens(t *testing.T) {
	s := busy()
	for i, q := range s.Floors[0].Tables {
		if q.Closed {
			c := *q
			c.OpensAt = s.At + 2*3_600_000
			s.Floors[0].Tables[i] = &c
		}
	}
	at(t, s, 200, 60).press("2").sees("opens 16:05")
}

func TestAnEmptyListOfBreachesTakesNoKeys(t *testing.T) {
	s := busy()
	s.PastBreaches = nil
	at(t, s, 120, 32).press("4").sees("no breach is over yet", "a acknowledge").press("tab").sees("a acknowledge")
}

func TestAFilterMovesNoPanelOfTheWall(t *testing.T) {
	r := at(t, busy(), 120, 32)
	charts := func() int { return strings.Count(r.frame(), "60 min") }
	before := charts()
	r.press("/").types("refund").press("enter")
	if after := charts(); after != before {
		t.Errorf("%d charts before the filter, %d with it", before, after)
	}
}
