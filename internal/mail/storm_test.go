package mail_test

import (
	"net"
	"sync"
	"testing"
	"time"

	"elyco/internal/mail"
)

// TestAMailServerIsKilledAmongManyLetters: the server is killed with everything it holds open while workers hand letters over,
// and comes back at the same address. Each letter is taken once at least, under one Message-ID, and what the house says of each
// is true.
func TestAMailServerIsKilledAmongManyLetters(t *testing.T) {
	const many = 120
	p, s := newPost(t), newSink(t)
	var all []mail.Recipient
	for n := range many {
		all = append(all, parent(n))
	}
	p.queue(t, "Bonjour à tous.", all...)
	o := mail.NewOffice(p.DB, s.transport(t), nil)
	s.breaks = func(n int) fate {
		switch {
		case n == many/4:
			go s.kill()
		case n%17 == 0:
			return dieUnsaid
		case n%23 == 0:
			return dieBefore
		}
		return take
	}
	round := func() {
		var together sync.WaitGroup
		for range 3 {
			together.Go(func() { p.deliver(t, o) })
		}
		together.Wait()
	}
	round()
	for _, m := range p.list(t) {
		if m.State == "failed" {
			t.Fatalf("given up while the server was away: %+v", m)
		}
	}
	s.rise(t)
	s.breaks = nil
	for range 6 {
		p.clock.Pass(time.Hour)
		round()
	}
	ids := map[string]map[string]bool{}
	for _, m := range s.got() {
		if ids[m.to[0]] == nil {
			ids[m.to[0]] = map[string]bool{}
		}
		ids[m.to[0]][m.parse(t).Header.Get("Message-Id")] = true
	}
	for _, r := range all {
		if len(ids[r.Address]) != 1 {
			t.Errorf("%s was sent %d different letters", r.Address, len(ids[r.Address]))
		}
	}
	unsent := map[string]int{}
	for _, m := range p.listAll(t, many) {
		if m.State != "sent" || m.Readable {
			unsent[m.State]++
		}
	}
	if len(unsent) > 0 {
		t.Errorf("of %d letters: %v", many, unsent)
	}
}

// kill ends the server and every connection, like the end of its process.
func (s *sink) kill() { s.server.Close() }

// rise starts it again at its address.
func (s *sink) rise(t *testing.T) {
	t.Helper()
	listener, err := net.Listen("tcp", s.address)
	if err != nil {
		t.Fatal(err)
	}
	again := s.newServer()
	go again.Serve(listener)
	t.Cleanup(func() { again.Close() })
}
