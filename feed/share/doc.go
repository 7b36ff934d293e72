// Package share owns how the boards of a floor agree through one JetStream
// key-value bucket: who takes care of a breach, whose notice is hidden, and
// which board tells people of what. It must not know screens, nor what a notice
// says.
package share
