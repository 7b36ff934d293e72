package sim

import (
	"fmt"
	"slices"

	"wallboard/metrics"
)

func (k *checker) queued(c *course, e *metrics.Event) error {
	if e.Queue.Empty() {
		return fmt.Errorf("queued nowhere")
	}
	switch c.state {
	case "closed":
		again := c.outcome == metrics.OutcomeOverflowed || c.outcome == metrics.OutcomeTimedOut
		if !again || e.Time-c.closed >= 60_000 {
			return fmt.Errorf("queued after its end")
		}
	case "wrapping":
		return fmt.Errorf("queued while wrapping")
	case "active", "held":
		if !k.wild {
			return fmt.Errorf("queued while %s without a transfer", c.state)
		}
		k.endLeg(c)
	}
	c.state, c.segment, c.queue = "queued", true, e.Queue.String()
	c.offers = nil
	return nil
}

func (k *checker) offered(c *course, agent string) error {
	if agent == "" || slices.Contains(c.offers, agent) {
		return fmt.Errorf("offered to %q", agent)
	}
	if err := k.ready(c, agent); err != nil {
		return err
	}
	c.offers = append(c.offers, agent)
	c.state = "offered"
	return nil
}

// ready says whether a well-run floor could give the agent one more.
func (k *checker) ready(c *course, agent string) error {
	d := k.desk(agent)
	switch {
	case k.wild:
		return nil
	case d.present != metrics.PresenceAvailable:
		return fmt.Errorf("%s is %d, not available", agent, d.present)
	case c.queue != "" && (!d.queues[c.queue] || d.paused[c.queue]):
		return fmt.Errorf("%s does not serve %s now", agent, c.queue)
	case d.used[c.channel] >= d.slots[c.channel] || d.load() >= d.total:
		return fmt.Errorf("%s has no slot free", agent)
	case c.channel == "voice" && d.load() > 0 || c.channel != "voice" && d.used["voice"] > 0:
		return fmt.Errorf("%s is on an exclusive channel", agent)
	}
	return nil
}

func (c *course) offerFailed(agent string) error {
	i := slices.Index(c.offers, agent)
	if i < 0 {
		return fmt.Errorf("no offer rings at %s", agent)
	}
	c.offers = slices.Delete(c.offers, i, i+1)
	if len(c.offers) == 0 {
		c.state = "open"
		if c.segment {
			c.state = "queued"
		}
	}
	return nil
}

func (k *checker) assigned(c *course, agent string) error {
	d := k.desk(agent)
	if d.bot {
		if c.state != "open" && c.state != "bot" {
			return fmt.Errorf("taken by a machine")
		}
		c.state = "bot"
		return nil
	}
	switch c.state {
	case "offered":
		if !slices.Equal(c.offers, []string{agent}) && !k.wild {
			return fmt.Errorf("assigned to %s while it rings at %v", agent, c.offers)
		}
	case "open", "queued":
	case "active", "held":
		if !k.wild {
			return fmt.Errorf("assigned while %s has it", c.agent)
		}
		k.endLeg(c)
	default:
		return fmt.Errorf("assigned")
	}
	c.state, c.segment, c.agent, c.offers = "active", false, agent, nil
	delete(c.ended, agent)
	return k.seat(c, agent)
}

func (k *checker) seat(c *course, agent string) error {
	d := k.desk(agent)
	d.used[c.channel]++
	if !k.wild && (d.used[c.channel] > d.slots[c.channel] || d.load() > d.total) {
		return fmt.Errorf("%s is over capacity: %v", agent, d.used)
	}
	return nil
}

// endLeg ends the running leg; its slot is free unless a wrap follows at once.
func (k *checker) endLeg(c *course) {
	if c.agent == "" {
		return
	}
	k.desk(c.agent).used[c.channel]--
	c.ended[c.agent] = true
	c.agent = ""
}

func (k *checker) joined(c *course, e *metrics.Event, agent string) error {
	if agent == "" || agent == c.agent || c.joined[agent] || c.monitor[agent] || e.Role == metrics.RoleNone {
		return fmt.Errorf("joined by %q as %d", agent, e.Role)
	}
	if e.Role == metrics.RoleMonitor {
		c.monitor[agent] = true
		return nil
	}
	c.joined[agent] = true
	return k.seat(c, agent)
}

func (k *checker) left(c *course, agent string) error {
	switch {
	case c.monitor[agent]:
		delete(c.monitor, agent)
	case c.joined[agent]:
		delete(c.joined, agent)
		k.desk(agent).used[c.channel]--
	default:
		return fmt.Errorf("%s left without having joined", agent)
	}
	return nil
}

func (k *checker) message(c *course, e *metrics.Event, agent string) error {
	switch e.By {
	case metrics.PartyNone:
		return fmt.Errorf("message by nobody")
	case metrics.PartyAgent:
		if c.agent != agent && !c.joined[agent] && !k.wild {
			return fmt.Errorf("message by %s, who has no leg", agent)
		}
	case metrics.PartyBot:
		if c.state != "bot" {
			return fmt.Errorf("the bot speaks in a person's chat")
		}
	}
	return nil
}

func (k *checker) transferred(c *course, e *metrics.Event) error {
	if e.ToQueue.Empty() == e.ToAgent.Empty() {
		return fmt.Errorf("transferred to %q and %q", e.ToQueue, e.ToAgent)
	}
	if len(c.joined)+len(c.monitor) > 0 && !k.wild {
		return fmt.Errorf("transferred with others in")
	}
	k.endLeg(c)
	if to := e.ToQueue.String(); to != "" {
		c.state, c.segment, c.queue = "queued", true, to
		return nil
	}
	c.state, c.segment, c.offers = "offered", false, []string{e.ToAgent.String()}
	return nil
}

func (k *checker) wrapStarted(c *course, agent string) error {
	switch {
	case c.wraps[agent]:
		return fmt.Errorf("%s wraps already", agent)
	case c.agent == agent && (c.state == "active" || c.state == "held"):
		c.agent, c.state = "", "wrapping"
	case c.ended[agent]:
		delete(c.ended, agent)
		k.desk(agent).used[c.channel]++
	default:
		return fmt.Errorf("%s has nothing to wrap", agent)
	}
	c.wraps[agent] = true
	return nil
}

func (k *checker) closed(c *course, e *metrics.Event) error {
	if len(c.joined)+len(c.monitor) > 0 && !k.wild {
		return fmt.Errorf("closed with others in")
	}
	if e.Outcome == metrics.OutcomeAbandoned && c.state != "queued" && c.state != "offered" && !k.wild {
		return fmt.Errorf("abandoned in %s", c.state)
	}
	if len(c.wraps) > 0 && !k.wild {
		return fmt.Errorf("closed while %v wrap", c.wraps)
	}
	k.endLeg(c)
	for a := range c.wraps {
		k.desk(a).used[c.channel]--
	}
	for a := range c.joined {
		k.desk(a).used[c.channel]--
	}
	c.wraps, c.joined, c.monitor = map[string]bool{}, map[string]bool{}, map[string]bool{}
	c.state, c.segment, c.offers = "closed", false, nil
	c.outcome, c.closed = e.Outcome, e.Time
	return nil
}
