package natsfeed

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
)

func TestRedact(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"a plain URL stays", "nats://127.0.0.1:4222", "nats://127.0.0.1:4222"},
		{"user and password go", "nats://wall:canary@host:4222", "nats://***@host:4222"},
		{"a token goes", "tls://canary@host", "tls://***@host"},
		{"each of a list goes", "nats://a:canary@h1,nats://b:canary@h2", "nats://***@h1,nats://***@h2"},
		{"a URL without scheme", "wall:canary@host:4222", "***@host:4222"},
		{"an unescaped slash and at sign", "nats://wall:ca/na@ry@host", "nats://***@host"},
		{"inside an error", `dial "nats://wall:canary@host": refused`, `dial "nats://***@host": refused`},
		{"text without URLs stays", "no responders available", "no responders available"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Redact(tt.in); got != tt.want {
				t.Fatalf("Redact(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestRedactedErrorHidesKnownSecretsAndKeepsItsCause(t *testing.T) {
	hide := redactor{secrets: []string{"canary-token", ""}}
	err := hide.err(errors.Join(errors.New("bad token canary-token"), fs.ErrNotExist))
	if strings.Contains(err.Error(), "canary") {
		t.Fatalf("secret in %q", err)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		t.Fatal("the cause got lost")
	}
}

func FuzzRedactNeverShowsUserInformation(f *testing.F) {
	f.Add("wall", "canary", "host")
	f.Add("a b", "p/w@x", "::1")
	f.Fuzz(func(t *testing.T, user, password, host string) {
		if strings.ContainsAny(user+password+host, " ,\t\n\"'<>()") {
			t.Skip("never one word, so never one URL")
		}
		got := Redact("nats://" + user + ":" + password + "@" + host)
		if want := "***@"; !strings.Contains(got, want) || strings.Contains(strings.TrimSuffix(got, host), ":"+password+"@") {
			t.Fatalf("%q", got)
		}
	})
}
