package ui

import (
	"context"
	_ "embed"
	"io"
)

//go:embed assets/js/service-worker.js
var serviceWorker []byte

// ServiceWorker is the script that shows notifications. It is no part of the pages' script: browsers run it by itself.
func ServiceWorker() []byte { return serviceWorker }

// PushButton has notifications shown on the device at hand, and ends that. Its words say what to do where a device cannot.
type PushButton struct {
	PublicKey    string // under which the browser subscribes
	SubscribeURL string // takes endpoint, p256dh, auth and name by POST; "/remove" after it forgets an endpoint
}

// Render writes the button.
func (p PushButton) Render(ctx context.Context, w io.Writer) error {
	return pushButton(p).Render(ctx, w)
}
