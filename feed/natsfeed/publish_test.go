package natsfeed_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"wallboard/feed/embed"
	"wallboard/feed/natsfeed"
)

func TestPublisherCountsStoredDuplicateAndRefused(t *testing.T) {
	s := serve(t, embed.Options{Storage: embed.Memory})
	c := connect(t, natsfeed.Options{Server: s.ClientURL()})
	p := natsfeed.NewPublisher(c, natsfeed.PublishOptions{JetStream: true, InFlight: 8})
	for i := range 100 {
		if err := p.Publish(t.Context(), subject, fmt.Sprint(i%90), fmt.Appendf(nil, "%d", i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Publish(t.Context(), subject, "big", make([]byte, 30<<10)); err != nil {
		t.Fatal(err)
	}
	sent, err := p.Close(t.Context())
	if want := (natsfeed.Sent{Sent: 101, Acknowledged: 100, Duplicates: 10, Refused: 1}); sent != want || err == nil {
		t.Fatalf("got %+v %v, want %+v and why one was refused", sent, err, want)
	}
}

func TestPublisherSaysThatNoStreamTakesItsEvents(t *testing.T) {
	s := serve(t, embed.Options{Storage: embed.Memory})
	p := natsfeed.NewPublisher(connect(t, natsfeed.Options{Server: s.ClientURL()}), natsfeed.PublishOptions{JetStream: true, InFlight: 4, Attempts: 1})
	var err error
	for i := 0; err == nil; i++ {
		err = p.Publish(t.Context(), "elsewhere.hz.session.queued.chat", fmt.Sprint(i), []byte("{}"))
	}
	if !errors.Is(err, natsfeed.ErrNobody) {
		t.Fatal(err)
	}
	sent, err := p.Close(t.Context())
	if err == nil || sent.Refused != sent.Sent || sent.Acknowledged != 0 {
		t.Fatalf("%+v %v", sent, err)
	}
}

func TestPublisherOutlivesAServerRestart(t *testing.T) {
	s := serve(t, embed.Options{Storage: embed.File})
	c := connect(t, natsfeed.Options{Server: s.ClientURL()})
	p := natsfeed.NewPublisher(c, natsfeed.PublishOptions{JetStream: true, InFlight: 16})
	restarted := make(chan error, 1)
	for i := range 2000 {
		if i == 700 {
			go func() { s.Stop(); restarted <- s.Start() }()
		}
		if err := p.Publish(t.Context(), subject, fmt.Sprint(i), fmt.Appendf(nil, "%d", i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := <-restarted; err != nil {
		t.Fatal(err)
	}
	sent, err := p.Close(t.Context())
	if err != nil || sent.Acknowledged != 2000 {
		t.Fatalf("%+v %v", sent, err)
	}
	info, err := c.Stream(t.Context(), "FLOOR")
	if err != nil || info.Messages != 2000 {
		t.Fatalf("%d messages stored, %v", info.Messages, err)
	}
}

func TestInitStreamLeavesAnExistingStreamAndSaysWhatDiffers(t *testing.T) {
	cfg := natsfeed.FloorStream("FLOOR")
	cfg.MaxAge = time.Hour
	s := serve(t, embed.Options{Storage: embed.File, Stream: &cfg})
	c := connect(t, natsfeed.Options{Server: s.ClientURL()})
	info, made, err := c.InitStream(t.Context(), "FLOOR")
	if err != nil || made || len(info.Differences) != 1 {
		t.Fatalf("made %v, differences %q, %v", made, info.Differences, err)
	}
	info, made, err = c.InitStream(t.Context(), "OTHER")
	if err == nil {
		t.Fatalf("two streams on the same subjects: %+v %v", info, made)
	}
}
