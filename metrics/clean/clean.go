// Package clean owns the one choke point that turns an outside string into a
// Text: the only kind of string that the engine keeps and drawing accepts. It
// knows nothing of any other package.
package clean

// Text is a string that is safe to keep and to draw: valid UTF-8 in NFC, no
// control or escape sequences, no bidirectional or invisible characters, at
// most MaxGraphemes graphemes and MaxBytes bytes. Its zero value is the empty
// text, which means "not given". Texts compare with ==.
//
// A Text made by Borrow shares the caller's buffer and is valid only as long
// as that buffer is; Clone makes one that may be kept.
type Text struct{ s string }

// String returns the cleaned text.
func (t Text) String() string { return t.s }

// Empty says whether nothing was given.
func (t Text) Empty() bool { return t.s == "" }
