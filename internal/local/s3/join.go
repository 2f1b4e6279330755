package s3

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
)

// Running is a store that another program started and will stop.
type Running struct {
	socket string
	keys   Credentials
}

// Join finds the store that another program runs on a folder, for a command beside it.
func Join(dir string) (Running, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return Running{}, err
	}
	r := Running{socket: filepath.Join(dir, "s3.sock")}
	if _, err := os.Stat(r.socket); err != nil {
		return Running{}, fmt.Errorf("find the object store that is running in %s: %w", dir, err)
	}
	r.keys, err = ReadCredentials(dir)
	return r, err
}

// Endpoint is the host to name in requests; Transport takes them to the socket whatever the host.
func (r Running) Endpoint() string { return "s3.local" }

// Credentials open the store.
func (r Running) Credentials() Credentials { return r.keys }

// Transport makes a transport that reaches the store.
func (r Running) Transport() *http.Transport { return Transport(r.socket) }
