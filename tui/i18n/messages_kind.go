package i18n

// What helps people who are new here, or use a mouse.
const (
	MouseHelp ID = "mouse.help"
)
