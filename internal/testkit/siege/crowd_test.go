package siege_test

import (
	"context"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

// seize takes every connection of the house's database until the function that it returns is called.
func seize(t *testing.T, h *testkit.House) func() {
	t.Helper()
	taken, release := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	n := int(h.DB.Stat().MaxConns())
	for range n {
		all.Go(func() {
			err := h.DB.Read(tenant.Enter(context.WithoutCancel(t.Context()), h.College), func(context.Context, db.Tx) error {
				taken <- struct{}{}
				<-release
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	for range n {
		<-taken
	}
	return func() {
		close(release)
		all.Wait()
	}
}

// TestOverload asks for more than can be answered: some wait in vain for seconds, the rest is sent away at once, nobody
// sees an error of ours, and all is well as soon as the rush is over.
func TestOverload(t *testing.T) {
	h := testkit.NewHouse(t)
	reader := h.SignInAs(t, h.College, school.Pupil)
	reader.Get(t, h.College, "/home").Is(t, 200)
	free := seize(t, h)
	var mu sync.Mutex
	atOnce, statuses := 0, map[int]int{}
	var all sync.WaitGroup
	for range 320 {
		all.Go(func() {
			start := time.Now()
			a := reader.Get(t, h.College, "/home")
			mu.Lock()
			defer mu.Unlock()
			statuses[a.Status]++
			if a.Header.Get("Retry-After") == "" || !a.HTML() || !strings.Contains(string(a.Body), "momentanément indisponible") {
				t.Errorf("%d without a word of when to come back: %.200s", a.Status, a.Body)
			}
			if time.Since(start) < 2*time.Second {
				atOnce++
			}
		})
	}
	all.Wait()
	free()
	if statuses[503] != 320 || atOnce < 320-256 {
		t.Errorf("%v, %d at once", statuses, atOnce)
	}
	reader.Get(t, h.College, "/home").Is(t, 200)
}

// TestSlowSenders begins more forms than the house answers at a time, and never ends them: others are answered.
func TestSlowSenders(t *testing.T) {
	h := testkit.NewHouse(t)
	host := h.College.Host()
	for range 300 {
		conn, err := net.Dial("tcp", h.Address)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		fmt.Fprint(conn, head(host, "POST /sign-in HTTP/1.1", "Host: %H", "Origin: http://%H", "Content-Length: 100000",
			"Content-Type: application/x-www-form-urlencoded")+strings.Repeat("a", 20000))
	}
	time.Sleep(300 * time.Millisecond)
	h.Visitor().Get(t, h.College, "/").Is(t, 200)
}
