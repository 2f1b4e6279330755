// Package s3 runs a private object store as a child of the program, for one-machine installations, demonstrations and
// tests. It is a program of its own that is built beside the other, so that there is nothing to install and nothing of it in
// what an academy runs, which has an object store of its own. The child ends when the program ends, however it ends.
//
// The store itself is in the child package.
package s3
