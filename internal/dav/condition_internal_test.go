package dav

import "testing"

func TestParseIf(t *testing.T) {
	for _, good := range []string{
		`(<urn:uuid:181d4fae-7d8c-11d0-a765-00a0c91e6bf2> ["I am an ETag"]) (["I am another ETag"])`,
		`(Not <urn:uuid:181d4fae-7d8c-11d0-a765-00a0c91e6bf2> <urn:uuid:58f202ac-22cf-11d1-b12d-002035b29092>)`,
		`(<urn:uuid:181d4fae-7d8c-11d0-a765-00a0c91e6bf2>) (Not <DAV:no-lock>)`,
		`</resource1> (<urn:uuid:181d4fae-7d8c-11d0-a765-00a0c91e6bf2> [W/"A weak ETag"]) (["strong ETag"])`,
		`<http://www.example.com/specs/> (<urn:uuid:181d4fae>)`, `<a> (<b>) <c> (<d>)(Not["e"])`,
		`(<urn:uuid:1> ["a"])(Not <DAV:no-lock> ["a"])`,
	} {
		if c, err := parseIf([]string{good}); err != nil || len(c) == 0 {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{``, `()`, `(`, `<a>`, `(<a>`, `(<a)`, `(<>)`, `(Not)`, `x`, `(<a>) x`, `(<a>) <b> (<c>)`, `(a)`} {
		if c, err := parseIf([]string{bad}); err == nil {
			t.Errorf("%s is read as %+v", bad, c)
		}
	}
	if _, err := parseIf([]string{"(<a>)", "(<b>)"}); err == nil {
		t.Error("two headers are read")
	}
}
