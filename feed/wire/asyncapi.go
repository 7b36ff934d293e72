package wire

import _ "embed"

//go:embed asyncapi.yaml
var asyncAPI string

// AsyncAPI returns the contract as an AsyncAPI 3 document in YAML: every
// subject, type, attribute and field of data. A test keeps it equal to the
// tables that decoding runs on.
func AsyncAPI() string { return asyncAPI }
