// Package s3 runs a private object store as a child of the program, for one-machine installations, demonstrations and
// tests. It is the same binary, started again with ChildCommand, so that there is nothing to install; the child ends
// when the program ends, however it ends. An academy in service uses an object store of its own.
//
// The store itself is in the child package, so that programs that only talk to it do not carry it.
package s3
