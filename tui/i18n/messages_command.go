package i18n

// What the export says.
const (
	ExportTitle   ID = "export.title"
	ExportHint    ID = "export.hint"
	ExportText    ID = "export.text"
	ExportCSV     ID = "export.csv"
	ExportJSON    ID = "export.json"
	ExportPicture ID = "export.picture"
	ExportBecomes ID = "export.becomes"
	ExportNone    ID = "export.none"
	ExportWriting ID = "export.writing"
	ExportDone    ID = "export.done"
	ExportFailed  ID = "export.failed"
)
