package mail_test

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/mail"
)

// browser is a device: it has keys of its own, and reads what is encrypted for it.
type browser struct {
	key  *ecdh.PrivateKey
	auth []byte
}

func newBrowser(t *testing.T) browser {
	t.Helper()
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	auth := make([]byte, 16)
	rand.Read(auth)
	return browser{key, auth}
}

func (b browser) device(person uuid.UUID, name string) mail.Device {
	return mail.Device{Person: person, Endpoint: "https://push.example.com/send/" + name, P256dh: base64.RawURLEncoding.EncodeToString(b.key.PublicKey().Bytes()),
		Auth: base64.RawURLEncoding.EncodeToString(b.auth), Name: name}
}

// read decrypts a notification as RFC 8291 says.
func (b browser) read(t *testing.T, body []byte) (shown map[string]string) {
	t.Helper()
	salt, length := body[:16], int(body[20])
	theirs, sealed := body[21:21+length], body[21+length:]
	public, err := ecdh.P256().NewPublicKey(theirs)
	if err != nil {
		t.Fatal(err)
	}
	shared, err := b.key.ECDH(public)
	if err != nil {
		t.Fatal(err)
	}
	draw := func(secret, salt []byte, info string, n int) []byte {
		key, err := hkdf.Key(sha256.New, secret, salt, info, n)
		if err != nil {
			t.Fatal(err)
		}
		return key
	}
	ikm := draw(shared, b.auth, "WebPush: info\x00"+string(b.key.PublicKey().Bytes())+string(theirs), 32)
	block, err := aes.NewCipher(draw(ikm, salt, "Content-Encoding: aes128gcm\x00", 16))
	if err != nil {
		t.Fatal(err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := gcm.Open(nil, draw(ikm, salt, "Content-Encoding: nonce\x00", 12), sealed, nil)
	if err != nil {
		t.Fatalf("the device cannot read it: %v", err)
	}
	if err := json.Unmarshal([]byte(strings.TrimRight(string(plain), "\x00\x02")), &shown); err != nil {
		t.Fatal(err)
	}
	return shown
}

// service is a push service on this machine.
type service struct {
	server *httptest.Server
	mu     sync.Mutex
	took   map[string][][]byte // by the end of the endpoint
	status map[string]int
	auth   string
}

func newService(t *testing.T) *service {
	t.Helper()
	s := &service{took: map[string][][]byte{}, status: map[string]int{}}
	s.server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		name := strings.TrimPrefix(r.URL.Path, "/send/")
		s.mu.Lock()
		defer s.mu.Unlock()
		s.took[name], s.auth = append(s.took[name], body), r.Header.Get("Authorization")
		if status := s.status[name]; status != 0 {
			w.WriteHeader(status)
			return
		}
		w.WriteHeader(http.StatusCreated)
	}))
	t.Cleanup(s.server.Close)
	return s
}

func (s *service) count(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.took[name])
}

func (p post) pushOffice(t *testing.T, s *service) *mail.Office {
	t.Helper()
	keys := mail.DrawVapid([]byte("le secret de la maison"))
	tr, err := mail.NewPush(mail.Push{DB: p.DB, Keys: keys, Contact: "admin@ent.example"})
	if err != nil {
		t.Fatal(err)
	}
	trust := s.server.Client().Transport.(*http.Transport).TLSClientConfig.Clone()
	trust.ServerName, trust.MinVersion = "example.com", tls.VersionTLS12
	mail.LetNear(tr, s.server.Listener.Addr().(*net.TCPAddr).AddrPort(), trust)
	o := mail.NewOffice(p.DB, nil, nil)
	o.Subscribe(keys)
	o.Connect(mail.ByPush, tr, "")
	return o
}

