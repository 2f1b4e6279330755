package web

import (
	"bufio"
	"fmt"
	"net"
	"time"

	"github.com/gofiber/fiber/v2"
)

const (
	heartbeat  = 20 * time.Second // a reader who has left is noticed by a write that fails
	streamLife = 5 * time.Minute  // the browser then asks again, and whoever is no longer signed in is told so
	writeTime  = 10 * time.Second
)

// Events are what a stream of server-sent events is fed from.
type Events interface {
	Wake() <-chan struct{} // sent to when Take has something
	Take() [][2]string     // names and data of events, without line ends
	End() <-chan struct{}  // closed when the stream must end
	Leave()                // called once, when it has ended
}

// Listens reports whether the browser asks for server-sent events and not for a page.
func Listens(c *fiber.Ctx) bool { return c.Get(fiber.HeaderAccept) == "text/event-stream" }

// Stream answers with server-sent events for some minutes, after which the browser asks again. The connection is taken out of
// the server's hands: thousands of them wait at a time, and each costs some twenty kilobytes (elyco bench measures it).
func Stream(c *fiber.Ctx, e Events) error {
	conn := c.Context()
	head := "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nX-Accel-Buffering: no\r\n" +
		"X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\nretry: 3000\n\n"
	conn.HijackSetNoResponse(true)
	conn.Hijack(func(nc net.Conn) {
		defer e.Leave()
		defer nc.Close()
		pour(nc, head, e)
	})
	return nil
}

func pour(nc net.Conn, head string, e Events) {
	const small = 512
	w := bufio.NewWriterSize(nc, small)
	send := func(text string) bool {
		if nc.SetWriteDeadline(time.Now().Add(writeTime)) != nil {
			return false
		}
		_, err := w.WriteString(text)
		return err == nil && w.Flush() == nil
	}
	if !send(head) {
		return
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	over := time.NewTimer(streamLife)
	defer over.Stop()
	for {
		text := ": \n\n"
		select {
		case <-e.End():
			return
		case <-over.C:
			return
		case <-beat.C:
		case <-e.Wake():
			text = ""
			for _, event := range e.Take() {
				text += fmt.Sprintf("event: %s\ndata: %s\n\n", event[0], event[1])
			}
		}
		if text != "" && !send(text) {
			return
		}
	}
}
