package drill

import (
	"math/rand/v2"
	"time"

	"wallboard/feed/sim"
)

// teams that can be lost: those of the simulated floor that alone serve a
// queue. What the others lose, colleagues take over.
var teams = []Loss{
	{Team: "refund", Queues: []string{"refund"}},
	{Team: "aftersale", Queues: []string{"aftersale"}},
	{Team: "售后二组", Queues: []string{"售后", "logistics"}},
	{Team: "财务组", Queues: []string{"payment", "发票"}},
}

// Losses come every one to three days, in the hours when the shop is staffed,
// and last long enough for people to act on.
const (
	leastBetween  = 24 * time.Hour
	mostBetween   = 72 * time.Hour
	firstHour     = 10
	lastHour      = 20
	shortestLoss  = 45 * time.Minute
	longestLoss   = 2 * time.Hour
	quietAtFirst  = 24 * time.Hour // the first day shows what is usual
	planPurpose   = 0x6c6f_7373_6573
	minutesPerDay = 24 * 60
)

// plan draws when which team is lost.
func plan(o Options) []Loss {
	draw := rand.New(rand.NewPCG(o.Seed, planPurpose))
	between := func(low, high time.Duration) time.Duration {
		return low + time.Duration(draw.Int64N(int64(high-low)+1))
	}
	var losses []Loss
	end := time.Duration(o.Days) * 24 * time.Hour
	for at := quietAtFirst; ; {
		at = staffed(at+between(0, mostBetween-leastBetween), draw)
		length := between(shortestLoss, longestLoss)
		if at+length > end {
			return losses
		}
		l := teams[draw.IntN(len(teams))]
		l.From, l.To = o.DayStart+at.Milliseconds(), o.DayStart+(at+length).Milliseconds()
		losses = append(losses, l)
		at += leastBetween
	}
}

// staffed moves a moment into the staffed hours of its day.
func staffed(at time.Duration, draw *rand.Rand) time.Duration {
	day := at.Truncate(24 * time.Hour)
	minute := firstHour*60 + draw.IntN((lastHour-firstHour)*60)
	return day + time.Duration(minute%minutesPerDay)*time.Minute
}

func simOptions(o Options, losses []Loss) sim.Options {
	so := sim.Options{Seed: o.Seed, DayStart: o.DayStart, Load: o.Load, End: o.DayStart + int64(o.Days)*dayMillis}
	for _, l := range losses {
		so.Incidents = append(so.Incidents, sim.Incident{
			Kind: sim.IncidentAgentsLost, Team: l.Team, Share: o.Share,
			At:  time.Duration(l.From-o.DayStart) * time.Millisecond,
			For: time.Duration(l.To-l.From) * time.Millisecond,
		})
	}
	return so
}
