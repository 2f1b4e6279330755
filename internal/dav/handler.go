package dav

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/drive"
	"elyco/internal/observe"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/web"
)

// House is what the handler is built from.
type House struct {
	DB       *db.DB
	Drive    *drive.Drive
	Sessions *session.Sessions
	Registry *tenant.Registry
	May      func(a school.Actor) bool // whether the policy lets the actor open documents outside the pages
	Proxies  []netip.Prefix            // that are believed about whom they heard, and over what
	TLS      bool                      // addresses are https: a password that came in the clear is refused
	Observer *observe.Observer
}

// Handler answers file managers.
type Handler struct {
	db       *db.DB
	drive    *drive.Drive
	sessions *session.Sessions
	registry *tenant.Registry
	may      func(a school.Actor) bool
	proxies  []netip.Prefix
	tls      bool
	observer *observe.Observer
	signs    signs
	crowd    crowd
}

// New makes the handler.
func New(h House) *Handler {
	return &Handler{db: h.DB, drive: h.Drive, sessions: h.Sessions, registry: h.Registry, may: h.May, proxies: h.Proxies,
		tls: h.TLS, observer: h.Observer, crowd: crowd{inside: map[school.PersonID]int{}}}
}

// request is one request on its way through the handler.
type request struct {
	h      *Handler
	w      http.ResponseWriter
	r      *http.Request
	tenant *tenant.Tenant
	actor  school.Actor
	at     place
	cond   conditions // of the If header
}

// methods are what a file manager may ask, in the order in which Allow lists them.
var methods = []string{"OPTIONS", "GET", "HEAD", "PUT", "DELETE", "MKCOL", "COPY", "MOVE", "PROPFIND", "PROPPATCH", "LOCK", "UNLOCK"}

func (q *request) do(ctx context.Context) error {
	switch q.r.Method {
	case http.MethodGet, http.MethodHead:
		return q.get(ctx)
	case http.MethodPut:
		return q.put(ctx)
	case http.MethodDelete:
		return q.remove(ctx)
	case "MKCOL":
		return q.makeFolder(ctx)
	case "COPY":
		return q.copyOrMove(ctx, false)
	case "MOVE":
		return q.copyOrMove(ctx, true)
	case "PROPFIND":
		return q.propfind(ctx)
	case "PROPPATCH":
		return q.proppatch(ctx)
	case "LOCK":
		return q.lock(ctx)
	case "UNLOCK":
		return q.unlock(ctx)
	}
	q.w.Header().Set("Allow", strings.Join(methods, ", "))
	return refuse(http.StatusMethodNotAllowed, "")
}

// ServeHTTP answers one request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	answer := &recorder{ResponseWriter: w, code: http.StatusOK}
	done := h.observer.Begin()
	method := r.Method
	if !slices.Contains(methods, method) {
		method = "other"
	}
	defer func() { done(method, Prefix, answer.code) }()
	ctx := observe.WithRequestID(r.Context(), uuid.NewString())
	head := w.Header()
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	head.Set("Cross-Origin-Resource-Policy", "same-origin")
	head.Set("Referrer-Policy", "no-referrer")
	head.Set("Cache-Control", "private, no-cache")
	q := &request{h: h, w: answer, r: r.WithContext(ctx)}
	if err := q.serve(ctx); err != nil {
		q.fail(ctx, answer, err)
	}
}

// serve asks in the order of the pages: host, transport, origin, who, space, policy.
func (q *request) serve(ctx context.Context) (err error) {
	if q.tenant = q.h.resolve(q.r); q.tenant == nil || !strings.HasPrefix(q.r.RequestURI, "/") {
		return refuse(http.StatusNotFound, "")
	}
	if !q.h.sealed(q.r) {
		return refuse(http.StatusForbidden, "Cette adresse ne s’ouvre qu’en https, pour que personne ne lise votre mot de passe en chemin.")
	}
	if q.r.Header.Get("Origin") != "" || !slices.Contains([]string{"", "none"}, q.r.Header.Get("Sec-Fetch-Site")) {
		return refuse(http.StatusForbidden, "Cette adresse s’ouvre dans un explorateur de fichiers, pas depuis une page web.")
	}
	if q.at, err = split(q.r.URL.EscapedPath()); err != nil {
		return err
	}
	if q.r.Method == http.MethodOptions {
		// What can be done here is asked before a password is sent, and tells nothing about anybody.
		q.w.Header().Set("Allow", strings.Join(methods, ", "))
		q.w.Header().Set("DAV", "1, 2")
		q.w.Header().Set("MS-Author-Via", "DAV")
		q.w.WriteHeader(http.StatusOK)
		return nil
	}
	ctx = tenant.Enter(ctx, q.tenant)
	if q.actor, err = q.authenticate(ctx); err != nil {
		return err
	}
	leave, err := q.h.crowd.enter(q.actor.Person)
	if err != nil {
		return err
	}
	defer leave()
	if !q.tenant.Offers(drive.Room) || !q.h.may(q.actor) {
		return refuse(http.StatusForbidden, "Votre établissement n’ouvre pas les documents en dehors de ce site à votre profil.")
	}
	ctx = session.With(ctx, q.actor)
	if q.at, err = q.enter(ctx, q.at); err != nil {
		return err
	}
	if q.cond, err = parseIf(q.r.Header.Values("If")); err != nil {
		return err
	}
	return q.do(ctx)
}

