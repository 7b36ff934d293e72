package wire

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// This is the contract read a second time, with nothing of the decoder in it:
// encoding/json's token stream builds a tree, the rules that JSON itself does not
// have are added to it, and a table in words (contract_test.go) says what each
// type holds. It is slow and allocates freely; the fuzz target holds the decoder
// to it.

// refusal is the reason a reference decoder panics with.
type refusal string

func refuse(reason string) { panic(refusal(reason)) }

// node is a JSON value: nil, bool, json.Number, string, []node, or object.
type node any

type pair struct {
	name string
	node node
}

type object []pair

// tree reads the one value in text, or refuses.
func tree(text []byte) node {
	if !utf8.Valid(text) {
		refuse("bad_utf8")
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	lone, twice := false, false
	n := readNode(dec, text, 0, &lone, &twice)
	if _, err := dec.Token(); !errors.Is(err, io.EOF) || !json.Valid(text) {
		refuse("bad_json")
	}
	switch {
	case lone:
		refuse("lone_surrogate")
	case twice:
		refuse("duplicate_name")
	}
	return n
}

func token(dec *json.Decoder, text []byte, lone *bool) json.Token {
	from := dec.InputOffset()
	t, err := dec.Token()
	if err != nil {
		refuse("bad_json")
	}
	if _, ok := t.(string); ok {
		*lone = *lone || loneSurrogate(string(text[from:dec.InputOffset()]))
	}
	return t
}

func readNode(dec *json.Decoder, text []byte, depth int, lone, twice *bool) node {
	t := token(dec, text, lone)
	delim, ok := t.(json.Delim)
	if !ok {
		return t
	}
	if depth == MaxDepth {
		refuse("too_deep")
	}
	if delim == '[' {
		items := []node{}
		for dec.More() {
			items = append(items, readNode(dec, text, depth+1, lone, twice))
		}
		token(dec, text, lone)
		return items
	}
	o, seen := object{}, map[string]bool{}
	for dec.More() {
		name, ok := token(dec, text, lone).(string)
		if !ok {
			refuse("bad_json")
		}
		*twice = *twice || seen[name]
		seen[name] = true
		o = append(o, pair{name, readNode(dec, text, depth+1, lone, twice)})
	}
	token(dec, text, lone)
	return o
}

var escapes = regexp.MustCompile(`\\(?:u([0-9A-Fa-f]{4})|.)`)

// loneSurrogate looks at the escapes of a string in its raw form: every high
// surrogate must be followed at once by a low one, and no low one be left.
func loneSurrogate(raw string) bool {
	high := -1 // where an open high surrogate's escape ended
	for _, at := range escapes.FindAllStringSubmatchIndex(raw, -1) {
		var code uint64
		if at[2] >= 0 {
			code, _ = strconv.ParseUint(raw[at[2]:at[3]], 16, 32)
		}
		isHigh, isLow := code>>10 == 0xd800>>10, code>>10 == 0xdc00>>10
		if (high >= 0) != isLow || isLow && high != at[0] {
			return true
		}
		high = -1
		if isHigh {
			high = at[1]
		}
	}
	return high >= 0
}

// referenceDecode is what Decode should do. The reason is "" for an accepted event.
func referenceDecode(subject string, header map[string][]string, payload []byte, arrival int64) (ev metrics.Event, reason string) {
	defer func() {
		if r := recover(); r != nil {
			why, ok := r.(refusal)
			if !ok {
				panic(r)
			}
			reason = string(why)
		}
	}()
	attrs, data := envelopeOf(header, payload)
	return eventOf(subject, arrival, attrs, data), ""
}

func envelopeOf(header map[string][]string, payload []byte) (attrs map[string]node, data node) {
	if len(payload) > MaxEventBytes {
		refuse("too_large")
	}
	structured, batch, ce := false, false, map[string][]string{}
	for key, values := range header {
		key = asciiLower(key)
		if name, ok := strings.CutPrefix(key, "ce-"); ok && name != "" {
			ce[name] = values
		}
		for _, v := range values {
			if key == "content-type" {
				structured = structured || strings.HasPrefix(asciiLower(v), "application/cloudevents+json")
				batch = batch || strings.HasPrefix(asciiLower(v), "application/cloudevents-batch")
			}
		}
	}
	if batch {
		refuse("batch")
	}
	attrs = map[string]node{}
	if len(ce) > 0 && !structured {
		attrs = attrsOf(header, payload)
		if len(payload) > 0 {
			data = tree(payload)
		}
		return attrs, data
	}
	switch start := bytes.TrimLeft(payload, " \t\r\n"); {
	case bytes.HasPrefix(start, []byte("[")):
		refuse("batch")
	case !utf8.Valid(payload):
		refuse("bad_utf8")
	case !bytes.HasPrefix(start, []byte("{")):
		refuse("bad_json")
	}
	for _, p := range tree(payload).(object) {
		attrs[p.name] = p.node
	}
	return attrs, attrs["data"]
}

var knownAttrs = []string{"specversion", "data_base64", "id", "source", "type", "time", "recordedtime", "floor", "session",
	"channel", "queue", "agent", "customer"}

// attrsOf reads the headers of a binary event, in the order of their names.
func attrsOf(header map[string][]string, payload []byte) map[string]node {
	attrs, size, twice, percent, utf := map[string]node{}, len(payload), false, false, false
	var keys []string
	for key := range header {
		if len(key) > 3 && asciiLower(key[:3]) == "ce-" {
			keys = append(keys, key)
		}
	}
	sort.Strings(keys)
	for _, key := range keys {
		values, name := header[key], asciiLower(key[3:])
		for _, v := range values {
			size += len(key) + len(v)
		}
		twice = twice || len(values) > 1
		if !strings.Contains(" "+strings.Join(knownAttrs, " ")+" ", " "+name+" ") || len(values) == 0 {
			continue
		}
		if _, there := attrs[name]; there {
			twice = true
		}
		text, err := url.PathUnescape(values[0])
		percent = percent || err != nil
		utf = utf || err == nil && !utf8.ValidString(text)
		attrs[name] = text
	}
	for reason, hit := range []bool{size > MaxEventBytes, utf, percent, twice} {
		if hit {
			refuse([]string{"too_large", "bad_utf8", "bad_percent", "duplicate_name"}[reason])
		}
	}
	return attrs
}

func asciiLower(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 32
		}
		return r
	}, s)
}

