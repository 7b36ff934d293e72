package wire

import (
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
	"testing"

	"wallboard/metrics"

	"gopkg.in/yaml.v3"
)

// doc is a YAML mapping.
type doc = map[string]any

func loadAsyncAPI(t *testing.T) doc {
	t.Helper()
	var d doc
	if err := yaml.Unmarshal([]byte(AsyncAPI()), &d); err != nil {
		t.Fatal(err)
	}
	if d["asyncapi"] != "3.0.0" {
		t.Fatalf("version %v", d["asyncapi"])
	}
	return d
}

// in follows keys into nested mappings; nil where one is missing.
func in(d doc, keys ...string) doc {
	for _, k := range keys {
		d, _ = d[k].(doc)
	}
	return d
}

func stringsOf(v any) (list []string) {
	items, _ := v.([]any)
	for _, item := range items {
		list = append(list, item.(string))
	}
	return list
}

func keysOf(d doc) (keys []string) {
	for k := range d {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

func TestTheDocumentNamesEveryTypeUnderItsSubject(t *testing.T) {
	d, r := loadAsyncAPI(t), rand.New(rand.NewPCG(1, 1))
	described := 0
	for et := metrics.TypeUnknown + 1; et < metrics.NumEventTypes; et++ {
		name := et.String()
		group, verb, _ := strings.Cut(name, ".")
		channel := in(d, "channels", group)
		if got := in(channel, "messages", name)["$ref"]; got != "#/components/messages/"+name {
			t.Errorf("channel %s: message %s is %v", group, name, got)
		}
		if got := in(d, "components", "messages", name, "payload")["$ref"]; got != "#/components/schemas/"+name {
			t.Errorf("message %s: payload is %v", name, got)
		}
		ev := randomEvent(r, et)
		address, _ := channel["address"].(string)
		address = strings.NewReplacer("{floor}", ev.Floor.String(), "{verb}", verb, "{channel}", ev.Channel.String()).Replace(address)
		if address != Subject(&ev) {
			t.Errorf("%s: the document says %s, the code %s", name, address, Subject(&ev))
		}
	}
	for _, group := range keysOf(in(d, "channels")) {
		described += len(in(d, "channels", group, "messages"))
		if in(d, "operations", "receive_"+group, "channel")["$ref"] != "#/channels/"+group {
			t.Errorf("nothing receives channel %s", group)
		}
	}
	if want := int(metrics.NumEventTypes) - 1; described != want || len(in(d, "components", "messages")) != want {
		t.Errorf("%d messages in channels, %d in components, want %d", described, len(in(d, "components", "messages")), want)
	}
}

func TestTheDocumentNamesEveryAttribute(t *testing.T) {
	event := in(loadAsyncAPI(t), "components", "schemas", "event")
	want := append([]string{"data"}, attrNames[:]...)
	sort.Strings(want)
	if got := keysOf(in(event, "properties")); !slices.Equal(got, want) {
		t.Errorf("attributes %v, want %v", got, want)
	}
	if got := stringsOf(event["required"]); !slices.Equal(got, []string{"id", "source", "type"}) {
		t.Errorf("required %v", got)
	}
}

func TestTheDocumentDescribesWhatTheCodeReads(t *testing.T) {
	schemas := in(loadAsyncAPI(t), "components", "schemas")
	if got, want := len(schemas), int(metrics.NumEventTypes)-1+len([]string{"token", "id", "time", "event"}); got != want {
		t.Errorf("%d schemas, want %d: %v", got, want, keysOf(schemas))
	}
	for et := metrics.TypeUnknown + 1; et < metrics.NumEventTypes; et++ {
		t.Run(et.String(), func(t *testing.T) {
			s, schema := &specs[et], in(schemas, et.String())
			if in(schema, "properties", "type")["const"] != et.String() {
				t.Errorf("type is %v", in(schema, "properties", "type"))
			}
			var required, fieldsRequired, names []string
			for a := range numAttrs {
				if s.needs.has(a) {
					required = append(required, attrNames[a])
				}
			}
			data := in(schema, "properties", "data")
			for i := range s.fields {
				f := &s.fields[i]
				names = append(names, f.name)
				if f.required {
					fieldsRequired = append(fieldsRequired, f.name)
				}
				sameField(t, f, in(data, "properties", f.name))
			}
			if fieldsRequired != nil {
				required = append(required, "data")
			}
			if got := stringsOf(schema["required"]); !slices.Equal(got, required) {
				t.Errorf("required %v, want %v", got, required)
			}
			if got := stringsOf(data["required"]); !slices.Equal(got, fieldsRequired) {
				t.Errorf("data requires %v, want %v", got, fieldsRequired)
			}
			sort.Strings(names)
			if got := keysOf(in(data, "properties")); !slices.Equal(got, names) {
				t.Errorf("fields %v, want %v", got, names)
			}
		})
	}
}

const tokenRef, timeRef = "#/components/schemas/token", "#/components/schemas/time"

// sameField compares one field's schema with its row in the table.
func sameField(t *testing.T, f *field, schema doc) {
	t.Helper()
	wantType := map[form]any{formText: "string", formWord: "string", formBool: "boolean", formInteger: "integer",
		formNumber: "number", formTexts: "array", formChannels: "array", formMemberships: "array", formSlots: "object", formTime: nil}
	ok := schema != nil && schema["type"] == wantType[f.form]
	switch f.form {
	case formWord:
		words := slices.DeleteFunc(slices.Clone(f.words), func(w string) bool { return w == "" })
		ok = ok && slices.Equal(stringsOf(schema["enum"]), words)
	case formInteger, formNumber:
		ok = ok && float(schema["minimum"]) == f.min && float(schema["maximum"]) == f.max
		ok = ok && (f.absent > 0) == (schema["default"] != nil) && (schema["default"] == nil || float(schema["default"]) == f.absent)
	case formTime:
		ok = ok && schema["$ref"] == timeRef
	case formTexts:
		ok = ok && in(schema, "items")["type"] == "string"
	case formChannels:
		ok = ok && in(schema, "items")["$ref"] == tokenRef
	case formSlots:
		ok = ok && in(schema, "propertyNames")["$ref"] == tokenRef && float(in(schema, "additionalProperties")["maximum"]) == maxCount
	case formMemberships:
		ok = ok && slices.Equal(keysOf(in(schema, "items", "properties")), []string{"priority", "queue"})
	}
	if !ok {
		t.Errorf("field %s is described as %v", f.name, schema)
	}
}

func float(v any) float64 {
	switch v := v.(type) {
	case int:
		return float64(v)
	case float64:
		return v
	}
	return -1e300
}
