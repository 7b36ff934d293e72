package metrics

import (
	"slices"
	"strings"
	"time"

	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/window"
)

// Scope is the kind of thing a row is about.
type Scope uint8

// The scopes, in the order of snapshot rows.
const (
	ScopeFloor Scope = iota
	ScopeChannel
	ScopeQueue
	ScopeQueueChannel
	ScopeTeam
	ScopeAgent
	ScopeAgentChannel
	ScopeTopic      // what sessions are about: episode facts only, exported when asked for
	ScopeTouchpoint // where the customer came from: the same
	NumScopes
)

var scopeNames = [NumScopes]string{"floor", "channel", "queue", "queue_channel", "team", "agent", "agent_channel", "topic", "touchpoint"}

// String returns the name used in commands and JSON.
func (s Scope) String() string { return scopeNames[s] }

// ParseScope is the inverse of String.
func ParseScope(name string) (Scope, bool) {
	for s, n := range scopeNames {
		if n == name {
			return Scope(s), true
		}
	}
	return 0, false
}

// People says whether the scope is a team or an agent, for whom what happens
// before an answer is not defined.
func (s Scope) People() bool { return s >= ScopeTeam && s <= ScopeAgentChannel }

// Named says whether the scope is told apart by what sessions are called: a
// topic or a touchpoint, of which a day has a few and the rest are "other".
func (s Scope) Named() bool { return s == ScopeTopic || s == ScopeTouchpoint }

// Key names one row; parts that are not of its scope are empty. Comparable.
type Key struct {
	Scope                              Scope
	Floor, Channel, Queue, Team, Agent clean.Text
	Topic, Touchpoint                  clean.Text
}

// View reads the base figures of a row, settled at the snapshot's clock. It is
// immutable and safe for concurrent use.
type View interface {
	// Sums writes the figures of a window into the caller's value.
	Sums(w fact.Window, into *fact.Sums)
}

// Row is one scope's figures. Immutable.
type Row struct {
	Key   Key
	Level ServiceLevel // T, short limit, variant; AnswerWithin < 0 where they differ within the row
	Now   *Now
	View  View
	Trend *Trend // floor, channel, queue, queue x channel; nil for people
	Past  bool   // neither live nor seen since the day start: a row of what reaches further back only
}

// SumsAt writes the figures of a window with the clock at the snapshot's. A row
// is shared by all snapshots in which nothing of it differs, so what grows by
// time alone is settled here, when it is read.
func (r *Row) SumsAt(at int64, w fact.Window, into *fact.Sums) {
	if v, ok := r.View.(interface {
		SumsAt(at int64, w fact.Window, into *fact.Sums)
	}); ok {
		v.SumsAt(at, w, into)
		return
	}
	r.View.Sums(w, into)
}

// Beyond returns how many samples of a distribution lie above a duration in ms
// over a window, and how many there are, within the distributions' error. It
// returns 0, 0 where the row's figures know no samples.
func (r *Row) Beyond(at int64, w fact.Window, d fact.Dist, ms int64) (beyond, n int64) {
	if v, ok := r.View.(interface {
		Beyond(at int64, w fact.Window, d fact.Dist, ms int64) (beyond, n int64)
	}); ok {
		return v.Beyond(at, w, d, ms)
	}
	return 0, 0
}

// Gather adds the figures of the whole minutes in [from, to), ms since the
// epoch, with the clock at the snapshot's, and says whether they are whole:
// counts reach back a day, of people an hour, distributions an hour.
func (r *Row) Gather(at, from, to int64, into *window.Span) bool {
	v, ok := r.View.(interface {
		Gather(at, from, to int64, into *window.Span) bool
	})
	return ok && v.Gather(at, from, to, into)
}

// LastAt writes the figures of the last so many whole minutes with the clock at
// the snapshot's, the running minute included: zeros where the view keeps no
// minutes.
func (r *Row) LastAt(at int64, minutes int, into *fact.Sums) {
	if v, ok := r.View.(interface {
		LastAt(at int64, minutes int, into *fact.Sums)
	}); ok {
		v.LastAt(at, minutes, into)
		return
	}
	*into = fact.Sums{}
}

