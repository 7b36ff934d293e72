package cdr

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
)

//go:embed maps/*.toml
var shipped embed.FS

// Map says how a table becomes events. Load and Parse return only maps that
// have been checked; its TOML form is described in the package comment.
type Map struct {
	Name string `toml:"-"` // of the shipped map, or of the file without .toml

	About      string              `toml:"about"`
	Format     string              `toml:"format"`
	Delimiter  string              `toml:"delimiter"`
	Columns    []string            `toml:"columns"`
	Expand     []string            `toml:"expand"`
	Source     string              `toml:"source"`
	Floor      string              `toml:"floor"`
	Channel    string              `toml:"channel"`
	Session    string              `toml:"session"`
	Queue      string              `toml:"queue"`
	Agent      string              `toml:"agent"`
	Customer   string              `toml:"customer"`
	Topic      string              `toml:"topic"`
	Priority   string              `toml:"priority"`
	Zone       string              `toml:"zone"`
	Unset      map[string][]string `toml:"unset"`
	Needs      map[string]string   `toml:"needs"`
	Time       timeKeys            `toml:"time"`
	Outcome    string              `toml:"outcome"`
	Answered   ending              `toml:"answered"`
	Abandoned  ending              `toml:"abandoned"`
	Skipped    skipped             `toml:"skipped"`
	Rating     rating              `toml:"rating"`
	Resolution resolution          `toml:"resolution"`
	Messages   []message           `toml:"message"`
	Activity   string              `toml:"activity"`
	ReopenedBy string              `toml:"reopened_by"`
	Rows       []rowRule           `toml:"row"`

	zone                   *time.Location
	layout, dateLayout     layout
	rules                  map[string]*rowRule // by activity
	answered, abandonedSet map[string]bool
	skippedSet             map[string]bool
}

type timeKeys struct {
	Column     string   `toml:"column"`
	Layout     string   `toml:"layout"`
	Date       string   `toml:"date"`
	DateLayout string   `toml:"date_layout"`
	Order      []string `toml:"order"`
}

type ending struct {
	When   []string   `toml:"when"`
	Wait   [][]string `toml:"wait"`
	Closed []string   `toml:"closed"`
}

type skipped struct {
	When []string `toml:"when"`
}

type rating struct {
	Score string `toml:"score"`
	Scale string `toml:"scale"`
}

type resolution struct {
	Column     string   `toml:"column"`
	Resolved   []string `toml:"resolved"`
	Unresolved []string `toml:"unresolved"`
}

type message struct {
	By string   `toml:"by"`
	At []string `toml:"at"`
}

type rowRule struct {
	When     []string `toml:"when"`
	Do       []string `toml:"do"`
	By       string   `toml:"by"`
	Queue    string   `toml:"queue"`
	Agent    string   `toml:"agent"`
	Customer string   `toml:"customer"`
}

// Info introduces a map that ships with the program.
type Info struct{ Name, About string }

// Maps lists the maps that ship with the program, by name.
func Maps() []Info {
	files, err := shipped.ReadDir("maps")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	var infos []Info
	for _, f := range files {
		name := strings.TrimSuffix(f.Name(), ".toml")
		m, err := Load(name)
		if err != nil {
			panic(err) // a test loads every one of them
		}
		infos = append(infos, Info{Name: name, About: m.About})
	}
	return infos
}

// Load reads the shipped map of that name, or the file if the name ends in
// .toml or has a path in it.
func Load(nameOrFile string) (*Map, error) {
	if strings.HasSuffix(nameOrFile, ".toml") || strings.ContainsRune(nameOrFile, os.PathSeparator) {
		text, err := os.ReadFile(nameOrFile)
		if err != nil {
			return nil, fmt.Errorf("cdr: read map: %w", err)
		}
		base := nameOrFile[strings.LastIndexByte(nameOrFile, os.PathSeparator)+1:]
		return Parse(strings.TrimSuffix(base, ".toml"), text)
	}
	text, err := shipped.ReadFile("maps/" + nameOrFile + ".toml")
	if err != nil {
		files, _ := shipped.ReadDir("maps") // an empty list only shortens the message
		var names []string
		for _, f := range files {
			names = append(names, strings.TrimSuffix(f.Name(), ".toml"))
		}
		return nil, fmt.Errorf("cdr: no map named %q ships; there are %s (a map of your own: the path of a .toml file)",
			nameOrFile, strings.Join(names, ", "))
	}
	return Parse(nameOrFile, text)
}

// Parse reads a map. An unknown key is an error that names the key, its line
// and the nearest known one.
func Parse(name string, text []byte) (*Map, error) {
	m := &Map{Name: name}
	decoder := toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields()
	if err := decoder.Decode(m); err != nil {
		return nil, fmt.Errorf("cdr: map %q: %w", name, explain(err))
	}
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("cdr: map %q: %w", name, err)
	}
	return m, nil
}

// explain turns a decoding error into one line with the place and a suggestion.
func explain(err error) error {
	var strict *toml.StrictMissingError
	if errors.As(err, &strict) && len(strict.Errors) > 0 {
		first := strict.Errors[0]
		line, _ := first.Position()
		key := first.Key()
		known := knownKeys(reflect.TypeFor[Map](), key[:len(key)-1])
		return fmt.Errorf("line %d: unknown key %q%s", line, strings.Join(key, "."), didYouMean(key[len(key)-1], known))
	}
	var bad *toml.DecodeError
	if errors.As(err, &bad) {
		line, column := bad.Position()
		return fmt.Errorf("line %d, column %d: %s", line, column, strings.TrimPrefix(bad.Error(), "toml: "))
	}
	return err
}

// knownKeys lists the keys of the table at path.
func knownKeys(t reflect.Type, path []string) []string {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	var keys []string
	for i := range t.NumField() {
		key := t.Field(i).Tag.Get("toml")
		if key == "" || key == "-" {
			continue
		}
		if len(path) > 0 && key == path[0] {
			return knownKeys(t.Field(i).Type, path[1:])
		}
		keys = append(keys, key)
	}
	if len(path) > 0 {
		return nil // an unknown table: it was reported itself
	}
	return keys
}
