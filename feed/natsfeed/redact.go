package natsfeed

import "strings"

// Redact returns text with the user information of every URL in it replaced.
// It errs on the side of hiding: whatever stands before the last @ of a word
// goes, escaped or not.
func Redact(text string) string {
	if !strings.Contains(text, "@") {
		return text
	}
	var b strings.Builder
	for len(text) > 0 {
		end := strings.IndexAny(text, " ,\t\n\"'<>()")
		word, rest := text, ""
		if end >= 0 {
			word, rest = text[:end], text[end:]
		}
		b.WriteString(redactWord(word))
		if rest != "" {
			b.WriteByte(rest[0])
			rest = rest[1:]
		}
		text = rest
	}
	return b.String()
}

func redactWord(word string) string {
	at := strings.LastIndexByte(word, '@')
	if at < 0 {
		return word
	}
	scheme := ""
	if i := strings.Index(word[:at], "://"); i >= 0 {
		scheme = word[:i+3]
	}
	return scheme + "***" + word[at:]
}

// redactor hides the secrets of one connection wherever they turn up.
type redactor struct{ secrets []string }

// minSecret is the shortest secret replaced as bare text: a shorter one would
// blank out ordinary words.
const minSecret = 4

func (r redactor) text(s string) string {
	for _, secret := range r.secrets {
		if len(secret) >= minSecret {
			s = strings.ReplaceAll(s, secret, "***")
		}
	}
	return Redact(s)
}

// err keeps what a caller may branch on and changes only how it reads.
func (r redactor) err(err error) error {
	if err == nil {
		return nil
	}
	return &redacted{text: r.text(err.Error()), err: err}
}

type redacted struct {
	text string
	err  error
}

// Error returns the message without secrets.
func (e *redacted) Error() string { return e.text }

// Unwrap returns the cause.
func (e *redacted) Unwrap() error { return e.err }
