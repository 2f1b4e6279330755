// Package why answers "why do I see this page?" and "why not?": it names the line of the policy that decided, who set
// it, and who may. It keeps nothing.
package why
