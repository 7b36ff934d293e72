package config

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"wallboard/metrics"
)

// Settings lays the file over the engine's defaults. zone is that of floors
// that name none.
func (f *File) Settings(zone *time.Location) (metrics.Settings, error) {
	s := metrics.DefaultSettings(zone)
	for _, step := range []func(*metrics.Settings) error{f.setFloors, f.setService, f.setChannels, f.setAgents, f.setQuality} {
		if err := step(&s); err != nil {
			return s, fmt.Errorf("config: %w", err)
		}
	}
	if f.NATS.Lookback.Set {
		s.Limits.Lookback = f.NATS.Lookback.D
	}
	if f.Topics.HumanOnly != nil {
		s.HumanOnlyTopics = f.Topics.HumanOnly
	}
	if len(f.Pauses) > 0 {
		s.Allowances = make(map[string]time.Duration, len(f.Pauses))
		for reason, allowed := range f.Pauses {
			s.Allowances[reason] = allowed.D
		}
	}
	return s, nil
}

func (f *File) setFloors(s *metrics.Settings) error {
	s.Floors = make(map[string]metrics.FloorSettings, len(f.Floor))
	for id, floor := range f.Floor {
		settings := s.Floor
		if floor.Zone != "" {
			zone, err := time.LoadLocation(floor.Zone)
			if err != nil {
				return fmt.Errorf("floor %q: zone %q is not known (such as \"Asia/Shanghai\")", id, floor.Zone)
			}
			settings.Zone = zone
		}
		if floor.DayStart != "" {
			start, err := parseTimeOfDay(floor.DayStart)
			if err != nil || start >= 24*time.Hour {
				return fmt.Errorf("floor %q: day_start %q is no time of day such as 00:00", id, floor.DayStart)
			}
			settings.DayStart = start
		}
		s.Floors[id] = settings
	}
	return nil
}

func (f *File) setService(s *metrics.Settings) error {
	base := ServiceFor{AnswerWithin: f.Service.AnswerWithin, ShortAbandon: f.Service.ShortAbandon, Variant: f.Service.Variant}
	override, err := base.override()
	if err != nil {
		return fmt.Errorf("service: %w", err)
	}
	if override.AnswerWithin != nil {
		s.Service.AnswerWithin = *override.AnswerWithin
	}
	if override.ShortAbandon != nil {
		s.Service.ShortAbandon = *override.ShortAbandon
	}
	if override.Variant != nil {
		s.Service.Variant = *override.Variant
	}
	for i, exception := range f.Service.For {
		override, err := exception.override()
		if err != nil {
			return fmt.Errorf("service.for, number %d: %w", i+1, err)
		}
		if override.Queue == "" && override.Channel == "" {
			return fmt.Errorf("service.for, number %d: names neither a queue nor a channel", i+1)
		}
		s.Services = append(s.Services, override)
	}
	return nil
}

func (e ServiceFor) override() (metrics.ServiceOverride, error) {
	o := metrics.ServiceOverride{Queue: e.Queue, Channel: strings.ToLower(e.Channel)}
	if e.AnswerWithin.Set {
		o.AnswerWithin = &e.AnswerWithin.D
	}
	if e.ShortAbandon.Set {
		o.ShortAbandon = &e.ShortAbandon.D
	}
	if e.Variant != "" {
		v, ok := metrics.ParseVariant(e.Variant)
		if !ok {
			return o, fmt.Errorf("variant %q is none of %s", e.Variant, strings.Join(variantNames(), ", "))
		}
		o.Variant = &v
	}
	return o, nil
}

func variantNames() []string {
	var names []string
	for v := range metrics.NumVariants {
		names = append(names, v.String())
	}
	return names
}

func (f *File) setChannels(s *metrics.Settings) error {
	channels := make(map[string]metrics.ChannelSettings, len(s.Channels)+len(f.Channel))
	for id, c := range s.Channels {
		channels[id] = c
	}
	for id, c := range f.Channel {
		base, known := channels[id]
		if !known {
			base = s.Channel
		}
		settings, err := c.over(base)
		if err != nil {
			return fmt.Errorf("channel %q: %w", id, err)
		}
		channels[strings.ToLower(id)] = settings
	}
	s.Channels = channels
	return nil
}

