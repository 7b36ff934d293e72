package notify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// maxAnswer bounds what is read of a receiver's answer.
const maxAnswer = 4 << 10

// endpoint is where a sink posts to. Its address, headers and secrets never
// leave it: errors say what happened, not where.
type endpoint struct {
	address *url.URL
	headers map[string]string
	hidden  []string
	client  *http.Client
	now     func() time.Time
}

// newEndpoint checks the address. secrets are hidden beside the address and
// the headers.
func newEndpoint(address string, headers map[string]string, secrets ...string) (*endpoint, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, errors.New("the url is no http or https address") // not which: it is a secret
	}
	e := &endpoint{address: u, headers: headers, now: time.Now}
	e.hidden = append(e.hidden, secrets...)
	e.hidden = append(e.hidden, u.String(), u.RequestURI(), u.RawQuery, strings.Trim(u.Path, "/"), u.Host)
	for _, values := range u.Query() {
		e.hidden = append(e.hidden, values...)
	}
	if password, ok := u.User.Password(); ok {
		e.hidden = append(e.hidden, password)
	}
	for name, value := range headers {
		if strings.ContainsAny(name+value, "\r\n") {
			return nil, fmt.Errorf("header %q holds a line break", name)
		}
		e.hidden = append(e.hidden, value)
		if _, credential, ok := strings.Cut(value, " "); ok {
			e.hidden = append(e.hidden, credential)
		}
	}
	// Its own transport, so that one receiver that keeps its connections hanging
	// takes none from another; a redirect is not followed, for it would carry
	// the secrets to whoever it names.
	e.client = &http.Client{
		Transport:     &http.Transport{Proxy: http.ProxyFromEnvironment, MaxIdleConns: 2, IdleConnTimeout: 30 * time.Second, TLSHandshakeTimeout: attemptWithin, ForceAttemptHTTP2: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return e, nil
}

func (e *endpoint) close() { e.client.CloseIdleConnections() }

// hide returns a text without anything that is secret.
func (e *endpoint) hide(text string) string {
	for _, secret := range e.hidden {
		if len(secret) >= 4 {
			text = strings.ReplaceAll(text, secret, "***")
		}
	}
	return text
}

// post sends one body and returns the answer's.
func (e *endpoint) post(ctx context.Context, query url.Values, contentType string, body []byte) ([]byte, error) {
	address := *e.address
	if len(query) > 0 {
		all := address.Query()
		for name, values := range query {
			all[name] = values
		}
		address.RawQuery = all.Encode()
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address.String(), bytes.NewReader(body))
	if err != nil {
		return nil, Permanent{errors.New("the request cannot be made")}
	}
	request.Header.Set("Content-Type", contentType)
	request.Header.Set("User-Agent", "wallboard")
	for name, value := range e.headers {
		request.Header.Set(name, value)
	}
	answer, err := e.client.Do(request)
	if err != nil {
		return nil, errors.New(e.hide(withoutURL(err).Error()))
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	if err != nil {
		return nil, errors.New(e.hide(withoutURL(err).Error()))
	}
	return text, e.judge(answer, text)
}

// withoutURL unwraps the error that names the whole address.
func withoutURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// judge turns a status into an error: one that asks to come back later, one that
// may pass, or one that the same request would meet again.
func (e *endpoint) judge(answer *http.Response, text []byte) error {
	code := answer.StatusCode
	if code >= 200 && code < 300 {
		return nil
	}
	err := fmt.Errorf("the receiver answered %d %s", code, http.StatusText(code))
	if len(text) > 0 {
		err = fmt.Errorf("%w: %s", err, e.hide(short(string(text))))
	}
	switch {
	case code == http.StatusTooManyRequests || code == http.StatusServiceUnavailable:
		return Later{err, retryAfter(answer.Header.Get("Retry-After"), e.now())}
	case code == http.StatusRequestTimeout || code == http.StatusTooEarly || code >= 500:
		return err
	}
	return Permanent{err}
}

// retryAfter reads seconds or a date; 0 where neither is given.
func retryAfter(text string, now time.Time) time.Duration {
	if n, err := strconv.Atoi(strings.TrimSpace(text)); err == nil && n > 0 {
		return time.Duration(min(n, int(longestWish/time.Second))) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil && at.After(now) {
		return at.Sub(now)
	}
	return 0
}

// short cuts an answer to what a line can show.
func short(text string) string {
	const most = 120
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return string(runes)
}
