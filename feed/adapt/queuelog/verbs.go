package queuelog

import (
	"strings"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// effect gives the events of one entry.
type effect func(t *Translator, e *entry, emit Emit) error

// effects are the verbs that have one. The table is read only.
var effects = map[string]effect{
	"ENTERQUEUE":          (*Translator).entered,
	"CONNECT":             (*Translator).connected,
	"RINGNOANSWER":        offerFailed(metrics.OfferMissed),
	"RINGCANCELED":        offerFailed(metrics.OfferWithdrawn),
	"COMPLETEAGENT":       closed(metrics.OutcomeNone, metrics.PartyAgent),
	"COMPLETECALLER":      closed(metrics.OutcomeNone, metrics.PartyCustomer),
	"ABANDON":             closed(metrics.OutcomeAbandoned, metrics.PartyCustomer),
	"EXITWITHTIMEOUT":     closed(metrics.OutcomeOverflowed, metrics.PartySystem),
	"EXITEMPTY":           closed(metrics.OutcomeOverflowed, metrics.PartySystem),
	"EXITWITHKEY":         closed(metrics.OutcomeOverflowed, metrics.PartyCustomer),
	"TRANSFER":            transferred(metrics.TransferNone), // old logs do not say which kind
	"BLINDTRANSFER":       transferred(metrics.TransferBlind),
	"ATTENDEDTRANSFER":    transferred(metrics.TransferAttended),
	"ADDMEMBER":           (*Translator).joined,
	"REMOVEMEMBER":        (*Translator).left,
	"PAUSE":               presence(metrics.PresencePaused, true),
	"UNPAUSE":             presence(metrics.PresenceAvailable, true),
	"PAUSEALL":            presence(metrics.PresencePaused, false),
	"UNPAUSEALL":          presence(metrics.PresenceAvailable, false),
	"AGENTLOGIN":          presence(metrics.PresenceAvailable, false),
	"AGENTCALLBACKLOGIN":  presence(metrics.PresenceAvailable, false),
	"AGENTLOGOFF":         presence(metrics.PresenceOffline, false),
	"AGENTCALLBACKLOGOFF": presence(metrics.PresenceOffline, false),
	"QUEUESTART":          (*Translator).started,
}

// complete checks that an entry has what its verb needs. CONNECT may lack an
// agent: somebody unnamed answered.
func complete(e *entry) error {
	switch e.verb {
	case "ENTERQUEUE":
		if e.queue == "" {
			return errQueue
		}
		fallthrough
	case "CONNECT", "COMPLETEAGENT", "COMPLETECALLER", "ABANDON", "EXITWITHTIMEOUT", "EXITEMPTY", "EXITWITHKEY",
		"TRANSFER", "BLINDTRANSFER", "ATTENDEDTRANSFER":
		if e.call == "" {
			return errCall
		}
	case "RINGNOANSWER", "RINGCANCELED":
		if e.call == "" {
			return errCall
		}
		if e.agent == "" {
			return errAgent
		}
	case "ADDMEMBER", "REMOVEMEMBER":
		if e.queue == "" {
			return errQueue
		}
		fallthrough
	case "PAUSE", "UNPAUSE", "PAUSEALL", "UNPAUSEALL", "AGENTLOGIN", "AGENTCALLBACKLOGIN", "AGENTLOGOFF", "AGENTCALLBACKLOGOFF":
		if e.agent == "" {
			return errAgent
		}
	}
	return nil
}

// entered: parameters url, caller, position.
func (t *Translator) entered(e *entry, emit Emit) error {
	t.waiting[e.call] = e.queue
	ev := t.event(e, metrics.TypeSessionQueued, "")
	ev.Customer = t.clean(t.pseudonym(e.parameter(1)))
	return t.give(ev, emit)
}

func (t *Translator) connected(e *entry, emit Emit) error {
	delete(t.waiting, e.call)
	return t.give(t.event(e, metrics.TypeSessionAssigned, ""), emit)
}

func offerFailed(why metrics.OfferFailure) effect {
	return func(t *Translator, e *entry, emit Emit) error {
		ev := t.event(e, metrics.TypeSessionOfferFailed, "")
		ev.OfferFailure = why
		return t.give(ev, emit)
	}
}

func closed(outcome metrics.Outcome, by metrics.Party) effect {
	return func(t *Translator, e *entry, emit Emit) error {
		delete(t.waiting, e.call)
		ev := t.event(e, metrics.TypeSessionClosed, "")
		ev.Outcome, ev.By = outcome, by
		return t.give(ev, emit)
	}
}

// transferred ends the session too: what follows has another call id.
func transferred(kind metrics.TransferKind) effect {
	return func(t *Translator, e *entry, emit Emit) error {
		delete(t.waiting, e.call)
		ev := t.event(e, metrics.TypeSessionTransferred, "")
		ev.TransferKind = kind
		if err := t.give(ev, emit); err != nil {
			return err
		}
		return t.give(t.event(e, metrics.TypeSessionClosed, "closed"), emit)
	}
}

// joined: the parameter PAUSED says that the member joins in a pause.
func (t *Translator) joined(e *entry, emit Emit) error {
	ev := t.event(e, metrics.TypeAgentJoined, "")
	if strings.EqualFold(e.parameter(0), "PAUSED") {
		ev.Paused = metrics.Yes
	}
	return t.give(ev, emit)
}

func (t *Translator) left(e *entry, emit Emit) error {
	return t.give(t.event(e, metrics.TypeAgentLeft, ""), emit)
}

// presence of a person, in one queue only where the verb is about one.
func presence(p metrics.Presence, inQueue bool) effect {
	return func(t *Translator, e *entry, emit Emit) error {
		ev := t.event(e, metrics.TypeAgentPresence, "")
		ev.Presence = p
		if !inQueue {
			ev.Queue = clean.Text{}
		}
		if p == metrics.PresencePaused {
			ev.Reason = t.clean(e.parameter(0))
		}
		return t.give(ev, emit)
	}
}

// started: the PBX began anew, and whoever waited is gone.
func (t *Translator) started(e *entry, emit Emit) error {
	for _, call := range t.sessionsWaiting() {
		gone := entry{at: e.at, call: call, queue: t.waiting[call], line: e.line}
		delete(t.waiting, call)
		ev := t.event(&gone, metrics.TypeSessionClosed, call)
		ev.Outcome, ev.By = metrics.OutcomeCancelled, metrics.PartySystem
		if err := t.give(ev, emit); err != nil {
			return err
		}
	}
	return nil
}