func (p post) person(t *testing.T) uuid.UUID {
	t.Helper()
	id := uuid.New()
	_, err := p.As(t, "elyco_import").Exec(t.Context(), `insert into person (tenant_id, id, given_name, family_name) values (1, $1, 'Zoé', 'Test')`, id)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func mustAdd(t *testing.T, p post, o *mail.Office, d mail.Device) {
	t.Helper()
	if err := o.AddDevice(p.ctx, d); err != nil {
		t.Fatal(err)
	}
}

func (p post) names(t *testing.T, o *mail.Office, person uuid.UUID) string {
	t.Helper()
	list, err := o.Devices(p.ctx, person)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, d := range list {
		names = append(names, d.Name)
	}
	return strings.Join(names, " ")
}

func TestNotificationsReachTheDevices(t *testing.T) {
	p, s := newPost(t), newService(t)
	o, zoe := p.pushOffice(t, s), p.person(t)
	phone, desk := newBrowser(t), newBrowser(t)
	mustAdd(t, p, o, phone.device(zoe, "phone"))
	mustAdd(t, p, o, desk.device(zoe, "desk"))
	mustAdd(t, p, o, newBrowser(t).device(zoe, "gone"))
	s.status["gone"] = http.StatusGone
	ids := p.queueFor(t, mail.Outgoing{Channel: mail.ByPush, Subject: "Absence", Text: "Inès est absente.", Path: "/absences/1", To: []mail.Recipient{{Person: zoe, Name: "Zoé"}}})
	p.deliver(t, o)
	if m := p.one(t); m.State != "sent" || m.Readable {
		t.Fatalf("%+v", m)
	}
	for name, b := range map[string]browser{"phone": phone, "desk": desk} {
		if s.count(name) != 1 {
			t.Fatalf("%s got %d notifications", name, s.count(name))
		}
		shown := b.read(t, s.took[name][0])
		if fmt.Sprint(shown) != fmt.Sprint(map[string]string{"id": ids[0].String(), "title": "Absence", "text": "Inès est absente.", "path": "/absences/1"}) {
			t.Errorf("%s shows %v", name, shown)
		}
	}
	if !strings.HasPrefix(s.auth, "vapid t=") || !strings.HasSuffix(s.auth, ", k="+o.PushKey()) {
		t.Errorf("the house says it is %s", s.auth)
	}
	if got := p.names(t, o, zoe); got != "desk phone" {
		t.Errorf("the devices that are left: %s", got)
	}
}

func TestNotificationsThatReachNobody(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		state  string
		left   string
	}{"the service has too much to do": {429, "waiting", "phone"}, "the service is broken": {500, "waiting", "phone"}, "the device is gone": {404, "failed", ""},
		"too long": {413, "failed", "phone"}, "it leads elsewhere": {302, "waiting", "phone"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, s := newPost(t), newService(t)
			o, zoe := p.pushOffice(t, s), p.person(t)
			mustAdd(t, p, o, newBrowser(t).device(zoe, "phone"))
			s.status["phone"] = c.status
			p.queueFor(t, mail.Outgoing{Channel: mail.ByPush, Subject: "x", Text: "x", To: []mail.Recipient{{Person: zoe}}})
			p.deliver(t, o)
			if m := p.one(t); m.State != c.state || p.names(t, o, zoe) != c.left {
				t.Errorf("%+v; left: %s", m, p.names(t, o, zoe))
			}
		})
	}
}

func TestDevicesBelongToWhoWasThereLast(t *testing.T) {
	p := newPost(t)
	o, zoe, ali := mail.NewOffice(p.DB, nil, nil), p.person(t), p.person(t)
	shared := newBrowser(t)
	mustAdd(t, p, o, shared.device(zoe, "shared"))
	mustAdd(t, p, o, shared.device(ali, "shared"))
	if p.names(t, o, zoe) != "" || p.names(t, o, ali) != "shared" {
		t.Errorf("Zoé has %q, Ali has %q", p.names(t, o, zoe), p.names(t, o, ali))
	}
	if err := o.RemoveDevice(p.ctx, zoe, uuid.Nil, shared.device(zoe, "shared").Endpoint); err != nil || p.names(t, o, ali) != "shared" {
		t.Errorf("somebody else's device was removed (%v)", err)
	}
	for n := range 12 {
		p.clock.Pass(time.Minute)
		mustAdd(t, p, o, newBrowser(t).device(ali, fmt.Sprintf("d%d", n)))
	}
	if names := strings.Fields(p.names(t, o, ali)); len(names) != 10 || names[0] != "d11" || names[9] != "d2" {
		t.Errorf("Ali has %v", names)
	}
	for what, change := range map[string]func(d *mail.Device){
		"an address inside": func(d *mail.Device) { d.Endpoint = "https://127.0.0.1/x" },
		"no key":            func(d *mail.Device) { d.P256dh = "" },
		"a key off its curve": func(d *mail.Device) {
			d.P256dh = base64.RawURLEncoding.EncodeToString(append([]byte{4}, make([]byte, 64)...))
		},
		"a short secret": func(d *mail.Device) { d.Auth = "AAAA" },
	} {
		d := newBrowser(t).device(zoe, "x")
		change(&d)
		if err := o.AddDevice(context.WithoutCancel(p.ctx), d); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestKeysOfNotifications(t *testing.T) {
	a, b := mail.DrawVapid([]byte("x")), mail.DrawVapid([]byte("x"))
	if a.Public() != b.Public() || a.Public() == mail.DrawVapid([]byte("y")).Public() {
		t.Error("the keys do not follow the secret")
	}
	for _, text := range []string{"", "x", base64.RawURLEncoding.EncodeToString(make([]byte, 32)), base64.RawURLEncoding.EncodeToString(make([]byte, 31))} {
		if _, err := mail.ReadVapid(text); err == nil {
			t.Errorf("%q is a key", text)
		}
	}
	if _, err := mail.ReadVapid(base64.RawURLEncoding.EncodeToString(append(make([]byte, 31), 1))); err != nil {
		t.Error(err)
	}
}
