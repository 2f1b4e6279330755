package config_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"elyco/internal/config"
)

const digits = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

func write(t *testing.T, yaml string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "elyco.yaml")
	if err := os.WriteFile(path, []byte(yaml), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestNothingConfigured(t *testing.T) {
	dir := t.TempDir()
	env := []string{"HOME=/x", "ELYCO_DATA_DIR=" + dir, "ELYCO_TEST_MINIO=/bin/minio"}
	c, err := config.Load("", env)
	if err != nil {
		t.Fatal(err)
	}
	if c.BaseHost != "localhost:8080" || c.Listen != "127.0.0.1:8080" || c.OpsListen != "127.0.0.1:8081" || c.Database.Pool != 8 {
		t.Errorf("got %+v", c)
	}
	if !c.Database.Local() || !c.S3.Local() {
		t.Errorf("reaches out: %+v", c)
	}
	again, err := config.Load("", env)
	if err != nil || c.Secret.IsZero() || again.Secret != c.Secret {
		t.Errorf("the secret changed from one start to the next: %v", err)
	}
	info, err := os.Stat(filepath.Join(dir, "secret"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the secret's file: %v, %v", info.Mode(), err)
	}
}

func TestEnvironmentWins(t *testing.T) {
	file := write(t, `
base_host: elyco.fr
scheme: https
workers: 3
secret: "`+digits+`"
database:
  url: postgres://elyco_app:pw@db/elyco
  pool: 12
s3:
  endpoint: s3.internal:9000
  access_key: k
  secret_key: s
  secure: true
`)
	c, err := config.Load(file, []string{"ELYCO_WORKERS=5", "ELYCO_S3_SECURE=false", "ELYCO_DATABASE_OWNER_URL=host=db user=elyco_owner dbname=elyco", "ELYCO_DEMO=true"})
	if err != nil {
		t.Fatal(err)
	}
	if c.BaseHost != "elyco.fr" || c.Workers != 5 || c.S3.Secure || !c.Demo || c.Database.Pool != 12 {
		t.Errorf("got %+v", c)
	}
	if c.Database.OwnerURL.Reveal() != "host=db user=elyco_owner dbname=elyco" || c.Secret[1] != 0x11 {
		t.Errorf("got %q", c.Database.OwnerURL.Reveal())
	}
}

func TestEveryFaultIsNamed(t *testing.T) {
	file := write(t, `
base_hots: elyco.fr
base_host: ELYCO.fr
scheme: ftp
listen: "8080"
workers: many
database:
  pol: 4
  import_url: hunter2
log_level: loud
`)
	_, err := config.Load(file, []string{"ELYCO_DATABASE_POOLS=3", "ELYCO_SECRET=hunter2", "ELYCO_S3_ENDPOINT=https://s3", "ELYCO_DEMO=peut-être", "ELYCO_DATABASE_POOL=0", "ELYCO_TRUSTED_PROXIES=10.0.0.1, 0.0.0.0/0"})
	if err == nil {
		t.Fatal("accepted")
	}
	for _, word := range []string{
		"base_hots is not a setting", "database.pol is not a setting", "ELYCO_DATABASE_POOLS is not a setting",
		"base_host should", "scheme should", "listen should", "workers (ELYCO_WORKERS) should be a whole number",
		"secret (ELYCO_SECRET) should be 64", "demo (ELYCO_DEMO) should be true or false", "database.pool should be between",
		"database.import_url should", "database.url is missing", "log_level should", "trusted_proxies should",
		"s3.endpoint should", "s3.access_key and s3.secret_key",
	} {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("no word of: %s", word)
		}
	}
	if strings.Contains(err.Error(), "hunter2") {
		t.Errorf("a secret is in the error: %v", err)
	}
}

func TestReplicasShareASecret(t *testing.T) {
	_, err := config.Load("", []string{"ELYCO_DATABASE_URL=postgres://elyco_app@db/elyco"})
	if err == nil || !strings.Contains(err.Error(), "secret is missing") {
		t.Errorf("got %v", err)
	}
}

func TestTheMailServerIsWholeOrAbsent(t *testing.T) {
	ok := []string{"ELYCO_SMTP_ADDRESS=smtp.example:587", "ELYCO_SMTP_FROM=ent@example.fr"}
	for name, c := range map[string]struct {
		env  []string
		want string
	}{
		"no address":        {[]string{"ELYCO_SMTP_FROM=ent@example.fr"}, "smtp.address is missing"},
		"no port":           {[]string{"ELYCO_SMTP_ADDRESS=smtp.example", "ELYCO_SMTP_FROM=ent@example.fr"}, "smtp.address should"},
		"no sender":         {ok[:1:1], "smtp.from should"},
		"half a login":      {append(ok[:2:2], "ELYCO_SMTP_USER=elyco"), "go together"},
		"unknown security":  {append(ok[:2:2], "ELYCO_SMTP_TLS=ssl"), "smtp.tls should"},
		"password in clear": {append(ok[:2:2], "ELYCO_SMTP_USER=elyco", "ELYCO_SMTP_PASSWORD=hunter2", "ELYCO_SMTP_TLS=none"), "in the clear"},
	} {
		_, err := config.Load("", append(c.env, "ELYCO_DATA_DIR="+t.TempDir()))
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", name, err)
		}
	}
	c, err := config.Load("", append(ok, "ELYCO_DATA_DIR="+t.TempDir()))
	if err != nil || c.SMTP.TLS != "starttls" {
		t.Errorf("%+v: %v", c.SMTP, err)
	}
}

func TestNoSuchFile(t *testing.T) {
	if _, err := config.Load(filepath.Join(t.TempDir(), "none.yaml"), nil); err == nil {
		t.Error("accepted")
	}
}

func TestSecretsStayHidden(t *testing.T) {
	c, err := config.Load("", []string{"ELYCO_SECRET=" + digits, "ELYCO_DATABASE_URL=postgres://elyco_app:hunter2@db/elyco", "ELYCO_S3_ENDPOINT=s3", "ELYCO_S3_ACCESS_KEY=k", "ELYCO_S3_SECRET_KEY=hunter2"})
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("read", "config", c, "secret", c.Secret, "url", c.Database.URL)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("read", "config", c)
	j, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	shown := log.String() + string(j) + fmt.Sprintf("%v %+v %#v %s", c, c, c, c.Secret)
	if strings.Contains(shown, "hunter2") || strings.Contains(shown, "0011223344") || strings.Contains(shown, "17, 34, 51") || strings.Contains(shown, "0x11, 0x22") {
		t.Errorf("a secret is shown: %s", shown)
	}
}

func TestEnvNames(t *testing.T) {
	names := strings.Join(config.EnvNames(), " ")
	for _, want := range []string{"ELYCO_BASE_HOST", "ELYCO_DATABASE_OWNER_URL", "ELYCO_S3_SECRET_KEY", "ELYCO_SECRET"} {
		if !strings.Contains(names, want) {
			t.Errorf("%s is missing from %s", want, names)
		}
	}
}
