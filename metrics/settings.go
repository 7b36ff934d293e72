package metrics

import "time"

// Variant is one of the seven service-level variants of kpis.md.
type Variant uint8

// The variants; the zero value is the default.
const (
	VariantOfferedLessShort Variant = iota
	VariantOffered
	VariantAnsweredOnly
	VariantRemoved
	VariantLateAbandons
	VariantSL2
	VariantWithOverflow
	NumVariants
)

var variantNames = [NumVariants]string{"offered_less_short", "offered", "answered_only", "removed", "late_abandons", "sl2", "with_overflow"}

// String returns the name used in configuration and JSON.
func (v Variant) String() string { return variantNames[v] }

// ParseVariant is the inverse of String.
func ParseVariant(name string) (Variant, bool) {
	for v, n := range variantNames {
		if n == name {
			return Variant(v), true
		}
	}
	return 0, false
}

// Settings are what the engine is told before the first event. Build them with
// DefaultSettings and change fields; NewEngine checks them once. The engine
// copies nothing: do not change them afterwards.
type Settings struct {
	Floors          map[string]FloorSettings // by floor id; a floor not named takes Floor
	Floor           FloorSettings
	Service         ServiceLevel               // the base
	Services        []ServiceOverride          // most specific wins: queue x channel > queue > channel > base; of equals the last
	Channels        map[string]ChannelSettings // by channel id, over Channel
	Channel         ChannelSettings
	HumanOnlyTopics []string
	Agents          []AgentSettings
	Allowances      map[string]time.Duration // pause allowance by reason; none: no allowance is known and no gap is counted
	Quality         QualitySettings
	Limits          Limits
}

// QualitySettings say what moods, sales and productivity are measured by.
type QualitySettings struct {
	NegativeLabels   []string // of emotions
	Confidence       float64  // in [0,1]: a label less sure changes nothing
	CreditCreated    bool     // an order created converts, not only one paid
	ConversionBase   float64  // percent, of conversion_uplift; 0: none
	Currency         string   // of order amounts; "": the floor's first
	ProductivityBase float64  // contacts an hour, of productivity_uplift; 0: none
}

// FloorSettings place a floor in time.
type FloorSettings struct {
	Zone     *time.Location // of days, minutes and hours
	DayStart time.Duration  // after local midnight
}

// ServiceLevel is what "answered in time" means.
type ServiceLevel struct {
	AnswerWithin time.Duration // T, inclusive
	ShortAbandon time.Duration // inclusive
	Variant      Variant
}

// ServiceOverride is a ServiceLevel for a queue, a channel or both; nil fields
// inherit from the next less specific one.
type ServiceOverride struct {
	Queue, Channel string // empty: any
	AnswerWithin   *time.Duration
	ShortAbandon   *time.Duration
	Variant        *Variant
}

// ChannelSettings are how a channel works.
type ChannelSettings struct {
	FirstReplyIsAnswer bool          // voice: frt = answer - queued
	Slots              int           // capacity of agents that sent no agent.capacity
	ReplyWithin        time.Duration // reply_rate_3m's limit and omnichannel_rate's T
	OrphanAfter        time.Duration // an open session older than this is closed by age
	Hours, Duty        Hours         // when contacts count as in hours, and when people are on duty
}

// Hours is a weekly opening time in the floor's zone.
type Hours struct {
	Days     [7]bool       // by time.Weekday; all false: every day
	From, To time.Duration // since local midnight; equal: the whole day
	Holidays []string      // closed dates, YYYY-MM-DD
}

// AgentSettings introduce a person or machine before it speaks.
type AgentSettings struct {
	ID      string
	Aliases []string // other ids that mean the same agent
	Name    string
	Team    string
	Bot     bool
	Slots   map[string]int
}

// Limits cap what hostile input can make the engine keep. Beyond one, an
// entity is counted as "other" and the excess is on the health page.
type Limits struct {
	Agents, Queues, Channels, Topics, OpenSessions, Floors int
	RememberedSessions                                     int           // closed ones, oldest out
	RememberFor                                            time.Duration // how long a closed one may be reopened, rated, tagged
	DedupIDs                                               int           // ids kept at least
	DedupMaxIDs                                            int           // and at most
	DedupFor                                               time.Duration // ids are kept at least this long
	HoldBack                                               time.Duration // how long a misfit waits for what it needs
	Lookback                                               time.Duration
}

// DefaultSettings returns the defaults of config.md and kpis.md in the zone given.
func DefaultSettings(zone *time.Location) Settings {
	day := Hours{}
	second, minute, hour := time.Second, time.Minute, time.Hour
	d := func(v time.Duration) *time.Duration { return &v }
	return Settings{
		Floor:   FloorSettings{Zone: zone},
		Service: ServiceLevel{AnswerWithin: 60 * second, ShortAbandon: 5 * second},
		Services: []ServiceOverride{
			{Channel: "voice", AnswerWithin: d(20 * second)},
			{Channel: "wechat", AnswerWithin: d(180 * second)},
			{Channel: "email", AnswerWithin: d(4 * hour)},
			{Channel: "ticket", AnswerWithin: d(4 * hour)},
			{Channel: "twitter", AnswerWithin: d(4 * hour)},
		},
		Channel: ChannelSettings{Slots: 5, ReplyWithin: 180 * second, OrphanAfter: 24 * hour, Hours: day, Duty: day},
		Channels: map[string]ChannelSettings{
			"voice": {FirstReplyIsAnswer: true, Slots: 1, ReplyWithin: 180 * second, OrphanAfter: 24 * hour, Hours: day, Duty: day},
			"email": {Slots: 10, ReplyWithin: 4 * hour, OrphanAfter: 14 * 24 * hour, Hours: day, Duty: day},
			// Tickets and public threads rest for months and go on.
			"ticket":  {Slots: 50, ReplyWithin: 4 * hour, OrphanAfter: 3650 * 24 * hour, Hours: day, Duty: day},
			"twitter": {Slots: 50, ReplyWithin: 4 * hour, OrphanAfter: 3650 * 24 * hour, Hours: day, Duty: day},
		},
		HumanOnlyTopics: []string{"funds", "defect", "privacy"},
		Quality: QualitySettings{
			NegativeLabels: []string{"negative", "angry", "anxious", "sad", "disappointed", "负面", "愤怒", "焦虑", "失望"},
			Confidence:     0.6,
		},
		Limits: Limits{
			Agents: 10_000, Queues: 1_000, Channels: 64, Topics: 1_000, OpenSessions: 1_000_000, Floors: 64,
			RememberedSessions: 2_000_000, RememberFor: 48 * hour,
			DedupIDs: 2_000_000, DedupMaxIDs: 16_000_000, DedupFor: 15 * minute,
			HoldBack: 5 * second, Lookback: 24 * hour,
		},
	}
}
