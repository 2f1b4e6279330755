package blobtest

import (
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	c, err := parse("https://key:s3cr%2Ft@s3.example.fr:9000")
	if err != nil || c.Endpoint != "s3.example.fr:9000" || c.AccessKey != "key" || c.SecretKey != "s3cr/t" || !c.Secure {
		t.Errorf("read as %+v, %v", c, err)
	}
	for _, bad := range []string{"s3.example.fr:9000", "http://s3.example.fr", "ftp://key:hidden@s3.example.fr", "http://key:hidden@", "http://key:hidden@%zz"} {
		if _, err := parse(bad); err == nil || strings.Contains(err.Error(), "hidden") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
