// Package fact owns the names of the base figures that the engine counts and
// from which every KPI is computed: additive counts, levels with a peak, and
// distributions, each summed over a window. It knows nothing of any other
// package.
package fact

// Window is a span of whole minutes that ends with the running minute.
type Window uint8

// The windows of kpis.md. WindowAll holds everything applied since the engine
// began; offline snapshots offer it.
const (
	WindowToday Window = iota
	Window60m
	Window30m
	Window15m
	Window5m
	WindowAll
	NumWindows
)

var windowNames = [NumWindows]string{"today", "60m", "30m", "15m", "5m", "all"}

// String returns the name used in commands and JSON.
func (w Window) String() string { return windowNames[w] }

// Minutes returns the length of a rolling window, 0 for today and all.
func (w Window) Minutes() int { return [NumWindows]int{0, 60, 30, 15, 5, 0}[w] }

// ParseWindow is the inverse of String.
func ParseWindow(name string) (Window, bool) {
	for w, n := range windowNames {
		if n == name {
			return Window(w), true
		}
	}
	return 0, false
}

// Count names an additive integer figure. Milliseconds end in Ms.
type Count uint8

// Segment facts: minute in which the segment began (Offered) or ended (the rest).
const (
	BroughtForward    Count = iota // waiting at the day start; today only
	Offered                        // segments begun
	Answered                       // segments ended by an assignment
	AnsweredWithin                 // ... within T of the segment's queue x channel
	Abandoned                      // ended by the customer, short ones included
	AbandonedShort                 // ... at or below the short limit
	AbandonedWithin                // ... within T
	Overflowed                     // closed overflowed or timed_out
	OverflowedWithin               // ... within T
	Requeued                       // queued or transferred elsewhere while waiting
	Withdrawn                      // any other close while waiting
	EndedBeyond900                 // segments ended with a wait above 900 s
	WaitAnsweredMs                 // sum of the waits of the answered
	WaitAbandonedMs                // sum of the waits of the abandoned (short ones included)
	WaitAllMs                      // sum of the waits of all ended segments
	Nonresponse                    // offers missed, rejected, timed out
	OfferAbandoned                 // offers the customer left while ringing
	OutOfHours                     // live segments begun outside opening hours
	CallbacksDue                   // callbacks decided against their due time
	CallbacksKept                  // ... reached in time
	MessagesDecided                // offline messages decided (replied or past their limit)
	MessagesReplied                // ... replied within the limit of open time
	AnsweredOut                    // of Answered: begun outside opening hours, apart from service_level (in none of the Within)
	AbandonedOut                   // of Abandoned: the same
	AbandonedShortOut              // of AbandonedShort: the same
	OverflowedOut                  // of Overflowed: the same

	// Chat clocks.
	Opened           // episodes opened
	OpenedByCustomer // ... by the customer
	FirstReplies     // first human replies
	FRTMs            // sum of first response times
	FRTWithin30      // first replies within 30 s
	FRTWithin60      // ... 60 s
	FRTWithin180     // ... 180 s
	LeftUnanswered   // episodes closed after assigned without a human reply
	TurnsBegun       // human-phase turns begun
	TurnsAnswered    // turns answered
	ResponseMs       // sum of response times of answered turns
	TurnsWithin180   // turns answered within 180 s
	TurnsDecided     // answered, closed or business day ended
	TurnsExcluded    // opened < 180 s before a close by the customer
	OmniDecided      // omnichannel_rate: sessions opened and decided
	OmniReplied      // ... with a human or bot reply within the channel's T

	// Work and load. Sums over time are settled at the clock of the view.
	LegsEnded       // handled
	HandledSessions // episodes with their first ended leg here
	TalkMs          // of legs ended
	HoldMs          // of legs ended
	WrapMs          // of legs ended
	ConcurrentShare // aht_concurrent: shares of legs ended, in ShareUnit per ms
	BusyMs          // person-time with at least one active, held or wrapping leg
	LegMs           // leg-time of active, held and wrapping legs
	AvailableMs     // person-time available
	IdleMs          // person-time available with no leg and nothing ringing
	OnlineMs        // person-time not offline
	PausedMs        // person-time paused
	PauseOverMs     // pause beyond its allowance, of pauses ended
	SlotUsedMs      // slot-time used by available people
	SlotMs          // slot-time there is of available people
	LoadShareMs     // agent load x time, in ShareUnit per ms
	LoadPeopleMs    // person-time over which LoadShareMs is taken
	DrainingMs      // person-time paused or away with legs open
	WrapOrphans     // wraps ended by the 30 min limit
	OrphansClosed   // sessions closed by age

	// Quality, outcome, bot and human: counted from day one, read by later KPIs.
	Closed            // episodes closed (spam apart)
	Resolved          // outcome resolved
	Unresolved        // outcome unresolved
	Reopened          // reopened by the customer
	Ratings           // first ratings of an episode
	RatingsGood       // ... with 5 x score >= 4 x scale
	TransferredOut    // sessions with their first transfer here
	Escalated         // sessions reaching tier 2 or 3
	ClosedByBot       // customer-opened, closed without a human
	BotInvolvedClosed // bot-involved, closed, not completed
	BotResolved       // ... resolved without a human
	BotReplies        // replies carrying the understood flag
	BotUnderstood     // ... understood
	BotPhases         // bot phases ended
	HandedOff         // ... by hand-off
	Complaints        // sessions first tagged complaint
	Refunds           // sessions first tagged refund
	Screened          // sessions screened
	ScreenedClean     // ... without a violation
	OrdersPaid        // orders paid, once each

	// Of nearly every close: they stand among the common ones.
	ClosedHuman      // episodes closed that a person had
	ClosedTier1      // ... and whose highest tier was 1
	ClosedAtBot      // closed with the bot: no person, no segment
	HandoffsDecided  // hand-offs by the bot answered, or closed without
	HandoffsAnswered // ... answered by a person
	Asked            // sessions the customer began, an id once
	NumCommon        // what follows is seldom counted
)

