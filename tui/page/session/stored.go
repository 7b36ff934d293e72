package session

import (
	"strings"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/panel"
)

// storage says how far the session was read from where events are stored.
type storage uint8

const (
	unread  storage = iota // and will be
	reads                  // now
	stopped                // by the viewer
	failed                 // and why
	whole                  // all there is was read
	nowhere                // nothing is stored
)

// story is what was read of a session beyond its last steps.
type story struct {
	state    storage
	timeline metrics.Timeline
	why      clean.Text
	read     int64 // of total
	total    int64
	elapsed  time.Duration
}

// NothingStored says that the session cannot be read in full.
func (v *Session) NothingStored() { v.story.state = nowhere }

// WantsTimeline says which session is to be read in full, if it is time for it:
// the last steps come first, and with them the channel that makes reading short.
func (v *Session) WantsTimeline(s *panel.Scene) (floor, channel, id string, ok bool) {
	if v.story.state != unread || s.Floor == nil || !v.answered && !v.still {
		return "", "", "", false
	}
	v.story.state = reads
	v.story.read, v.story.total, v.story.elapsed = 0, 0, 0
	if d, known := v.view(s); known {
		channel = d.Channel.String()
	}
	return s.Floor.ID.String(), channel, v.id.String(), true
}

// Progress is told how far reading has come.
func (v *Session) Progress(read, total int64, elapsed time.Duration) {
	v.story.read, v.story.total, v.story.elapsed = read, total, elapsed
}

// TakeTimeline takes what was read.
func (v *Session) TakeTimeline(t metrics.Timeline, err error) {
	if err != nil {
		v.story.state, v.story.why = failed, clean.Line(err.Error())
		return
	}
	v.story.state, v.story.timeline = whole, t
	v.follow(v.detail.Steps)
}

// Reads says whether reading goes on.
func (v *Session) Reads() bool { return v.story.state == reads }

// StopReading ends reading until the viewer asks for it.
func (v *Session) StopReading() { v.story.state = stopped }

// ForgetReading ends reading until the page is on top again.
func (v *Session) ForgetReading() {
	if v.story.state == reads {
		v.story.state = unread
	}
}

// readAgain begins anew what was stopped or has failed.
func (v *Session) readAgain() {
	if v.story.state == stopped || v.story.state == failed {
		v.story.state = unread
	}
}

// sameMs is how far the times of one event may lie apart in what the engine
// keeps and in what is stored.
const sameMs = 32

// follow adds what has happened since the session was read: the engine's steps
// that are none of those.
func (v *Session) follow(recent []metrics.StepView) {
	if v.story.state != whole || len(v.story.timeline.Steps) == 0 {
		return
	}
	for _, step := range recent {
		all := v.story.timeline.Steps
		if step.At >= all[len(all)-1].At-sameMs && !listed(all, step) {
			v.story.timeline.Steps = append(all[:len(all):len(all)], step)
		}
	}
}

// listed says whether a step is one of the last ones of a list.
func listed(all []metrics.StepView, step metrics.StepView) bool {
	for i := len(all) - 1; i >= 0 && all[i].At >= step.At-sameMs; i-- {
		if all[i].Type == step.Type && all[i].By == step.By && all[i].At <= step.At+sameMs {
			return true
		}
	}
	return false
}

// steps returns all steps that are known, oldest first.
func (v *Session) steps(d *metrics.SessionDetail) []metrics.StepView {
	if len(v.story.timeline.Steps) > 0 {
		return v.story.timeline.Steps
	}
	return d.Steps
}

// fromStory is what stored events say of a session that the board does not know
// any more.
func (v *Session) fromStory() (*metrics.SessionDetail, bool) {
	all := v.story.timeline.Steps
	if len(all) == 0 {
		return nil, false
	}
	d := &metrics.SessionDetail{SessionView: metrics.SessionView{ID: v.id, State: metrics.StateClosed, OpenedAt: all[0].At, StateSince: all[len(all)-1].At}}
	for _, step := range all {
		if !step.Queue.Empty() {
			d.Queue = step.Queue
		}
		if step.Type == metrics.TypeSessionAssigned {
			d.Agent = step.Agent
		}
		if step.Type == metrics.TypeSessionClosed {
			d.Outcome, d.StateSince = step.Outcome, step.At
		}
		if step.Type == metrics.TypeSessionMessage {
			d.Messages++
		}
	}
	return d, true
}

// storedWord says how far the session was read and what can be done about it.
func (v *Session) storedWord(p *panel.Pen, episodes int) clean.Text {
	y := &v.story
	switch y.state {
	case nowhere:
		return p.Say.Say(i18n.StoryNowhere)
	case reads:
		return v.progressWord(p)
	case stopped:
		return p.Say.Fill(i18n.StoryStopped, p.Num.Count(y.read), p.Num.Count(max(y.read, y.total)))
	case failed:
		return p.Say.Fill(i18n.StoryFailed, y.why)
	case whole:
		if len(y.timeline.Steps) == 0 {
			return p.Say.Fill(i18n.StoryNothing, p.Num.Count(y.timeline.Read))
		}
		return v.wholeWord(p, episodes)
	}
	return clean.Text{}
}

// wholeWord says what was read, and what of it could not be kept or read.
func (v *Session) wholeWord(p *panel.Pen, episodes int) clean.Text {
	t := &v.story.timeline
	parts := []string{
		p.Say.Count(i18n.StorySteps, int64(len(t.Steps)), p.Num.Count(int64(len(t.Steps)))).String(),
		p.Say.Count(i18n.StoryEpisodes, int64(episodes), p.Num.Count(int64(episodes))).String(),
	}
	if t.From > 0 {
		from := clean.Line(p.Num.Date(t.From, p.Zone).String() + " " + p.Num.Minute(t.From, p.Zone).String())
		parts = append(parts, p.Say.Fill(i18n.StoryFrom, from).String())
	}
	if t.Left > 0 {
		parts = append(parts, p.Say.Count(i18n.StoryLeft, t.Left, p.Num.Count(t.Left)).String())
	}
	if t.Garbled > 0 {
		parts = append(parts, p.Say.Count(i18n.StoryGarbled, t.Garbled, p.Num.Count(t.Garbled)).String())
	}
	return p.Say.Plain(clean.Line(strings.Join(parts, " · ")))
}

// progressWord says how far reading has come, how fast, and how long it takes.
func (v *Session) progressWord(p *panel.Pen) clean.Text {
	y := &v.story
	seconds := y.elapsed.Seconds()
	if y.total == 0 || y.read == 0 || seconds <= 0 {
		return p.Say.Say(i18n.StoryBegins)
	}
	rate := float64(y.read) / seconds
	left := p.Num.Span(float64(max(0, y.total-y.read))/rate, i18n.Up)
	return p.Say.Fill(i18n.StoryReads, p.Num.Compact(y.read), p.Num.Compact(y.total),
		p.Num.Percent(100*float64(y.read)/float64(y.total), i18n.Down), p.Num.Compact(int64(rate)), left)
}
