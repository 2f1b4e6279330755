package siege_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"elyco/internal/local/pg"
	"elyco/internal/testkit"
)

// TestAskedToEnd ends the program as a deployment does while people read, over connections that they keep: nobody whose
// request was taken is left without an answer. A connection that still waits in the kernel when the door closes is
// reset by the kernel, which is a refusal: nobody took the request.
func TestAskedToEnd(t *testing.T) {
	p := newProgram(t, "ELYCO_DATA_DIR="+t.TempDir())
	w := testkit.NewTerritory(t, "localhost:"+port(p.page), nil)
	p.env = append(p.env, "ELYCO_DATABASE_URL="+w.DSN(pg.App), "ELYCO_DATABASE_IMPORT_URL="+w.DSN(pg.Import))
	p.start()
	ctx, stop := context.WithCancel(t.Context())
	var answered, refused atomic.Int32
	var readers sync.WaitGroup
	for range 8 {
		// One connection each, used again for as long as it lasts. A POST is not tried again by the library itself.
		c := http.Client{Transport: &http.Transport{MaxConnsPerHost: 1}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		readers.Go(func() {
			for ctx.Err() == nil && refused.Load() == 0 {
				r, err := http.NewRequest(http.MethodPost, "http://"+p.page+"/account/comfort", http.NoBody)
				if err != nil {
					t.Error(err)
					return
				}
				r.Host = w.College.Host()
				var kept bool // the connection has carried an answer already
				seen := &httptrace.ClientTrace{GotConn: func(i httptrace.GotConnInfo) { kept = i.Reused }}
				a, err := c.Do(r.WithContext(httptrace.WithClientTrace(ctx, seen)))
				if err != nil && (isRefused(err) || !kept && errors.Is(err, syscall.ECONNRESET) || ctx.Err() != nil) {
					refused.Add(1)
					return
				}
				if err != nil {
					t.Errorf("a request was taken and not answered: %v", err)
					return
				}
				a.Body.Close()
				answered.Add(1)
				time.Sleep(time.Millisecond)
			}
		})
	}
	time.Sleep(300 * time.Millisecond)
	if err := p.stop(); err != nil {
		t.Error(err)
	}
	stop()
	readers.Wait()
	if answered.Load() < 20 {
		t.Errorf("only %d answers: nothing is proven", answered.Load())
	}
}

// TestEndsAfterTheLastForm ends the program while a form is half sent: its door is shut and the form still answered.
func TestEndsAfterTheLastForm(t *testing.T) {
	p := newProgram(t, "ELYCO_DATA_DIR="+t.TempDir())
	w := testkit.NewTerritory(t, "localhost:"+port(p.page), nil)
	p.env = append(p.env, "ELYCO_DATABASE_URL="+w.DSN(pg.App), "ELYCO_DATABASE_IMPORT_URL="+w.DSN(pg.Import))
	p.start()
	form := "login=personne&password=rien"
	c, err := net.Dial("tcp", p.page)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := fmt.Fprintf(c, "POST /sign-in HTTP/1.1\r\nHost: %s\r\nOrigin: http://%[1]s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s",
		w.College.Host(), len(form), form[:10]); err != nil {
		t.Fatal(err)
	}
	time.Sleep(100 * time.Millisecond) // the program reads the head
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	p.until(30*time.Second, "the door is shut", func() bool {
		other, err := net.Dial("tcp", p.page)
		if err == nil {
			other.Close()
		}
		return isRefused(err)
	})
	if _, err := c.Write([]byte(form[10:])); err != nil {
		t.Fatal(err)
	}
	a, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatalf("the form was taken and not answered: %v", err)
	}
	a.Body.Close()
	if a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("status %d, not that of a wrong password", a.StatusCode)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Error(err)
	}
	p.cmd = nil
}

func isRefused(err error) bool { return errors.Is(err, syscall.ECONNREFUSED) }