// Quality and outcome, seldom in any one minute.
const (
	ClosedTier2 = iota + NumCommon
	ClosedTier3
	PartSpeed // first ratings that say this part; each followed by the satisfied
	PartSpeedGood
	PartOutcome
	PartOutcomeGood
	PartAttitude
	PartAttitudeGood
	PartSkill
	PartSkillGood
	ResolveMs          // of closes resolved: close - first opening of the id
	ComplaintsResolved // closes resolved of sessions tagged complaint
	ComplaintResolveMs // ... close - first opening of the id
	TransfersDecided   // transfers answered, or closed without
	TransfersAnswered  // ... answered by a person
	HandedUser         // of HandedOff: the customer asked
	HandedFailures     // ... the bot failed
	HandedRule         // ... a rule said so, or nothing was said
	Tagged             // sessions first tagged with a topic
	TagsReviewed       // tags that a person reviewed
	TagsConfirmed      // ... and confirmed
	MoodsReviewed      // mood labels that a person reviewed
	MoodsRight         // ... and found right
	MoodsReviewedBot   // of MoodsReviewed: with the bot
	MoodsRightBot      // of MoodsRight: with the bot
	EverNegative       // episodes closed that were negative at any time
	Calmed             // ... and not when they closed
	EverNegativeBot    // of EverNegative: no person had it
	CalmedBot          // of Calmed: the same
	ViolationEfficacy  // screenings that found this class; of agents, bots and systems
	ViolationMedical
	ViolationExaggerate
	ViolationOther
	ViolationNote // ... of this severity
	ViolationWarn
	ViolationBan
	AskedInsight     // of Asked: from an insight
	Converted        // of Asked: credited with an order, in the minute they began
	ConvertedInsight // of AskedInsight: the same
	Repeats          // of OpenedByCustomer: seen within 24 h before
	Enquirers        // customers by their first contact of the business day
	Buyers           // ... with an order on that day
	ResolvedReturned // of Resolved: came back within 24 h, in the minute of the close
	BotReturned      // of BotResolved: the same
	ServedBuyers     // episodes closed that a person had, of customers who had ordered
	Repurchases      // ... with a further order within 24 h, in the minute of the close
	Reminded         // orders first reminded of
	ReminderPaid     // orders paid after a reminder
	OrdersCreated    // orders created, once each
	AmountPaid       // hundredths of the floor's currency
	AmountRefunded   // the same
	OrdersForeign    // orders paid in another currency
	NumCounts
)

// ShareUnit is the fixed-point unit of shares of a millisecond: divisible by
// 1..10, so that shares of up to ten sessions at once are exact integers.
const ShareUnit = 5040

// Peak names a level whose highest value within a window is kept.
type Peak uint8

// The levels. A level lasts until it is set again; its peak in a window
// includes the value it had when the window began.
const (
	PeakConcurrency Peak = iota // most active and held sessions of one agent
	PeakWaiting                 // most sessions waiting at once
	PeakBotActive               // most sessions with the bot at once
	PeakWaitEndedMs             // longest_wait: a peak of single values, no lasting level
	NumPeaks
)

// Dist names a distribution of durations in milliseconds.
type Dist uint8

// The distributions.
const (
	DistWait     Dist = iota // waits of the answered
	DistFRT                  // first response times
	DistResponse             // response times of turns
	DistHandle               // talk + hold + wrap of legs ended
	DistWrap                 // wrap of legs ended that had one
	NumDists
)

// Quantiles are read off a distribution: N samples; values in milliseconds
// with relative error at most RelativeError. P95 and P99 follow kpis.md: below
// 100 samples p95 is the highest that screens show.
type Quantiles struct {
	N                  int64
	P50, P90, P95, P99 float64
}

// RelativeError bounds every quantile: the value at rank floor(q x (N-1)) of
// the sorted samples, within this share of itself.
const RelativeError = 0.01

// Rate is by how much a count grows in each ms of the clock.
type Rate struct {
	Count Count
	PerMs int64
}

// Sums are the base figures of one scope over one window.
type Sums struct {
	Counts [NumCounts]int64
	Peaks  [NumPeaks]int64
	Dists  [NumDists]Quantiles
}