func (c Channel) over(base metrics.ChannelSettings) (metrics.ChannelSettings, error) {
	switch c.FirstReply {
	case "":
	case "answer", "message":
		base.FirstReplyIsAnswer = c.FirstReply == "answer"
	default:
		return base, fmt.Errorf("first_reply %q is neither \"answer\" nor \"message\"", c.FirstReply)
	}
	if c.Slots < 0 {
		return base, fmt.Errorf("slots %d is below 0", c.Slots)
	}
	if c.Slots > 0 {
		base.Slots = c.Slots
	}
	if c.ReplyWithin.Set {
		base.ReplyWithin = c.ReplyWithin.D
	}
	if c.OrphanAfter.Set {
		base.OrphanAfter = c.OrphanAfter.D
	}
	var err error
	if c.Hours != "" || c.Holidays != nil {
		if base.Hours, err = parseHours(c.Hours, c.Holidays); err != nil {
			return base, err
		}
	}
	if c.Duty != "" || c.Holidays != nil {
		if base.Duty, err = parseHours(c.Duty, c.Holidays); err != nil {
			return base, err
		}
	}
	return base, nil
}

func (f *File) setAgents(s *metrics.Settings) error {
	owner := map[string]string{}
	for i, a := range f.Agent {
		if a.ID == "" {
			return fmt.Errorf("agent, number %d: id is missing", i+1)
		}
		for _, id := range append([]string{a.ID}, a.Aliases...) {
			if other, taken := owner[id]; taken {
				return fmt.Errorf("agent %q: the id %q belongs to agent %q already", a.ID, id, other)
			}
			owner[id] = a.ID
		}
		s.Agents = append(s.Agents, metrics.AgentSettings{
			ID: a.ID, Aliases: slices.Clone(a.Aliases), Name: a.Name, Team: a.Team, Bot: a.Bot, Slots: a.Slots,
		})
	}
	return nil
}

// loadRoster reads agents from a CSV file with the columns of [[agent]]:
// id, aliases (separated by spaces), name, team, bot, and slots as
// "voice=1 chat=5".
func loadRoster(path string) ([]Agent, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("config: read the roster: %w", err)
	}
	defer file.Close()
	reader := csv.NewReader(file)
	reader.FieldsPerRecord = -1
	header, err := reader.Read()
	if err != nil {
		return nil, fmt.Errorf("config: roster %s: read the header: %w", path, err)
	}
	var agents []Agent
	for line := 2; ; line++ {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return agents, nil
		}
		if err != nil {
			return nil, fmt.Errorf("config: roster %s: line %d: %w", path, line, err)
		}
		agent, err := rosterRow(header, row)
		if err != nil {
			return nil, fmt.Errorf("config: roster %s: line %d: %w", path, line, err)
		}
		agents = append(agents, agent)
	}
}

func rosterRow(header, row []string) (Agent, error) {
	var a Agent
	for i, value := range row {
		if i >= len(header) {
			return a, fmt.Errorf("has %d fields under %d headings", len(row), len(header))
		}
		switch name := strings.TrimSpace(strings.ToLower(header[i])); name {
		case "id":
			a.ID = value
		case "aliases":
			a.Aliases = strings.Fields(value)
		case "name":
			a.Name = value
		case "team":
			a.Team = value
		case "bot":
			a.Bot = value == "true" || value == "yes" || value == "1"
		case "slots":
			slots, err := parseSlots(value)
			if err != nil {
				return a, err
			}
			a.Slots = slots
		default:
			return a, fmt.Errorf("unknown column %q (known: id, aliases, name, team, bot, slots)", name)
		}
	}
	return a, nil
}

func parseSlots(text string) (map[string]int, error) {
	slots := map[string]int{}
	for _, entry := range strings.Fields(text) {
		channel, number, ok := strings.Cut(entry, "=")
		n, err := strconv.Atoi(number)
		if !ok || err != nil || n < 0 {
			return nil, fmt.Errorf("slots %q are not of the form \"voice=1 chat=5\"", text)
		}
		slots[channel] = n
	}
	return slots, nil
}
