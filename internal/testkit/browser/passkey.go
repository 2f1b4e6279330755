package browser

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
)

// Device is a telephone or a computer that holds passkeys for the browser, and says yes to all that is asked.
type Device struct {
	b  *Browser
	id webauthn.AuthenticatorID
}

// PlugIn gives the browser a device that verifies its owner.
func (b *Browser) PlugIn(t testing.TB) *Device {
	t.Helper()
	d := &Device{b: b}
	b.run(t, webauthn.Enable(), chromedp.ActionFunc(func(ctx context.Context) (err error) {
		d.id, err = webauthn.AddVirtualAuthenticator(&webauthn.VirtualAuthenticatorOptions{Protocol: webauthn.AuthenticatorProtocolCtap2,
			Transport: webauthn.AuthenticatorTransportInternal, HasResidentKey: true, HasUserVerification: true, IsUserVerified: true,
			AutomaticPresenceSimulation: true}).Do(ctx)
		return err
	}))
	return d
}

// Passkeys counts what the device holds.
func (d *Device) Passkeys(t testing.TB) (n int) {
	t.Helper()
	d.b.run(t, chromedp.ActionFunc(func(ctx context.Context) error {
		keys, err := webauthn.GetCredentials(d.id).Do(ctx)
		n = len(keys)
		return err
	}))
	return n
}

// Verifies says whether the device recognises its owner from now on.
func (d *Device) Verifies(t testing.TB, owner bool) {
	t.Helper()
	d.b.run(t, webauthn.SetUserVerified(d.id, owner))
}
