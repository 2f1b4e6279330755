package db

import (
	"bytes"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgtype"
)

func TestPlainUUIDs(t *testing.T) {
	id := uuid.MustParse("0190a7c4-1d2e-7f00-8000-0123456789ab")
	array := append([]byte{0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x0b, 0x86, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 16}, id[:]...)
	for name, c := range map[string]struct {
		oid    uint32
		format int16
		value  any
		want   []byte
	}{
		"sixteen bytes":        {pgtype.UUIDOID, pgtype.BinaryFormatCode, id, id[:]},
		"through a pointer":    {pgtype.UUIDOID, pgtype.BinaryFormatCode, &id, id[:]},
		"as text":              {pgtype.UUIDOID, pgtype.TextFormatCode, id, []byte(id.String())},
		"for a text parameter": {pgtype.TextOID, pgtype.TextFormatCode, id, []byte(id.String())},
		"in an array":          {pgtype.UUIDArrayOID, pgtype.BinaryFormatCode, []uuid.UUID{id}, array},
		"missing":              {pgtype.UUIDOID, pgtype.BinaryFormatCode, (*uuid.UUID)(nil), nil},
		"null":                 {pgtype.UUIDOID, pgtype.BinaryFormatCode, uuid.NullUUID{}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			m := pgtype.NewMap()
			plainUUIDs(m)
			got, err := m.Encode(c.oid, c.format, c.value, nil)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, c.want) {
				t.Errorf("got %x, want %x", got, c.want)
			}
		})
	}
}

func TestPlainUUIDsAreCheaper(t *testing.T) {
	var id any = uuid.MustParse("0190a7c4-1d2e-7f00-8000-0123456789ab")
	buf := make([]byte, 0, 64)
	allocations := func(m *pgtype.Map) float64 {
		return testing.AllocsPerRun(100, func() {
			if _, err := m.Encode(pgtype.UUIDOID, pgtype.BinaryFormatCode, id, buf); err != nil {
				t.Fatal(err)
			}
		})
	}
	usual, ours := pgtype.NewMap(), pgtype.NewMap()
	plainUUIDs(ours)
	if before, after := allocations(usual), allocations(ours); after >= before {
		t.Errorf("%v allocations instead of %v: the detour is no longer worth it", after, before)
	}
}
