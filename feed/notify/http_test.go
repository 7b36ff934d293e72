package notify

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	cloudevent "github.com/cloudevents/sdk-go/v2/event"

	"wallboard/metrics"
	"wallboard/metrics/ack"
	"wallboard/metrics/clean"
)

// request is one that a receiver got.
type request struct {
	path, body string
	query      url.Values
	header     http.Header
}

// receiver answers as it is told to, in turn; then 200.
type receiver struct {
	*httptest.Server
	mu      sync.Mutex
	answers []func(http.ResponseWriter)
	got     []request
}

func receive(t *testing.T, answers ...func(http.ResponseWriter)) *receiver {
	t.Helper()
	r := &receiver{answers: answers}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		data, _ := io.ReadAll(q.Body)
		r.mu.Lock()
		r.got = append(r.got, request{q.URL.Path, string(data), q.URL.Query(), q.Header})
		var answer func(http.ResponseWriter)
		if len(r.answers) > 0 {
			answer, r.answers = r.answers[0], r.answers[1:]
		}
		r.mu.Unlock()
		if answer != nil {
			answer(w)
		}
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) all() []request {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]request(nil), r.got...)
}

func status(code int, header ...string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
		_, _ = io.WriteString(w, "said the receiver")
	}
}

func says(body string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) { _, _ = io.WriteString(w, body) }
}

func hook(t *testing.T, c WebhookConfig) *Webhook {
	t.Helper()
	if c.Name == "" {
		c.Name = "ops"
	}
	w, err := NewWebhook(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	return w
}

func TestWhatAReceiverAnswersDecidesWhetherItIsTriedAgain(t *testing.T) {
	date := time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)
	for name, row := range map[string]struct {
		answer    func(http.ResponseWriter)
		ok        bool
		permanent bool
		after     time.Duration // at least
	}{
		"taken":                           {answer: status(204), ok: true},
		"a server that is broken":         {answer: status(500)},
		"too fast, in seconds":            {answer: status(429, "Retry-After", "30"), after: 30 * time.Second},
		"too fast, with a date":           {answer: status(503, "Retry-After", date), after: 50 * time.Minute},
		"too fast, with nonsense":         {answer: status(429, "Retry-After", "soon")},
		"a wrong key":                     {answer: status(403), permanent: true},
		"a redirect is not followed":      {answer: status(302, "Location", "http://127.0.0.1:1/"), permanent: true},
		"a robot that is content":         {answer: says(`{"errcode":0,"errmsg":"ok"}`), ok: true},
		"feishu that is content":          {answer: says(`{"code":0,"msg":"success","StatusCode":0}`), ok: true},
		"slack that is content":           {answer: says(`ok`), ok: true},
		"feishu with a wrong signature":   {answer: says(`{"code":19021,"msg":"sign match fail"}`)},
		"wecom that is called too fast":   {answer: says(`{"errcode":45009,"errmsg":"api freq out of limit"}`), after: time.Minute},
		"dingtalk with a wrong signature": {answer: says(`{"errcode":310000,"errmsg":"sign not match"}`)},
	} {
		r := receive(t, row.answer)
		err := hook(t, WebhookConfig{URL: r.URL}).Send(t.Context(), example())
		var permanent Permanent
		var later Later
		if (err == nil) != row.ok || errors.As(err, &permanent) != row.permanent {
			t.Errorf("%s: %v", name, err)
		}
		if errors.As(err, &later); later.After < row.after {
			t.Errorf("%s: again after %s, want at least %s", name, later.After, row.after)
		}
		if n := len(r.all()); n != 1 {
			t.Errorf("%s: %d requests", name, n)
		}
	}
}

