package metrics

import "wallboard/metrics/clean"

// EventType is one of the event types of the wire contract.
type EventType uint8

// The event types. TypeUnknown is never applied.
const (
	TypeUnknown EventType = iota
	TypeSessionOpened
	TypeSessionBotReply
	TypeSessionHumanRequested
	TypeSessionHandoff
	TypeSessionQueued
	TypeSessionOffered
	TypeSessionOfferFailed
	TypeSessionAssigned
	TypeSessionJoined
	TypeSessionLeft
	TypeSessionMessage
	TypeSessionHeld
	TypeSessionResumed
	TypeSessionTransferred
	TypeSessionEscalated
	TypeSessionWrapStarted
	TypeSessionWrapEnded
	TypeSessionClosed
	TypeSessionReopened
	TypeSessionRated
	TypeSessionOrdered
	TypeSessionTagged
	TypeSessionScreened
	TypeSessionEmotion
	TypeAgentPresence
	TypeAgentQueues
	TypeAgentJoined
	TypeAgentLeft
	TypeAgentCapacity
	TypeAgentProfile
	TypePlanInterval
	TypeSourceHeartbeat
	NumEventTypes
)

var eventTypeNames = [NumEventTypes]string{
	"unknown", "session.opened", "session.bot_reply", "session.human_requested", "session.handoff", "session.queued",
	"session.offered", "session.offer_failed", "session.assigned", "session.joined", "session.left", "session.message",
	"session.held", "session.resumed", "session.transferred", "session.escalated", "session.wrap_started",
	"session.wrap_ended", "session.closed", "session.reopened", "session.rated", "session.ordered", "session.tagged",
	"session.screened", "session.emotion", "agent.presence", "agent.queues", "agent.joined", "agent.left",
	"agent.capacity", "agent.profile", "plan.interval", "source.heartbeat",
}

// String returns the type's name on the wire.
func (t EventType) String() string { return eventTypeNames[t] }

// Session says whether the type belongs to a session.
func (t EventType) Session() bool { return t >= TypeSessionOpened && t <= TypeSessionEmotion }

// Agent says whether the type belongs to an agent.
func (t EventType) Agent() bool { return t >= TypeAgentPresence && t <= TypeAgentProfile }

// Choice is an optional truth value.
type Choice uint8

// The values of a Choice; the zero value says that nothing was given.
const (
	NotGiven Choice = iota
	No
	Yes
)

// Party is who acted.
type Party uint8

// The parties; the zero value says that none was given.
const (
	PartyNone Party = iota
	PartyCustomer
	PartyAgent
	PartyBot
	PartyAuto
	PartySystem
)

// Outcome is how a session closed.
type Outcome uint8

// The outcomes; OutcomeNone reads as completed: handled, resolution unknown.
const (
	OutcomeNone Outcome = iota
	OutcomeResolved
	OutcomeUnresolved
	OutcomeCompleted
	OutcomeAbandoned
	OutcomeOverflowed
	OutcomeTimedOut
	OutcomeCancelled
	OutcomeCallback
	OutcomeSpam
)

// OfferFailure is why an offer came to nothing.
type OfferFailure uint8

// The reasons; a missing one counts as missed.
const (
	OfferFailureNone OfferFailure = iota
	OfferMissed
	OfferRejected
	OfferTimeout
	OfferWithdrawn
	OfferCustomerLeft
)

// LegRole is the part an agent plays in a session besides handling it.
type LegRole uint8

// The roles of session.joined.
const (
	RoleNone LegRole = iota
	RoleConference
	RoleConsult
	RoleMonitor
	RoleBarge
)

// QueueKind is what waits in a queue.
type QueueKind uint8

// The kinds; the zero value is a live contact.
const (
	KindLive QueueKind = iota
	KindCallback
	KindMessage
)

// TransferKind is how a session was passed on.
type TransferKind uint8

// The kinds of transfer.
const (
	TransferNone TransferKind = iota
	TransferBlind
	TransferAttended
)

// HandoffTrigger is what ended the bot's phase.
type HandoffTrigger uint8

