package metrics

import (
	"testing"
	"unsafe"
)

// TestRecordsStaySmall guards what a million open sessions are made of; the
// bytes a whole floor takes are measured by the bench.
func TestRecordsStaySmall(t *testing.T) {
	for _, row := range []struct {
		name      string
		is, limit uintptr
	}{
		{"an open session with its last twelve steps", unsafe.Sizeof(sess{}), 152},
		{"a stay with an agent", unsafe.Sizeof(leg{}), 48},
		{"a closed session that is remembered", unsafe.Sizeof(memory{}), 40},
		{"a piece of an agent's time line", unsafe.Sizeof(piece{}), 40},
	} {
		if row.is > row.limit {
			t.Errorf("%s takes %d bytes, more than %d", row.name, row.is, row.limit)
		}
	}
}
