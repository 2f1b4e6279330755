package config

import (
	"crypto/ecdh"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// validate checks what the types cannot. An error names the setting and what it should be, and shows no secret.
func (c Config) validate() error {
	return errors.Join(
		c.validateAddresses(),
		c.validateProxies(),
		oneOf("scheme", c.Scheme, "http", "https"),
		oneOf("log_level", c.LogLevel, "debug", "info", "warn", "error"),
		oneOf("log_format", c.LogFormat, "text", "json"),
		between("workers", c.Workers, 0, 256),
		between("database.pool", c.Database.Pool, 1, 200),
		c.validateDatabase(),
		c.validateS3(),
		c.validateSMTP(),
		c.validateGateways(),
		c.validateSecret(),
	)
}

func (c Config) validateAddresses() error {
	var errs []error
	host, port, found := strings.Cut(c.BaseHost, ":")
	if !isHost(host) || (found && !isPort(port)) {
		errs = append(errs, errors.New("base_host should be a host in lower case, with a port if need be, such as elyco.fr or localhost:8080"))
	}
	taken := map[string]bool{}
	for _, l := range []struct{ name, address string }{{"listen", c.Listen}, {"ops_listen", c.OpsListen}, {"dav_listen", c.DAVListen}} {
		if l.name == "dav_listen" && l.address == "" {
			continue
		}
		_, port, err := net.SplitHostPort(l.address)
		if err != nil || !isPort(port) {
			errs = append(errs, fmt.Errorf("%s should be an address and a port, such as 127.0.0.1:8080", l.name))
		}
		if taken[l.address] && port != "0" {
			errs = append(errs, fmt.Errorf("%s is the address of another listener: pages, operators and file managers each have their own", l.name))
		}
		taken[l.address] = true
	}
	if c.DataDir == "" {
		errs = append(errs, errors.New("data_dir should name a folder"))
	}
	return errors.Join(errs...)
}

func (c Config) validateProxies() error {
	if _, err := c.readProxies(); err != nil {
		return errors.New("trusted_proxies should be addresses or networks with commas between, such as 10.0.0.0/8, 192.0.2.10, and not everything")
	}
	return nil
}

// Proxies are the networks of TrustedProxies, which Load has checked.
func (c Config) Proxies() []netip.Prefix {
	proxies, _ := c.readProxies()
	return proxies
}

func (c Config) readProxies() ([]netip.Prefix, error) {
	var proxies []netip.Prefix
	for _, text := range strings.FieldsFunc(c.TrustedProxies, func(r rune) bool { return r == ',' || r == ' ' }) {
		if a, err := netip.ParseAddr(text); err == nil {
			proxies = append(proxies, netip.PrefixFrom(a, a.BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(text)
		if err != nil || p.Bits() == 0 {
			return nil, fmt.Errorf("%q is no network", text)
		}
		proxies = append(proxies, p.Masked())
	}
	return proxies, nil
}

func isHost(s string) bool {
	ok, err := regexp.MatchString(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$`, s)
	return err == nil && ok && len(s) <= 253
}

func isPort(s string) bool {
	_, err := strconv.ParseUint(s, 10, 16)
	return err == nil
}

func (c Config) validateDatabase() error {
	d := c.Database
	var errs []error
	for name, address := range map[string]Secret{"database.url": d.URL, "database.owner_url": d.OwnerURL, "database.import_url": d.ImportURL} {
		if address == "" || isDSN(address.Reveal()) {
			continue
		}
		errs = append(errs, fmt.Errorf("%s should be postgres://role:password@host/database, or host=H user=ROLE dbname=D", name))
	}
	if d.Local() && (d.OwnerURL != "" || d.ImportURL != "") {
		errs = append(errs, errors.New("database.url is missing: database.owner_url and database.import_url go with it"))
	}
	return errors.Join(errs...)
}

func isDSN(s string) bool {
	if u, err := url.Parse(s); err == nil && (u.Scheme == "postgres" || u.Scheme == "postgresql") {
		return u.Host != "" || u.Query().Has("host")
	}
	return strings.Contains(s, "host=") && strings.Contains(s, "user=")
}

func (c Config) validateS3() error {
	if c.S3.Local() {
		return nil
	}
	var errs []error
	if strings.Contains(c.S3.Endpoint, "/") {
		errs = append(errs, errors.New("s3.endpoint should be a host, with a port if need be, and no scheme: s3.secure says whether it speaks TLS"))
	}
	if c.S3.AccessKey == "" || c.S3.SecretKey == "" {
		errs = append(errs, errors.New("s3.access_key and s3.secret_key go with s3.endpoint"))
	}
	if c.S3.Bucket == "" {
		errs = append(errs, errors.New("s3.bucket should name a bucket"))
	}
	return errors.Join(errs...)
}

func (c Config) validateSMTP() error {
	m := c.SMTP
	if m.Address == "" {
		if m.User != "" || m.Password != "" || m.From != "" {
			return errors.New("smtp.address is missing: smtp.user, smtp.password and smtp.from go with it")
		}
		return nil
	}
	var errs []error
	if host, port, err := net.SplitHostPort(m.Address); err != nil || host == "" || !isPort(port) {
		errs = append(errs, errors.New("smtp.address should be a host and a port, such as smtp.example:587"))
	}
	if a, err := mail.ParseAddress(m.From); err != nil || a.Address != m.From {
		errs = append(errs, errors.New("smtp.from should be an e-mail address, such as ne-pas-repondre@example.fr"))
	}
	if (m.User == "") != (m.Password == "") {
		errs = append(errs, errors.New("smtp.user and smtp.password go together"))
	}
	if m.User != "" && m.TLS == "none" {
		errs = append(errs, errors.New("smtp.tls should not be none: a password would travel in the clear"))
	}
	return errors.Join(append(errs, oneOf("smtp.tls", m.TLS, "starttls", "implicit", "none"))...)
}

// validateGateways: a gateway's answers are believed for the key alone, so that a short one would let anybody confirm for a family.
func (c Config) validateGateways() error {
	var errs []error
	for _, g := range []struct {
		name, url string
		key       Secret
	}{{"sms", c.SMS.URL, c.SMS.Key}, {"voice", c.Voice.URL, c.Voice.Key}} {
		if g.url == "" {
			if g.key != "" {
				errs = append(errs, fmt.Errorf("%s.url is missing: %s.key goes with it", g.name, g.name))
			}
			continue
		}
		u, err := url.Parse(g.url)
		if err != nil || u.Host == "" || u.User != nil || u.Scheme != "https" && !(u.Scheme == "http" && isLoopback(u.Hostname())) {
			errs = append(errs, fmt.Errorf("%s.url should be an https address without a password in it, such as https://gateway.example/v1/messages", g.name))
		}
		if len(g.key) < 16 {
			errs = append(errs, fmt.Errorf("%s.key should be 16 letters at least", g.name))
		}
	}
	if c.SMS.Sender != "" && (c.SMS.URL == "" || !isSender(c.SMS.Sender)) {
		errs = append(errs, errors.New("sms.sender should be 11 letters and figures at most, and goes with sms.url"))
	}
	if a, err := mail.ParseAddress(c.Push.Contact); c.Push.Contact != "" && (err != nil || a.Address != c.Push.Contact) {
		errs = append(errs, errors.New("push.contact should be an e-mail address, such as admin@example.fr"))
	}
	if key := c.Push.Key; key != "" {
		raw, err := base64.RawURLEncoding.DecodeString(key.Reveal())
		if _, bad := ecdh.P256().NewPrivateKey(raw); err != nil || bad != nil {
			errs = append(errs, errors.New("push.key should be a private key of P-256, 32 bytes in base64 for addresses"))
		}
	}
	return errors.Join(errs...)
}

// isLoopback lets a gateway of this machine speak in the clear.
func isLoopback(host string) bool {
	a, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && a.IsLoopback()
}

func isSender(s string) bool {
	ok, err := regexp.MatchString(`^[A-Za-z0-9 ]{1,11}$`, s)
	return err == nil && ok
}

// validateSecret: replicas that drew a secret each would not recognise what the others signed.
func (c Config) validateSecret() error {
	if c.Secret.IsZero() && !c.Database.Local() {
		return errors.New("secret is missing: with a database of its own, every replica is given the same 64 hexadecimal digits")
	}
	return nil
}

func oneOf(name, value string, allowed ...string) error {
	if slices.Contains(allowed, value) {
		return nil
	}
	return fmt.Errorf("%s should be one of %s", name, strings.Join(allowed, ", "))
}

func between(name string, value, low, high int) error {
	if value >= low && value <= high {
		return nil
	}
	return fmt.Errorf("%s should be between %d and %d", name, low, high)
}
