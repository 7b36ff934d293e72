package match

import "testing"

func TestNamesAreMatchedFromTheBeginningFirst(t *testing.T) {
	names := []string{"afterrefund", "Refund/app", "refund", "售前咨询/chat"}
	for typed, want := range map[string]string{"REFUND": "refund", "ref": "Refund/app", "erref": "afterrefund", "咨询": "售前咨询/chat", "售": "售前咨询/chat"} {
		i := Best(len(names), func(i int) []string { return names[i : i+1] }, typed)
		if i < 0 || names[i] != want {
			t.Errorf("%q finds place %d, want %q", typed, i, want)
		}
	}
	if i := Best(len(names), func(i int) []string { return names[i : i+1] }, "zzz"); i != -1 {
		t.Errorf("nothing matches zzz, got %q", names[i])
	}
}

func TestTheNearestNameIsOffered(t *testing.T) {
	names := []string{"queue", "quit", "agent", "window", "队列"}
	for typed, want := range map[string]string{"qeue": "queue", "agnet": "agent", "windwo": "window", "qit": "quit", "xylophone": "", "队咧": "队列", "": ""} {
		if got := Nearest(names, typed); got != want {
			t.Errorf("nearest to %q is %q, want %q", typed, got, want)
		}
	}
}
