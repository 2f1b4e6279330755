package db

import (
	"context"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
)

// Listen calls hear for every notification on the channels until ctx ends, and reconnected whenever the connection
// was made anew, because what was said meanwhile is lost. It holds a connection of its own.
func (d *DB) Listen(ctx context.Context, channels []string, hear func(channel, payload string), reconnected func()) {
	for ctx.Err() == nil {
		err := d.listen(ctx, channels, hear, reconnected)
		if ctx.Err() != nil {
			return
		}
		slog.WarnContext(ctx, "listening to the database was cut", "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

func (d *DB) listen(ctx context.Context, channels []string, hear func(string, string), reconnected func()) error {
	conn, err := pgx.ConnectConfig(ctx, d.pool.Config().ConnConfig)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	for _, c := range channels {
		if _, err := conn.Exec(ctx, "listen "+pgx.Identifier{c}.Sanitize()); err != nil {
			return err
		}
	}
	reconnected()
	for {
		n, err := conn.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		hear(n.Channel, n.Payload)
	}
}
