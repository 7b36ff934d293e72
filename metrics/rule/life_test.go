package rule

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/checkpoint"
)

// series drives one life with a value every ten seconds and writes its state down
// as one letter: . inactive, p pending, w warn, c critical, r recovering.
func series(t *testing.T, r Rule, values []float64) string {
	t.Helper()
	c, err := compile(r)
	if err != nil {
		t.Fatal(err)
	}
	l := &life{}
	out := make([]byte, 0, len(values))
	for i, v := range values {
		l.step(c, seen(c, v, v >= 0), int64(1+i)*tick)
		letter := byte('.')
		switch {
		case l.state == metrics.BreachPending:
			letter = 'p'
		case l.state == metrics.BreachRecovering:
			letter = 'r'
		case l.state == metrics.BreachFiring && l.level == metrics.LevelCritical:
			letter = 'c'
		case l.state == metrics.BreachFiring:
			letter = 'w'
		}
		out = append(out, letter)
	}
	return string(out)
}

// tick is the time between two values: as long as a value must stay back at
// least, so that a keep of 0 ends a breach at the first look that is well.
const tick = leastKeep

// seen is what a fixed rule sees.
func seen(c *compiled, v float64, ok bool) *sight {
	s := &sight{value: v, ok: ok, level: c.fixed}
	for i := range s.level {
		s.level[i].value, s.level[i].ok = v, ok
	}
	return s
}

func wait(warn, critical float64, hold, keep time.Duration) Rule {
	return Rule{Name: "x", KPI: "oldest_wait_total", Scope: metrics.ScopeQueue, Warn: &warn, Critical: &critical, For: hold, Keep: keep}
}

func TestTheLifeOfABreach(t *testing.T) {
	s := 10 * time.Second
	for name, row := range map[string]struct {
		rule   Rule
		values []float64
		want   string
	}{
		"on the limit is not beyond it": {wait(10, 20, 0, 0), []float64{10, 20}, ".w"},
		"it fires at once without for":  {wait(10, 20, 0, 0), []float64{11}, "w"},
		"it must hold for as long as for says": {
			wait(10, 20, 3*s, 0), []float64{11, 11, 11, 11}, "pppw"},
		"a break starts the hold again": {
			wait(10, 20, 2*s, 0), []float64{11, 11, 5, 11, 11, 11}, "pp.ppw"},
		"it escalates when critical has held": {
			wait(10, 20, 1*s, 0), []float64{11, 11, 21, 21}, "pwwc"},
		"straight to critical when both have held": {
			wait(10, 20, 1*s, 0), []float64{21, 21}, "pc"},
		"between limit and return level it goes on firing": {
			wait(10, 20, 0, 0), []float64{11, 9, 8.5, 7.9, 7.9}, "wwwr."},
		"it must stay back for as long as keep says": {
			wait(10, 20, 0, 2*s), []float64{11, 5, 5, 5}, "wrr."},
		"a relapse while recovering fires on, and from then on it must stay back for five minutes": {
			wait(10, 20, 0, 2*s), append([]float64{11, 5, 11}, slices.Repeat([]float64{5}, 31)...), "wrw" + strings.Repeat("r", 30) + "."},
		"critical first falls to warn": {
			wait(10, 20, 0, 1*s), []float64{21, 15, 15, 5, 5}, "crwr."},
		"no data is well": {wait(10, 20, 0, 0), []float64{11, -1, -1}, "wr."},
	} {
		if got := series(t, row.rule, row.values); got != row.want {
			t.Errorf("%s: got %s, want %s", name, got, row.want)
		}
	}
}

func TestReturnLevelsAreThoseOfTheDesign(t *testing.T) {
	limits := func(id string, warn, critical float64) *compiled {
		r := Rule{Name: "x", KPI: id, Scope: metrics.ScopeQueue}
		if warn != 0 {
			r.Warn = &warn
		}
		if critical != 0 {
			r.Critical = &critical
		}
		c, err := compile(r)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	for name, row := range map[string]struct {
		c    *compiled
		want [2]float64
	}{
		"FRT 180/300 returns at 156/276":                {limits("frt_p90", 180, 300), [2]float64{156, 276}},
		"service level 80/70 returns at 82/72":          {limits("service_level", 80, 70), [2]float64{82, 72}},
		"one level of a time returns 5 % below":         {limits("frt_p90", 100, 0), [2]float64{95, 0}},
		"one level of a percentage returns 2 points up": {limits("service_level", 80, 0), [2]float64{82, 0}},
		"one level of a small count returns 1 below":    {limits("waiting", 0, 6), [2]float64{0, 5}},
	} {
		for i, want := range row.want {
			g := row.c.fixed[i]
			if g.watched && g.back(g.limit(0)) != want {
				t.Errorf("%s: got %+v, want %v", name, g, want)
			}
		}
	}
}

func TestRulesThatCannotBeMeantAreRefused(t *testing.T) {
	for name, change := range map[string]func(*Rule){
		"an unknown KPI":                     func(r *Rule) { r.KPI = "happiness" },
		"no limits":                          func(r *Rule) { r.Warn, r.Critical = nil, nil },
		"warn beyond critical":               func(r *Rule) { r.Warn, r.Critical = r.Critical, r.Warn },
		"no name":                            func(r *Rule) { r.Name = "" },
		"a KPI that the scope does not have": func(r *Rule) { r.Scope = metrics.ScopeAgent },
	} {
		r := wait(10, 20, 0, 0)
		change(&r)
		if _, err := New([]Rule{r}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	r := wait(10, 20, 0, 0)
	if _, err := New([]Rule{r, r}); err == nil {
		t.Error("two rules of one name: accepted")
	}
}

func written(l *life) []byte {
	w := checkpoint.NewWriter(nil)
	l.code(w)
	return w.Bytes()
}

func TestALifeReadBackGoesOnAlike(t *testing.T) {
	r := wait(10, 20, 2*time.Second, 2*time.Second)
	values := []float64{5, 11, 11, 11, 25, 25, 25, 5, 5, 11, 5, 5, 5, 11, 11, 11}
	whole := series(t, r, values)
	c, err := compile(r)
	if err != nil {
		t.Fatal(err)
	}
	for cut := range values {
		l := &life{}
		for i, v := range values {
			if i == cut {
				w := checkpoint.NewWriter(nil)
				l.code(w)
				l = &life{}
				l.code(checkpoint.NewReader(w.Bytes()))
			}
			l.step(c, seen(c, v, true), int64(1+i)*tick)
		}
		end := &life{}
		for i, v := range values {
			end.step(c, seen(c, v, true), int64(1+i)*tick)
		}
		if !bytes.Equal(written(l), written(end)) {
			t.Fatalf("cut at %d of %s: %+v, want %+v", cut, whole, *l, *end)
		}
	}
}
