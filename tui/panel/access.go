package panel

import "wallboard/metrics/clean"

// Access is how noting who looks at whom fares, in one program.
type Access struct {
	On     bool
	Where  string // the file, once there is one
	Noted  int64
	Failed int64
	Why    clean.Text // of the last failure
}