// Now holds what is true at the snapshot's clock. Fields ending in Since are
// milliseconds since the epoch, 0 where there is none.
type Now struct {
	Waiting, WaitingVIP                                   int32 // kind live: queued or offered
	WaitingBeyondT                                        int32
	WaitingBeyond900                                      int32
	OldestSince, OldestTotalSince                         int64
	AwaitingFirst                                         int32 // waiting for a first human reply
	AwaitingFirstSince                                    int64
	AwaitingBeyond30, AwaitingBeyond60, AwaitingBeyond180 int32
	Unanswered                                            int32 // active, last message the customer's
	UnansweredSince                                       int64
	OpenSessions                                          int32
	OpenOver4h, OpenOver24h                               int32
	ActiveLegs, TalkLegs                                  int32 // holding a slot; active and held only

	People, Members, FreeSlots          int32 // available members of the queue, all members, free slots of the available
	MembershipKnown, MembershipInferred bool
	Uncovered                           bool
	UncoveredSince                      int64
	SkillGap                            int32
	Callbacks, CallbacksOverdue         int32
	CallbackOverdueSince                int64
	Messages                            int32
	MessageSince                        int64

	Presence                [NumPresences]int32
	Activity                [NumActivities]int32
	Draining, DrainingSlots int32
	BusyPeople              int32 // with at least one leg
	SlotsUsed, Slots        int32 // of available people; Slots 0: unknown
	LoadShare               int64 // sum of agent loads in fact.ShareUnit
	LoadPeople              int32
	IdleWhileWaiting        int32
	PauseOverMs             int64 // running pauses beyond their allowance

	TierWaiting                           [4]int32 // by tier 1..3; index 0 unused
	TierSince                             [4]int64
	TierFree                              [4]int32 // free slots of available people allowed this tier
	TierMismatch                          int32
	BotActive, StuckInBot, HumanOnlyInBot int32
	BotMachines, BotCapacity              int32 // machines not offline; what they hold at once
	Unpaid                                int32 // orders created, neither paid nor cancelled
	UnpaidSince                           int64
	Owed                                  int64 // hundredths of the floor's currency
	Complainants, RepeatComplainants      int32 // customers of the last 7 days; with two sessions or more
	Labelled, Negative                    int32 // open sessions by their last mood told with confidence
	LabelledBot, NegativeBot              int32 // of them: with the bot now
	StuckSince                            int64
	Incomplete                            bool // a wait here began before what could be read

	Planned       bool                     // a forecast is known for some of what follows
	PeoplePlanned bool                     // ... and how many people are wanted now
	PlannedPeople float64                  // at the clock
	PlannedWindow [fact.NumWindows]float64 // contacts forecast up to the clock; WindowAll: as WindowToday

	Topic Topic // of a topic's row; of a floor's the worst
	Bases Bases // what uplifts are measured against
}

// Bases are configured values of before; 0 where none is.
type Bases struct {
	Conversion   float64 // percent
	Productivity float64 // contacts an hour
}

// TrendMinutes is how far back a Trend reaches.
const TrendMinutes = 60

// Trend holds one point per minute, the last the running minute; -1 where
// there was nothing to measure.
type Trend struct {
	MinuteStart int64               // of the last point
	Waiting     [TrendMinutes]int32 // highest in the minute
	FRTp50      [TrendMinutes]int32 // ms over the five minutes ending there
	FRTp90      [TrendMinutes]int32
	Inflow      [TrendMinutes]int32 // segments begun
	Outflow     [TrendMinutes]int32 // segments ended
}

// Activity is what an agent's legs make of them.
type Activity uint8

// The activities.
const (
	ActivityIdle Activity = iota
	ActivityRinging
	ActivityEngaged
	ActivityWrapping
	NumActivities
)

// SessionState is where a session stands.
type SessionState uint8

// The states of events.md.
const (
	StateOpen SessionState = iota
	StateBot
	StateQueued
	StateOffered
	StateActive
	StateHeld
	StateWrapping
	StateClosed
)

