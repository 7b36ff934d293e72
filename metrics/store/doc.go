// Package store owns the plain containers the engine keeps its state in: slabs
// of records with small indices, a hash index over them, lists ordered by age,
// rings and an arena of ids. They allocate only to grow, and what they return
// never depends on a map's order. It knows nothing of what it holds.
package store
