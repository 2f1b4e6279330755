// Package dav opens documents in file managers, by WebDAV (RFC 4918, classes 1 and 2, and RFC 4331 for quotas), on a
// listener of its own: bodies of gigabytes pass through it, for which the pages' server is not made.
//
// An address is /dav/<space>/<path>, on the host of a portal. The same host, tenant, policy and walls hold as on the
// pages; who asks is told by an application password with each request, never by a cookie, and no page of a browser may
// use it. What a file manager removes goes to the trash of its space.
//
// The handler is the house's own. The one of golang.org/x/net knows neither shared locks nor kept properties, locks
// within one process alone, and turns every refusal of the store into one status.
package dav
