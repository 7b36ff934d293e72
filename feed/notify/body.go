package notify

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/template"
	"time"
	"unicode/utf8"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

//go:embed templates/*.tmpl
var shipped embed.FS

// Templates are the names of the shipped templates.
func Templates() []string { return []string{"json", "slack", "feishu", "dingtalk", "wecom"} }

const (
	// maxBody bounds a rendered message.
	maxBody = 32 << 10
	// maxLines bounds the places a message names; the rest is counted.
	maxLines = 12
	// maxText bounds each text in bytes: the narrowest robot takes 4,096.
	maxText = 3_500
)

// body renders messages.
type body struct {
	tmpl *template.Template
	lang Lang
	sign signing
}

// newBody returns the body of a shipped template, or of the text of one.
func newBody(text string, lang Lang) (*body, error) {
	if lang == "" {
		lang = English
	}
	b := &body{lang: lang}
	if text == "" {
		text = "json"
	}
	if slices.Contains(Templates(), text) {
		b.sign = map[string]signing{"feishu": feishuSign, "dingtalk": dingtalkSign}[text]
		data, err := shipped.ReadFile("templates/" + text + ".tmpl")
		if err != nil {
			return nil, fmt.Errorf("template %s: %w", text, err)
		}
		text = string(data)
	}
	var err error
	b.tmpl, err = template.New("body").Option("missingkey=error").Funcs(template.FuncMap{
		"json": toJSON, "slack": forSlack, "plain": forMarkdown, "fits": fits,
		"join": func(text, separator string) string { return strings.ReplaceAll(text, "\n", separator) },
	}).Parse(text)
	if err != nil {
		return nil, fmt.Errorf("template: %w", err)
	}
	if _, err := b.render(example(), "1", "s"); err != nil {
		return nil, err
	}
	return b, nil
}

// Data is what a template can say.
type Data struct {
	Title, Advice, Text       string // Text: the lines, one under the other
	State, StateWord          string
	Level, LevelWord, Color   string // Color: red, orange or green
	Floor, Rule, KPI, Time    string
	Lines                     []DataLine
	More                      int // lines left out
	Timestamp, Sign           string
	Critical, Over, Escalated bool
}

// DataLine is one place of a message.
type DataLine struct {
	Where, Text, Level, Value, Limit, Reason, Since string
	Count                                           int // people
}

func (b *body) data(m *Message, timestamp, sign string) Data {
	w := wordsOf(b.lang)
	d := Data{
		Title: m.Title(b.lang), Advice: m.Advice(b.lang), State: string(m.State), StateWord: w.state[m.State],
		Level: m.Level.String(), LevelWord: w.level[m.Level], Floor: m.Floor, Rule: m.Rule, KPI: m.KPI,
		Time: m.At.Format(time.RFC3339), Timestamp: timestamp, Sign: sign,
		Critical: m.Level == metrics.LevelCritical, Over: m.State == Resolved, Escalated: m.State == Escalated,
	}
	d.Color = "orange"
	switch {
	case d.Over:
		d.Color = "green"
	case d.Critical:
		d.Color = "red"
	}
	var texts []string
	size := 0
	for i := range m.Lines {
		l := &m.Lines[i]
		text := l.Text(b.lang, m.At.Location(), m.State)
		if size += len(text) + 1; i >= maxLines || size > maxText {
			d.More = len(m.Lines) - i
			texts = append(texts, fmt.Sprintf("+ %d", d.More))
			break
		}
		line := DataLine{
			Where: l.Where(b.lang), Text: text, Level: l.Breach.Level.String(), Limit: amount(l.Breach.KPI, l.Breach.Limit),
			Reason: l.Reason(b.lang), Since: time.UnixMilli(l.Start).In(m.At.Location()).Format(time.RFC3339), Count: l.People,
		}
		if l.People == 0 {
			line.Value = amount(l.Breach.KPI, l.Breach.Value)
		}
		d.Lines, texts = append(d.Lines, line), append(texts, text)
	}
	d.Text = strings.Join(texts, "\n")
	return d
}

// render writes a message, which must be JSON: every receiver here takes that,
// and a template that forgot to quote shows at once.
func (b *body) render(m *Message, timestamp, sign string) ([]byte, error) {
	var out bytes.Buffer
	if err := b.tmpl.Execute(&limited{&out, maxBody}, b.data(m, timestamp, sign)); err != nil {
		return nil, fmt.Errorf("template: %w", err)
	}
	if !json.Valid(out.Bytes()) {
		return nil, errors.New("template: what it writes is no JSON (quote with {{json .Title}})")
	}
	return out.Bytes(), nil
}

// limited is a writer with an end.
type limited struct {
	out  *bytes.Buffer
	left int
}

// Write fails beyond the limit.
func (l *limited) Write(p []byte) (int, error) {
	if l.left -= len(p); l.left < 0 {
		return 0, fmt.Errorf("more than %d bytes", maxBody)
	}
	return l.out.Write(p)
}

func toJSON(v any) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return strings.TrimSuffix(b.String(), "\n"), err
}

// forSlack escapes what Slack reads as markup: a name must not call a channel.
func forSlack(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// forMarkdown replaces what DingTalk and WeCom read as markup by its wide form:
// they know no escapes, and a name must not make a link or call everybody.
func forMarkdown(s string) string {
	return strings.NewReplacer("<", "＜", ">", "＞", "[", "［", "]", "］", "(", "（", ")", "）",
		"@", "＠", "*", "＊", "#", "＃", "`", "｀", "_", "＿", "~", "～", "!", "！", "|", "｜").Replace(s)
}

// example is a message with everything a template may use.
func example() *Message {
	b := metrics.Breach{
		Rule: "oldest wait", KPI: "oldest_wait_total", Key: metrics.Key{Scope: metrics.ScopeQueue, Floor: clean.Own("hz"), Queue: clean.Own("\"售前\"")},
		Level: metrics.LevelCritical, State: metrics.BreachFiring, FiringSince: 1_790_000_000_000, Value: 412, Limit: 300,
		ReasonEN: clean.Own("why"), ReasonZH: clean.Own("原因"),
	}
	return &Message{
		Floor: "hz", Rule: b.Rule, KPI: b.KPI, State: Firing, Level: b.Level, At: time.UnixMilli(1_790_000_060_000).UTC(),
		Lines: []Line{{Start: b.FiringSince, Breach: b}}, AdviceEN: clean.Own("add people"), AdviceZH: clean.Own("加人"),
	}
}

// fits cuts a text to so many bytes of whole characters.
func fits(s string, most int) string {
	for len(s) > most {
		_, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
	}
	return s
}
