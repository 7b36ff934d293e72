package rule

import (
	"strings"
	"testing"

	"wallboard/metrics"
)

func TestTheShippedRulesAreSound(t *testing.T) {
	book, err := New(Defaults())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range book.rules {
		for lang, advice := range map[string]string{"English": r.AdviceEN.String(), "Chinese": r.AdviceZH.String()} {
			if advice == "" || strings.HasSuffix(advice, "…") {
				t.Errorf("rule %q: its advice in %s is missing or too long: %q", r.Name, lang, advice)
			}
		}
	}
}

// TestTheShippedLimitsAreThoseOfTheDesign repeats the table, so that a limit
// does not change unnoticed.
func TestTheShippedLimitsAreThoseOfTheDesign(t *testing.T) {
	want := map[string]string{
		"oldest wait (voice)":          "Oldest wait of each queue on voice warns above 1m, is critical above 3m; well again when it is back at 36s for 1m",
		"oldest wait (chat)":           "Oldest wait of each queue on chat, app, wechat warns above 3m, is critical above 5m; well again when it is back at 2m36s for 1m",
		"oldest wait (email)":          "Oldest wait of each queue on email warns above 4h, is critical above 1 d; well again when it is back at 3h for 1m",
		"first response":               "warns above 3m, is critical above 5m once it has held for 2m; well again when it is back at 2m36s for 5m; silent below 10 samples",
		"unanswered inside":            "warns above 3m, is critical above 5m; well again when it is back at 2m36s for 1m",
		"service level":                "over the last 15m warns below 80 %, is critical below 70 % once it has held for 3m; well again when it is back at 82 % for 5m; silent below 20 samples",
		"expected wait (chat)":         "warns above 3m, is critical above 5m once it has held for 2m",
		"expected wait (voice)":        "warns above 1m, is critical above 3m once it has held for 2m",
		"waiting over 15 min":          "warns above 20 %, is critical above 40 % once it has held for 1m; well again when it is back at 16 % for 5m; silent below 10 samples",
		"waiting":                      "held between 5 and 10 × people available, is critical above 2 times that once it has held for 2m; well again when it is back for 5m. While learning and inside promotions 2 × people available is in force",
		"abandonment":                  "over the last 30m warns above 5 %, is critical above 10 % once it has held for 5m; well again when it is back at 4 % for 10m; silent below 30 samples",
		"slots in use":                 "warns above 85 %, is critical above 95 % once it has held for 5m; well again when it is back at 83 % for 5m; silent below 5 samples",
		"team overload":                "of each team over the last 60m warns above 88 %, is critical above 93 % once it has held for 15m",
		"uncovered":                    "is critical when it is so once it has held for 30s; well again when it is back where it is not for 1m",
		"tier 3 waiting":               "warns above 15s, is critical above 1m; well again when it is back at 6s for 1m",
		"stuck with the bot":           "warns above 1m, is critical above 3m; well again when it is back at 36s for 1m",
		"human-only with the bot":      "is critical above 0; well again when it is back at 0 for 1m",
		"satisfaction":                 "warns below 90 %, is critical below 80 % once it has held for 10m; well again when it is back at 92 % for 30m; only where the sample makes it sure (90 % Wilson bound); silent below 30 samples",
		"resolution":                   "warns below 80 %, is critical below 70 % once it has held for 10m",
		"AI resolution":                "warns below 75 %, is critical below 65 % once it has held for 10m",
		"emotion accuracy":             "warns below 85 %, is critical below 75 % once it has held for 10m",
		"answered everywhere":          "over the last 60m warns below 95 %, is critical below 90 % once it has held for 5m; well again when it is back at 96 % for 10m; silent below 50 samples",
		"handed to people":             "of each floor over the last 60m warns outside 20 % to 30 %, is critical outside 10 % to 45 % once it has held for 15m; well again when it is back at 22 %–27 % for 30m; silent below 100 samples",
		"complaints":                   "held between 0.5 × the base and 3 × the base, is critical above 2 times that once it has held for 10m; well again when it is back for 30m; silent below 100 samples",
		"refund requests":              "held between 0.5 × the base and 3 × the base, is critical above 2 times that once it has held for 10m",
		"violation":                    "warns below 100 %; well again when it is back at 100 %",
		"compliance":                   "is critical below 99.9 %; well again when it is back at 99.95 %; silent below 1000 samples",
		"handle time":                  "warns outside 3m to 8m (the target, which may differ by queue), is critical above 1.5 times that once it has held for 10m; well again when it is back for 15m; silent below 20 samples",
		"source stale":                 "warns above 30s, is critical above 2m; well again when it is back at 12s for 10s",
		"over-automation (complaints)": "warns above 1.15 × the usual once it has held for 15m; well again when it is back for 15m; silent below 200 samples; only while Bot share is 75 % or more",
	}
	for _, r := range Defaults() {
		if words := Words(r, "en"); !strings.Contains(words, want[r.Name]) {
			t.Errorf("%s\n says %s\n not  %s", r.Name, words, want[r.Name])
		}
		delete(want, r.Name)
		if r.Scope >= metrics.NumScopes {
			t.Errorf("%s: no such scope", r.Name)
		}
	}
	if len(want) > 0 {
		t.Errorf("not shipped: %v", want)
	}
}
