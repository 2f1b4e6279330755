package dav

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Server answers file managers on a listener of its own.
type Server struct{ http http.Server }

// NewServer makes the server of a handler. Heads are small and come at once; bodies take the time that they need, as long
// as they come.
func NewServer(h *Handler) *Server {
	return &Server{http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 75 * time.Second, MaxHeaderBytes: 16 << 10,
		ErrorLog: slog.NewLogLogger(h.observer.Log.Handler(), slog.LevelDebug)}}
}

// Serve answers on l until Shutdown.
func (s *Server) Serve(l net.Listener) error {
	if err := s.http.Serve(l); err != http.ErrServerClosed {
		return err
	}
	return nil
}

// Farewell ends each connection with its next answer.
func (s *Server) Farewell() { s.http.SetKeepAlivesEnabled(false) }

// Shutdown refuses new requests, and waits for the running ones until ctx ends; what then still runs is cut. An upload
// that is cut leaves nothing behind, and its program sends it again.
func (s *Server) Shutdown(ctx context.Context) error {
	if err := s.http.Shutdown(ctx); err != nil {
		return s.http.Close()
	}
	return nil
}
