// Package export owns how a snapshot leaves the program for other programs and
// for people reading text: JSON (schema wallboard/snapshot/1), CSV, a table,
// and the catalogue of KPIs. The same snapshot always gives the same bytes. It
// must not know NATS or screens.
package export
