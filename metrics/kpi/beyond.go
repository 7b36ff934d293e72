package kpi

import (
	"fmt"
	"strconv"
	"strings"

	"wallboard/metrics"
)

// Waits tells how many wait now beyond any time: rows hold that for their T
// and for 900 s only.
type Waits interface {
	// WaitingBeyond returns how many of the entity have waited longer than ms.
	WaitingBeyond(key metrics.Key, ms int64) (n int32, ok bool)
}

// sharePrefix begins the ids of the family wait_share(t), t in seconds.
const sharePrefix = "wait_share_"

// mostShareSeconds bounds t.
const mostShareSeconds = 30 * 24 * 3600

// ShareBeyond returns the t of a member of the family wait_share(t) in
// seconds, 0 for any other KPI.
func ShareBeyond(k *KPI) int64 {
	if k == nil {
		return 0
	}
	return shareSeconds(k.ID)
}

func shareSeconds(id string) int64 {
	digits, ok := strings.CutPrefix(id, sharePrefix)
	if !ok || digits == "" || digits[0] == '0' || len(digits) > 7 {
		return 0
	}
	seconds, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || seconds <= 0 || seconds > mostShareSeconds {
		return 0
	}
	return seconds
}

// waitShare returns the member of the family for a t that the catalogue does
// not list; nil where the id is none.
func waitShare(id string) *KPI {
	seconds := shareSeconds(id)
	if seconds == 0 {
		return nil
	}
	span := fmt.Sprintf("%d s", seconds)
	return &KPI{
		ID: id, NameEN: "Waiting over " + span, NameZH: "等待超" + span + "占比", Unit: UnitPercent, Direction: Less, Kind: Now, Scopes: places,
		FormulaEN: "waiting now beyond " + span + " / waiting now", FormulaZH: "当前等待超过" + span + " ÷ 当前等待",
		read: func(r *reading) Value {
			if r.waits == nil {
				return Value{}
			}
			n, ok := r.waits.WaitingBeyond(r.row.Key, seconds*1000)
			if !ok {
				return Value{}
			}
			return percent(int64(n), int64(r.now.Waiting))
		},
	}
}

// Flow says whether the KPI counts arrivals or what is done with them, so that
// a promotion scales it.
func (k *KPI) Flow() bool {
	if k.ID == "offered" || k.ID == "answered" {
		return true
	}
	return k.Unit == UnitPerMin && (strings.HasPrefix(k.ID, "inflow") || strings.HasPrefix(k.ID, "outflow"))
}

// GrowsWithTime says whether a value over a window may change within a minute
// though nothing happens: what people's time is a part of. Durations are of
// what has ended.
func (k *KPI) GrowsWithTime() bool {
	switch k.Unit {
	case UnitPerHour, UnitSessions, UnitScore:
		return true
	}
	switch k.ID {
	case "occupancy", "adherence_gap", "productivity_uplift":
		return true
	}
	return k.Pooled()
}

// Pooled says whether a queue reads the KPI off the groups of its people, who
// are kept for an hour.
func (k *KPI) Pooled() bool { return k.ID == "slot_utilization" }
