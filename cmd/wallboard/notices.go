package main

import (
	"cmp"

	"wallboard/cmd/wallboard/config"
	"wallboard/feed/natsfeed"
	"wallboard/feed/notify"
	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// notices returns what the configuration says of notices, everything in it
// tried but for sending.
func (p *program) notices() (config.Notify, error) {
	n, err := p.file.Notices(
		func(w config.Webhook) error {
			hook, err := p.webhook(w)
			if err == nil {
				hook.Close()
			}
			return err
		},
		func(a config.Alertmanager) error {
			_, err := p.alertmanager(a)
			return err
		})
	if err != nil {
		return n, usageError{err}
	}
	return n, nil
}

// noticeLang is the language of notices.
func (p *program) noticeLang() notify.Lang {
	return notify.Lang(cmp.Or(p.file.Notify.Lang, p.file.Wall.Lang, "en"))
}

func (p *program) webhook(w config.Webhook) (*notify.Webhook, error) {
	return notify.NewWebhook(notify.WebhookConfig{
		Name: w.Name, URL: w.URL, Template: w.Template, Secret: w.Secret, Headers: w.Headers, Lang: p.noticeLang(),
	})
}

func (p *program) alertmanager(a config.Alertmanager) (*notify.Alertmanager, error) {
	return notify.NewAlertmanager(notify.AlertmanagerConfig{
		Name: a.Name, URL: a.URL, Headers: a.Headers, Labels: a.Labels, Every: a.Every.D, Lang: p.noticeLang(),
	})
}

// startNotices begins to tell people, where the configuration says so.
func (p *program) startNotices(t *together, conn *natsfeed.Conn) error {
	n, err := p.notices()
	if err != nil || !n.Enabled {
		return err
	}
	o := notify.Options{Desk: t.desk}
	if t.share != nil {
		o.Claims = t.share
	}
	if n.Names {
		o.Names = notify.ShowNames
	}
	if n.OnNATS() {
		o.Ways = append(o.Ways, notify.Way{Sink: notify.Events{To: conn}})
	}
	for _, w := range n.Webhook {
		hook, err := p.webhook(w)
		if err != nil {
			return usageError{err}
		}
		o.Ways = append(o.Ways, notify.Way{Sink: hook, Filter: filter(w)})
	}
	for _, a := range n.Alertmanager {
		to, err := p.alertmanager(a)
		if err != nil {
			return usageError{err}
		}
		o.Alerts = append(o.Alerts, to)
	}
	t.notifier, err = notify.Start(o)
	return err
}

// filter reads words that the configuration has checked.
func filter(w config.Webhook) notify.Filter {
	var f notify.Filter
	for _, word := range w.On {
		if state, ok := notify.ParseState(word); ok {
			f.States = append(f.States, state)
		}
	}
	for _, level := range []metrics.Level{metrics.LevelWarn, metrics.LevelCritical} {
		for _, word := range w.Levels {
			if word == level.String() {
				f.Levels = append(f.Levels, level)
			}
		}
	}
	return f
}

// acting returns in whose name this board decides.
func (p *program) acting(as string) clean.Text {
	name, _ := clean.String(cmp.Or(as, p.file.Notify.As, p.getenv("USER"), p.getenv("LOGNAME")))
	return name
}
