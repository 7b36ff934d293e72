package layout

// Digits says how large the wall writes its figures.
type Digits uint8

// The sizes; the zero value takes the largest that leaves room for the rest.
const (
	DigitsFit   Digits = iota
	DigitsPlain        // one row, as text
	DigitsThree        // three rows
	DigitsFive         // five rows
	DigitsFull         // the figures fill the screen
	numDigits
)

// Next returns the size after this one, where shown is how many rows digits
// take now: plain, three, five, the whole screen, and round again.
func (d Digits) Next(shown int) Digits {
	if d == DigitsFit {
		d = map[int]Digits{1: DigitsPlain, 3: DigitsThree, 5: DigitsFive}[shown]
	}
	if d >= DigitsFull {
		return DigitsPlain
	}
	return max(d+1, DigitsPlain)
}

// String returns the size's word in configuration and on the command line.
func (d Digits) String() string {
	return [numDigits]string{"fit", "plain", "3", "5", "full"}[d]
}

// DigitSizes returns the words of all sizes.
func DigitSizes() []string {
	var out []string
	for d := range numDigits {
		out = append(out, d.String())
	}
	return out
}

// ParseDigits is the inverse of String.
func ParseDigits(word string) (Digits, bool) {
	for d := range numDigits {
		if d.String() == word {
			return d, true
		}
	}
	return DigitsFit, false
}
