package metrics

import (
	"slices"
	"strings"

	"wallboard/metrics/checkpoint"
	"wallboard/metrics/store"
)

// sold is what was ordered in one currency in a floor's day, in hundredths.
type sold struct {
	currency            uint16
	orders, paid, given int64
}

// maxCurrencies bounds the currencies that are told apart in a day.
const maxCurrencies = 16

// sell adds to what was ordered today.
func (f *floorState) sell(currency uint16, orders, paid, refunded int64) {
	for i := range f.sold {
		if x := &f.sold[i]; x.currency == currency {
			x.orders, x.paid, x.given = x.orders+orders, x.paid+paid, x.given+refunded
			return
		}
	}
	if len(f.sold) < maxCurrencies {
		f.sold = append(f.sold, sold{currency, orders, paid, refunded})
	}
}

// amounts returns what was ordered today, by currency.
func (e *Engine) amounts(f *floorState) []Amount {
	out := make([]Amount, 0, len(f.sold))
	for _, x := range f.sold {
		out = append(out, Amount{Currency: e.names.words.texts[x.currency], Paid: x.orders, Gross: x.paid, Net: x.paid - x.given})
	}
	slices.SortFunc(out, func(a, b Amount) int { return strings.Compare(a.Currency.String(), b.Currency.String()) })
	return out
}

func codeSold(c *checkpoint.Coder, f *floorState) {
	checkpoint.Int(c, &f.currency)
	store.Slice(c, &f.sold, func(c *checkpoint.Coder, x *sold) {
		checkpoint.Int(c, &x.currency)
		c.Int64(&x.orders)
		c.Int64(&x.paid)
		c.Int64(&x.given)
	})
}
