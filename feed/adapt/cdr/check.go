package cdr

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"wallboard/metrics"
)

// The formats of a table.
const (
	formatCSV   = "csv"
	formatTSV   = "tsv"
	formatJSONL = "jsonl"
)

// check validates a map once, so that reading rows cannot meet a bad one. What
// only the table can tell (does the column exist) is checked against its header.
func (m *Map) check() error {
	steps := []func() error{m.checkTable, m.checkTexts, m.checkTime}
	if m.Activity != "" {
		steps = append(steps, m.checkRows)
	} else {
		steps = append(steps, m.checkContacts)
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (m *Map) checkTable() error {
	if m.Format == "" {
		m.Format = formatCSV
	}
	if m.Delimiter == "" && m.Format == formatCSV {
		m.Delimiter = ","
	}
	switch m.Format {
	case formatCSV:
		if utf8.RuneCountInString(m.Delimiter) != 1 || len(m.Delimiter) != 1 || strings.ContainsAny(m.Delimiter, "\"\r\n") {
			return fmt.Errorf("delimiter %q: give one ASCII character that is no quote", m.Delimiter)
		}
	case formatTSV, formatJSONL:
		if m.Delimiter != "" {
			return fmt.Errorf("delimiter: format %q takes none", m.Format)
		}
	default:
		return fmt.Errorf("format %q: give csv, tsv or jsonl", m.Format)
	}
	if len(m.Expand) > 0 && m.Format != formatJSONL {
		return errors.New("expand: only format jsonl has lists in its rows")
	}
	if len(m.Columns) > 0 && m.Format == formatJSONL {
		return errors.New("columns: the fields of jsonl have their names already")
	}
	if m.Source == "" {
		m.Source = "/cdr/" + m.Name
	}
	return nil
}

// checkTexts looks at everything with {columns} in it.
func (m *Map) checkTexts() error {
	texts := map[string]string{"session": m.Session, "queue": m.Queue, "agent": m.Agent, "customer": m.Customer, "topic": m.Topic,
		"priority": m.Priority, "floor": m.Floor, "channel": m.Channel, "activity": m.Activity, "rating.score": m.Rating.Score, "rating.scale": m.Rating.Scale}
	for _, key := range []string{"session", "floor", "channel"} {
		if texts[key] == "" {
			return fmt.Errorf("%s is missing", key)
		}
	}
	for i, r := range m.Rows {
		at := fmt.Sprintf("row %d: ", i+1)
		texts[at+"queue"], texts[at+"agent"], texts[at+"customer"] = r.Queue, r.Agent, r.Customer
	}
	keys := make([]string, 0, len(texts))
	for key := range texts {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		columns, err := columnsOf(texts[key])
		if err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
		if key == "session" && len(columns) == 0 {
			return fmt.Errorf("session %q names no {column}: every row would be the same contact", m.Session)
		}
	}
	return nil
}

func (m *Map) checkTime() error {
	var err error
	if m.layout, err = newLayout(m.Time.Layout); err != nil {
		return fmt.Errorf("time.layout: %w", err)
	}
	if m.Time.Date != "" {
		if m.dateLayout, err = newLayout(m.Time.DateLayout); err != nil {
			return fmt.Errorf("time.date_layout: %w", err)
		}
		if m.layout.dated || m.layout.zoned || !m.dateLayout.dated {
			return errors.New("time: with a date column date_layout holds the day and layout only the time of day")
		}
	} else if !m.layout.dated {
		return fmt.Errorf("time.layout %q holds no day, and there is no time.date", m.Time.Layout)
	}
	if m.Zone == "" {
		m.Zone = "UTC"
	}
	if m.zone, err = time.LoadLocation(m.Zone); err != nil {
		return fmt.Errorf("zone %q: %w", m.Zone, err)
	}
	return nil
}

func (m *Map) checkContacts() error {
	if len(m.Rows) > 0 || m.ReopenedBy != "" || m.Time.Column != "" {
		return errors.New("row, reopened_by and time.column belong to a table of events, which has an activity")
	}
	if len(m.Answered.Wait) == 0 && len(m.Abandoned.Wait) == 0 {
		return errors.New("neither activity (a row per event) nor answered.wait or abandoned.wait (a row per contact) is given")
	}
	for _, pair := range slices.Concat(m.Answered.Wait, m.Abandoned.Wait) {
		if len(pair) != 2 || strings.HasPrefix(pair[0], "+") {
			return fmt.Errorf("wait %q: give pairs [begin, end], begin a column", pair)
		}
	}
	if len(m.Abandoned.Closed) > 0 {
		return errors.New("abandoned.closed: an abandoned contact ends with its wait")
	}
	for i, msg := range m.Messages {
		if party(msg.By) == metrics.PartyNone {
			return fmt.Errorf("message %d: by %q: give customer, agent, bot, auto or system", i+1, msg.By)
		}
	}
	if (m.Rating.Score == "") != (m.Rating.Scale == "") {
		return errors.New("rating: give both score and scale")
	}
	return m.checkOutcomes()
}

// checkOutcomes gives every outcome value one meaning.
func (m *Map) checkOutcomes() error {
	if m.Outcome == "" {
		if len(m.Answered.When)+len(m.Abandoned.When)+len(m.Skipped.When) > 0 {
			return errors.New("when: there is no outcome column")
		}
		return nil
	}
	m.answered, m.abandonedSet, m.skippedSet = set(m.Answered.When), set(m.Abandoned.When), set(m.Skipped.When)
	for _, value := range slices.Concat(m.Answered.When, m.Abandoned.When) {
		if m.skippedSet[value] || m.answered[value] && m.abandonedSet[value] {
			return fmt.Errorf("outcome %q has two meanings", value)
		}
	}
	return nil
}

func (m *Map) checkRows() error {
	if m.Time.Column == "" {
		return errors.New("time.column is missing: the column with each row's time")
	}
	if m.Outcome != "" || len(m.Answered.Wait)+len(m.Abandoned.Wait)+len(m.Messages) > 0 || m.Rating.Score != "" || m.Resolution.Column != "" {
		return errors.New("a table with an activity has a row per event: outcome, answered, abandoned, message, rating and resolution do not apply")
	}
	if m.ReopenedBy != "" && party(m.ReopenedBy) == metrics.PartyNone {
		return fmt.Errorf("reopened_by %q: give customer, agent, bot, auto or system", m.ReopenedBy)
	}
	m.rules = make(map[string]*rowRule)
	for i := range m.Rows {
		rule := &m.Rows[i]
		if rule.By != "" && party(rule.By) == metrics.PartyNone {
			return fmt.Errorf("row %d: by %q: give customer, agent, bot, auto or system", i+1, rule.By)
		}
		for _, word := range rule.Do {
			if !slices.Contains(deeds, word) {
				return fmt.Errorf("row %d: do %q is not known%s", i+1, word, didYouMean(word, deeds))
			}
		}
		if slices.Contains(rule.Do, deedMessage) && rule.By == "" {
			return fmt.Errorf("row %d: a message needs by", i+1)
		}
		for _, value := range rule.When {
			if m.rules[value] != nil {
				return fmt.Errorf("row %d: activity %q has a rule already", i+1, value)
			}
			m.rules[value] = rule
		}
	}
	return nil
}

func set(values []string) map[string]bool {
	s := make(map[string]bool, len(values))
	for _, v := range values {
		s[v] = true
	}
	return s
}

// party reads who acted; PartyNone if the name is none of the wire's.
func party(name string) metrics.Party {
	switch name {
	case "customer":
		return metrics.PartyCustomer
	case "agent":
		return metrics.PartyAgent
	case "bot":
		return metrics.PartyBot
	case "auto":
		return metrics.PartyAuto
	case "system":
		return metrics.PartySystem
	}
	return metrics.PartyNone
}
