//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nats-io/nats-server/v2/server"

	"wallboard/feed/embed"
	"wallboard/feed/natsfeed"
)

func TestTheDoctorFindsNothingWhereAllIsWell(t *testing.T) {
	r := run(t, "doctor", "--server", stream(t)).ends(exitFine).prints("connected to nats://127.0.0.1", "everything that is needed is allowed")
	if strings.Contains(r.stdout, "\x1b") {
		t.Error("colours in a pipe")
	}
	run(t, "doctor", "--offline", "--lang", "zh-CN").ends(exitFine).prints("此处没有终端", "简体中文")
	run(t, "doctor", "--offline", "--json").ends(exitFine).prints(`"ok": true`, `"level": "skip"`)
}

func TestTheDoctorSaysWhatWouldStopABoard(t *testing.T) {
	run(t, "doctor", "--server", "nats://127.0.0.1:1").ends(exitFailure).prints("Nothing listens on nats://127.0.0.1:1")
	broken := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(broken, []byte("[wall]\nthem = \"dusk\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, "doctor", "--config", broken, "--server", stream(t)).ends(exitFailure).
		prints(`unknown key "wall.them"`, "wallboard check --sample", "everything that is needed is allowed")
	if err := os.WriteFile(broken, []byte("[[rule]]\nname = \"a\"\nkpi = \"nonsense\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, "doctor", "--config", broken, "--offline").ends(exitFailure).prints("nonsense")
}

func TestTheDoctorNamesMissingPermissionsAndNoSecrets(t *testing.T) {
	floor := natsfeed.FloorStream(natsfeed.DefaultStream)
	s, err := embed.Start(embed.Options{Storage: embed.Memory, Stream: &floor, User: "acd", Password: "canary-acd", Users: []*server.User{{
		Username: "wall", Password: "canary-wall",
		Permissions: &server.Permissions{
			Subscribe: &server.SubjectPermission{Allow: []string{"_INBOX_wb.>"}},
			Publish:   &server.SubjectPermission{Allow: []string{"$JS.API.STREAM.INFO.FLOOR"}},
		},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Shutdown)
	host := strings.TrimPrefix(s.ClientURL(), "nats://")
	for _, tt := range []struct {
		password string
		says     []string
	}{
		{"canary-wall", []string{"4 subjects are refused", "$JS.API.CONSUMER.MSG.NEXT.FLOOR.>", "acknowledgements stay on this screen", "$KV.wallboard.>"}},
		{"canary-wrong", []string{"Authorization Violation", "--creds"}},
	} {
		for _, form := range []string{"text", "json"} {
			args := []string{"doctor", "--server", "nats://wall:" + tt.password + "@" + host}
			if form == "json" {
				args = append(args, "--json")
			}
			r := run(t, args...).ends(exitFailure)
			for _, says := range tt.says {
				if flat := strings.Join(strings.Fields(r.stdout), " "); !strings.Contains(flat, says) {
					t.Errorf("%s does not say %q:\n%s", form, says, r.stdout)
				}
			}
			if strings.Contains(r.stdout+r.stderr, "canary") {
				t.Errorf("a secret in\n%s%s", r.stdout, r.stderr)
			}
		}
	}
}

// wrote waits until the text was written, outside of any frame.
func (s *terminal) wrote(text string) {
	s.t.Helper()
	s.when(fmt.Sprintf("%q", text), func(string) bool {
		sent, _ := s.sent(0)
		return strings.Contains(sent, text)
	})
}

func TestTheDoctorAsksTheTerminalAndLeavesItAsItWas(t *testing.T) {
	s := start(t, 100, 40, nil, "doctor", "--offline")
	for _, text := range []string{"100 x 40", "the cursor was reported within", "characters are drawn as wide as expected", "+08:00, because of TZ=Asia/Shanghai"} {
		s.wrote(text)
	}
	s.ends(exitFine)
	s.restored()
	narrow := start(t, 100, 40, []string{"TERM=dumb"}, "doctor", "--offline")
	narrow.wrote("TERM=dumb can place no cursor")
	narrow.ends(exitFailure)
}
