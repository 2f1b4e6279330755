package mail

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"

	"github.com/google/uuid"
)

// namer gives messages their names. A name says the scope and the message, and a mark that the house alone can make: it is
// long, opaque, the same for ever, and good for a header and for an address.
type namer struct{ key [32]byte }

const (
	markLen = 16
	nameLen = 8 + 16 + markLen
)

var nameCode = base64.RawURLEncoding.Strict()

func newNamer(secret []byte) namer { return namer{derive(secret, "names of messages")} }

// derive draws a key for one purpose from the program's secret.
func derive(secret []byte, purpose string) (key [32]byte) {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("elyco mail: " + purpose))
	mac.Sum(key[:0])
	return key
}

func (n namer) name(scope int64, id uuid.UUID) string {
	raw := make([]byte, 0, nameLen)
	raw = binary.BigEndian.AppendUint64(raw, uint64(scope))
	raw = append(raw, id[:]...)
	return nameCode.EncodeToString(append(raw, n.mark(raw)...))
}

// read gives back what a name says, or false for one that the house did not make.
func (n namer) read(name string) (scope int64, id uuid.UUID, ok bool) {
	raw, err := nameCode.DecodeString(name)
	if err != nil || len(raw) != nameLen || !hmac.Equal(raw[nameLen-markLen:], n.mark(raw[:nameLen-markLen])) {
		return 0, uuid.Nil, false
	}
	return int64(binary.BigEndian.Uint64(raw)), uuid.UUID(raw[8:24]), true
}

func (n namer) mark(raw []byte) []byte {
	mac := hmac.New(sha256.New, n.key[:])
	mac.Write(raw)
	return mac.Sum(nil)[:markLen]
}
