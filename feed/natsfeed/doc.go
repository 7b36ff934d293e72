// Package natsfeed owns everything between a NATS server and raw messages in
// order: connecting and staying connected, the nats CLI's contexts, the stream,
// history followed by live without a gap or a double, what was lost, and
// publishing. It must not know the engine or the screens; what a message says
// is feed/wire's business.
package natsfeed
