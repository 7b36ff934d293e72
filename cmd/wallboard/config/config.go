// Package config owns the configuration file: its keys, their defaults and
// what they mean in words. It must not know screens or NATS connections.
package config

import (
	"bytes"
	"cmp"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/pelletier/go-toml/v2"
)

// File is the configuration file, key by key. Zero values mean "not set":
// Settings and Rules lay them over the defaults.
type File struct {
	NATS      NATS                `toml:"nats"`
	Floor     map[string]Floor    `toml:"floor"`
	Service   Service             `toml:"service"`
	Channel   map[string]Channel  `toml:"channel"`
	Topics    Topics              `toml:"topics"`
	Pauses    map[string]Duration `toml:"pause"`
	Emotion   Emotion             `toml:"emotion"`
	Sales     Sales               `toml:"sales"`
	Work      Productivity        `toml:"productivity"`
	Target    []Target            `toml:"target"`
	Rule      []Rule              `toml:"rule"`
	Promotion []Promotion         `toml:"promotion"`
	Agent     []Agent             `toml:"agent"`
	Roster    string              `toml:"roster"`
	Wall      Wall                `toml:"wall"`
	Notify    Notify              `toml:"notify"`
	State     State               `toml:"state"`

	positions positions // of the keys in lists of tables
}

// NATS is where events come from.
type NATS struct {
	Server   string   `toml:"server"`
	Context  string   `toml:"context"`
	Creds    string   `toml:"creds"`
	NKey     string   `toml:"nkey"`
	TLSCA    string   `toml:"tls_ca"`
	TLSCert  string   `toml:"tls_cert"`
	TLSKey   string   `toml:"tls_key"`
	Stream   string   `toml:"stream"`
	Lookback Duration `toml:"lookback"`
}

// Floor places a floor in time.
type Floor struct {
	Zone     string `toml:"zone"`
	DayStart string `toml:"day_start"`
}

// Service is what "answered in time" means, and for whom it differs.
type Service struct {
	AnswerWithin Duration     `toml:"answer_within"`
	ShortAbandon Duration     `toml:"short_abandon"`
	Variant      string       `toml:"variant"`
	For          []ServiceFor `toml:"for"`
}

// ServiceFor is an exception of Service for a queue, a channel or both.
type ServiceFor struct {
	Queue        string   `toml:"queue"`
	Channel      string   `toml:"channel"`
	AnswerWithin Duration `toml:"answer_within"`
	ShortAbandon Duration `toml:"short_abandon"`
	Variant      string   `toml:"variant"`
}

// Channel is how a channel works.
type Channel struct {
	FirstReply  string   `toml:"first_reply"`
	Slots       int      `toml:"slots"`
	ReplyWithin Duration `toml:"reply_within"`
	Hours       string   `toml:"hours"`
	Duty        string   `toml:"duty"`
	Holidays    []string `toml:"holidays"`
	OrphanAfter Duration `toml:"orphan_after"`
}

// Topics say which topics only people may handle.
type Topics struct {
	HumanOnly []string `toml:"human_only"`
}

// Emotion says which labels of a mood count as negative, and how sure a label
// must be.
type Emotion struct {
	Negative   []string `toml:"negative"`
	Confidence *float64 `toml:"confidence"`
}

// Sales say when a contact counts as converted, and against what.
type Sales struct {
	Credit   string `toml:"credit"`
	Base     Limit  `toml:"base"`
	Currency string `toml:"currency"`
}

// Productivity is what the uplift is measured against.
type Productivity struct {
	Baseline float64 `toml:"baseline"`
}

// Target replaces the catalogue's target of a KPI.
type Target struct {
	KPI      string `toml:"kpi"`
	Queue    string `toml:"queue"`
	Channel  string `toml:"channel"`
	Value    *Limit `toml:"value"`
	Critical *Limit `toml:"critical"`
	Lo       *Limit `toml:"lo"`
	Hi       *Limit `toml:"hi"`
}

// Agent introduces a person or machine.
type Agent struct {
	ID      string         `toml:"id"`
	Aliases []string       `toml:"aliases"`
	Name    string         `toml:"name"`
	Team    string         `toml:"team"`
	Bot     bool           `toml:"bot"`
	Slots   map[string]int `toml:"slots"`
}

// State is where closed days are kept, and for how long.
type State struct {
	Dir      string `toml:"dir"`
	KeepDays int    `toml:"keep_days"`
}

// defaultKeepDays covers the same week of the year before.
const defaultKeepDays = 400

// Days returns how many closed days are kept.
func (s State) Days() (int, error) {
	if s.KeepDays < 0 {
		return 0, fmt.Errorf("config: state: keep_days is %d, below 0", s.KeepDays)
	}
	return cmp.Or(s.KeepDays, defaultKeepDays), nil
}

// Folder returns the folder of the state: the configured one, else the user's
// usual place; "" where nothing says where that is.
func (s State) Folder(getenv func(string) string) string {
	if s.Dir != "" {
		return os.Expand(s.Dir, getenv)
	}
	dir := getenv("XDG_STATE_HOME")
	if dir == "" {
		home := getenv("HOME")
		if home == "" {
			return ""
		}
		dir = filepath.Join(home, ".local", "state")
	}
	return filepath.Join(dir, "wallboard")
}

// Sample is the configuration file with every key, default and comment.
//
//go:embed sample.toml
var Sample string

// Path returns where the file is looked for when no flag names one.
func Path(getenv func(string) string) string {
	dir := getenv("XDG_CONFIG_HOME")
	if dir == "" {
		home := getenv("HOME")
		if home == "" {
			return ""
		}
		dir = filepath.Join(home, ".config")
	}
	return filepath.Join(dir, "wallboard", "config.toml")
}

// ThemesDir returns the folder of the user's own themes, beside the usual place
// of the file; "" where nothing says where that is.
func ThemesDir(getenv func(string) string) string {
	path := Path(getenv)
	if path == "" {
		return ""
	}
	return filepath.Join(filepath.Dir(path), "themes")
}

// Load reads the file at path. A missing file is an error only when wanted
// says that the user named it. Relative paths inside it are taken from its
// folder.
func Load(path string, wanted Wanted) (*File, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) && wanted == Optional {
		return &File{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("config: read the file: %w", err)
	}
	file, err := Parse(data)
	if err != nil {
		return nil, fmt.Errorf("config: %s: %w", path, err)
	}
	file.Notify.beside(filepath.Dir(path))
	if file.Roster != "" && !filepath.IsAbs(file.Roster) {
		file.Roster = filepath.Join(filepath.Dir(path), file.Roster)
	}
	if file.Roster != "" {
		agents, err := loadRoster(file.Roster)
		if err != nil {
			return nil, err
		}
		file.Agent = append(agents, file.Agent...)
	}
	return file, nil
}

// Wanted says whether a file must be there.
type Wanted bool

// A file that a flag names is Required; the one at the usual place is Optional.
const (
	Optional Wanted = false
	Required Wanted = true
)

// Parse reads a configuration strictly: an unknown key is an error that names
// the key, its line and the nearest known one.
func Parse(data []byte) (*File, error) {
	file := &File{}
	decoder := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields()
	err := decoder.Decode(file)
	var unknown *toml.StrictMissingError
	if errors.As(err, &unknown) {
		return nil, unknownKey(unknown)
	}
	var bad *toml.DecodeError
	if errors.As(err, &bad) {
		row, column := bad.Position()
		return nil, fmt.Errorf("line %d, column %d: %s (see: wallboard check --sample)", row, column, bad.Error())
	}
	if err != nil {
		return nil, err
	}
	file.positions = positionsIn(data)
	return file, nil
}
