package config

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Notify is whom this board tells of breaches, and in whose name people decide
// about them here.
type Notify struct {
	Enabled      bool           `toml:"enabled"`
	Bell         *bool          `toml:"bell"` // nil: it rings
	As           string         `toml:"as"`
	NATS         *bool          `toml:"nats"`
	Names        bool           `toml:"names"`
	Lang         string         `toml:"lang"`
	Webhook      []Webhook      `toml:"webhook"`
	Alertmanager []Alertmanager `toml:"alertmanager"`
}

// Webhook is one address that notices are posted to.
type Webhook struct {
	Name         string            `toml:"name"`
	URL          string            `toml:"url"`
	URLFile      string            `toml:"url_file"`
	Template     string            `toml:"template"`
	TemplateFile string            `toml:"template_file"`
	Secret       string            `toml:"secret"`
	SecretFile   string            `toml:"secret_file"`
	Headers      map[string]string `toml:"headers"`
	On           []string          `toml:"on"`
	Levels       []string          `toml:"levels"`
}

// Alertmanager is one that is told what fires.
type Alertmanager struct {
	Name    string            `toml:"name"`
	URL     string            `toml:"url"`
	URLFile string            `toml:"url_file"`
	Headers map[string]string `toml:"headers"`
	Labels  map[string]string `toml:"labels"`
	Every   Duration          `toml:"every"`
}

// The words of on and levels, and the bounds of every.
var (
	noticeStates = []string{"firing", "escalated", "resolved"}
	noticeLevels = []string{"warn", "critical"}
)

const (
	leastResend   = 5 * time.Second
	defaultResend = time.Minute
	maxSecretFile = 64 << 10
)

// OnNATS says whether breaches are published on NATS.
func (n Notify) OnNATS() bool { return n.NATS == nil || *n.NATS }

// beside makes the paths of the section those of the file's folder.
func (n *Notify) beside(dir string) {
	place := func(path *string) {
		if *path != "" && !filepath.IsAbs(*path) {
			*path = filepath.Join(dir, *path)
		}
	}
	for i := range n.Webhook {
		w := &n.Webhook[i]
		place(&w.URLFile)
		place(&w.TemplateFile)
		place(&w.SecretFile)
	}
	for i := range n.Alertmanager {
		place(&n.Alertmanager[i].URLFile)
	}
}

// Notices checks the section and reads the files it names: what it returns
// holds addresses, templates and secrets themselves. check is asked of each
// entry what only whoever sends can know.
func (f *File) Notices(checkWebhook func(Webhook) error, checkAlertmanager func(Alertmanager) error) (Notify, error) {
	n := f.Notify
	n.Webhook, n.Alertmanager = slices.Clone(n.Webhook), slices.Clone(n.Alertmanager)
	if !slices.Contains([]string{"", "en", "zh-CN"}, n.Lang) {
		return n, fmt.Errorf("config: notify: lang %q is neither en nor zh-CN", n.Lang)
	}
	names := map[string]bool{"nats": true}
	for i := range n.Webhook {
		w := &n.Webhook[i]
		err := cmp.Or(named(w.Name, names), w.complete())
		if err == nil {
			err = checkWebhook(*w)
		}
		if err != nil {
			return n, f.inNotify("notify.webhook", i, w.Name, err)
		}
	}
	for i := range n.Alertmanager {
		a := &n.Alertmanager[i]
		err := cmp.Or(named(a.Name, names), a.complete())
		if err == nil {
			err = checkAlertmanager(*a)
		}
		if err != nil {
			return n, f.inNotify("notify.alertmanager", i, a.Name, err)
		}
	}
	return n, nil
}

// keyError is an error of one key.
type keyError struct {
	key string
	err error
}

// Error names the key.
func (e keyError) Error() string { return e.key + ": " + e.err.Error() }

func (f *File) inNotify(list string, i int, name string, err error) error {
	key := ""
	var of keyError
	if errors.As(err, &of) {
		key = of.key
	}
	return fmt.Errorf("config: line %d: %s %q: %w", f.positions.line(list, i, key), list, name, err)
}

func named(name string, names map[string]bool) error {
	switch {
	case name == "":
		return keyError{"name", errors.New("is missing: the health page needs one to show")}
	case names[name]:
		return keyError{"name", errors.New("is in use already")}
	}
	names[name] = true
	return nil
}

func (w *Webhook) complete() error {
	err := cmp.Or(
		fromFile(&w.URL, w.URLFile, "url"),
		fromFile(&w.Secret, w.SecretFile, "secret"),
		fromFile(&w.Template, w.TemplateFile, "template"),
		words(w.On, noticeStates, "on"),
		words(w.Levels, noticeLevels, "levels"),
	)
	if err == nil && w.URL == "" {
		err = keyError{"url", errors.New("neither url nor url_file is given")}
	}
	return err
}

func (a *Alertmanager) complete() error {
	err := fromFile(&a.URL, a.URLFile, "url")
	switch {
	case err != nil:
		return err
	case a.URL == "":
		return keyError{"url", errors.New("neither url nor url_file is given")}
	case !a.Every.Set:
		a.Every.D = defaultResend
	case a.Every.D < leastResend:
		return keyError{"every", fmt.Errorf("%s is below %s", a.Every.D, leastResend)}
	}
	return nil
}

// fromFile fills a value from the file that holds it instead. The error names
// the file and never what is in it.
func fromFile(value *string, path, key string) error {
	if path == "" {
		return nil
	}
	if *value != "" {
		return keyError{key + "_file", fmt.Errorf("%s is given as well", key)}
	}
	info, err := os.Stat(path)
	if err == nil && info.Size() > maxSecretFile {
		err = fmt.Errorf("%s holds more than %d bytes", path, maxSecretFile)
	}
	if err != nil {
		return keyError{key + "_file", err}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return keyError{key + "_file", err}
	}
	*value = strings.TrimSpace(string(data))
	if *value == "" {
		return keyError{key + "_file", fmt.Errorf("%s is empty", path)}
	}
	return nil
}

func words(given, known []string, key string) error {
	for _, word := range given {
		if !slices.Contains(known, word) {
			return keyError{key, fmt.Errorf("%q is none of %s", word, strings.Join(known, ", "))}
		}
	}
	return nil
}

// DescribeNotices writes in words whom this board tells, naming no address.
func DescribeNotices(w io.Writer, n Notify) {
	fmt.Fprintln(w, "\nNotices")
	if !n.Enabled {
		fmt.Fprintln(w, "  this board tells nobody beyond its screen (notify.enabled is false)")
		return
	}
	people := "people are counted by team, not named"
	if n.Names {
		people = "people are named"
	}
	fmt.Fprintf(w, "  this board tells people of breaches, once per floor together with the other boards of the bucket; %s\n", people)
	if n.OnNATS() {
		fmt.Fprintln(w, "  nats: on wallboard.<floor>.breach.<state>")
	}
	for _, h := range n.Webhook {
		form := cmp.Or(h.Template, "json")
		if h.TemplateFile != "" {
			form = h.TemplateFile
		}
		fmt.Fprintf(w, "  %s: a webhook in the form %s, when %s at %s\n", h.Name, form, either(h.On, noticeStates), either(h.Levels, noticeLevels))
	}
	for _, a := range n.Alertmanager {
		fmt.Fprintf(w, "  %s: an Alertmanager, told again every %s\n", a.Name, span(a.Every.D))
	}
}

func either(given, all []string) string {
	if len(given) == 0 {
		given = all
	}
	return strings.Join(given, " or ")
}