func TestRobotsGetWhatTheyUnderstand(t *testing.T) {
	now := func() time.Time { return time.UnixMilli(1_599_360_473_123) }
	type markdown struct {
		MsgType  string `json:"msgtype"`
		Markdown struct{ Title, Text, Content string }
	}
	for name, check := range map[string]func(t *testing.T, q request){
		"slack": func(t *testing.T, q request) {
			var m struct {
				Text   string
				Blocks []struct{ Type string }
			}
			if err := json.Unmarshal([]byte(q.body), &m); err != nil || len(m.Blocks) != 3 || strings.Contains(m.Text, "<!channel>") || !strings.Contains(m.Text, "&lt;!channel&gt;") {
				t.Errorf("%v %s", err, q.body)
			}
		},
		"feishu": func(t *testing.T, q request) {
			var m struct {
				Timestamp, Sign string
				MsgType         string `json:"msg_type"`
				Card            struct {
					Header struct {
						Template string
						Title    struct{ Tag, Content string }
					}
					Elements []struct{ Tag string }
				}
			}
			err := json.Unmarshal([]byte(q.body), &m)
			// The signature was computed with Python's hmac.
			if err != nil || m.MsgType != "interactive" || m.Timestamp != "1599360473" || m.Sign != "bMjxHlJJlXMW0yjKHZsmMvrFnAOfMlmWpRUsH3qMAek=" ||
				m.Card.Header.Template != "red" || m.Card.Header.Title.Tag != "plain_text" || len(m.Card.Elements) != 3 {
				t.Errorf("%v %s", err, q.body)
			}
		},
		"dingtalk": func(t *testing.T, q request) {
			var m markdown
			err := json.Unmarshal([]byte(q.body), &m)
			if err != nil || m.MsgType != "markdown" || m.Markdown.Title == "" || strings.ContainsAny(m.Markdown.Text, "[]@") {
				t.Errorf("%v %s", err, q.body)
			}
			if q.query.Get("timestamp") != "1599360473123" || q.query.Get("sign") != "irKdoCRlHdl+63ikJkF5vUyRbaBf8QKVRI3eplFGeCk=" || q.query.Get("access_token") != "tok" {
				t.Errorf("query %v", q.query)
			}
		},
		"wecom": func(t *testing.T, q request) {
			var m markdown
			err := json.Unmarshal([]byte(q.body), &m)
			if err != nil || m.MsgType != "markdown" || len(m.Markdown.Content) > 4096 || !strings.HasPrefix(m.Markdown.Content, `<font color="warning">`) || strings.Contains(m.Markdown.Content, "[x](") {
				t.Errorf("%v %s", err, q.body)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := receive(t)
			c := WebhookConfig{URL: r.URL + "/robot/send?access_token=tok", Template: name, Now: now}
			if name == "feishu" || name == "dingtalk" {
				c.Secret = "SECtest"
			}
			m := example()
			m.Rule = "<!channel> [x](http://evil) @all \"quoted\""
			for range 500 {
				m.Lines = append(m.Lines, m.Lines[0])
			}
			if err := hook(t, c).Send(t.Context(), m); err != nil {
				t.Fatal(err)
			}
			check(t, r.all()[0])
			if size := len(r.all()[0].body); size > 20_000 {
				t.Errorf("%d bytes are more than the narrowest robot takes", size)
			}
		})
	}
}

func TestErrorsNeverCarryWhatIsSecret(t *testing.T) {
	r := receive(t, status(500), says(`{"errcode":1,"errmsg":"key hush-key-9 is bad"}`))
	address := r.URL + "/services/T0/B0/hush-path?key=hush-key-9"
	w := hook(t, WebhookConfig{URL: address, Template: "feishu", Secret: "hush-secret", Headers: map[string]string{"Authorization": "Bearer hush-bearer"}})
	var errs []error
	errs = append(errs, w.Send(t.Context(), example()), w.Send(t.Context(), example()))
	r.Close()
	errs = append(errs, w.Send(t.Context(), example()))
	ctx, cancel := context.WithTimeout(t.Context(), time.Nanosecond)
	defer cancel()
	errs = append(errs, w.Send(ctx, example()))
	for _, bad := range []string{"ftp://hush-host/x", "http://", "::hush::"} {
		_, err := NewWebhook(WebhookConfig{Name: "ops", URL: bad})
		errs = append(errs, err)
	}
	_, err := NewAlertmanager(AlertmanagerConfig{Name: "am", URL: "hush-host"})
	for _, err := range append(errs, err) {
		if err == nil {
			t.Error("no error at all")
		} else if strings.Contains(err.Error(), "hush") || strings.Contains(err.Error(), strings.TrimPrefix(r.URL, "http://")) {
			t.Errorf("it says: %v", err)
		}
	}
	if got := r.all()[0]; got.header.Get("Authorization") != "Bearer hush-bearer" || got.path != "/services/T0/B0/hush-path" {
		t.Errorf("%+v", got)
	}
}

