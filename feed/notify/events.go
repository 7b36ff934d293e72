package notify

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"wallboard/feed/share"
	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/kpi"
)

// Publisher sends one message on NATS and knows that the server has it.
type Publisher interface {
	Send(ctx context.Context, subject string, header map[string][]string, payload []byte) error
}

// Events publishes each line of a message as one CloudEvent on
// wallboard.<floor>.breach.<state>.
type Events struct{ To Publisher }

// Name returns what the health page calls it.
func (Events) Name() string { return "nats" }

// Close has nothing to let go: the connection is another's.
func (Events) Close() {}

// Send publishes the message.
func (e Events) Send(ctx context.Context, m *Message) error {
	for i := range m.Lines {
		l := &m.Lines[i]
		ev := eventOf(m, l)
		payload, err := json.Marshal(ev)
		if err != nil {
			return Permanent{fmt.Errorf("notify: event: %w", err)}
		}
		header := map[string][]string{"Content-Type": {"application/cloudevents+json"}, "Nats-Msg-Id": {ev.ID}}
		if err := e.To.Send(ctx, Subject(m.Floor, m.State), header, payload); err != nil {
			return err
		}
	}
	return nil
}

// Subject returns where the events of a floor and state go.
func Subject(floor string, state State) string {
	return "wallboard." + share.Token(floor) + ".breach." + string(state)
}

// event is a CloudEvent 1.0 in structured mode.
type event struct {
	SpecVersion string    `json:"specversion"`
	ID          string    `json:"id"`
	Source      string    `json:"source"`
	Type        string    `json:"type"`
	Subject     string    `json:"subject"`
	Time        string    `json:"time"`
	ContentType string    `json:"datacontenttype"`
	Floor       string    `json:"floor,omitempty"`
	Data        eventData `json:"data"`
}

// eventData is what the breach is. Values are in the KPI's unit; null where
// there is none or where it is a person's.
type eventData struct {
	Rule     string            `json:"rule"`
	KPI      string            `json:"kpi,omitempty"`
	Unit     string            `json:"unit,omitempty"`
	Scope    string            `json:"scope"`
	Where    map[string]string `json:"where,omitempty"`
	People   int               `json:"people,omitempty"`
	Window   string            `json:"window,omitempty"`
	State    string            `json:"state"`
	Level    string            `json:"level"`
	Since    string            `json:"since"`
	Value    *float64          `json:"value"`
	Limit    *float64          `json:"limit"`
	Peak     *float64          `json:"peak"`
	Reason   map[string]string `json:"reason,omitempty"`
	Advice   map[string]string `json:"advice,omitempty"`
	AckedBy  string            `json:"acked_by,omitempty"`
	Episodes int32             `json:"episodes,omitempty"`
}

func eventOf(m *Message, l *Line) event {
	b := &l.Breach
	key := strings.TrimPrefix(share.Key(l.ID), "breach.")
	ev := event{
		SpecVersion: "1.0", ID: key + "." + strconv.FormatInt(l.Start, 10) + "." + string(m.State),
		Source: "/wallboard/" + share.Token(m.Floor), Type: "wallboard.breach." + string(m.State),
		Subject: l.ID.Scope, Time: m.At.Format(time.RFC3339Nano), ContentType: "application/json", Floor: m.Floor,
		Data: eventData{
			Rule: l.ID.Rule, KPI: b.KPI, Scope: b.Key.Scope.String(), Where: where(b.Key), People: l.People, Window: b.Window,
			State: string(m.State), Level: b.Level.String(), Since: time.UnixMilli(l.Start).In(m.At.Location()).Format(time.RFC3339Nano),
			Limit: value(b.KPI, b.Limit), Reason: both(b.ReasonEN, b.ReasonZH), Advice: both(b.AdviceEN, b.AdviceZH),
			AckedBy: b.AckedBy.String(), Episodes: b.Episodes,
		},
	}
	if k := kpi.Find(b.KPI); k != nil {
		ev.Data.Unit = string(k.Unit)
	}
	if l.People == 0 {
		ev.Data.Value, ev.Data.Peak = value(b.KPI, b.Value), value(b.KPI, b.Peak)
	}
	return ev
}

func where(k metrics.Key) map[string]string {
	out := map[string]string{}
	for name, part := range map[string]clean.Text{
		"queue": k.Queue, "channel": k.Channel, "team": k.Team, "agent": k.Agent, "topic": k.Topic, "touchpoint": k.Touchpoint,
	} {
		if !part.Empty() {
			out[name] = part.String()
		}
	}
	return out
}

// value is a number that JSON can hold, nil for any other.
func value(id string, v float64) *float64 {
	if id == "" || !finite(v) {
		return nil
	}
	return &v
}

func both(en, zh clean.Text) map[string]string {
	out := map[string]string{}
	if !en.Empty() {
		out["en"] = en.String()
	}
	if !zh.Empty() {
		out["zh"] = zh.String()
	}
	return out
}
