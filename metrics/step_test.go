package metrics

import "testing"

// TestAStepKeepsWhoSpokeAndWhoClosed goes through every type and party, and
// through every code that six bits can hold.
func TestAStepKeepsWhoSpokeAndWhoClosed(t *testing.T) {
	for typ := range NumEventTypes {
		for by := range PartySystem + 1 {
			got, who := stepOf(stepCode(&note{typ: typ, by: by}))
			want := PartyNone
			if typ == TypeSessionMessage || typ == TypeSessionClosed {
				want = by
			}
			if got != typ || who != want {
				t.Errorf("%s by %d comes back as %s by %d", typ, by, got, who)
			}
		}
	}
	for code := range uint32(64) {
		if typ, by := stepOf(code); typ >= NumEventTypes || by > PartySystem {
			t.Errorf("code %d is read as type %d by %d", code, typ, by)
		}
	}
}
