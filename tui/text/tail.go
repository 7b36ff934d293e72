package text

// Tail keeps the end of s that takes at most width cells, the cut marked by lead:
// of a path the file's name says more than the root.
func Tail(s string, width int, lead string) string {
	if Width(s) <= width {
		return s
	}
	room := width - Width(lead)
	if room < 0 {
		return ""
	}
	for Width(s) > room {
		_, s, _ = Next(s)
	}
	return lead + s
}
