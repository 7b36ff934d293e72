package ack

// What keeps decisions on this board, as TogetherView.Why names it; a screen
// has its own words for each.
const (
	WhyOpening     = "being opened"              // not known yet
	WhyNoLink      = "no link"                   // to the server
	WhyNoJetStream = "no JetStream"              // core NATS only
	WhyDenied      = "permission denied"         // by the server
	WhyRefused     = "the bucket was refused"    // by JetStream
	WhyNoAnswer    = "no answer"                 // in time
	WhyReplay      = "what is shown is the past" // nobody else looks at it
)
