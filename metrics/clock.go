package metrics

// ClockMode says what moves the engine clock.
type ClockMode uint8

// The modes of events.md.
const (
	ClockWall ClockMode = iota
	ClockEvent
	ClockAuto
)
