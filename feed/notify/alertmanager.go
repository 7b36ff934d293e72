package notify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/ack"
	"wallboard/metrics/clean"
)

// AlertmanagerConfig is one Alertmanager.
type AlertmanagerConfig struct {
	Name    string
	URL     string            // without /api/v2/alerts
	Headers map[string]string // such as Authorization
	Labels  map[string]string // added to every alert
	Every   time.Duration     // a firing alert is said again; default 1 min
	Lang    Lang
}

// Alertmanager says again and again what fires, as its API asks: it groups, and
// tells people once whichever board speaks, so no board has to claim anything.
type Alertmanager struct {
	config AlertmanagerConfig
	to     *endpoint
	newest atomic.Pointer[metrics.Snapshot]

	// Of the goroutine that sends.
	firing map[string]alert
	over   map[string]alert // ended, said for a while lest the word be lost
	sentAt time.Time
	failed int
	notYet time.Time // no attempt before

	mu   sync.Mutex
	view metrics.SinkView
}

// alert is one entry of POST /api/v2/alerts.
type alert struct {
	Labels      map[string]string `json:"labels"`
	Annotations map[string]string `json:"annotations"`
	StartsAt    time.Time         `json:"startsAt"`
	EndsAt      time.Time         `json:"endsAt"`
}

const (
	defaultResend = time.Minute
	// sayOver is how long the end of an alert is said.
	sayOver = 5 * time.Minute
	// maxAlerts bounds one request.
	maxAlerts = 2_000
)

var labelName = regexp.MustCompile(`^[a-zA-Z_][a-zA-Z0-9_]*$`)

// NewAlertmanager checks a configuration.
func NewAlertmanager(c AlertmanagerConfig) (*Alertmanager, error) {
	if c.Name == "" {
		return nil, errors.New("notify: an alertmanager needs a name")
	}
	to, err := newEndpoint(strings.TrimRight(strings.TrimSpace(c.URL), "/")+"/api/v2/alerts", c.Headers)
	if err != nil {
		return nil, fmt.Errorf("notify: alertmanager %q: %w", c.Name, err)
	}
	for name := range c.Labels {
		if !labelName.MatchString(name) {
			return nil, fmt.Errorf("notify: alertmanager %q: label %q is no name of letters, digits and _", c.Name, name)
		}
	}
	if c.Every <= 0 {
		c.Every = defaultResend
	}
	a := &Alertmanager{config: c, to: to, firing: map[string]alert{}, over: map[string]alert{}}
	a.view.Name = clean.Own(c.Name).String()
	return a, nil
}

func (a *Alertmanager) observe(s *metrics.Snapshot) { a.newest.Store(s) }

func (a *Alertmanager) state() metrics.SinkView {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.view
}

// run says what fires until the context ends.
func (a *Alertmanager) run(ctx context.Context, o Options) {
	defer a.to.close()
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
		}
		s := a.newest.Load()
		if s == nil || s.Mark.Kind == metrics.MarkCatchingUp {
			continue
		}
		now := o.Now()
		changed := a.compare(s, o, now)
		due := changed && a.failed == 0 || len(a.firing)+len(a.over) > 0 && now.Sub(a.sentAt) >= a.config.Every
		if (due || a.failed > 0) && !now.Before(a.notYet) {
			a.send(ctx, o, now)
		}
	}
}

// compare works out what fires and what has ended, and says whether that is
// news.
func (a *Alertmanager) compare(s *metrics.Snapshot, o Options, now time.Time) bool {
	current := a.alerts(s, o)
	changed := false
	for key, was := range a.firing {
		if _, still := current[key]; !still {
			was.EndsAt = time.UnixMilli(s.At).UTC()
			a.over[key] = was
			changed = true
		}
	}
	for key, was := range a.over {
		_, again := current[key]
		if again || s.At-was.EndsAt.UnixMilli() > sayOver.Milliseconds() {
			delete(a.over, key)
		}
	}
	for key := range current {
		if _, known := a.firing[key]; !known {
			changed = true
		}
	}
	a.firing = current
	return changed
}

