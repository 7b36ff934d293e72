package wire

import (
	"encoding/json"
	"math"
	"math/big"
	"reflect"
	"strconv"
	"strings"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// contract says in words what each type needs and what its data holds: one
// line a type, "type: attributes needed; field form>Place …". The forms are
// text, list, bool, tokens, time, int(low,high), num(low,high,absent),
// word(a=1 b=2 …), members, slots; "!" marks a field that must be given.
const contract = `
session.opened: ; origin word(customer=1 agent=2)>Origin bot bool>Bot touchpoint text>Touchpoint insight bool>Insight customer_class text>CustomerClass skills list>Skills lang text>Lang
session.bot_reply: ; understood bool>Understood
session.human_requested: ;
session.handoff: ; trigger word(user=1 failures=2 rule=3)>Trigger
session.queued: queue; priority int(-2147483647,2147483647)>Priority tier int(1,3)>Tier customer_class text>CustomerClass skills list>Skills lang text>Lang kind word(live=0 callback=1 message=2)>Kind due time>Due
session.offered: agent;
session.offer_failed: agent; reason word(missed=1 rejected=2 timeout=3 withdrawn=4 customer_left=5)>OfferFailure
session.assigned: ;
session.joined: agent; role word(conference=1 consult=2 monitor=3 barge=4)>Role
session.left: agent; role word(conference=1 consult=2 monitor=3 barge=4)>Role
session.message: ; by! word(customer=1 agent=2 bot=3 auto=4)>By
session.held: ;
session.resumed: ;
session.transferred: ; to_queue text>ToQueue to_agent text>ToAgent kind word(blind=1 attended=2)>TransferKind
session.escalated: ; tier int(1,3)>Tier
session.wrap_started: agent;
session.wrap_ended: agent;
session.closed: ; outcome word(resolved=1 unresolved=2 completed=3 abandoned=4 overflowed=5 timed_out=6 cancelled=7 callback=8 spam=9)>Outcome by word(customer=1 agent=2 bot=3 system=5)>By
session.reopened: ; by word(customer=1 agent=2 bot=3 auto=4 system=5)>By
session.rated: ; score! num(0,1000000,0)>Score scale num(1,1000000,5)>Scale speed num(0,1000000,NaN)>Speed outcome num(0,1000000,NaN)>OutcomePart attitude num(0,1000000,NaN)>Attitude skill num(0,1000000,NaN)>SkillPart reasons list>Reasons
session.ordered: ; order! text>Order stage! word(created=1 paid=2 cancelled=3 refunded=4)>Stage amount num(-1000000000000,1000000000000,0)>Amount currency text>Currency attributed_to text>AttributedTo reminded bool>Reminded
session.tagged: ; topic text>Topic complaint bool>Complaint refund bool>Refund confirmed bool>Confirmed
session.screened: ; violations int(0,1000000)>Violations rules list>Rules class word(efficacy=1 medical=2 exaggeration=3 other=4)>Class severity word(note=1 warn=2 ban=3)>Severity by word(customer=1 agent=2 bot=3 auto=4 system=5)>By
session.emotion: ; label text>Label confidence num(0,1,NaN)>Confidence actual text>Actual
agent.presence: agent; presence! word(offline=1 available=2 paused=3 away=4)>Presence reason text>Reason planned bool>Planned until time>Until queue text>Queue
agent.queues: agent; queues! members>Queues
agent.joined: queue agent; paused bool>Paused
agent.left: queue agent; paused bool>Paused
agent.capacity: agent; slots slots>Slots exclusive tokens>Exclusive total int(0,1000000)>Total
agent.profile: agent; name text>Name team text>Team tier int(1,3)>Tier skills list>Skills langs list>Langs bot bool>Bot
plan.interval: queue; from! time>From minutes! int(1,1440)>Minutes offered num(0,1000000,NaN)>PlanOffered aht num(0,1000000,NaN)>PlanAHTSec people num(0,1000000,NaN)>PlanPeople
source.heartbeat: ; seq int(0,9007199254740992)>HeartbeatSeq open int(0,9007199254740992)>HeartbeatOpen
`

// clause is a type's line of the contract.
type clause struct {
	number int // its place, which is its EventType
	needs  []string
	fields []contractField
}

type contractField struct {
	name, form, place string
	args              []string
	must              bool
}

// clauses is the contract, parsed.
var clauses = func() map[string]clause {
	all := map[string]clause{}
	for i, line := range strings.Split(strings.TrimSpace(contract), "\n") {
		name, rest, _ := strings.Cut(line, ":")
		needs, fields, _ := strings.Cut(rest, ";")
		c := clause{number: i + 1, needs: strings.Fields(needs)}
		for fields = strings.TrimSpace(fields); fields != ""; fields = strings.TrimSpace(fields) {
			var f contractField
			var form string
			f.name, fields, _ = strings.Cut(fields, " ")
			form, fields, _ = strings.Cut(fields, ">")
			f.place, fields, _ = strings.Cut(fields, " ")
			f.name, f.must = strings.CutSuffix(f.name, "!")
			form, args, _ := strings.Cut(strings.TrimSuffix(form, ")"), "(")
			f.form, f.args = form, strings.FieldsFunc(args, func(r rune) bool { return r == ' ' || r == ',' })
			c.fields = append(c.fields, f)
		}
		all[name] = c
	}
	return all
}()

func eventOf(subject string, arrival int64, attrs map[string]node, data node) (ev metrics.Event) {
	if v := attrText(attrs, "specversion"); v != "" && v != "1.0" {
		refuse("bad_version")
	}
	if attrs["data_base64"] != nil {
		refuse("base64")
	}
	ev.ID = identityText(needed(attrs, "id"))
	ev.Source = identityText(needed(attrs, "source"))
	kind := needed(attrs, "type")
	if s := attrText(attrs, "time"); s != "" {
		ev.Time = timeOf(s)
	}
	ev.Arrival = arrival
	if s := attrText(attrs, "recordedtime"); s != "" {
		if at := timeOf(s); subject == "" {
			ev.Arrival = at
		}
	}
	ev.Floor = floorOf(subject, attrs)
	c, known := clauses[kind]
	if !known {
		ev.Reason = clean.Own(kind)
		return ev
	}
	ev.Type = metrics.EventType(c.number)
	group, _, _ := strings.Cut(kind, ".")
	if group == "session" {
		ev.Session = identityText(needed(attrs, "session"))
		ev.Channel = tokenOf(needed(attrs, "channel"))
	}
	if group != "source" {
		ev.Queue = clean.Own(attrText(attrs, "queue"))
	}
	if group == "session" || group == "agent" {
		ev.Agent = clean.Own(attrText(attrs, "agent"))
	}
	if group == "session" {
		ev.Customer = identityText(attrText(attrs, "customer"))
	}
	for _, name := range c.needs {
		needed(attrs, name)
	}
	dataOf(c, data, &ev)
	return ev
}

func floorOf(subject string, attrs map[string]node) clean.Text {
	own, addressed := attrText(attrs, "floor"), ""
	if parts := strings.Split(subject, "."); parts[0] == "floor" && len(parts) > 1 {
		addressed = parts[1]
	}
	switch {
	case own == "" && addressed == "":
		refuse("missing_floor")
	case own == "":
		return tokenOf(addressed)
	}
	floor := tokenOf(own)
	if addressed != "" && asciiLower(addressed) != floor.String() {
		refuse("floor_mismatch")
	}
	return floor
}

func dataOf(c clause, data node, ev *metrics.Event) {
	if data == nil {
		data = object{}
	}
	members, ok := data.(object)
	if !ok {
		refuse("bad_type")
	}
	places := reflect.ValueOf(ev).Elem()
	if c.number == int(metrics.TypeSourceHeartbeat) {
		ev.HeartbeatOpen = -1
	}
	for _, f := range c.fields {
		if f.form == "num" {
			absent, _ := strconv.ParseFloat(f.args[2], 64)
			places.FieldByName(f.place).SetFloat(absent)
		}
	}
	given := map[string]bool{}
	for _, m := range members {
		for _, f := range c.fields {
			if f.name == m.name && m.node != nil {
				given[f.name] = readField(f, m.node, places.FieldByName(f.place))
			}
		}
	}
	for _, f := range c.fields {
		if f.must && !given[f.name] {
			refuse("missing_" + f.name)
		}
	}
}

// as asserts a node's JSON type.
func as[T any](n node) T {
	v, ok := n.(T)
	if !ok {
		refuse("bad_type")
	}
	return v
}

func readField(f contractField, n node, place reflect.Value) (given bool) {
	switch f.form {
	case "text":
		t := clean.Own(as[string](n))
		place.Set(reflect.ValueOf(t))
		return !t.Empty()
	case "bool":
		place.SetUint(map[bool]uint64{false: uint64(metrics.No), true: uint64(metrics.Yes)}[as[bool](n)])
	case "word":
		place.SetUint(wordOf(f.args, as[string](n)))
	case "int":
		place.SetInt(intOf(as[json.Number](n), f.args[0], f.args[1]))
	case "num":
		v, err := as[json.Number](n).Float64()
		low, _ := strconv.ParseFloat(f.args[0], 64)
		high, _ := strconv.ParseFloat(f.args[1], 64)
		if err != nil || v < low || v > high {
			refuse("bad_value")
		}
		place.SetFloat(math.Abs(v) * map[bool]float64{true: -1, false: 1}[v < 0])
	case "time":
		place.SetInt(timeOf(as[string](n)))
	default:
		place.Set(reflect.ValueOf(listOf(f.form, n)))
	}
	return true
}

func wordOf(words []string, said string) uint64 {
	for _, w := range words {
		if name, value, _ := strings.Cut(w, "="); name == said {
			v, _ := strconv.ParseUint(value, 10, 8)
			return v
		}
	}
	refuse("bad_value")
	return 0
}

// intOf reads an integer exactly.
func intOf(n json.Number, low, high string) int64 {
	v, lo, hi := new(big.Rat), new(big.Rat), new(big.Rat)
	lo.SetString(low)
	hi.SetString(high)
	if strings.ContainsAny(string(n), "eE") {
		refuse("bad_value")
	}
	if v.SetString(string(n)); !v.IsInt() || v.Cmp(lo) < 0 || v.Cmp(hi) > 0 {
		refuse("bad_value")
	}
	return v.Num().Int64()
}

func listOf(form string, n node) any {
	switch form {
	case "list":
		var list []clean.Text
		for _, item := range as[[]node](n) {
			if t := clean.Own(as[string](item)); !t.Empty() {
				list = append(list, t)
			}
		}
		return list
	case "tokens":
		var list []clean.Text
		for _, item := range as[[]node](n) {
			list = append(list, tokenOf(as[string](item)))
		}
		return list
	case "members":
		var list []metrics.Membership
		for _, item := range as[[]node](n) {
			list = append(list, membershipOf(as[object](item)))
		}
		return list
	}
	var list []metrics.ChannelSlots
	seen := map[clean.Text]bool{}
	for _, p := range as[object](n) {
		channel := tokenOf(p.name)
		if seen[channel] {
			refuse("duplicate_name")
		}
		seen[channel] = true
		if p.node != nil {
			list = append(list, metrics.ChannelSlots{Channel: channel, Slots: int32(intOf(as[json.Number](p.node), "0", "1000000"))})
		}
	}
	return list
}

func membershipOf(o object) (m metrics.Membership) {
	for _, p := range o {
		switch {
		case p.node == nil:
		case p.name == "queue":
			m.Queue = clean.Own(as[string](p.node))
		case p.name == "priority":
			m.Priority = int32(intOf(as[json.Number](p.node), "-2147483647", "2147483647"))
		}
	}
	if m.Queue.Empty() {
		refuse("missing_queue")
	}
	return m
}
