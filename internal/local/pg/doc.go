// Package pg runs a private PostgreSQL server as a child of the program, for development, demonstrations and tests.
//
// The server listens on a socket that only its owner reaches, and on no network. It ends with the program, however the
// program ends. A data folder belongs to one program at a time. An academy in service uses a PostgreSQL of its own.
package pg
