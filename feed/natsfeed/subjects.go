package natsfeed

import (
	"fmt"
	"slices"
)

// Subjects returns what a wall of these floors and channels reads; empty lists
// mean all. Agents and sources belong to no channel and always come along, as
// do sessions whose publisher could not know the channel ("any").
func Subjects(floors, channels []string) ([]string, error) {
	for _, token := range slices.Concat(floors, channels) {
		if !validToken(token) {
			return nil, fmt.Errorf("natsfeed: subjects: %q is not a floor or channel: 1 to 32 of a-z 0-9 _ -", token)
		}
	}
	if len(floors) == 0 {
		if len(channels) == 0 {
			return []string{"floor.>"}, nil
		}
		floors = []string{"*"}
	}
	var out []string
	add := func(s string) {
		if !slices.Contains(out, s) { // JetStream refuses filters that overlap
			out = append(out, s)
		}
	}
	for _, floor := range floors {
		if len(channels) == 0 {
			add("floor." + floor + ".>")
			continue
		}
		for _, channel := range append(slices.Clone(channels), "any") {
			add("floor." + floor + ".session.*." + channel)
		}
		add("floor." + floor + ".agent.>")
		add("floor." + floor + ".source.>")
	}
	return out, nil
}

// SessionSubjects returns what carries the sessions of a floor in these channels;
// an empty list means all of them.
func SessionSubjects(floor string, channels []string) ([]string, error) {
	for _, token := range append([]string{floor}, channels...) {
		if !validToken(token) {
			return nil, fmt.Errorf("natsfeed: subjects: %q is not a floor or channel: 1 to 32 of a-z 0-9 _ -", token)
		}
	}
	if len(channels) == 0 {
		return []string{"floor." + floor + ".session.>"}, nil
	}
	var out []string
	for _, channel := range append(slices.Clone(channels), "any") {
		if s := "floor." + floor + ".session.*." + channel; !slices.Contains(out, s) { // JetStream refuses filters that overlap
			out = append(out, s)
		}
	}
	return out, nil
}

func validToken(s string) bool {
	if len(s) == 0 || len(s) > 32 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '-') {
			return false
		}
	}
	return true
}

// Permissions is what an account must allow a board, and no more.
type Permissions struct{ Subscribe, Publish []string }

// LeastPrivilege returns the permissions a reader needs: of the subjects
// themselves on core NATS, of the API of one stream on JetStream.
func LeastPrivilege(stream string, subjects []string) Permissions {
	if stream == "" {
		return Permissions{Subscribe: slices.Clone(subjects)}
	}
	return Permissions{
		Subscribe: []string{DefaultInboxPrefix + ".>"},
		Publish: []string{
			"$JS.API.STREAM.INFO." + stream,
			"$JS.API.CONSUMER.CREATE." + stream + ".>",
			"$JS.API.CONSUMER.INFO." + stream + ".>",
			"$JS.API.CONSUMER.DELETE." + stream + ".>",
			"$JS.API.CONSUMER.MSG.NEXT." + stream + ".>",
		},
	}
}
