// Package portal is the public side of every space, without login: what the space is, its public news, how to reach
// it, and for the academy or a collectivity the list of its establishments; the legal notices, the privacy notice and
// the accessibility statement; what a browser needs to install the space as an application. Everybody may read it, and
// it keeps nothing about anybody.
package portal
