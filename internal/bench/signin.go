package bench

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync/atomic"
)

// signIns measures how many people sign in at once, and what the others' pages feel of it. Each is another person's
// first try of the day: the password is right, the answer leads on.
func (c *cluster) signIns(r *report, t *target, k *course) error {
	if c.o.Password == nil {
		return nil
	}
	var forms []request
	for i, s := range k.seats {
		body := url.Values{"login": {s.Login}, "password": {password}, "return": {"/home"}}.Encode()
		forms = append(forms, request{status: http.StatusSeeOther, raw: fmt.Appendf(nil,
			"POST /sign-in HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s",
			k.hosts[i], len(body), body)})
	}
	quiet, err := c.round(t, poolSize, c.o.Round)
	if err != nil {
		return err
	}
	type outcome struct {
		result
		error
	}
	done := make(chan outcome, 1)
	go func() {
		var next atomic.Int64
		in, err := load(t.address, forms, 4, c.o.Round, &next)
		done <- outcome{in, err}
	}()
	busy, err := c.round(t, poolSize, c.o.Round)
	in := <-done
	if err := errors.Join(err, in.error); err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	r.line("\nSign-in, 4 at a time: %.1f a second, p50 %.0f ms; home pages meanwhile: %.0f a second instead of %.0f, p99 %.1f ms instead of %.1f",
		in.perSecond(), p50(in.result), busy.perSecond(), quiet.perSecond(), p99(busy), p99(quiet))
	r.atLeast("sign-ins a second", in.perSecond(), 28, "")
	r.atMost("p99 of pages while people sign in, ÷ without", p99(busy)/p99(quiet), 2, "")
	return nil
}
