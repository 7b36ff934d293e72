// Package window owns how base figures are kept over time: minutes, the day so
// far, and a mergeable quantile sketch. It must not know the engine.
//
// A Series keeps one scope. The running minute is open: plain numbers for a
// Dense series, an append-only log of facts for a Sparse one. Closed minutes
// are short byte strings that never change, so a View shares them with the
// Series and with every other View, and costs the same whatever it can reach.
// Every figure is a sum (or a highest value) of facts that carry their own
// time, so the order in which facts arrive cannot matter.
package window