// attrText returns an attribute's text, "" for one not given.
func attrText(attrs map[string]node, name string) string {
	switch v := attrs[name].(type) {
	case nil:
		return ""
	case string:
		return v
	case bool:
		return fmt.Sprint(v)
	case json.Number:
		if !strings.ContainsAny(string(v), ".eE") {
			return string(v)
		}
	}
	refuse("bad_type")
	return ""
}

func needed(attrs map[string]node, name string) string {
	s := attrText(attrs, name)
	if s == "" {
		refuse("missing_" + name)
	}
	return s
}

// identityText keeps what a cap would cut off as a digest.
func identityText(s string) clean.Text {
	short := clean.Own(s)
	if clean.Line(s) == short {
		return short
	}
	head := []rune(short.String())
	if len(head) > 47 {
		head = head[:47]
	}
	for len(string(head)) > 239 {
		head = head[:len(head)-1]
	}
	return clean.Own(strings.TrimRight(string(head), " ") + "~" + fmt.Sprintf("%x", sha256.Sum256([]byte(s)))[:16])
}

var timeForm = regexp.MustCompile(`^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$`)

// timeOf reads a time with the standard library's calendar.
func timeOf(s string) int64 {
	m := timeForm.FindStringSubmatch(s)
	if m == nil {
		refuse("bad_time")
	}
	n := func(i int) int { v, _ := strconv.Atoi(m[i]); return v }
	second, leap := n(6), n(6) == 60
	if leap {
		second = 59
	}
	at := time.Date(n(1), time.Month(n(2)), n(3), n(4), n(5), second, 0, time.UTC)
	if n(2) < 1 || n(2) > 12 || at.Day() != n(3) || n(4) > 23 || n(5) > 59 || second > 59 || n(9) > 23 || n(10) > 59 {
		refuse("bad_time")
	}
	offset := time.Duration(n(9))*time.Hour + time.Duration(n(10))*time.Minute
	if m[8] == "-" {
		offset = -offset
	}
	at = at.Add(-offset)
	if leap {
		at = at.Add(time.Second)
		if at.Day() != 1 || at.Hour() != 0 || at.Minute() != 0 || at.Second() != 0 {
			refuse("bad_time")
		}
	}
	ms, _ := strconv.Atoi((m[7] + "000")[:3])
	if at.Year() < 1980 || at.Year() > 2200 {
		refuse("bad_time")
	}
	return at.UnixMilli() + int64(ms)
}

var tokenForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,32}$`)

func tokenOf(s string) clean.Text {
	if !tokenForm.MatchString(s) {
		refuse("bad_token")
	}
	return clean.Own(strings.ToLower(s))
}
