package export

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"wallboard/metrics"
	"wallboard/metrics/kpi"
)

// Schema names the form of the JSON.
const Schema = "wallboard/snapshot/1"

// JSON writes a snapshot as one line of JSON, so that several make NDJSON.
func JSON(w io.Writer, s *metrics.Snapshot, o Options) error {
	out := bufio.NewWriterSize(w, 64<<10)
	zones := zonesOf(s, o)
	b := append(make([]byte, 0, 16<<10), `{"schema":"`+Schema+`","at":`...)
	b = appendTime(b, s.At, zones.first)
	b = append(b, `,"mark":`...)
	b = appendString(b, MarkWord(s.Mark.Kind))
	for _, field := range o.About {
		b = field.append(append(b, ','))
	}
	b = append(b, `,"rows":[`...)
	kpis, comma := o.kpis(), false
	err := eachLine(s, o, func(l *line) error {
		if comma {
			b = append(b, ',')
		}
		comma = true
		b = appendLine(b, l, kpis)
		_, err := out.Write(b)
		b = b[:0]
		return err
	})
	if err != nil {
		return fmt.Errorf("export: write json: %w", err)
	}
	b = append(b, `],"breaches":[`...)
	b = appendBreaches(b, s.Breaches, zones)
	b = append(b, `],"health":`...)
	b = appendHealth(b, &s.Health)
	b = append(b, "}\n"...)
	if _, err := out.Write(b); err != nil {
		return fmt.Errorf("export: write json: %w", err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("export: write json: %w", err)
	}
	return nil
}

func (f Field) append(b []byte) []byte {
	b = append(appendString(b, f.Name), ':')
	if yes, ok := f.Value.(bool); ok {
		return strconv.AppendBool(b, yes)
	}
	return appendString(b, fmt.Sprint(f.Value))
}

// MarkWord is the word for how far the numbers can be trusted.
func MarkWord(k metrics.MarkKind) string {
	switch k {
	case metrics.MarkLive:
		return "LIVE"
	case metrics.MarkCatchingUp:
		return "CATCHING UP"
	case metrics.MarkStale:
		return "STALE"
	case metrics.MarkIncomplete:
		return "INCOMPLETE"
	case metrics.MarkRebuilt:
		return "REBUILT"
	case metrics.MarkLiveSince:
		return "LIVE SINCE"
	}
	return "UNKNOWN"
}

func appendLine(b []byte, l *line, kpis []*kpi.KPI) []byte {
	k := l.row.Key
	b = append(b, `{"scope":`...)
	b = appendString(b, k.Scope.String())
	for _, part := range [...]struct{ name, value string }{
		{"floor", k.Floor.String()}, {"channel", k.Channel.String()}, {"queue", k.Queue.String()},
		{"team", k.Team.String()}, {"agent", k.Agent.String()}, {"window", l.window.String()},
	} {
		b = append(append(append(b, `,"`...), part.name...), `":`...)
		b = appendString(b, part.value)
	}
	if k.Scope.Named() { // no other row has the key
		b = append(append(append(b, `,"`...), k.Scope.String()...), `":`...)
		b = appendString(b, names(k)[0])
	}
	b = append(b, `,"kpis":{`...)
	for i, k := range kpis {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(b, '"'), k.ID...), `":`...)
		b = appendValue(b, k, &l.values[i])
	}
	return append(b, "}}"...)
}

func appendValue(b []byte, k *kpi.KPI, v *kpi.Value) []byte {
	b = append(b, `{"value":`...)
	b = appendNumber(b, v.V, v.OK)
	b = append(b, `,"n":`...)
	b = strconv.AppendInt(b, v.N, 10)
	b = append(b, `,"unit":`...)
	b = appendString(b, string(k.Unit))
	if v.Note != kpi.NoteNone {
		b = append(b, `,"note":`...)
		b = appendString(b, string(v.Note))
	}
	if v.Provisional() {
		b = append(b, `,"settled":`...)
		b = appendNumber(b, v.SettledShare(), true)
	}
	if v.Service != nil {
		b = appendService(b, v.Service)
	}
	return append(b, '}')
}