// resolve finds the space of the Host header, matched as strictly as for the pages. Where no proxy stands before the
// program, the port is that of this listener instead of the pages'.
func (h *Handler) resolve(r *http.Request) *tenant.Tenant {
	if t := h.registry.Resolve(r.Host); t != nil || h.tls {
		return t
	}
	host, port, err := net.SplitHostPort(r.Host)
	local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if err != nil || !ok || h.registry.Academy() == nil {
		return nil
	}
	if _, own, err := net.SplitHostPort(local.String()); err != nil || own != port {
		return nil
	}
	if _, pages, found := strings.Cut(h.registry.Academy().Host(), ":"); found {
		host += ":" + pages
	}
	return h.registry.Resolve(host)
}

// sealed reports whether nobody could read the request on its way: the last proxy says so, when there must be one.
func (h *Handler) sealed(r *http.Request) bool {
	if !h.tls || r.TLS != nil {
		return true
	}
	peer := peerOf(r)
	trusted := slices.ContainsFunc(h.proxies, func(p netip.Prefix) bool { return p.Contains(peer) })
	said := r.Header.Values("X-Forwarded-Proto")
	return trusted && len(said) == 1 && strings.TrimSpace(said[0]) == "https"
}

func peerOf(r *http.Request) netip.Addr {
	a, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return a.Addr().Unmap().WithZone("")
}

func (q *request) authenticate(ctx context.Context) (school.Actor, error) {
	login, secret, ok := q.r.BasicAuth()
	if !ok {
		return school.Actor{}, refuse(http.StatusUnauthorized, "Donnez votre identifiant et un mot de passe d’application, à créer depuis votre compte.")
	}
	var heard []string
	for _, line := range q.r.Header.Values("X-Forwarded-For") {
		heard = append(heard, strings.Split(line, ",")...)
	}
	client := web.LastStranger(peerOf(q.r), heard, q.h.proxies)
	return q.h.sessions.Authenticate(ctx, q.tenant, session.Credential{Login: login, Secret: secret, Purpose: session.ForDocuments,
		Network: session.Network(client.String())})
}

// fail answers an error: with the status that it is, a sentence in French, and, where the protocol names the condition
// that was not met, its name.
func (q *request) fail(ctx context.Context, w *recorder, err error) {
	s := statusOf(err)
	if s.code == http.StatusInternalServerError && ctx.Err() == nil {
		q.h.observer.Log.ErrorContext(ctx, "a file manager's request failed", "error", err.Error(), "method", q.r.Method)
	}
	if w.sent {
		panic(http.ErrAbortHandler) // half an answer must not look like a whole one
	}
	head := w.Header()
	switch s.code {
	case http.StatusUnauthorized:
		head.Set("WWW-Authenticate", fmt.Sprintf(`Basic realm="E-LYCO %s", charset="UTF-8"`, q.tenant.Host()))
	case http.StatusTooManyRequests:
		head.Set("Retry-After", "900")
	case http.StatusServiceUnavailable:
		head.Set("Retry-After", "5")
	}
	for _, name := range []string{"ETag", "Content-Disposition", "Last-Modified"} {
		head.Del(name)
	}
	body, kind := s.words+"\n", "text/plain; charset=utf-8"
	if s.condition != "" {
		kind = "application/xml; charset=utf-8"
		condition := s.condition
		if !strings.HasPrefix(condition, "<") {
			condition = "<D:" + condition + "/>"
		}
		if s.words != "" {
			condition += `<message xmlns="urn:elyco">` + escape(s.words) + `</message>`
		}
		body = xmlHead + `<D:error xmlns:D="DAV:">` + condition + `</D:error>` + "\n"
	}
	head.Set("Content-Type", kind)
	w.WriteHeader(s.code)
	_, _ = w.Write([]byte(body))
}

// recorder remembers what was answered.
type recorder struct {
	http.ResponseWriter
	code int
	sent bool
}

// WriteHeader sends the status.
func (w *recorder) WriteHeader(code int) {
	w.code, w.sent = code, true
	w.ResponseWriter.WriteHeader(code)
}

// Write sends a part of the body.
func (w *recorder) Write(p []byte) (int, error) {
	w.sent = true
	return w.ResponseWriter.Write(p)
}

// Unwrap is for http.ResponseController.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// crowd bounds what is done at a time, for all and for one person, whose program may ask for a thousand things at once.
type crowd struct {
	mu     sync.Mutex
	all    int
	inside map[school.PersonID]int
}

const (
	mostInside = 256
	mostOfOne  = 24
)

func (c *crowd) enter(who school.PersonID) (leave func(), err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.all >= mostInside || c.inside[who] >= mostOfOne {
		return nil, refuse(http.StatusServiceUnavailable, "Trop de demandes en même temps. Réessayez dans quelques instants.")
	}
	c.all++
	c.inside[who]++
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.all--
		if c.inside[who]--; c.inside[who] == 0 {
			delete(c.inside, who)
		}
	}, nil
}

// log is for what goes wrong after the answer.
func (q *request) log(ctx context.Context, what string, err error) {
	slog.WarnContext(ctx, what, "error", err)
}
