package natsfeed_test

import (
	"os"
	"path/filepath"
	"testing"

	"wallboard/feed/embed"
	"wallboard/feed/natsfeed"
)

func TestRolledBackStreamWrittenAgainIsNotTakenForTheOldOne(t *testing.T) {
	dir, saved := t.TempDir(), filepath.Join(t.TempDir(), "saved")
	s := serve(t, embed.Options{Storage: embed.File, Dir: dir})
	store(t, raw(t, s), subject, 0, 20)
	s.Stop()
	if err := os.CopyFS(saved, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	store(t, raw(t, s), subject, 100, 120)
	f := subscribe(t, connect(t, natsfeed.Options{Server: s.ClientURL()}), natsfeed.FeedOptions{Stream: "FLOOR"})
	var got []string
	eventually(t, f, "history", func() bool { drain(f, &got); return len(got) == 40 })
	s.Stop()
	eventually(t, f, "the loss of the link is seen", func() bool { return !f.Status().Link.Connected })
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, os.DirFS(saved)); err != nil {
		t.Fatal(err)
	}
	// Another port while the lost writes are made up for, so that the reader
	// comes back only when the stream is already longer than it was.
	other := serve(t, embed.Options{Storage: embed.File, Dir: dir})
	store(t, raw(t, other), subject, 20, 60)
	other.Shutdown()
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	eventually(t, f, "the stream as it is now", func() bool { drain(f, &got); return len(got) == 60 && f.Status().Rebuilds == 1 })
	counts(t, got, 60)
	if st := f.Status(); st.Reason != "the stream was rolled back and written again" {
		t.Fatalf("reason %q", st.Reason)
	}
}

func TestRolledBackStreamIsReadAgain(t *testing.T) {
	dir, saved := t.TempDir(), filepath.Join(t.TempDir(), "saved")
	s := serve(t, embed.Options{Storage: embed.File, Dir: dir})
	store(t, raw(t, s), subject, 0, 20)
	s.Stop()
	if err := os.CopyFS(saved, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	store(t, raw(t, s), subject, 100, 120)
	f := subscribe(t, connect(t, natsfeed.Options{Server: s.ClientURL()}), natsfeed.FeedOptions{Stream: "FLOOR"})
	var got []string
	eventually(t, f, "history", func() bool { drain(f, &got); return len(got) == 40 })
	s.Stop()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, os.DirFS(saved)); err != nil {
		t.Fatal(err)
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	eventually(t, f, "what is left", func() bool { drain(f, &got); return len(got) == 20 && f.Status().Rebuilds == 1 })
	if st := f.Status(); st.Reason != "the stream was rolled back" {
		t.Fatalf("reason %q", st.Reason)
	}
}
