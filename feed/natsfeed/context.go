package natsfeed

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// cliContext is one of the nats CLI's connection profiles: the fields of its
// JSON file that a reader of events can use, and those it must refuse.
type cliContext struct {
	URL         string `json:"url"`
	Token       string `json:"token"`
	User        string `json:"user"`
	Password    string `json:"password"`
	Creds       string `json:"creds"`
	NKey        string `json:"nkey"`
	JWT         string `json:"user_jwt"`
	Seed        string `json:"user_seed"`
	Cert        string `json:"cert"`
	Key         string `json:"key"`
	CA          string `json:"ca"`
	TLSFirst    bool   `json:"tls_first"`
	InboxPrefix string `json:"inbox_prefix"`
	Domain      string `json:"jetstream_domain"`
	APIPrefix   string `json:"jetstream_api_prefix"`

	NSC       string `json:"nsc"`
	Socks     string `json:"socks_proxy"`
	CertStore string `json:"windows_cert_store"`
}

// contextFolder is where the CLI keeps its contexts.
func contextFolder(getenv func(string) string) string {
	home := getenv("XDG_CONFIG_HOME")
	if home == "" {
		home = filepath.Join(getenv("HOME"), ".config")
	}
	return filepath.Join(home, "nats", "context")
}

// Contexts lists the names of the nats CLI's contexts; getenv nil is the
// process's own environment.
func Contexts(getenv func(string) string) []string {
	if getenv == nil {
		getenv = os.Getenv
	}
	paths, err := filepath.Glob(filepath.Join(contextFolder(getenv), "*.json"))
	if err != nil {
		return nil // a folder with a pattern in its name has no contexts to offer
	}
	names := make([]string, 0, len(paths))
	for _, p := range paths {
		names = append(names, strings.TrimSuffix(filepath.Base(p), ".json"))
	}
	sort.Strings(names)
	return names
}

func loadContext(name string, getenv func(string) string) (cliContext, error) {
	var c cliContext
	if name != filepath.Base(name) || strings.Contains(name, "..") {
		return c, fmt.Errorf("natsfeed: context %q: not a name", name)
	}
	raw, err := os.ReadFile(filepath.Join(contextFolder(getenv), name+".json"))
	if os.IsNotExist(err) {
		known := strings.Join(Contexts(getenv), ", ")
		if known == "" {
			known = "none"
		}
		return c, fmt.Errorf("natsfeed: context %q: no such context in %s (there: %s)", name, contextFolder(getenv), known)
	}
	if err != nil {
		return c, fmt.Errorf("natsfeed: context %q: %w", name, err)
	}
	if err := json.Unmarshal(raw, &c); err != nil {
		// The decoder's error may quote the file, and the file holds passwords.
		return c, fmt.Errorf("natsfeed: context %q: the file is not the JSON object a context is", name)
	}
	if err := c.refuse(name); err != nil {
		return c, err
	}
	for _, path := range []*string{&c.Creds, &c.NKey, &c.Cert, &c.Key, &c.CA} {
		*path = expand(*path, getenv)
	}
	return c, nil
}

// refuse names what the CLI would do and this program does not, rather than
// connecting as somebody else than the context says.
func (c cliContext) refuse(name string) error {
	for field, value := range map[string]string{"nsc": c.NSC, "socks_proxy": c.Socks, "windows_cert_store": c.CertStore} {
		if value != "" {
			return fmt.Errorf("natsfeed: context %q: field %q is not supported (use creds, nkey, user and password, or token)", name, field)
		}
	}
	for field, value := range map[string]string{"creds": c.Creds, "nkey": c.NKey, "password": c.Password, "token": c.Token, "user_seed": c.Seed} {
		if scheme, _, found := strings.Cut(value, "://"); found && field != "url" {
			return fmt.Errorf("natsfeed: context %q: field %q refers to a %s store, which is not supported", name, field, scheme)
		}
	}
	return nil
}

// under returns o with the context's value in every field o leaves empty.
// Credentials count as one field: giving any of them replaces all.
func (c cliContext) under(o Options) Options {
	fill := func(to *string, from string) {
		if *to == "" {
			*to = from
		}
	}
	fill(&o.Server, c.URL)
	if o.Creds+o.NKey+o.User+o.Password+o.Token+o.JWT+o.Seed == "" {
		o.Creds, o.NKey, o.User, o.Password, o.Token, o.JWT, o.Seed = c.Creds, c.NKey, c.User, c.Password, c.Token, c.JWT, c.Seed
	}
	if o.TLSCert+o.TLSKey == "" {
		o.TLSCert, o.TLSKey = c.Cert, c.Key
	}
	fill(&o.TLSCA, c.CA)
	o.TLSFirst = o.TLSFirst || c.TLSFirst
	fill(&o.InboxPrefix, c.InboxPrefix)
	if o.Domain+o.APIPrefix == "" {
		o.Domain, o.APIPrefix = c.Domain, c.APIPrefix
	}
	return o
}