// SessionView is one session as a list shows it. Immutable.
type SessionView struct {
	ID, Channel, Queue, Agent clean.Text
	CustomerClass, Lang       clean.Text
	State                     SessionState
	StateSince                int64
	OpenedAt                  int64
	QueuedAt, FirstQueuedAt   int64 // of the current segment; of the unbroken wait
	UnansweredSince           int64
	FirstReplyDueSince        int64 // start of a first-response clock still running
	Messages                  int32
	Priority                  int32
	Tier                      int8
	Incomplete                bool

	Topic           clean.Text
	Emotion         clean.Text // last confident label
	HumanAskedSince int64      // a person was asked for and has not come
	BotFailures     int32      // in a row
	DueAt           int64      // of a callback
	OrderAmount     int64      // unpaid, in hundredths of the currency's unit
	OrderCurrency   clean.Text
	OrderSince      int64
}

// SessionTab is one list of the sessions page.
type SessionTab uint8

// The lists.
const (
	TabWaiting SessionTab = iota
	TabUnanswered
	TabHumanAsked // and not given
	TabStuckInBot
	TabHumanOnlyInBot
	TabNegative
	TabTier3
	TabViolations
	TabCallbacksOverdue
	TabMessages
	TabUnpaidOrders
	TabLongOpen
	NumSessionTabs
)

// MaxSessionsListed bounds a SessionList; Count goes on.
const MaxSessionsListed = 200

// SessionList is the sessions of one tab. Immutable.
type SessionList struct {
	Count       int32
	OldestSince int64         // ms since the epoch, 0 where there are none
	Sessions    []SessionView // oldest first
}

// AgentView is one agent as the Agents page shows them. Immutable.
type AgentView struct {
	ID, Name, Team        clean.Text
	Bot                   bool
	Tier                  int8 // highest allowed, 0 unknown
	Presence              Presence
	PresenceReason        clean.Text
	PresenceSince         int64
	PauseUntil            int64 // as said, else by the allowance of the reason; 0: neither
	Activity              Activity
	ActivitySince         int64
	Draining              bool
	SlotsUsed             int32
	Slots                 int32 // 0: unknown
	Load                  float64
	Unanswered            int32
	UnansweredSince       int64
	LongestLegSince       int64
	WrapSince             int64
	MissedOffers15m       int32
	IdleWhileWaitingSince int64 // idle while a queue they serve waits
	Queues                []clean.Text
	PausedQueues          []clean.Text
	Day                   []PresenceMark // of the day and the last one before it, oldest first
	Skills, Langs         []clean.Text
	Channels              uint64 // bit k: may be given sessions of FloorView.Channels[k]
	Legs                  []SessionView
	Row                   *Row
}

// QueueView is one queue x channel as the tables show it. Immutable.
type QueueView struct {
	Queue, Channel clean.Text
	Row            *Row          // queue x channel
	Waiting        []SessionView // oldest first, at most MaxWaitingListed
	Closed         bool          // outside its opening hours
	OpensAt        int64         // of one that is closed, ms since the epoch; 0: nobody knows
}

// MaxWaitingListed bounds the list of a QueueView; the count is in Row.Now.
const MaxWaitingListed = 100

// AgentList is the floor's agents, kept in pages so that a new snapshot shares
// with the last one what did not change. Sorted by id; no page is empty.
type AgentList struct{ Pages [][]*AgentView }

// Len returns the number of agents.
func (l AgentList) Len() int {
	n := 0
	for _, p := range l.Pages {
		n += len(p)
	}
	return n
}

// Find returns the agent with the id, nil if there is none, and on which page
// and where on it. Snapshots without a newcomer between them keep the place.
func (l AgentList) Find(id clean.Text) (a *AgentView, page, place int) {
	page, _ = slices.BinarySearchFunc(l.Pages, id.String(), func(page []*AgentView, id string) int {
		return strings.Compare(page[len(page)-1].ID.String(), id)
	})
	if page == len(l.Pages) {
		return nil, 0, 0
	}
	place, found := slices.BinarySearchFunc(l.Pages[page], id.String(), func(a *AgentView, id string) int { return strings.Compare(a.ID.String(), id) })
	if !found {
		return nil, 0, 0
	}
	return l.Pages[page][place], page, place
}

// All calls yield for each agent in order until it returns false.
func (l AgentList) All(yield func(*AgentView) bool) {
	for _, p := range l.Pages {
		for _, a := range p {
			if !yield(a) {
				return
			}
		}
	}
}

