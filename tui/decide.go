package tui

import (
	"errors"
	"strconv"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wallboard/metrics"
	"wallboard/metrics/ack"
	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/keys"
	"wallboard/tui/panel"
)

// minSilence is the shortest silence: below it nothing would be heard anyway.
const minSilence = time.Minute

// silenceChoices are the times that up and down offer.
func silenceChoices() [4]string { return [...]string{"15m", "1h", "4h", "24h"} }

// chooser is a page that knows which breach its cursor is at.
type chooser interface {
	// Breach returns nil where the cursor is at none.
	Breach(s *panel.Scene) *metrics.Breach
}

// subject returns the breach that a key is about: the one at the cursor, else
// the loudest that the key can do something to.
func (v *viewer) subject(can func(*metrics.Breach) bool) *metrics.Breach {
	v.prepare()
	if page, ok := v.top().(chooser); ok {
		if b := page.Breach(v.scene); b != nil {
			return b
		}
	}
	return v.scene.Loudest(can)
}

// decide begins what a key does to a breach.
func (v *viewer) decide(a keys.Action) {
	b := v.decidable(a)
	switch {
	case b == nil:
	case a == keys.Acknowledge:
		v.prompt = prompt{kind: ackPrompt, breach: *b}
	case a == keys.Silence:
		v.prompt = prompt{kind: silencePrompt, breach: *b, fresh: true}
		v.prompt.set(silenceChoices()[1])
	default:
		v.answer(v.handler.Unsilence(*b), i18n.NoticeUnsilenced, v.named(b))
	}
}

// decidable returns the breach that a key can do something to; nil, and a notice
// that says why, where there is none.
func (v *viewer) decidable(a keys.Action) *metrics.Breach {
	at := v.shown().At
	var b *metrics.Breach
	switch a {
	case keys.Acknowledge:
		b = v.subject(func(b *metrics.Breach) bool { return b.AckedBy.Empty() && !panel.Silenced(b, at) })
	case keys.Silence:
		b = v.subject(func(b *metrics.Breach) bool { return !panel.Silenced(b, at) })
	case keys.Unsilence:
		b = v.subject(func(b *metrics.Breach) bool { return panel.Silenced(b, at) })
	}
	switch {
	case b == nil:
		v.notice = v.pen.Say.Say(i18n.NoticeNoBreach)
	case v.handler == nil:
		v.notice = v.pen.Say.Say(i18n.NoticeOnlyLooks)
	case a == keys.Acknowledge && !b.AckedBy.Empty():
		v.notice = v.pen.Say.Fill(i18n.NoticeAcked, v.named(b), b.AckedBy)
	case a == keys.Unsilence && !panel.Silenced(b, at):
		v.notice = v.pen.Say.Fill(i18n.NoticeNotSilenced, v.named(b))
	default:
		return b
	}
	return nil
}

// named writes which breach is meant, without naming a person.
func (v *viewer) named(b *metrics.Breach) clean.Text {
	return v.pen.Say.Fill(i18n.BreachNamed, v.pen.Whose(v.scene, panel.NoticeOf(b)), v.pen.KPIName(b.KPI))
}

// answer says what came of it: done, or why it cannot be tried.
func (v *viewer) answer(err error, done i18n.ID, args ...clean.Text) {
	var taken ack.TakenError
	if errors.As(err, &taken) {
		v.notice = v.pen.Say.Fill(i18n.NoticeTaken, taken.By)
		return
	}
	if err != nil {
		v.notice = v.pen.Say.Fill(i18n.NoticeFailed, clean.Own(err.Error()))
		return
	}
	v.notice = v.pen.Say.Fill(done, args...)
}

// decided takes the line typed for a decision. It says whether that is the end
// of it: a time that cannot be read stays in the prompt.
func (v *viewer) decided(p prompt) (next prompt) {
	switch p.kind {
	case ackPrompt:
		v.answer(v.handler.Acknowledge(p.breach, p.text()), i18n.NoticeAcknowledged, v.named(&p.breach))
	case silencePrompt:
		d, ok := parseSilence(p.text().String())
		if !ok {
			p.failed = true
			return p
		}
		return prompt{kind: whyPrompt, breach: p.breach, length: d}
	case whyPrompt:
		v.answer(v.handler.Silence(p.breach, p.length, p.text()), i18n.NoticeSilenced, v.named(&p.breach), v.span(p.length))
	}
	return prompt{}
}

// span writes a time of silence.
func (v *viewer) span(d time.Duration) clean.Text { return v.pen.Num.Length(d.Seconds()) }

// parseSilence reads a time of silence: "90m", "1h30m", or minutes alone.
func parseSilence(s string) (time.Duration, bool) {
	d, err := time.ParseDuration(s)
	if n, bare := strconv.Atoi(s); bare == nil && n <= int(MaxSilence/time.Minute) {
		d, err = time.Duration(n)*time.Minute, nil
	}
	return d, err == nil && d >= minSilence && d <= MaxSilence
}

// editSilence changes the typed time: up and down go through the choices, and
// the first character typed replaces what was offered.
func (p *prompt) editSilence(k tea.KeyMsg) bool {
	p.failed = false
	choices := silenceChoices()
	at := -1
	for i, c := range choices {
		if string(p.typed) == c {
			at = i
		}
	}
	switch k.Type {
	case tea.KeyUp:
		at = max(at, 0) - 1
	case tea.KeyDown:
		at++
	default:
		if p.fresh && (k.Type == tea.KeyRunes || k.Type == tea.KeyBackspace) {
			p.set("")
		}
		p.fresh = false
		return p.edit(k)
	}
	p.set(choices[(at+len(choices))%len(choices)])
	p.fresh = true
	return true
}

// leaderOf writes what a line is typed for, and what to type.
func (v *viewer) leaderOf(p *prompt) (leader, hint clean.Text) {
	say := v.pen.Say
	switch p.kind {
	case ackPrompt:
		return say.Fill(i18n.PromptAck, v.named(&p.breach)), say.Say(i18n.PromptComment)
	case silencePrompt:
		hint = say.Say(i18n.PromptSilenceTimes)
		if p.failed {
			hint = say.Say(i18n.PromptSilenceFailed)
		} else if d, ok := parseSilence(string(p.typed)); ok {
			hint = say.Fill(i18n.PromptSilenceUntil, v.pen.Num.Minute(v.now+d.Milliseconds(), v.pen.Zone), hint)
		}
		return say.Fill(i18n.PromptSilence, v.named(&p.breach)), hint
	case whyPrompt:
		return say.Fill(i18n.PromptSilenceWhy, v.named(&p.breach), v.span(p.length)), say.Say(i18n.PromptComment)
	}
	return clean.Text{}, clean.Text{}
}
