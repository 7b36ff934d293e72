package natsfeed

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// home makes a configuration folder with the contexts given.
func home(t *testing.T, contexts map[string]string) func(string) string {
	t.Helper()
	dir := t.TempDir()
	folder := filepath.Join(dir, "nats", "context")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, body := range contexts {
		if err := os.WriteFile(filepath.Join(folder, name+".json"), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "wall.creds"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	return func(key string) string {
		if key == "XDG_CONFIG_HOME" || key == "HOME" {
			return dir
		}
		return ""
	}
}

func TestContextFillsWhatOptionsLeaveEmpty(t *testing.T) {
	getenv := home(t, map[string]string{"prod": `{"description":"x","url":"nats://prod:4222","user":"wall","password":"canary",
		"inbox_prefix":"_INBOX_ours","jetstream_domain":"hub","tls_first":true,"color_scheme":"ignored"}`})
	o, err := Options{Context: "prod", Getenv: getenv}.complete()
	if err != nil {
		t.Fatal(err)
	}
	if o.Server != "nats://prod:4222" || o.User != "wall" || o.Password != "canary" || o.InboxPrefix != "_INBOX_ours" || o.Domain != "hub" || !o.TLSFirst {
		t.Fatalf("read %+v", o)
	}
	o, err = Options{Context: "prod", Server: "nats://other:4222", Token: "mine", Getenv: getenv}.complete()
	if err != nil {
		t.Fatal(err)
	}
	if o.Server != "nats://other:4222" || o.Token != "mine" || o.User != "" || o.Password != "" {
		t.Fatalf("the context beat the options, or two kinds of credentials were mixed: %+v", o)
	}
}

func TestContextPathsAreExpanded(t *testing.T) {
	getenv := home(t, map[string]string{"c": `{"creds":"~/wall.creds"}`, "d": `{"creds":"$HOME/wall.creds"}`})
	for _, name := range []string{"c", "d"} {
		o, err := Options{Context: name, Getenv: getenv}.complete()
		if err != nil {
			t.Fatal(err)
		}
		if want := filepath.Join(getenv("HOME"), "wall.creds"); o.Creds != want {
			t.Fatalf("creds %q, want %q", o.Creds, want)
		}
	}
}

func TestContextThatCannotBeUsedSaysWhy(t *testing.T) {
	getenv := home(t, map[string]string{
		"nsc": `{"nsc":"nsc://operator/account/user"}`, "socks": `{"socks_proxy":"socks5://h"}`,
		"vault": `{"password":"op://vault/item/canary"}`, "broken": `{"password":"canary",`, "creds": `{"creds":"/nowhere/wall.creds"}`,
	})
	for _, tt := range []struct{ name, context, want string }{
		{"an unknown name lists the known ones", "prdo", "broken, creds, nsc"},
		{"a path is not a name", "../prod", "not a name"},
		{"nsc look-ups are refused", "nsc", `"nsc" is not supported`},
		{"proxies are refused", "socks", `"socks_proxy" is not supported`},
		{"a vault reference is refused", "vault", "refers to a op store"},
		{"a broken file is not quoted", "broken", "not the JSON object"},
		{"a missing credentials file is named", "creds", "/nowhere/wall.creds"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Options{Context: tt.context, Getenv: getenv}.complete()
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("error %v, want %q in it", err, tt.want)
			}
			if strings.Contains(err.Error(), "canary") {
				t.Fatalf("secret in %q", err)
			}
		})
	}
}

func TestOptionsThatCannotWorkAreRefused(t *testing.T) {
	if _, err := (Options{TLSCert: "a.pem"}).complete(); err == nil {
		t.Fatal("a certificate without its key was taken")
	}
	if _, err := (Options{Domain: "hub", APIPrefix: "$JS.hub.API"}).complete(); err == nil {
		t.Fatal("a domain and a prefix were taken")
	}
}
