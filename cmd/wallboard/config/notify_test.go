package config

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func fine[T any](T) error { return nil }

func TestMistakesInNoticesAreNamedWithTheirLine(t *testing.T) {
	const head = "[notify]\nenabled = true\n"
	for name, row := range map[string]struct{ text, want string }{
		"no name":                         {head + "[[notify.webhook]]\nurl = \"http://h\"", "line 3"},
		"a name twice":                    {head + "[[notify.webhook]]\nname = \"a\"\nurl = \"http://h\"\n[[notify.alertmanager]]\nurl = \"http://h\"\nname = \"a\"", "line 8: notify.alertmanager \"a\": name: is in use"},
		"the name of the built-in way":    {"[[notify.webhook]]\nname = \"nats\"\nurl = \"http://h\"", "line 2"},
		"no address":                      {"[[notify.webhook]]\nname = \"a\"", "neither url nor url_file"},
		"two addresses":                   {"[[notify.webhook]]\nname = \"a\"\nurl = \"http://h\"\nurl_file = \"x\"", "line 4"},
		"a file that is not there":        {"[[notify.webhook]]\nname = \"a\"\nurl_file = \"/nowhere/at/all\"", "line 3"},
		"a state nobody knows":            {"[[notify.webhook]]\nname = \"a\"\nurl = \"http://h\"\non = [\"burning\"]", `line 4: notify.webhook "a": on: "burning" is none of firing, escalated, resolved`},
		"a level nobody knows":            {"[[notify.webhook]]\nname = \"a\"\nurl = \"http://h\"\nlevels = [\"mild\"]", "line 4"},
		"an alertmanager that is flooded": {"[[notify.alertmanager]]\nname = \"a\"\nurl = \"http://h\"\nevery = \"1s\"", "line 4"},
		"a language nobody speaks":        {"[notify]\nlang = \"tlh\"", "neither en nor zh-CN"},
		"what only the sender knows":      {"[[notify.webhook]]\nname = \"bad\"\nurl = \"http://h\"", "the sender says no"},
	} {
		file, err := Parse([]byte(row.text))
		if err != nil {
			t.Errorf("%s: refused too early: %v", name, err)
			continue
		}
		_, err = file.Notices(func(w Webhook) error {
			if w.Name == "bad" {
				return errors.New("the sender says no")
			}
			return nil
		}, fine)
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got %v, want it to say %q", name, err, row.want)
		}
	}
	if _, err := Parse([]byte("[[notify.webhook]]\nnam = \"a\"")); err == nil || !strings.Contains(err.Error(), `did you mean "name"`) {
		t.Errorf("an unknown key: %v", err)
	}
}

func TestSecretsStandBesideTheFileAndAreNotDescribed(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"hook.url": "https://h/hush-url\n", "hook.secret": "hush-secret\n",
		"config.toml": "[notify]\nenabled = true\n[[notify.webhook]]\nname = \"ops\"\nurl_file = \"hook.url\"\nsecret_file = \"hook.secret\"\ntemplate = \"feishu\"\nheaders = { Authorization = \"hush-header\" }\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	file, err := Load(filepath.Join(dir, "config.toml"), Required)
	if err != nil {
		t.Fatal(err)
	}
	n, err := file.Notices(fine, fine)
	if err != nil || n.Webhook[0].URL != "https://h/hush-url" || n.Webhook[0].Secret != "hush-secret" {
		t.Fatalf("%v %+v", err, n.Webhook)
	}
	var words bytes.Buffer
	DescribeNotices(&words, n)
	if strings.Contains(words.String(), "hush") || !strings.Contains(words.String(), "ops: a webhook in the form feishu, when firing or escalated or resolved at warn or critical") {
		t.Error(words.String())
	}
}
