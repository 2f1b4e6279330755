package config_test

import (
	"strings"
	"testing"

	"elyco/internal/config"
)

func TestGatewaysAreChecked(t *testing.T) {
	key := "ELYCO_SMS_KEY=une-clé-de-seize-lettres"
	for name, c := range map[string]struct {
		env  []string
		says string // "" where it is taken
	}{
		"a gateway":                 {[]string{"ELYCO_SMS_URL=https://sms.example/v1", key, "ELYCO_SMS_SENDER=ELYCO 44"}, ""},
		"one of this machine":       {[]string{"ELYCO_SMS_URL=http://127.0.0.1:9000/", key}, ""},
		"in the clear":              {[]string{"ELYCO_SMS_URL=http://sms.example/", key}, "sms.url"},
		"a password in it":          {[]string{"ELYCO_SMS_URL=https://a:b@sms.example/", key}, "sms.url"},
		"a short key":               {[]string{"ELYCO_VOICE_URL=https://v.example/", "ELYCO_VOICE_KEY=court"}, "voice.key"},
		"a key of nothing":          {[]string{"ELYCO_VOICE_KEY=une-clé-de-seize-lettres"}, "voice.url is missing"},
		"a sender that is too long": {[]string{"ELYCO_SMS_URL=https://sms.example/", key, "ELYCO_SMS_SENDER=COLLEGE COLETTE"}, "sms.sender"},
		"notifications":             {[]string{"ELYCO_PUSH_CONTACT=admin@ent.example"}, ""},
		"nobody to write to":        {[]string{"ELYCO_PUSH_CONTACT=admin"}, "push.contact"},
		"no key of the curve":       {[]string{"ELYCO_PUSH_KEY=AAAA"}, "push.key"},
	} {
		_, err := config.Load("", append(c.env, "ELYCO_DATA_DIR="+t.TempDir()))
		if c.says == "" && err != nil || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && strings.Contains(err.Error(), "une-clé") {
			t.Errorf("%s: the error shows the key", name)
		}
	}
}