// FloorView is one floor. Slices are sorted by key. Immutable.
type FloorView struct {
	ID            clean.Text
	Zone          *time.Location
	DayStart      int64
	Row           *Row
	Channels      []*Row
	Queues        []*Row
	Tables        []*QueueView // queue x channel
	Teams         []*Row
	Agents        AgentList
	AgentChannels [][]*Row     // pages
	Roster        []*AgentView // AI agents apart
	Topics        []*Row       // the day's first MaxNamed, the rest as "other"; earlier days' are Past
	Touchpoints   []*Row       // the same
	Quality       *QualityView // nil where nothing was said
	Sessions      [NumSessionTabs]SessionList
	Words         []clean.Text // that marks refer to
	Curves        []CurveHour  // of the last 26 h, in snapshots of whole quarters of an hour; else none
	MaxLegs       int32        // highest concurrency of one agent now
	Plans         []QueuePlan  // of the queues that have one, sorted by queue
	Unskilled     []SkillNeed  // what waits and nobody available can take
}

// PlanInterval is what the forecast and the schedule say of a stretch of time
// of a queue. What they do not say is NaN.
type PlanInterval struct {
	From, Until     int64 // ms since the epoch
	Offered, People float64
	HandleSeconds   float64
}

// QueuePlan is the plan of a queue, as long as it is kept. Immutable.
type QueuePlan struct {
	Queue     clean.Text
	Intervals []PlanInterval // the earliest first
}

// SkillNeed is what waiting sessions of a queue ask of a person and none of its
// available members has.
type SkillNeed struct {
	Queue   clean.Text
	Skills  []clean.Text // all of them
	Lang    clean.Text   // empty: any
	Waiting int32
}

// MaxNamed is how many topics, and how many touchpoints, of a floor have a row
// of their own on one day; the rest share the row "other".
const MaxNamed = 16

// Snapshot is everything a screen, an export or a rule may read: immutable,
// built by the engine's owner, replaced by the next one.
type Snapshot struct {
	At       int64  // engine clock, ms since the epoch
	Version  uint64 // rises with every snapshot that differs
	Clock    ClockView
	Mark     Mark
	Floors   []*FloorView // sorted by id
	Health   Health
	Link     Link
	Cost     Cost
	Breaches []Breach

	PastBreaches []Episode // newest first, at most MaxPastBreaches
	Silenced     int32     // of Breaches
	Sinks        []SinkView
	Together     TogetherView
	Limits       []LimitView     // of dynamic rules, by rule and key
	Rules        []RuleView      // all that are judged live
	Promotions   []PromotionView // on now

	Hours   HourReader // the day by the hour; nil: not gathered
	History HistoryView
}

// HourSpan is one clock hour of a day, cut at the day's edges.
type HourSpan struct {
	From, To int64 // ms since the epoch
	Hour     int   // of the clock, 0 to 23; -1: not an hour
}

// HourReader reads a floor's day by the hour. Immutable, safe for concurrent use.
// The rows it returns read the same whatever the window, and know nothing of
// now.
type HourReader interface {
	// Spans lists the hours of the floor's day up to an instant, oldest first,
	// the last still running: 23 or 25 on a day on which the clock is changed.
	Spans(floor string, at int64) []HourSpan
	// Row returns the figures of a snapshot's row over one of those hours.
	Row(r *Row, at int64, span HourSpan) *Row
	// Usual returns the sums of the stored days of a weekday within an hour,
	// and of how many days: ratios read as they are, volumes are to be divided.
	Usual(key Key, day time.Weekday, hour int) (*Row, int)
}

// HistoryView is how keeping closed days fares, for the health page.
type HistoryView struct {
	Dir       string
	Written   int64 // days since the start
	Failed    int64 // to be written, or to be read
	LastDay   string
	LastError string
}

// MaxPastBreaches bounds Snapshot.PastBreaches.
const MaxPastBreaches = 500

// FloorNamed returns the floor with the id, or the first where id is empty, or
// nil where there is none.
func (s *Snapshot) FloorNamed(id string) *FloorView {
	for _, f := range s.Floors {
		if id == "" || f.ID.String() == id {
			return f
		}
	}
	return nil
}
