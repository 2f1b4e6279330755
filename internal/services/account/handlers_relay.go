package account

import (
	"net/url"
	"strconv"

	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// relay builds the addresses between which a sign-on passes. They are made of a space that the registry knows and a
// checked path of it, so that nothing a request says can name another site.
type relay struct{ registry *tenant.Registry }

func (r relay) base() *tenant.Tenant { return r.registry.Academy() }

// destination is the space that a request names by number, or nil when there is none or it lets nobody in.
func (r relay) destination(id string) *tenant.Tenant {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return nil
	}
	t := r.registry.ByID(school.ScopeID(n))
	if t == nil || session.Admits(t) != nil {
		return nil
	}
	return t
}

// ask is where the host of t asks the academy's host whether it knows the browser. seal is the browser's on t.
func (r relay) ask(t *tenant.Tenant, back, seal string) string {
	return r.registry.URL(r.base(), "/sign-on?"+query(t, back, "seal", seal))
}

// sealOnly asks the academy's host for its seal, whoever is signed on there.
const sealOnly = "only"

// fetch is where the host of t, on which somebody has just come in, gets the seal of the browser on the academy's host.
func (r relay) fetch(t *tenant.Tenant, back string) string {
	return r.registry.URL(r.base(), "/sign-on?"+query(t, back, sealOnly, "seal"))
}

// form is the sign-in page of t. seal is the browser's on the academy's host: the ticket that tells that host of the
// sign-in is bound to it.
func (r relay) form(t *tenant.Tenant, back, seal string) string {
	return r.registry.URL(t, "/sign-in?"+url.Values{"return": {session.ReturnPath(back)}, "seal": {seal}}.Encode())
}

// land is where a ticket is used, on host; from there the browser goes to a path of onward.
func (r relay) land(host *tenant.Tenant, ticket session.Token, onward *tenant.Tenant, back string) string {
	return r.registry.URL(host, "/sign-on/land?"+query(onward, back, "ticket", string(ticket)))
}

func (r relay) page(t *tenant.Tenant, back string) string {
	return r.registry.URL(t, session.ReturnPath(back))
}

func query(t *tenant.Tenant, back, name, value string) string {
	return url.Values{"to": {strconv.FormatInt(int64(t.ID), 10)}, "return": {session.ReturnPath(back)}, name: {value}}.Encode()
}