func TestATemplateThatCannotWorkIsRefusedBeforehand(t *testing.T) {
	for name, text := range map[string]string{
		"no template":     "{{",
		"an unknown word": `{"a":{{json .Nobody}}}`,
		"no JSON":         "{{.Title}}",
		"unquoted":        `{"a":"{{index .Lines 0}}`,
		"endless":         `{{range $i := 1000000}}0123456789{{end}}`,
	} {
		if _, err := NewWebhook(WebhookConfig{Name: "x", URL: "http://h", Template: text}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if _, err := NewWebhook(WebhookConfig{Name: "x", URL: "http://h", Template: `{"t":{{json .Title}}}`}); err != nil {
		t.Error(err)
	}
}

// recorder stands for the connection.
type recorder struct {
	mu   sync.Mutex
	sent []struct {
		subject string
		payload []byte
	}
}

func (r *recorder) Send(_ context.Context, subject string, _ map[string][]string, payload []byte) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sent = append(r.sent, struct {
		subject string
		payload []byte
	}{subject, payload})
	return nil
}

func TestEventsAreCloudEventsOnTheSubjectOfTheirState(t *testing.T) {
	r := &recorder{}
	m := example()
	m.Floor = "杭州 1"
	m.Lines[0].Breach.Peak = 1 / zero()
	m.Lines[0].ID = ack.IDOf(&m.Lines[0].Breach)
	if err := (Events{r}).Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	var e cloudevent.Event
	if err := json.Unmarshal(r.sent[0].payload, &e); err != nil {
		t.Fatal(err)
	}
	if err := e.Validate(); err != nil {
		t.Error(err)
	}
	if e.Type() != "wallboard.breach.firing" || e.SpecVersion() != "1.0" || e.Extensions()["floor"] != "杭州 1" {
		t.Errorf("%+v", e)
	}
	if s := r.sent[0].subject; !strings.HasPrefix(s, "wallboard.=") || !strings.HasSuffix(s, ".breach.firing") || strings.Count(s, ".") != 3 {
		t.Errorf("subject %q", s)
	}
	var data map[string]any
	if err := e.DataAs(&data); err != nil || data["value"] != 412.0 || data["peak"] != nil || data["level"] != "critical" {
		t.Errorf("%v %v", err, data)
	}
}

func zero() float64 { return 0 }

func TestAlertmanagerHearsWhatFiresAgainAndAgainAndWhenItEnds(t *testing.T) {
	r := receive(t, status(500))
	a, err := NewAlertmanager(AlertmanagerConfig{Name: "am", URL: r.URL + "/am/", Labels: map[string]string{"site": "hz"}, Every: 40 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	b := queueBreach("presale", metrics.LevelWarn)
	silent := queueBreach("silent", metrics.LevelWarn)
	silent.SilencedUntil = b.Since + 3_600_000
	person := agentBreach("agent-4711")
	at := b.Since
	o := Options{Desk: ack.NewDesk(), Random: func() float64 { return 0 }}
	now := time.UnixMilli(at)
	step := func(d time.Duration, breaches ...metrics.Breach) []alert {
		now = now.Add(d)
		s := &metrics.Snapshot{At: now.UnixMilli(), Breaches: breaches, Floors: []*metrics.FloorView{{ID: clean.Own("hz")}}}
		if changed := a.compare(s, o, now); changed || now.Sub(a.sentAt) >= a.config.Every || a.failed > 0 {
			a.send(t.Context(), o, now)
		}
		got := r.all()
		var alerts []alert
		if err := json.Unmarshal([]byte(got[len(got)-1].body), &alerts); err != nil {
			t.Fatal(err)
		}
		if got[len(got)-1].path != "/am/api/v2/alerts" || got[len(got)-1].header.Get("Content-Type") != "application/json" {
			t.Errorf("%+v", got[len(got)-1])
		}
		return alerts
	}
	first := step(time.Second, b, silent, person)
	if v := a.state(); v.Failed != 1 || !v.Retrying {
		t.Errorf("after a failure: %+v", v)
	}
	if len(first) != 2 {
		t.Fatalf("%+v", first)
	}
	again := step(time.Second, b, silent, person)
	if v := a.state(); v.Sent != 1 || v.Retrying || len(again) != 2 {
		t.Errorf("%+v %+v", v, again)
	}
	for _, one := range again {
		if strings.Contains(keyOf(one.Labels)+keyOf(one.Annotations), "4711") {
			t.Errorf("names a person: %+v", one)
		}
		if one.Labels["alertname"] != "oldest wait" {
			continue
		}
		if one.Labels["severity"] != "warning" || one.Labels["queue"] != "presale" || one.Labels["site"] != "hz" || one.StartsAt.UnixMilli() != b.FiringSince || !one.EndsAt.After(now) {
			t.Errorf("%+v", one)
		}
	}
	b.Level = metrics.LevelCritical
	worse := step(time.Second, b)
	var severities []string
	for _, one := range worse {
		if one.Labels["queue"] == "presale" {
			severities = append(severities, one.Labels["severity"])
			if over := !one.EndsAt.After(now); over != (one.Labels["severity"] == "warning") {
				t.Errorf("%+v", one)
			}
		}
	}
	if len(severities) != 2 {
		t.Errorf("severities %v", severities)
	}
	for _, one := range step(time.Second) {
		if one.EndsAt.After(now) {
			t.Errorf("still firing: %+v", one)
		}
	}
	before := len(r.all())
	if step(10 * time.Minute); len(r.all()) != before {
		t.Error("the end is said for ever")
	}
}

func FuzzRobotAnswers(f *testing.F) {
	f.Add([]byte(`{"errcode":45009,"errmsg":"x"}`))
	f.Add([]byte(`{"code":"none"}`))
	e, err := newEndpoint("http://h/secret-path", nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := e.robotSays(data); err != nil && strings.Contains(err.Error(), "secret-path") {
			t.Error(err)
		}
	})
}