func appendService(b []byte, s *kpi.ServiceLevel) []byte {
	b = append(b, `,"variant":`...)
	b = appendString(b, s.Variant.String())
	b = append(b, `,"within":`...)
	b = appendNumber(b, float64(s.Within.Milliseconds())/1000, s.Within >= 0)
	b = append(b, `,"short":`...)
	b = appendNumber(b, float64(s.Short.Milliseconds())/1000, s.Short >= 0)
	b = append(b, `,"variants":{`...)
	for i := range s.Variants {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(b, metrics.Variant(i).String())
		b = append(b, ':')
		b = appendNumber(b, s.Variants[i].V, s.Variants[i].OK)
	}
	return append(b, '}')
}

func appendBreaches(b []byte, breaches []metrics.Breach, z zones) []byte {
	for i := range breaches {
		r := &breaches[i]
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `{"rule":`...)
		b = appendString(b, r.Rule)
		b = append(b, `,"scope":`...)
		b = appendString(b, ScopeName(r.Key))
		b = append(b, `,"level":`...)
		b = appendString(b, r.Level.String())
		b = append(b, `,"since":`...)
		b = appendTime(b, r.Since, z.of(r.Key))
		b = append(b, `,"value":`...)
		b = appendNumber(b, r.Value, true)
		b = append(b, `,"limit":`...)
		b = appendNumber(b, r.Limit, true)
		b = append(b, `,"state":`...)
		b = appendString(b, r.State.String())
		b = append(b, `,"acked_by":`...)
		if r.AckedBy.Empty() {
			b = append(b, "null"...)
		} else {
			b = appendString(b, r.AckedBy.String())
		}
		b = append(b, '}')
	}
	return b
}

func appendHealth(b []byte, h *metrics.Health) []byte {
	for i, f := range [...]struct {
		name string
		n    int64
	}{
		{"received", h.Received}, {"applied", h.Applied}, {"duplicates", h.Duplicates}, {"late", h.Late},
		{"ancient", h.Ancient}, {"misfit", h.Misfit}, {"unknown", h.Unknown}, {"lost", h.Lost},
	} {
		open := byte(',')
		if i == 0 {
			open = '{'
		}
		b = append(append(append(b, open, '"'), f.name...), `":`...)
		b = strconv.AppendInt(b, f.n, 10)
	}
	b = append(b, `,"rejected":{`...)
	for i, reason := range slices.Sorted(maps.Keys(h.Rejected)) {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendString(b, reason), ':')
		b = strconv.AppendInt(b, h.Rejected[reason], 10)
	}
	return append(b, "}}"...)
}

// appendNumber writes the shortest text that reads back as the same bits, and
// null where there is no data.
func appendNumber(b []byte, v float64, ok bool) []byte {
	if !ok || math.IsNaN(v) || math.IsInf(v, 0) {
		return append(b, "null"...)
	}
	if v == 0 {
		return append(b, '0') // never -0
	}
	form := byte('f')
	if a := math.Abs(v); a < 1e-6 || a >= 1e21 {
		form = 'e'
	}
	return strconv.AppendFloat(b, v, form, -1, 64)
}

// appendString writes a JSON string. Bytes that are not UTF-8 become U+FFFD.
func appendString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < ' ':
			b = append(b, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}

// zones place times: each floor has its own.
type zones struct {
	first  *time.Location
	floors []*metrics.FloorView
}

func zonesOf(s *metrics.Snapshot, o Options) zones {
	z := zones{first: o.Zone, floors: s.Floors}
	if len(s.Floors) > 0 && s.Floors[0].Zone != nil {
		z.first = s.Floors[0].Zone
	}
	if z.first == nil {
		z.first = time.UTC
	}
	return z
}

func (z zones) of(k metrics.Key) *time.Location {
	for _, f := range z.floors {
		if f.ID == k.Floor && f.Zone != nil {
			return f.Zone
		}
	}
	return z.first
}

// Time writes a moment the way JSON, CSV and text do: RFC 3339, milliseconds
// only where there are any.
func Time(ms int64, zone *time.Location) string {
	return time.UnixMilli(ms).In(zone).Format("2006-01-02T15:04:05.999Z07:00")
}

func appendTime(b []byte, ms int64, zone *time.Location) []byte {
	return appendString(b, Time(ms, zone))
}
