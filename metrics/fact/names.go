package fact

// Names by which closed days on disk know the figures: a number may move from
// one version to the next, a name never changes its meaning. A figure without a
// name is not kept.
var (
	countNames = [NumCounts]string{
		BroughtForward:    "brought_forward",
		Offered:           "offered",
		Answered:          "answered",
		AnsweredWithin:    "answered_within",
		Abandoned:         "abandoned",
		AbandonedShort:    "abandoned_short",
		AbandonedWithin:   "abandoned_within",
		Overflowed:        "overflowed",
		OverflowedWithin:  "overflowed_within",
		Requeued:          "requeued",
		Withdrawn:         "withdrawn",
		EndedBeyond900:    "ended_beyond_900",
		WaitAnsweredMs:    "wait_answered_ms",
		WaitAbandonedMs:   "wait_abandoned_ms",
		WaitAllMs:         "wait_all_ms",
		Nonresponse:       "nonresponse",
		OfferAbandoned:    "offer_abandoned",
		OutOfHours:        "out_of_hours",
		CallbacksDue:      "callbacks_due",
		CallbacksKept:     "callbacks_kept",
		MessagesDecided:   "messages_decided",
		MessagesReplied:   "messages_replied",
		AnsweredOut:       "answered_out",
		AbandonedOut:      "abandoned_out",
		AbandonedShortOut: "abandoned_short_out",
		OverflowedOut:     "overflowed_out",
		Opened:            "opened",
		OpenedByCustomer:  "opened_by_customer",
		FirstReplies:      "first_replies",
		FRTMs:             "frt_ms",
		FRTWithin30:       "frt_within_30",
		FRTWithin60:       "frt_within_60",
		FRTWithin180:      "frt_within_180",
		LeftUnanswered:    "left_unanswered",
		TurnsBegun:        "turns_begun",
		TurnsAnswered:     "turns_answered",
		ResponseMs:        "response_ms",
		TurnsWithin180:    "turns_within_180",
		TurnsDecided:      "turns_decided",
		TurnsExcluded:     "turns_excluded",
		OmniDecided:       "omni_decided",
		OmniReplied:       "omni_replied",
		LegsEnded:         "legs_ended",
		HandledSessions:   "handled_sessions",
		TalkMs:            "talk_ms",
		HoldMs:            "hold_ms",
		WrapMs:            "wrap_ms",
		ConcurrentShare:   "concurrent_share",
		BusyMs:            "busy_ms",
		LegMs:             "leg_ms",
		AvailableMs:       "available_ms",
		IdleMs:            "idle_ms",
		OnlineMs:          "online_ms",
		PausedMs:          "paused_ms",
		PauseOverMs:       "pause_over_ms",
		SlotUsedMs:        "slot_used_ms",
		SlotMs:            "slot_ms",
		LoadShareMs:       "load_share_ms",
		LoadPeopleMs:      "load_people_ms",
		DrainingMs:        "draining_ms",
		WrapOrphans:       "wrap_orphans",
		OrphansClosed:     "orphans_closed",
		Closed:            "closed",
		Resolved:          "resolved",
		Unresolved:        "unresolved",
		Reopened:          "reopened",
		Ratings:           "ratings",
		RatingsGood:       "ratings_good",
		TransferredOut:    "transferred_out",
		Escalated:         "escalated",
		ClosedByBot:       "closed_by_bot",
		BotInvolvedClosed: "bot_involved_closed",
		BotResolved:       "bot_resolved",
		BotReplies:        "bot_replies",
		BotUnderstood:     "bot_understood",
		BotPhases:         "bot_phases",
		HandedOff:         "handed_off",
		Complaints:        "complaints",
		Refunds:           "refunds",
		Screened:          "screened",
		ScreenedClean:     "screened_clean",
		OrdersPaid:        "orders_paid",
	}
	peakNames = [NumPeaks]string{
		PeakConcurrency: "concurrency",
		PeakWaiting:     "waiting",
		PeakBotActive:   "bot_active",
		PeakWaitEndedMs: "wait_ended_ms",
	}
	distNames = [NumDists]string{
		DistWait:     "wait",
		DistFRT:      "frt",
		DistResponse: "response",
		DistHandle:   "handle",
		DistWrap:     "wrap",
	}
)

// String returns the name that never changes, "" where none was given.
func (c Count) String() string { return countNames[c] }

// String returns the name that never changes.
func (p Peak) String() string { return peakNames[p] }

// String returns the name that never changes.
func (d Dist) String() string { return distNames[d] }
