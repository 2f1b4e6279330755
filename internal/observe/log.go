package observe

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
)

type requestKey struct{}

// WithRequestID marks everything that is logged for a request with its id.
func WithRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestKey{}, strings.Clone(id))
}

// RequestID is the id that WithRequestID set, or "".
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}

const hidden = "[redacted]"

// Hidden is an attribute that says a value was there and does not show it.
func Hidden(key string) slog.Attr { return slog.String(key, hidden) }

// personal are attribute keys that never reach a log, whatever the line says: a last guard, not a licence.
func personal(key string) bool {
	switch strings.ToLower(key) {
	case "password", "secret", "token", "cookie", "authorization", "session", "dsn", "code",
		"name", "first_name", "last_name", "email", "mail", "phone", "address", "login", "birth_date", "ine", "ip", "body", "query":
		return true
	}
	return false
}

func newLogger(c Config) (*slog.Logger, error) {
	var level slog.Level
	if c.Level != "" {
		if err := level.UnmarshalText([]byte(c.Level)); err != nil {
			return nil, fmt.Errorf("level %q: %w", c.Level, err)
		}
	}
	options := &slog.HandlerOptions{Level: level, ReplaceAttr: redact}
	switch c.Format {
	case "", "text":
		return slog.New(withRequest{slog.NewTextHandler(c.Writer, options)}), nil
	case "json":
		return slog.New(withRequest{slog.NewJSONHandler(c.Writer, options)}), nil
	}
	return nil, fmt.Errorf("format %q is neither text nor json", c.Format)
}

func redact(_ []string, a slog.Attr) slog.Attr {
	if personal(a.Key) {
		return Hidden(a.Key)
	}
	return a
}

// withRequest adds the id of the context's request to each line.
type withRequest struct{ slog.Handler }

// Handle writes one line.
func (h withRequest) Handle(ctx context.Context, r slog.Record) error {
	if id := RequestID(ctx); id != "" {
		r = r.Clone()
		r.AddAttrs(slog.String("request", id))
	}
	return h.Handler.Handle(ctx, r)
}

// WithAttrs keeps the request's id on the lines of a derived logger.
func (h withRequest) WithAttrs(attrs []slog.Attr) slog.Handler {
	return withRequest{h.Handler.WithAttrs(attrs)}
}

// WithGroup keeps the request's id on the lines of a derived logger.
func (h withRequest) WithGroup(name string) slog.Handler {
	return withRequest{h.Handler.WithGroup(name)}
}
