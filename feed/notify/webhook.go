package notify

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"time"
)

// WebhookConfig is one address that messages are posted to.
type WebhookConfig struct {
	Name     string
	URL      string
	Template string // of Templates, or the text of one
	Secret   string // of a signed robot (feishu, dingtalk)
	Headers  map[string]string
	Lang     Lang
	Now      func() time.Time // default time.Now
}

// Webhook posts messages in the form its receiver wants.
type Webhook struct {
	name   string
	to     *endpoint
	body   *body
	secret string
	now    func() time.Time
}

// NewWebhook checks a configuration, trying its template on an example.
func NewWebhook(c WebhookConfig) (*Webhook, error) {
	if c.Name == "" {
		return nil, errors.New("notify: a webhook needs a name")
	}
	to, err := newEndpoint(c.URL, c.Headers, c.Secret)
	if err != nil {
		return nil, fmt.Errorf("notify: webhook %q: %w", c.Name, err)
	}
	b, err := newBody(c.Template, c.Lang)
	if err != nil {
		return nil, fmt.Errorf("notify: webhook %q: %w", c.Name, err)
	}
	if c.Secret != "" && b.sign == unsigned {
		return nil, fmt.Errorf("notify: webhook %q: only the templates feishu and dingtalk are signed with a secret", c.Name)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	to.now = c.Now
	return &Webhook{name: c.Name, to: to, body: b, secret: c.Secret, now: c.Now}, nil
}

// Name returns the configured name.
func (w *Webhook) Name() string { return w.name }

// Close lets idle connections go.
func (w *Webhook) Close() { w.to.close() }

// Send posts one message.
func (w *Webhook) Send(ctx context.Context, m *Message) error {
	var timestamp, sign string
	var query url.Values
	if w.secret != "" {
		timestamp, sign = w.body.sign.of(w.secret, w.now())
		if w.body.sign == dingtalkSign {
			query = url.Values{"timestamp": {timestamp}, "sign": {sign}}
		}
	}
	data, err := w.body.render(m, timestamp, sign)
	if err != nil {
		return Permanent{err}
	}
	answer, err := w.to.post(ctx, query, "application/json; charset=utf-8", data)
	if err != nil {
		return err
	}
	return w.to.robotSays(answer)
}

// signing is how a robot wants to be shown that a message is ours.
type signing uint8

const (
	unsigned signing = iota
	feishuSign
	dingtalkSign
)

// of signs an instant. Feishu takes seconds and signs nothing with "time,
// newline, secret" as the key; DingTalk takes milliseconds and signs "time,
// newline, secret" with the secret.
func (s signing) of(secret string, now time.Time) (timestamp, sign string) {
	if s == feishuSign {
		timestamp = strconv.FormatInt(now.Unix(), 10)
		mac := hmac.New(sha256.New, []byte(timestamp+"\n"+secret))
		return timestamp, base64.StdEncoding.EncodeToString(mac.Sum(nil))
	}
	timestamp = strconv.FormatInt(now.UnixMilli(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(timestamp + "\n" + secret))
	return timestamp, base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// Codes of robots that say "too fast": come back later.
const (
	wecomTooFast    = 45009
	dingtalkTooFast = 130101
	feishuTooFast   = 11232
	feishuBusy      = 9499
)

// robotSays looks into an answer: the robots of Feishu, DingTalk and WeCom say
// 200 and put the failure into the body.
func (e *endpoint) robotSays(answer []byte) error {
	var says struct {
		ErrCode *int64 `json:"errcode"`
		ErrMsg  string `json:"errmsg"`
		Code    *int64 `json:"code"`
		Msg     string `json:"msg"`
	}
	if json.Unmarshal(answer, &says) != nil {
		return nil // another kind of receiver, which has said 2xx
	}
	code, text := says.ErrCode, says.ErrMsg
	if code == nil {
		code, text = says.Code, says.Msg
	}
	if code == nil || *code == 0 {
		return nil
	}
	err := fmt.Errorf("the receiver answered code %d: %s", *code, e.hide(short(text)))
	switch *code {
	case wecomTooFast, dingtalkTooFast, feishuTooFast, feishuBusy:
		return Later{err, longPause}
	}
	return err
}
