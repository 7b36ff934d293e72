package sim

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"time"
)

// ErrOption is wrapped by every error about an option or an incident's text.
var ErrOption = errors.New("sim: bad option")

// BaseRate is how many events per second the floor speaks around 14:00 with
// Load 1, averaged over seeds (measured by the realism tests). A caller that
// wants n events per second takes Load = n / BaseRate.
const BaseRate = 23.5

// LiveOffset is the point of the simulated day at which a demo goes live.
const LiveOffset = 14 * time.Hour

// The bounds of Options.Load: below the first some teams would be empty, above
// the second the floor would outgrow the 10,000 agents a board accepts.
const (
	MinLoad = 0.1
	MaxLoad = 60.0
)

// Options say which floor to simulate. Offsets are counted from DayStart.
type Options struct {
	Seed     uint64
	Floor    string // floor id, "hz" if empty
	DayStart int64  // when the first simulated day begins, ms since the epoch
	End      int64  // no event at or after this time, ms since the epoch; 0: the days go on for ever

	// Load multiplies customers and staff alike; 0 reads as 1. Customers above
	// the ordinary come from LoadFrom on only, so that a demo under load still
	// has an ordinary day's history to send.
	Load     float64
	LoadFrom time.Duration

	Promotions []Promotion
	Incidents  []Incident
}

// Promotion multiplies arrivals between two offsets. People come in for it
// only as planned for an ordinary day, so queues grow.
type Promotion struct {
	From, To time.Duration
	Factor   float64 // usually 3..5
}

// IncidentKind is a thing that goes wrong on the floor.
type IncidentKind uint8

// The incidents; the zero value is none.
const (
	IncidentNone           IncidentKind = iota
	IncidentAgentsLost                  // a team loses its network: nobody takes offers, running sessions go back to the queue
	IncidentLogistics                   // parcels are stuck: arrivals on the delivery queues surge, with one topic
	IncidentBotFailure                  // the bot understands almost nothing and hands over
	IncidentSlowSystem                  // every reply and every wrap takes more than twice as long
	IncidentPaymentFailure              // payments fail: refund and payment queues surge, orders are cancelled
	numIncidents
)

var incidentNames = [numIncidents]string{"", "agents-lost", "logistics", "bot-failure", "slow-system", "payment-failure"}

// String returns the name used on the command line.
func (k IncidentKind) String() string { return incidentNames[k] }

// IncidentNames lists the incidents that can be asked for.
func IncidentNames() []string { return append([]string(nil), incidentNames[1:]...) }

// Incident is one thing that goes wrong, for a while.
type Incident struct {
	Kind IncidentKind
	At   time.Duration // after DayStart
	For  time.Duration
	Team string // agents-lost only: the team's id, "refund" if empty

	Share float64 // agents-lost only: of the team's people, in (0,1]; 0: all
}

// The incident of a demo starts this long before it goes live: a customer who
// finds no one then has waited for the warning limit of 180 s within the first
// half minute on screen.
const (
	demoIncidentLead = 165 * time.Second
	demoIncidentFor  = 7 * time.Minute
)

// DemoIncident returns the incident every demo begins with: the refund team is
// lost shortly before live, the day's offset of going live.
func DemoIncident(live time.Duration) Incident {
	return Incident{Kind: IncidentAgentsLost, At: live - demoIncidentLead, For: demoIncidentFor, Team: "refund"}
}

// ParseIncident reads NAME, NAME@+30s, NAME@+30s/10m or NAME:TEAM@…, where the
// offset counts from live and the part after the slash is how long it lasts
// (default 10m).
func ParseIncident(text string, live time.Duration) (Incident, error) {
	in := Incident{At: live, For: 10 * time.Minute}
	name, when, timed := strings.Cut(text, "@")
	name, in.Team, _ = strings.Cut(name, ":")
	for k := IncidentAgentsLost; k < numIncidents; k++ {
		if incidentNames[k] == name {
			in.Kind = k
		}
	}
	if in.Kind == IncidentNone {
		return Incident{}, fmt.Errorf("%w: incident %q is none of %s", ErrOption, name, strings.Join(IncidentNames(), ", "))
	}
	if !timed {
		return in, nil
	}
	at, length, long := strings.Cut(when, "/")
	offset, err := time.ParseDuration(at)
	if err != nil {
		return Incident{}, fmt.Errorf("%w: incident %q: offset: %w", ErrOption, text, err)
	}
	in.At += offset
	if long {
		if in.For, err = time.ParseDuration(length); err != nil {
			return Incident{}, fmt.Errorf("%w: incident %q: length: %w", ErrOption, text, err)
		}
	}
	if in.For <= 0 {
		return Incident{}, fmt.Errorf("%w: incident %q: length %s is not positive", ErrOption, text, in.For)
	}
	return in, nil
}

func (o Options) withDefaults() Options {
	if o.Floor == "" {
		o.Floor = "hz"
	}
	if o.Load == 0 {
		o.Load = 1
	}
	return o
}

func (o Options) check() error {
	if math.IsNaN(o.Load) || o.Load < MinLoad || o.Load > MaxLoad {
		return fmt.Errorf("%w: load %v is outside %v to %v", ErrOption, o.Load, MinLoad, MaxLoad)
	}
	for _, r := range o.Floor {
		if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789_-", r) {
			return fmt.Errorf("%w: floor %q: only a-z, 0-9, _ and -", ErrOption, o.Floor)
		}
	}
	if len(o.Floor) > 32 {
		return fmt.Errorf("%w: floor %q is longer than 32", ErrOption, o.Floor)
	}
	for _, p := range o.Promotions {
		if p.To <= p.From || math.IsNaN(p.Factor) || p.Factor <= 0 || p.Factor > 100 {
			return fmt.Errorf("%w: promotion %s to %s ×%v", ErrOption, p.From, p.To, p.Factor)
		}
	}
	for _, in := range o.Incidents {
		if in.Kind == IncidentNone || in.Kind >= numIncidents || in.For <= 0 {
			return fmt.Errorf("%w: incident %d for %s", ErrOption, in.Kind, in.For)
		}
		if math.IsNaN(in.Share) || in.Share < 0 || in.Share > 1 {
			return fmt.Errorf("%w: incident: a share of %v of a team", ErrOption, in.Share)
		}
		if in.Kind == IncidentAgentsLost && in.Team != "" && teamIndex(in.Team) < 0 {
			return fmt.Errorf("%w: incident: no team %q", ErrOption, in.Team)
		}
	}
	return nil
}
