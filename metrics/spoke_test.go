package metrics

import (
	"testing"
	"time"

	"wallboard/metrics/checkpoint"
)

func TestAStaleSourceNamesWhatItSpokeOf(t *testing.T) {
	c := newScript(t)
	from := func(source string) func(*Event) {
		return func(ev *Event) { ev.Source = txt(source) }
	}
	for i := range 4 {
		c.do(at(9, 0, 5*i), TypeSourceHeartbeat, "", from("/acd"))
		c.do(at(9, 0, 5*i), TypeSourceHeartbeat, "", from("/shop"))
	}
	c.do(at(9, 0, 16), TypeSessionQueued, "s=a ch=voice q=presale", from("/acd"))
	c.do(at(9, 0, 16), TypeSessionQueued, "s=b ch=chat q=refund", from("/shop"))
	for i := 4; i < 12; i++ {
		c.do(at(9, 0, 5*i), TypeSourceHeartbeat, "", from("/shop"))
	}
	w := checkpoint.NewWriter(nil)
	c.e.Code(w)
	again, err := NewEngine(DefaultSettings(time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	r := checkpoint.NewReader(w.Bytes())
	if again.Code(r); r.Err() != nil {
		t.Fatal(r.Err())
	}
	for name, e := range map[string]*Engine{"as it ran": c.e, "read back": again} {
		e.Tick(at(9, 0, 55))
		acd := e.Snapshot().Health.Sources[0]
		if !acd.Stale || acd.LastBeat != at(9, 0, 15) || acd.Floor != txt("f") {
			t.Fatalf("%s: %+v", name, acd)
		}
		for _, row := range []struct {
			key  Key
			want bool
		}{
			{Key{Scope: ScopeFloor, Floor: txt("f")}, true},
			{Key{Scope: ScopeFloor, Floor: txt("g")}, false},
			{Key{Scope: ScopeQueue, Floor: txt("f"), Queue: txt("presale")}, true},
			{Key{Scope: ScopeQueue, Floor: txt("f"), Queue: txt("refund")}, false},
			{Key{Scope: ScopeQueueChannel, Floor: txt("f"), Queue: txt("presale"), Channel: txt("voice")}, true},
			{Key{Scope: ScopeChannel, Floor: txt("f"), Channel: txt("chat")}, false},
			{Key{Scope: ScopeTeam, Floor: txt("f"), Team: txt("night")}, true},
		} {
			if got := acd.SpeaksFor(row.key); got != row.want {
				t.Errorf("%s: speaks for %+v: %v", name, row.key, got)
			}
		}
		if shop := e.Snapshot().Health.Sources[1]; shop.Stale || shop.Queues != nil {
			t.Errorf("%s: a source that speaks: %+v", name, shop)
		}
	}
}

func TestWaitingBeyondCountsAnyTime(t *testing.T) {
	c := newScript(t)
	for i, s := range []string{"a", "b", "d", "g"} {
		c.do(at(9, i, 0), TypeSessionQueued, "s="+s+" ch=voice q=presale")
	}
	c.do(at(9, 3, 0), TypeSessionQueued, "s=h ch=chat q=refund")
	c.e.Tick(at(9, 4, 0))
	key := func(scope Scope, channel, queue string) Key {
		k := Key{Scope: scope, Floor: txt("f")}
		if channel != "" {
			k.Channel = txt(channel)
		}
		if queue != "" {
			k.Queue = txt(queue)
		}
		return k
	}
	for _, row := range []struct {
		key    Key
		beyond int64
		want   int32
	}{
		{key(ScopeFloor, "", ""), 0, 5},
		{key(ScopeFloor, "", ""), 59_999, 5},
		{key(ScopeFloor, "", ""), 60_000, 3},
		{key(ScopeQueue, "", "presale"), 60_000, 3},
		{key(ScopeQueue, "", "presale"), 240_000, 0},
		{key(ScopeChannel, "chat", ""), 59_999, 1},
		{key(ScopeQueueChannel, "voice", "presale"), 179_999, 2},
	} {
		if got, ok := c.e.WaitingBeyond(row.key, row.beyond); !ok || got != row.want {
			t.Errorf("%+v beyond %d ms: %d, %v, want %d", row.key, row.beyond, got, ok, row.want)
		}
	}
	if _, ok := c.e.WaitingBeyond(key(ScopeQueue, "", "nowhere"), 0); ok {
		t.Error("a queue that nobody has heard of has a number")
	}
	if _, ok := c.e.WaitingBeyond(Key{Scope: ScopeTeam, Floor: txt("f"), Team: txt("night")}, 0); ok {
		t.Error("a team has people waiting")
	}
}