// The triggers.
const (
	HandoffNone HandoffTrigger = iota
	HandoffUser
	HandoffFailures
	HandoffRule
)

// OrderStage is where an order stands.
type OrderStage uint8

// The stages.
const (
	OrderNone OrderStage = iota
	OrderCreated
	OrderPaid
	OrderCancelled
	OrderRefunded
)

// ViolationClass groups what screening found.
type ViolationClass uint8

// The classes of session.screened.
const (
	ViolationNone ViolationClass = iota
	ViolationEfficacy
	ViolationMedical
	ViolationExaggeration
	ViolationOther
)

// Severity grades what screening found.
type Severity uint8

// The severities of session.screened.
const (
	SeverityNone Severity = iota
	SeverityNote
	SeverityWarn
	SeverityBan
)

// Presence is what a person has set for themselves.
type Presence uint8

// The presences; PresenceUnknown is that of a person who never said.
const (
	PresenceUnknown Presence = iota
	PresenceOffline
	PresenceAvailable
	PresencePaused
	PresenceAway
	NumPresences
)

// Membership is one entry of agent.queues.
type Membership struct {
	Queue    clean.Text
	Priority int32
}

// ChannelSlots is one entry of agent.capacity.
type ChannelSlots struct {
	Channel clean.Text
	Slots   int32
}

// Event is one decoded event of the wire contract, flat: a field that its type
// does not use is zero. Texts and slices may share the decoder's buffers and
// hold only until the call they were passed to returns; Clone makes one that
// may be kept. Times are milliseconds since the Unix epoch, finer parts cut
// off; 0 means not given.
type Event struct {
	Type     EventType
	Time     int64  // when it happened
	Arrival  int64  // when it reached the stream; recordedtime in files; 0: Time stands for it
	Sequence uint64 // position in the stream, 0 outside JetStream

	ID, Source      clean.Text
	Floor, Channel  clean.Text
	Session, Queue  clean.Text
	Agent, Customer clean.Text

	// session.opened, session.queued
	Origin        Party  // customer or agent
	Bot           Choice // also agent.profile
	Insight       Choice
	Touchpoint    clean.Text
	CustomerClass clean.Text
	Skills        []clean.Text // also agent.profile
	Lang          clean.Text
	Priority      int32
	Tier          int8 // 1..3; also session.escalated and agent.profile
	Kind          QueueKind
	Due           int64

	// bot, offers, legs, messages
	Understood   Choice
	Trigger      HandoffTrigger
	OfferFailure OfferFailure
	Role         LegRole
	By           Party // also closed, reopened, screened
	ToQueue      clean.Text
	ToAgent      clean.Text
	TransferKind TransferKind
	Outcome      Outcome

	// session.rated: shares are NaN where a part was not given
	Score, Scale                            float64
	Speed, OutcomePart, Attitude, SkillPart float64
	Reasons                                 []clean.Text

	// session.ordered
	Order        clean.Text
	Stage        OrderStage
	Amount       float64
	Currency     clean.Text
	AttributedTo clean.Text
	Reminded     Choice

	// session.tagged, session.screened, session.emotion
	Topic      clean.Text
	Complaint  Choice
	Refund     Choice
	Confirmed  Choice
	Violations int32
	Rules      []clean.Text
	Class      ViolationClass
	Severity   Severity
	Label      clean.Text
	Confidence float64 // NaN where not given
	Actual     clean.Text

	// agent.*
	Presence  Presence
	Reason    clean.Text // of agent.presence
	Planned   Choice
	Until     int64
	Queues    []Membership
	Paused    Choice
	Slots     []ChannelSlots
	Exclusive []clean.Text
	Total     int32 // 0: not given
	Name      clean.Text
	Team      clean.Text
	Langs     []clean.Text

	// plan.interval: figures are NaN where not given; source.heartbeat
	From          int64
	Minutes       int32
	PlanOffered   float64
	PlanAHTSec    float64
	PlanPeople    float64
	HeartbeatSeq  int64
	HeartbeatOpen int64 // -1: not given
}
