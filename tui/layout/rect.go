// Package layout owns geometry: it turns a size and a mode into rectangles. It
// must not know what is drawn in them.
package layout

// Rect is a rectangle of terminal cells; X and Y count from 0 at the top left.
type Rect struct{ X, Y, W, H int }
