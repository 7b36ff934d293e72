// Package window owns how base figures are kept over time: minute rings, the
// day so far, and mergeable quantile sketches. It must not know the engine.
package window
