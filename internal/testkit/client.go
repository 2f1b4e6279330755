package testkit

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"context"

	"github.com/google/uuid"

	"elyco/internal/session"
	"elyco/internal/tenant"
)

// Client is a browser: it keeps cookies by host, says where its requests come from, and does not follow redirects
// by itself. It may be used by several goroutines.
type Client struct {
	Person Person

	house  *House
	signOn uuid.UUID
	http   http.Client
	mu     sync.Mutex
	jar    map[string]map[string]string // host, name, value
}

func newClient(h *House) *Client {
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "tcp", h.Address)
	}
	return &Client{house: h, jar: map[string]map[string]string{}, http: http.Client{
		Transport:     &http.Transport{DialContext: dial, DisableCompression: true, MaxIdleConnsPerHost: 4, IdleConnTimeout: 5 * time.Second},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Timeout:       20 * time.Second,
	}}
}

// Request is what a browser sends. The zero Method is GET.
type Request struct {
	Method string
	To     *tenant.Tenant
	Host   string // instead of that of To
	Path   string
	Form   url.Values
	Body   io.Reader // instead of Form
	Header http.Header
}

// Get asks for a page of a space, as a person who types its address.
func (c *Client) Get(t testing.TB, to *tenant.Tenant, path string) *Answer {
	t.Helper()
	return c.Do(t, Request{To: to, Path: path})
}

// Post sends a form from a page of the same space.
func (c *Client) Post(t testing.TB, to *tenant.Tenant, path string, form url.Values) *Answer {
	t.Helper()
	return c.Do(t, Request{Method: http.MethodPost, To: to, Path: path, Form: form})
}

// Do sends any request, with the headers that a browser adds unless the request has its own.
func (c *Client) Do(t testing.TB, r Request) *Answer {
	t.Helper()
	if r.Method == "" {
		r.Method = http.MethodGet
	}
	if r.Host == "" {
		r.Host = r.To.Host()
	}
	c.open(t, r)
	body := r.Body
	if body == nil && r.Form != nil {
		body = strings.NewReader(r.Form.Encode())
	}
	req, err := http.NewRequestWithContext(t.Context(), r.Method, "http://"+r.Host+r.Path, body)
	if err != nil {
		t.Fatal(err)
	}
	c.dress(req, r)
	key := newMark()
	req.Header.Set(mark, key)
	res, err := c.http.Do(req)
	if err != nil {
		t.Fatalf("%s %s%s: %v", r.Method, r.Host, r.Path, err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatalf("%s %s%s: %v", r.Method, r.Host, r.Path, err)
	}
	c.keep(t, r.Host, res.Cookies())
	a := &Answer{Status: res.StatusCode, Header: res.Header, Body: text, asked: r.Method + " " + r.Host + r.Path}
	a.Statements, a.RoundTrips = c.house.count(key)
	return a
}

func (c *Client) dress(req *http.Request, r Request) {
	set := func(name, value string) {
		if req.Header.Get(name) == "" {
			req.Header.Set(name, value)
		}
	}
	for name, values := range r.Header {
		req.Header[name] = values
	}
	set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
	set("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")
	set("Sec-Fetch-Mode", "navigate")
	set("Sec-Fetch-Dest", "document")
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		set("Sec-Fetch-Site", "none")
	} else {
		set("Sec-Fetch-Site", "same-origin")
		set("Origin", "http://"+r.Host)
	}
	if r.Body == nil && r.Form != nil {
		set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, value := range c.cookies(r.Host) {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
}

func (c *Client) cookies(host string) map[string]string {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := map[string]string{}
	for name, value := range c.jar[host] {
		all[name] = value
	}
	return all
}

// keep takes the cookies of an answer, by the rules of the __Host- prefix, and fails on a cookie that browsers would
// share between hosts.
func (c *Client) keep(t testing.TB, host string, cookies []*http.Cookie) {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, k := range cookies {
		if !strings.HasPrefix(k.Name, "__Host-") || !k.Secure || k.Path != "/" || k.Domain != "" || !k.HttpOnly {
			t.Errorf("the cookie %s of %s is not bound to its host: %s", k.Name, host, k)
			continue
		}
		if c.jar[host] == nil {
			c.jar[host] = map[string]string{}
		}
		if k.MaxAge < 0 || (!k.Expires.IsZero() && k.Expires.Before(time.Now())) {
			delete(c.jar[host], k.Name)
			continue
		}
		c.jar[host][k.Name] = k.Value
	}
}

// Cookie returns the value that the browser keeps for a host.
func (c *Client) Cookie(host, name string) string { return c.cookies(host)[name] }

// SetCookie puts a cookie into the browser, as an attacker might.
func (c *Client) SetCookie(host, name, value string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.jar[host] == nil {
		c.jar[host] = map[string]string{}
	}
	c.jar[host][name] = value
}

// open gives a signed-in browser its session of a host that it comes to for the first time.
func (c *Client) open(t testing.TB, r Request) {
	t.Helper()
	if c.signOn == uuid.Nil || r.To == nil || r.Host != r.To.Host() {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, been := c.jar[r.Host]; been {
		return
	}
	var raw [32]byte
	rand.Read(raw[:]) // never fails
	token := base64.RawURLEncoding.EncodeToString(raw[:])
	sum := sha256.Sum256([]byte(token))
	c.house.Exec(t, `insert into session (tenant_id, token_hash, sign_on_id, host_scope, person_id, expires_at) values (1, $1, $2, $3, $4, $5)`,
		sum[:], c.signOn, int64(r.To.ID), c.Person.ID.UUID, c.house.Clock.Now().Add(12*time.Hour))
	c.jar[r.Host] = map[string]string{session.Cookie: token}
}
