package config

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"wallboard/metrics"
)

func TestTheSampleSaysExactlyWhatTheDefaultsAre(t *testing.T) {
	file, err := Parse([]byte(Sample))
	if err != nil {
		t.Fatal(err)
	}
	got, err := file.Settings(time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	want := metrics.DefaultSettings(time.UTC)
	if got.Service != want.Service || !reflect.DeepEqual(got.HumanOnlyTopics, want.HumanOnlyTopics) || got.Limits != want.Limits {
		t.Errorf("sample: %+v %+v, code: %+v %+v", got.Service, got.Limits, want.Service, want.Limits)
	}
	for id, channel := range want.Channels {
		sample := got.Channels[id]
		sample.Hours.Days, sample.Duty.Days = [7]bool{}, [7]bool{} // mon-sun is every day, as none is
		sample.Hours.Holidays, sample.Duty.Holidays = nil, nil
		if !reflect.DeepEqual(sample, channel) {
			t.Errorf("channel %s: sample %+v, code %+v", id, sample, channel)
		}
	}
	for _, o := range want.Services {
		found := false
		for _, s := range got.Services[len(want.Services):] {
			found = found || s.Channel == o.Channel && *s.AnswerWithin == *o.AnswerWithin
		}
		if !found {
			t.Errorf("the sample lacks the default for channel %q", o.Channel)
		}
	}
}

func TestTheSampleNamesEveryKey(t *testing.T) {
	var keys []string
	var walk func(reflect.Type)
	walk = func(typ reflect.Type) {
		typ = tableType(typ)
		if typ.Kind() != reflect.Struct || typ.PkgPath() != reflect.TypeFor[File]().PkgPath() {
			return
		}
		for i := range typ.NumField() {
			if name := typ.Field(i).Tag.Get("toml"); name != "" {
				keys = append(keys, name)
				walk(typ.Field(i).Type)
			}
		}
	}
	walk(reflect.TypeFor[File]())
	for _, key := range keys {
		if !regexp.MustCompile(`(?m)(^|[^a-z_])` + key + `([^a-z_]|$)`).MatchString(Sample) {
			t.Errorf("key %q is not in the sample", key)
		}
	}
}

func TestEveryExampleOfTheSampleLoads(t *testing.T) {
	comment := regexp.MustCompile(`(?m)^# (\[|[a-z_]+ = )`)
	file, err := Parse([]byte(comment.ReplaceAllString(Sample, "$1")))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.Settings(time.UTC); err != nil {
		t.Fatal(err)
	}
	if _, err := file.Rules(); err != nil {
		t.Fatal(err)
	}
	if len(file.Promotion) != 1 || len(file.Agent) != 1 || file.Floor["hz"].Zone != "Asia/Shanghai" {
		t.Fatalf("examples were not read: %+v", file)
	}
	if _, err := file.Calendar(time.UTC); err != nil {
		t.Fatal(err)
	}
}

func TestMistakesAreNamedWithTheirLine(t *testing.T) {
	for name, row := range map[string]struct{ text, want string }{
		"an unknown key names the nearest":    {"[nats]\nservr = \"x\"", `line 2: unknown key "nats.servr"; did you mean "server"?`},
		"an unknown table names the nearest":  {"[natz]\nserver = \"x\"", `did you mean "nats"?`},
		"a key under a user's own table":      {"[channel.voice]\nslotz = 3", `did you mean "slots"?`},
		"a key far from all names none":       {"[wall]\nqqqqqqq = 3", `unknown key "wall.qqqqqqq" (see`},
		"a span that is none":                 {"[service]\nanswer_within = \"soon\"", "line 2"},
		"a wrong type":                        {"[channel.voice]\nslots = \"many\"", "line 2"},
		"a limit as percentage and as number": {"[[rule]]\nwarn = \"80%\"\ncritical = 70.5", ""},
	} {
		_, err := Parse([]byte(row.text))
		switch {
		case row.want == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case row.want != "" && (err == nil || !strings.Contains(err.Error(), row.want)):
			t.Errorf("%s: got %v, want it to say %q", name, err, row.want)
		}
	}
}

func TestValuesThatCannotBeMeantAreRefused(t *testing.T) {
	for name, text := range map[string]string{
		"a zone that does not exist":    "[floor.a]\nzone = \"Mars/Olympus\"",
		"a day start that is no time":   "[floor.a]\nday_start = \"25:00\"",
		"a variant that does not exist": "[service]\nvariant = \"best\"",
		"an exception for nobody":       "[[service.for]]\nanswer_within = \"1s\"",
		"hours that are no hours":       "[channel.voice]\nhours = \"always\"",
		"two agents of one id":          "[[agent]]\nid = \"1\"\n[[agent]]\nid = \"2\"\naliases = [\"1\"]",
		"a first reply that is neither": "[channel.chat]\nfirst_reply = \"wave\"",
		"a holiday that is no date":     "[channel.chat]\nholidays = [\"tomorrow\"]",
	} {
		file, err := Parse([]byte(text))
		if err != nil {
			t.Errorf("%s: refused too early: %v", name, err)
			continue
		}
		if _, err := file.Settings(time.UTC); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestARosterStandsBesideTheFile(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("agents.csv", "id,aliases,name,team,slots\n1141,Agent/1141 SIP/1141,林,night,voice=1 chat=4\n")
	file, err := Load(write("config.toml", "roster = \"agents.csv\"\n"), Required)
	if err != nil {
		t.Fatal(err)
	}
	want := []Agent{{ID: "1141", Aliases: []string{"Agent/1141", "SIP/1141"}, Name: "林", Team: "night", Slots: map[string]int{"voice": 1, "chat": 4}}}
	if !reflect.DeepEqual(file.Agent, want) {
		t.Fatalf("got %+v", file.Agent)
	}
}

func TestHoursReadAsPeopleWriteThem(t *testing.T) {
	hours, err := parseHours("fri-mon 22:00-06:30", nil)
	if err != nil || hours.From != 22*time.Hour || hours.To != 6*time.Hour+30*time.Minute {
		t.Fatalf("%+v, %v", hours, err)
	}
	if want := [7]bool{true, true, false, false, false, true, true}; hours.Days != want {
		t.Fatalf("fri-mon: days %v", hours.Days)
	}
	if all, err := parseHours("mon-sun 00:00-24:00", nil); err != nil || all.From != all.To {
		t.Fatalf("the whole day: %+v, %v", all, err)
	}
}

func FuzzParseNeverPanics(f *testing.F) {
	f.Add([]byte(Sample))
	f.Add([]byte("[[rule]]\nname=\"x\"\nscope={queue=\"*\"}"))
	f.Fuzz(func(_ *testing.T, data []byte) {
		file, err := Parse(data)
		if err != nil {
			return
		}
		_, _ = file.Settings(time.UTC)
		_, _ = file.Rules()
		_, _ = file.Calendar(time.UTC)
	})
}
