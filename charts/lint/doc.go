// Package lint renders the chart and checks what a reviewer would: it is a module of its own, so that the program does
// not depend on Helm.
package lint
