// Package notify owns telling people about breaches away from the screen: what
// is worth a notice, which board says it, and how it goes out by NATS, webhook
// and Alertmanager. It watches snapshots, keeps nobody waiting, and must not
// know screens.
package notify
