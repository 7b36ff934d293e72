package wire

import (
	"math"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// The words of each enumeration, by its value in metrics. Where a type allows
// only some of them, the others are left "".
var (
	anyParty      = []string{"", "customer", "agent", "bot", "auto", "system"}
	originWords   = []string{"", "customer", "agent"}
	messageBy     = []string{"", "customer", "agent", "bot", "auto"}
	closedBy      = []string{"", "customer", "agent", "bot", "", "system"}
	outcomeWords  = []string{"", "resolved", "unresolved", "completed", "abandoned", "overflowed", "timed_out", "cancelled", "callback", "spam"}
	failureWords  = []string{"", "missed", "rejected", "timeout", "withdrawn", "customer_left"}
	roleWords     = []string{"", "conference", "consult", "monitor", "barge"}
	kindWords     = []string{"live", "callback", "message"}
	transferWords = []string{"", "blind", "attended"}
	triggerWords  = []string{"", "user", "failures", "rule"}
	stageWords    = []string{"", "created", "paid", "cancelled", "refunded"}
	classWords    = []string{"", "efficacy", "medical", "exaggeration", "other"}
	severityWords = []string{"", "note", "warn", "ban"}
	presenceWords = []string{"", "offline", "available", "paused", "away"}
)

// Fields that several types have.
func byField(words []string) field {
	return word("by", words, func(e *metrics.Event) *metrics.Party { return &e.By })
}

func tierField() field {
	return integer("tier", 1, 3, func(e *metrics.Event) *int8 { return &e.Tier })
}

func skillsField() field {
	return texts("skills", func(e *metrics.Event) *[]clean.Text { return &e.Skills })
}

func botField() field {
	return choice("bot", func(e *metrics.Event) *metrics.Choice { return &e.Bot })
}

func classField() field {
	return text("customer_class", func(e *metrics.Event) *clean.Text { return &e.CustomerClass })
}

func langField() field {
	return text("lang", func(e *metrics.Event) *clean.Text { return &e.Lang })
}

func confirmedField() field {
	return choice("confirmed", func(e *metrics.Event) *metrics.Choice { return &e.Confirmed })
}

// fieldsOf returns the fields of a type's data in the order of the contract.
// Decoding, encoding and the test of the AsyncAPI document all read this table.
func fieldsOf(t metrics.EventType) []field {
	switch t {
	case metrics.TypeSessionOpened:
		return []field{
			word("origin", originWords, func(e *metrics.Event) *metrics.Party { return &e.Origin }),
			botField(),
			text("touchpoint", func(e *metrics.Event) *clean.Text { return &e.Touchpoint }),
			choice("insight", func(e *metrics.Event) *metrics.Choice { return &e.Insight }),
			classField(), skillsField(), langField(),
		}
	case metrics.TypeSessionBotReply:
		return []field{choice("understood", func(e *metrics.Event) *metrics.Choice { return &e.Understood })}
	case metrics.TypeSessionHandoff:
		return []field{word("trigger", triggerWords, func(e *metrics.Event) *metrics.HandoffTrigger { return &e.Trigger })}
	case metrics.TypeSessionQueued:
		return []field{
			integer("priority", -maxInt32, maxInt32, func(e *metrics.Event) *int32 { return &e.Priority }),
			tierField(), classField(), skillsField(), langField(),
			word("kind", kindWords, func(e *metrics.Event) *metrics.QueueKind { return &e.Kind }),
			instant("due", func(e *metrics.Event) *int64 { return &e.Due }),
		}
	case metrics.TypeSessionOfferFailed:
		return []field{word("reason", failureWords, func(e *metrics.Event) *metrics.OfferFailure { return &e.OfferFailure })}
	case metrics.TypeSessionJoined, metrics.TypeSessionLeft:
		return []field{word("role", roleWords, func(e *metrics.Event) *metrics.LegRole { return &e.Role })}
	case metrics.TypeSessionMessage:
		return []field{byField(messageBy).needed()}
	case metrics.TypeSessionTransferred:
		return []field{
			text("to_queue", func(e *metrics.Event) *clean.Text { return &e.ToQueue }),
			text("to_agent", func(e *metrics.Event) *clean.Text { return &e.ToAgent }),
			word("kind", transferWords, func(e *metrics.Event) *metrics.TransferKind { return &e.TransferKind }),
		}
	case metrics.TypeSessionEscalated:
		return []field{tierField()}
	case metrics.TypeSessionClosed:
		return []field{
			word("outcome", outcomeWords, func(e *metrics.Event) *metrics.Outcome { return &e.Outcome }),
			byField(closedBy),
		}
	case metrics.TypeSessionReopened:
		return []field{byField(anyParty)}
	}
	if t.Session() {
		return factFields(t)
	}
	return peopleFields(t)
}

// factFields returns the data of what is said about a session.
func factFields(t metrics.EventType) []field {
	switch t {
	case metrics.TypeSessionRated:
		return []field{
			number("score", 0, maxScore, 0, func(e *metrics.Event) *float64 { return &e.Score }).needed(),
			number("scale", 1, maxScore, usualScale, func(e *metrics.Event) *float64 { return &e.Scale }),
			number("speed", 0, maxScore, math.NaN(), func(e *metrics.Event) *float64 { return &e.Speed }),
			number("outcome", 0, maxScore, math.NaN(), func(e *metrics.Event) *float64 { return &e.OutcomePart }),
			number("attitude", 0, maxScore, math.NaN(), func(e *metrics.Event) *float64 { return &e.Attitude }),
			number("skill", 0, maxScore, math.NaN(), func(e *metrics.Event) *float64 { return &e.SkillPart }),
			texts("reasons", func(e *metrics.Event) *[]clean.Text { return &e.Reasons }),
		}
	case metrics.TypeSessionOrdered:
		return []field{
			text("order", func(e *metrics.Event) *clean.Text { return &e.Order }).needed(),
			word("stage", stageWords, func(e *metrics.Event) *metrics.OrderStage { return &e.Stage }).needed(),
			number("amount", -maxAmount, maxAmount, 0, func(e *metrics.Event) *float64 { return &e.Amount }),
			text("currency", func(e *metrics.Event) *clean.Text { return &e.Currency }),
			text("attributed_to", func(e *metrics.Event) *clean.Text { return &e.AttributedTo }),
			choice("reminded", func(e *metrics.Event) *metrics.Choice { return &e.Reminded }),
		}
	case metrics.TypeSessionTagged:
		return []field{
			text("topic", func(e *metrics.Event) *clean.Text { return &e.Topic }),
			choice("complaint", func(e *metrics.Event) *metrics.Choice { return &e.Complaint }),
			choice("refund", func(e *metrics.Event) *metrics.Choice { return &e.Refund }),
			confirmedField(),
		}
	case metrics.TypeSessionScreened:
		return []field{
			integer("violations", 0, maxCount, func(e *metrics.Event) *int32 { return &e.Violations }),
			texts("rules", func(e *metrics.Event) *[]clean.Text { return &e.Rules }),
			word("class", classWords, func(e *metrics.Event) *metrics.ViolationClass { return &e.Class }),
			word("severity", severityWords, func(e *metrics.Event) *metrics.Severity { return &e.Severity }),
			byField(anyParty),
		}
	case metrics.TypeSessionEmotion:
		return []field{
			text("label", func(e *metrics.Event) *clean.Text { return &e.Label }),
			number("confidence", 0, 1, math.NaN(), func(e *metrics.Event) *float64 { return &e.Confidence }),
			text("actual", func(e *metrics.Event) *clean.Text { return &e.Actual }),
		}
	}
	return nil
}

// peopleFields returns the data of what is said about people, plans and
// sources.
func peopleFields(t metrics.EventType) []field {
	switch t {
	case metrics.TypeAgentPresence:
		return []field{
			word("presence", presenceWords, func(e *metrics.Event) *metrics.Presence { return &e.Presence }).needed(),
			text("reason", func(e *metrics.Event) *clean.Text { return &e.Reason }),
			choice("planned", func(e *metrics.Event) *metrics.Choice { return &e.Planned }),
			instant("until", func(e *metrics.Event) *int64 { return &e.Until }),
			// The attribute says the same; where both are given this one counts.
			text("queue", func(e *metrics.Event) *clean.Text { return &e.Queue }),
		}
	case metrics.TypeAgentQueues:
		return []field{{name: "queues", form: formMemberships, required: true,
			members: func(e *metrics.Event) *[]metrics.Membership { return &e.Queues }}}
	case metrics.TypeAgentJoined, metrics.TypeAgentLeft:
		return []field{choice("paused", func(e *metrics.Event) *metrics.Choice { return &e.Paused })}
	case metrics.TypeAgentCapacity:
		return []field{
			{name: "slots", form: formSlots, channels: func(e *metrics.Event) *[]metrics.ChannelSlots { return &e.Slots }},
			{name: "exclusive", form: formChannels, texts: func(e *metrics.Event) *[]clean.Text { return &e.Exclusive }},
			integer("total", 0, maxCount, func(e *metrics.Event) *int32 { return &e.Total }),
		}
	case metrics.TypeAgentProfile:
		return []field{
			text("name", func(e *metrics.Event) *clean.Text { return &e.Name }),
			text("team", func(e *metrics.Event) *clean.Text { return &e.Team }),
			tierField(), skillsField(),
			texts("langs", func(e *metrics.Event) *[]clean.Text { return &e.Langs }),
			botField(),
		}
	case metrics.TypePlanInterval:
		return []field{
			instant("from", func(e *metrics.Event) *int64 { return &e.From }).needed(),
			integer("minutes", 1, 1440, func(e *metrics.Event) *int32 { return &e.Minutes }).needed(),
			number("offered", 0, maxCount, math.NaN(), func(e *metrics.Event) *float64 { return &e.PlanOffered }),
			number("aht", 0, maxCount, math.NaN(), func(e *metrics.Event) *float64 { return &e.PlanAHTSec }),
			number("people", 0, maxCount, math.NaN(), func(e *metrics.Event) *float64 { return &e.PlanPeople }),
		}
	case metrics.TypeSourceHeartbeat:
		return []field{
			integer("seq", 0, maxSafe, func(e *metrics.Event) *int64 { return &e.HeartbeatSeq }),
			integer("open", 0, maxSafe, func(e *metrics.Event) *int64 { return &e.HeartbeatOpen }).unless(-1),
		}
	}
	return nil
}
