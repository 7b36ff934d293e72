package bench

import (
	"encoding/json"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// usual is the program one would write first: encoding/json into a struct, a
// map of sessions, and Prometheus vectors for every figure. It knows a small
// part of what the engine knows and is what the engine is compared with.
type usual struct {
	sessions map[string]*usualSession
	events   *prometheus.CounterVec
	waits    *prometheus.HistogramVec
	replies  *prometheus.HistogramVec
	waiting  *prometheus.GaugeVec
	active   *prometheus.GaugeVec
	load     *prometheus.GaugeVec
}

type usualSession struct {
	queued, asked time.Time
}

type usualEvent struct {
	ID      string          `json:"id"`
	Source  string          `json:"source"`
	Type    string          `json:"type"`
	Time    time.Time       `json:"time"`
	Floor   string          `json:"floor"`
	Session string          `json:"session"`
	Channel string          `json:"channel"`
	Queue   string          `json:"queue"`
	Agent   string          `json:"agent"`
	Data    json.RawMessage `json:"data"`
}

func newUsual() *usual {
	labels := []string{"floor", "channel", "queue"}
	gauge := func(name string, labels []string) *prometheus.GaugeVec {
		return prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: name}, labels)
	}
	histogram := func(name string) *prometheus.HistogramVec {
		return prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: name, Buckets: prometheus.ExponentialBuckets(1, 2, 12)}, labels)
	}
	return &usual{
		sessions: make(map[string]*usualSession),
		events:   prometheus.NewCounterVec(prometheus.CounterOpts{Name: "events_total"}, append([]string{"type"}, labels...)),
		waits:    histogram("wait_seconds"), replies: histogram("reply_seconds"),
		waiting: gauge("waiting", labels), active: gauge("active", labels), load: gauge("load", []string{"floor", "agent"}),
	}
}

// message handles one payload.
func (u *usual) message(payload []byte) {
	var ev usualEvent
	if err := json.Unmarshal(payload, &ev); err != nil {
		return
	}
	u.events.WithLabelValues(ev.Type, ev.Floor, ev.Channel, ev.Queue).Inc()
	switch ev.Type {
	case "session.queued":
		u.sessions[ev.Session] = &usualSession{queued: ev.Time}
		u.waiting.WithLabelValues(ev.Floor, ev.Channel, ev.Queue).Inc()
	case "session.assigned":
		u.assigned(&ev)
	case "session.message":
		u.said(&ev)
	case "session.closed":
		delete(u.sessions, ev.Session)
		u.active.WithLabelValues(ev.Floor, ev.Channel, ev.Queue).Dec()
		u.load.WithLabelValues(ev.Floor, ev.Agent).Dec()
	}
}

func (u *usual) assigned(ev *usualEvent) {
	if s := u.sessions[ev.Session]; s != nil {
		u.waits.WithLabelValues(ev.Floor, ev.Channel, ev.Queue).Observe(ev.Time.Sub(s.queued).Seconds())
	}
	u.waiting.WithLabelValues(ev.Floor, ev.Channel, ev.Queue).Dec()
	u.active.WithLabelValues(ev.Floor, ev.Channel, ev.Queue).Inc()
	u.load.WithLabelValues(ev.Floor, ev.Agent).Inc()
}

func (u *usual) said(ev *usualEvent) {
	var data struct {
		By string `json:"by"`
	}
	s := u.sessions[ev.Session]
	if s == nil || json.Unmarshal(ev.Data, &data) != nil {
		return
	}
	if data.By == "customer" {
		s.asked = ev.Time
		return
	}
	if !s.asked.IsZero() {
		u.replies.WithLabelValues(ev.Floor, ev.Channel, ev.Queue).Observe(ev.Time.Sub(s.asked).Seconds())
		s.asked = time.Time{}
	}
}