// alerts makes the alerts of what fires and is not silenced.
func (a *Alertmanager) alerts(s *metrics.Snapshot, o Options) map[string]alert {
	var lines []Line
	for i := range s.Breaches {
		b := &s.Breaches[i]
		if b.State != metrics.BreachFiring && b.State != metrics.BreachRecovering || b.SilencedUntil > s.At {
			continue
		}
		l := Line{ID: ack.IDOf(b), Start: b.FiringSince, Breach: *b}
		if r, ok := o.Desk.Get(l.ID); ok && r.Ended == 0 && r.Episode != 0 {
			l.Start = r.Episode
		}
		lines = append(lines, l)
	}
	out := map[string]alert{}
	byRule := map[[2]string][]Line{}
	for _, l := range lines {
		rule := [2]string{l.ID.Floor, l.ID.Rule}
		byRule[rule] = append(byRule[rule], l)
	}
	team := teams(s)
	for _, group := range byRule {
		for _, l := range gather(group, o.Names, team) {
			if len(out) < maxAlerts {
				made := a.alert(&l, zoneOf(s, l.ID.Floor))
				out[keyOf(made.Labels)] = made
			}
		}
	}
	return out
}

func (a *Alertmanager) alert(l *Line, zone *time.Location) alert {
	b := &l.Breach
	labels := map[string]string{"alertname": b.Rule, "severity": severity(b.Level), "floor": l.ID.Floor, "scope": b.Key.Scope.String(), "kpi": b.KPI}
	for name, value := range map[string]clean.Text{
		"queue": b.Key.Queue, "channel": b.Key.Channel, "team": b.Key.Team, "agent": b.Key.Agent, "topic": b.Key.Topic, "touchpoint": b.Key.Touchpoint,
	} {
		if !value.Empty() {
			labels[name] = value.String()
		}
	}
	maps.Copy(labels, a.config.Labels)
	maps.DeleteFunc(labels, func(_, value string) bool { return value == "" }) // an empty label is none
	annotations := map[string]string{"summary": l.Text(a.config.Lang, zone, Firing)}
	advice := b.AdviceEN
	if a.config.Lang == Chinese {
		advice = b.AdviceZH
	}
	if !advice.Empty() {
		annotations["advice"] = advice.String()
	}
	if !b.AckedBy.Empty() {
		annotations["acknowledged"] = "true"
	}
	return alert{Labels: labels, Annotations: annotations, StartsAt: time.UnixMilli(l.Start).UTC()}
}

func severity(l metrics.Level) string {
	if l == metrics.LevelCritical {
		return "critical"
	}
	return "warning"
}

// keyOf writes labels so that equal ones read the same.
func keyOf(labels map[string]string) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(labels)) {
		fmt.Fprintf(&b, "%q=%q,", name, labels[name])
	}
	return b.String()
}

// send says everything at once. A firing alert ends by itself some time after
// the last word, should every board fall silent.
func (a *Alertmanager) send(ctx context.Context, o Options, now time.Time) {
	var all []alert
	for _, key := range slices.Sorted(maps.Keys(a.firing)) {
		one := a.firing[key]
		one.EndsAt = now.Add(4 * a.config.Every).UTC()
		all = append(all, one)
	}
	for _, key := range slices.Sorted(maps.Keys(a.over)) {
		all = append(all, a.over[key])
	}
	if len(all) == 0 {
		a.failed = 0
		return
	}
	data, err := json.Marshal(all)
	if err == nil {
		attempt, cancel := context.WithTimeout(ctx, attemptWithin)
		_, err = a.to.post(attempt, nil, "application/json", data)
		cancel()
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if err != nil {
		a.failed++
		a.notYet = now.Add(pause(a.failed, err, o.Random()))
		a.view.Failed, a.view.Retrying, a.view.LastError = a.view.Failed+1, true, clean.Line(err.Error()).String()
		a.view.Queued = int64(len(all))
		return
	}
	a.failed, a.sentAt, a.notYet = 0, now, time.Time{}
	a.view.Sent, a.view.LastSent, a.view.Retrying, a.view.Queued = a.view.Sent+1, now.UnixMilli(), false, 0
}
