// Package config reads the settings once, into one typed value, from a YAML file and from the environment, which wins.
//
// A setting is named by its place in the file: pool below database is database.pool, and ELYCO_DATABASE_POOL in the
// environment. A name that is not a setting is refused, wherever it stands: a misspelt setting that is ignored would
// look like one that is obeyed. Names that begin with ELYCO_TEST_ belong to the tests.
package config

// Config is everything an operator decides. The comments are the operator's reference.
type Config struct {
	// BaseHost is the host that schools' addresses end with, and its port when it is not the scheme's own:
	// <school>.localhost:8080.
	BaseHost string `mapstructure:"base_host"`
	// Scheme of the addresses people see: http, or https when something before the program speaks TLS.
	Scheme string `mapstructure:"scheme"`
	// Listen is where pages are served. In a container: 0.0.0.0:8080.
	Listen string `mapstructure:"listen"`
	// TrustedProxies are the addresses of the proxies before the program, as in "10.0.0.0/8, 192.0.2.10". What they say of
	// whom they heard is believed. Without it a whole academy behind a proxy counts as one address when passwords are
	// guessed; with too wide a range anybody can say to come from anywhere.
	TrustedProxies string `mapstructure:"trusted_proxies"`
	// OpsListen is where machines ask how the program is: /healthz, /readyz, /metrics. Never open it to the network.
	OpsListen string `mapstructure:"ops_listen"`
	// DAVListen is where file managers open documents, under /dav/. Whatever speaks TLS before the program leads that path of
	// every host here, says so in X-Forwarded-Proto and is named in TrustedProxies: a password that came in the clear, or
	// from who knows where, is refused when the scheme is https. Empty: documents open on the pages alone; elyco run takes
	// the port after the next one of Listen.
	DAVListen string `mapstructure:"dav_listen"`
	// DataDir holds everything of a one-machine installation: database, objects, secret.
	DataDir string `mapstructure:"data_dir"`
	// Secret is 64 hexadecimal digits, the same on every replica. One machine draws its own into DataDir.
	Secret Key `mapstructure:"secret"`
	// Workers is how many jobs one process runs at a time. 0: as many as fit the processors.
	Workers int `mapstructure:"workers"`
	// Demo fills an empty database with invented schools and shows whom to sign in as. Never with real people.
	Demo bool `mapstructure:"demo"`
	// ThemesDir and TenantsDir, when set, are folders that replace the themes and the territory carried in the program.
	ThemesDir  string `mapstructure:"themes_dir"`
	TenantsDir string `mapstructure:"tenants_dir"`
	// FeedsDir is a folder where archives of the academy's directory are put, the same on every replica; the page of the
	// feeds lists what is in it. Empty: feeds come in by the command "elyco directory" alone;
	// elyco run takes the folder feeds of DataDir.
	FeedsDir string `mapstructure:"feeds_dir"`
	// LogLevel is debug, info, warn or error; LogFormat is text for people, json for machines.
	LogLevel  string `mapstructure:"log_level"`
	LogFormat string `mapstructure:"log_format"`
	// Pprof opens the profiler on OpsListen.
	Pprof bool `mapstructure:"pprof"`

	Database Database `mapstructure:"database"`
	S3       S3       `mapstructure:"s3"`

	Antivirus Antivirus `mapstructure:"antivirus"`

	SMTP  SMTP  `mapstructure:"smtp"`
	SMS   SMS   `mapstructure:"sms"`
	Voice Voice `mapstructure:"voice"`
	Push  Push  `mapstructure:"push"`
}

// SMS says which gateway sends short texts, over the protocol that internal/mail/gateway.go describes. Without URL texts are
// kept like letters without a mail server.
type SMS struct {
	URL    string `mapstructure:"url"`
	Key    Secret `mapstructure:"key"`    // shared with the gateway, 16 letters at least: both sign with it
	Sender string `mapstructure:"sender"` // what a text says it comes from: 11 letters and figures at most; empty: the gateway's own
}

// Voice says which gateway calls telephones and reads a text aloud, over the same protocol. Without URL calls are kept.
type Voice struct {
	URL string `mapstructure:"url"`
	Key Secret `mapstructure:"key"`
}

// Push says whether browsers are notified. Without Contact notifications are kept.
type Push struct {
	// Contact is the e-mail address to which a push service complains.
	Contact string `mapstructure:"contact"`
	// Key is a private key of P-256, 32 bytes in base64 for addresses. Empty: drawn from Secret. With another key every device
	// must be told again.
	Key Secret `mapstructure:"key"`
}

// SMTP says which server takes the letters that the program writes. Without Address nothing leaves the house: letters stay in
// the database, where administrators of the academy read them, as it suits a demonstration and nothing else.
type SMTP struct {
	Address  string `mapstructure:"address"` // host:port
	User     string `mapstructure:"user"`
	Password Secret `mapstructure:"password"`
	From     string `mapstructure:"from"` // the address that letters come from
	// TLS is starttls, implicit (from the first byte), or none for a server on this machine.
	TLS string `mapstructure:"tls"`
}

// Antivirus says where clamd listens. Without Address nothing is scanned. Its StreamMaxLength must be at least what people
// may store in one file: what is longer is never given to anybody but its author.
type Antivirus struct {
	Address string `mapstructure:"address"` // host:port, or unix:/run/clamav/clamd.ctl
}

// Database says how to reach PostgreSQL, as its three roles. Without URL the program runs a server of its own in
// DataDir.
type Database struct {
	URL       Secret `mapstructure:"url"`        // elyco_app, serves pages
	OwnerURL  Secret `mapstructure:"owner_url"`  // elyco_owner, migrates; only `elyco migrate` needs it
	ImportURL Secret `mapstructure:"import_url"` // elyco_import, loads directories
	// Pool is how many connections a process keeps, long-lived: opening one is dear.
	Pool int `mapstructure:"pool"`
}

// Local reports whether the program runs its own server.
func (d Database) Local() bool { return d.URL == "" }

// S3 says how to reach the object store. Without Endpoint the program runs one of its own in DataDir.
type S3 struct {
	Endpoint  string `mapstructure:"endpoint"` // host, or host:port
	AccessKey string `mapstructure:"access_key"`
	SecretKey Secret `mapstructure:"secret_key"`
	Region    string `mapstructure:"region"`
	Bucket    string `mapstructure:"bucket"`
	Secure    bool   `mapstructure:"secure"` // TLS
}

// Local reports whether the program runs its own store.
func (s S3) Local() bool { return s.Endpoint == "" }

// defaults run the program on one machine with nothing configured.
func defaults() map[string]any {
	return map[string]any{
		"base_host":     "localhost:8080",
		"scheme":        "http",
		"listen":        "127.0.0.1:8080",
		"ops_listen":    "127.0.0.1:8081",
		"data_dir":      ".data",
		"log_level":     "info",
		"log_format":    "text",
		"database.pool": 8,
		"s3.region":     "us-east-1",
		"s3.bucket":     "elyco",
		"s3.secure":     true,
		"smtp.tls":      "starttls",
	}
}
