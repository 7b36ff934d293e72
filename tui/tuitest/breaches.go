package tuitest

import (
	"math"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

const (
	second = int64(1000)
	minute = 60 * second
)

// queueKey is the key of a queue x channel of the made floor.
func queueKey(queue, channel string) metrics.Key {
	return metrics.Key{Scope: metrics.ScopeQueueChannel, Floor: clean.Own("hangzhou"), Queue: clean.Own(queue), Channel: clean.Own(channel)}
}

// firing fills in what every breach has.
func (m *maker) firing(b metrics.Breach, forSeconds int64) metrics.Breach {
	b.State, b.Since, b.FiringSince = metrics.BreachFiring, m.at-forSeconds*second, m.at-forSeconds*second
	b.Episodes = max(b.Episodes, 1)
	if b.Mode == "" {
		b.Mode, b.Base = "fixed", b.Limit
	}
	return b
}

// breaches of the busy floor, loudest not first: sorting is the screen's work.
// There is one of each kind: fixed and dynamic, somebody's and nobody's, one
// that flaps, one that is silenced, one that recovers, one whose band still
// learns, and two people of one team.
func (m *maker) breaches() []metrics.Breach {
	list := []metrics.Breach{
		m.firing(metrics.Breach{Rule: "service level, live", KPI: "service_level_live", Key: queueKey("售前咨询", "chat"), Window: "15m", Level: metrics.LevelWarn, Value: 76.43, Limit: 80, Return: 82, Peak: 74.9, SampleSize: 331,
			AdviceEN: clean.Line("24 of 25 slots used: add people or shorten wrap"), AdviceZH: clean.Line("席位将满：加人或缩短话后处理"),
			AckedBy: clean.Own("lin"), AckedAt: m.at - 60*second, AckComment: clean.Line("two people come back from lunch at 14:10")}, 185),
		m.firing(metrics.Breach{Rule: "oldest wait (chat)", KPI: "oldest_wait_total", Key: queueKey("refund", "app"), Window: "now", Level: metrics.LevelCritical, Value: 372, Limit: 300, Return: 276, Peak: 372, SampleSize: 41,
			AdviceEN: clean.Line("add people or open overflow"), AdviceZH: clean.Line("加派人手或开启溢出")}, 72),
		m.firing(metrics.Breach{Rule: "uncovered", KPI: "uncovered", Key: queueKey("english", "chat"), Window: "now", Level: metrics.LevelCritical, Value: 1, Limit: 1, Peak: 1, SampleSize: 1,
			AdviceEN: clean.Line("nobody with the skill is available"), AdviceZH: clean.Line("没有具备技能的人在线")}, 47),
		m.firing(metrics.Breach{Rule: "abandonment", KPI: "abandon_rate", Key: queueKey("refund", "app"), Window: "30m", Level: metrics.LevelWarn, Value: 9.12, Limit: 5, Return: 4, Peak: 9.4, SampleSize: 912,
			AdviceEN: clean.Line("offer a callback"), AdviceZH: clean.Line("提供回拨")}, 610),
	}
	list[1].Trail = m.trail(list[1], 60, math.NaN(), math.NaN())
	list = append(list, m.adaptive()...)
	list = append(list, m.handled()...)
	return append(list, m.ofPeople()...)
}

// adaptive are breaches of rules whose limit moves.
func (m *maker) adaptive() []metrics.Breach {
	queue := m.firing(metrics.Breach{Rule: "queue length", KPI: "waiting", Key: queueKey("refund", "app"), Window: "now", Level: metrics.LevelWarn, Value: 41, Limit: 28, Return: 25, Peak: 43, SampleSize: 41, Mode: "dynamic", Base: 42,
		LearnedSteps: 100, NeededSteps: 100,
		ReasonEN: clean.Line("22 above the usual for this time of day"), ReasonZH: clean.Line("比此时段惯常高 22"),
		AdviceEN: clean.Line("open overflow before the wait breaks its limit"), AdviceZH: clean.Line("趁等待未越限先开启溢出")}, 400)
	queue.Trail = m.trail(queue, 120, 19, 28)
	complaints := m.firing(metrics.Breach{Rule: "complaints", KPI: "complaint_rate", Key: queueKey("售后服务", "chat"), Window: "60m", Level: metrics.LevelWarn, Value: 3.42, Limit: 2.1, Return: 1.9, Peak: 3.6, SampleSize: 703, Mode: "dynamic", Base: 2.1,
		LearnedSteps: 37, NeededSteps: 100,
		AdviceEN: clean.Line("read the last complaints: one product or one person?"), AdviceZH: clean.Line("查看最近投诉：是否集中于某商品或某人")}, 1260)
	complaints.Trail = m.trail(complaints, 90, math.NaN(), math.NaN())
	return []metrics.Breach{queue, complaints}
}

// handled are breaches that somebody has dealt with, or that come and go.
func (m *maker) handled() []metrics.Breach {
	flapping := m.firing(metrics.Breach{Rule: "slots in use", KPI: "slot_utilization", Key: queueKey("billing", "voice"), Window: "now", Level: metrics.LevelWarn, Value: 85.71, Limit: 85, Return: 83, Peak: 100, SampleSize: 7,
		Flaps: 7, FirstSince: m.at - 41*minute, Episodes: 8,
		AdviceEN: clean.Line("one more person would end it"), AdviceZH: clean.Line("再加一人即可")}, 25)
	flapping.Trail = m.trail(flapping, 60, math.NaN(), math.NaN())
	silenced := m.firing(metrics.Breach{Rule: "oldest unanswered", KPI: "unanswered_oldest", Key: queueKey("marketplace", "app"), Window: "now", Level: metrics.LevelWarn, Value: 214, Limit: 180, Return: 156, Peak: 290, SampleSize: 11,
		SilencedUntil: m.at + 75*minute, SilencedBy: clean.Own("wang"), SilenceComment: clean.Line("the market's own system is down, known"),
		AdviceEN: clean.Line("answer the oldest first"), AdviceZH: clean.Line("先回复等待最久的")}, 1500)
	recovering := m.firing(metrics.Breach{Rule: "first response (chat)", KPI: "frt_p90", Key: queueKey("returns", "app"), Window: "15m", Level: metrics.LevelWarn, Value: 151, Limit: 180, Return: 156, Peak: 233, SampleSize: 88,
		AckedBy: clean.Own("赵敏"), AckedAt: m.at - 9*minute,
		AdviceEN: clean.Line("move people from a quiet queue"), AdviceZH: clean.Line("从空闲队列调人")}, 840)
	recovering.State = metrics.BreachRecovering
	recovering.Trail = m.trail(recovering, 60, math.NaN(), math.NaN())
	return []metrics.Breach{flapping, silenced, recovering}
}

// ofPeople are two people of one team who break one rule.
func (m *maker) ofPeople() []metrics.Breach {
	var list []metrics.Breach
	for i, id := range []string{"01014", "01019"} {
		key := metrics.Key{Scope: metrics.ScopeAgent, Floor: clean.Own("hangzhou"), Agent: clean.Own(id)}
		list = append(list, m.firing(metrics.Breach{Rule: "handle time", KPI: "aht", Key: key, Window: "60m", Level: metrics.LevelWarn, Value: 655 - 40*float64(i), Limit: 540, Return: 510, Peak: 655, SampleSize: 24,
			AdviceEN: clean.Line("listen in, offer help"), AdviceZH: clean.Line("旁听并给予支持")}, 900-100*int64(i)))
	}
	return list
}

// trail makes how a breach came about over so many minutes: a restless value
// that leaves its band, where there is one, towards its end.
func (m *maker) trail(b metrics.Breach, minutes int, lo, hi float64) *metrics.Trail {
	t := &metrics.Trail{Start: m.at - m.at%minute - int64(minutes-1)*minute, StepMillis: minute}
	usual := 0.62 * b.Limit
	if b.Flaps > 0 {
		usual = 0.93 * b.Limit
	}
	for i := range minutes {
		x := float64(i) / float64(minutes-1)
		wave := 1 + .08*math.Sin(x*31) + .12*m.rng.Float64()
		v := usual*wave + (b.Value-usual)*math.Pow(x, 6)
		if b.State == metrics.BreachRecovering {
			v = usual*wave + (b.Peak-usual)*math.Exp(-40*(x-.75)*(x-.75))
		}
		sway := 1 + .12*math.Sin(x*4+1)
		t.Value = append(t.Value, float32(v))
		if !math.IsNaN(hi) {
			t.Lo, t.Hi = append(t.Lo, float32(lo*.45*sway)), append(t.Hi, float32(hi*.92*sway))
			t.Warn, t.Critical = append(t.Warn, float32(hi*sway)), append(t.Critical, float32(2*hi*sway))
			continue
		}
		t.Warn, t.Critical = append(t.Warn, float32(b.Limit)), append(t.Critical, float32(b.Limit*1.2))
	}
	t.Value[minutes-1] = float32(b.Value)
	if minutes > 80 {
		t.Value[21], t.Value[22] = float32(math.NaN()), float32(math.NaN()) // nothing to measure then
	}
	return t
}

// pastBreaches are those of the day that are over, newest first.
func (m *maker) pastBreaches() []metrics.Episode {
	list := []metrics.Episode{
		{Rule: "expected wait (chat)", KPI: "expected_wait", Key: queueKey("tech", "chat"), Window: "now", Level: metrics.LevelCritical, Peak: 412, Limit: 300, AckedBy: clean.Own("lin")},
		{Rule: "slots in use", KPI: "slot_utilization", Key: queueKey("billing", "voice"), Window: "now", Level: metrics.LevelWarn, Peak: 100, Limit: 85, Flaps: 3},
		{Rule: "abandonment", KPI: "abandon_rate", Key: queueKey("投诉处理", "voice"), Window: "30m", Level: metrics.LevelWarn, Peak: 7.3, Limit: 5, AckedBy: clean.Own("赵敏")},
		{Rule: "uncovered", KPI: "uncovered", Key: queueKey("english", "chat"), Window: "now", Level: metrics.LevelCritical, Peak: 1, Limit: 1, AckedBy: clean.Own("wang")},
		{Rule: "service level, live", KPI: "service_level_live", Key: queueKey("logistics", "wechat"), Window: "15m", Level: metrics.LevelWarn, Peak: 71.2, Limit: 80},
		{Rule: "handle time", KPI: "aht", Key: metrics.Key{Scope: metrics.ScopeAgent, Floor: clean.Own("hangzhou"), Agent: clean.Own("01014")}, Window: "60m", Level: metrics.LevelWarn, Peak: 611, Limit: 540},
		{Rule: "occupancy", KPI: "occupancy", Key: metrics.Key{Scope: metrics.ScopeTeam, Floor: clean.Own("hangzhou"), Team: clean.Own("night")}, Window: "60m", Level: metrics.LevelCritical, Peak: 94.6, Limit: 93, AckedBy: clean.Own("lin")},
		{Rule: "handoff rate", KPI: "handoff_rate", Key: metrics.Key{Scope: metrics.ScopeFloor, Floor: clean.Own("hangzhou")}, Window: "60m", Level: metrics.LevelWarn, Peak: 36.4, Limit: 30},
	}
	ended := m.at - 6*minute
	for i := range list {
		e := &list[i]
		e.Ended = ended - int64(i*i)*17*minute
		e.FiringSince = e.Ended - int64(3+5*i)*minute - 24*second
		e.Since = e.FiringSince - 2*minute
	}
	list[len(list)-1].FiringSince -= 9 * 60 * minute // it began the day before
	return list
}

// sinks are the ways of telling people: two that work and one that does not.
func (m *maker) sinks() []metrics.SinkView {
	return []metrics.SinkView{
		{Name: "nats wallboard.hangzhou.breach", Sent: 61, LastSent: m.at - 47*second},
		{Name: "webhook feishu", Sent: 14, Failed: 1, LastSent: m.at - 72*second},
		{Name: "alertmanager am.internal:9093", Sent: 9, Failed: 4, Queued: 2, Dropped: 1, Retrying: true, LastError: "post: connection refused", LastSent: m.at - 22*minute},
	}
}
