package db

import (
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgtype"
)

// plainUUIDs lets google's UUIDs travel as the sixteen bytes that they are. Without it pgx takes them for values of
// database/sql and writes each as text, which costs more than the rest of the parameters together.
func plainUUIDs(m *pgtype.Map) {
	m.TryWrapEncodePlanFuncs = append([]pgtype.TryWrapEncodePlanFunc{wrapEncode}, m.TryWrapEncodePlanFuncs...)
}

// plain is a UUID in the terms of pgx.
type plain uuid.UUID

// UUIDValue implements pgtype.UUIDValuer.
func (p plain) UUIDValue() (pgtype.UUID, error) { return pgtype.UUID{Bytes: p, Valid: true}, nil }

func wrapEncode(value any) (pgtype.WrappedEncodePlanNextSetter, any, bool) {
	id, ok := value.(uuid.UUID)
	if !ok {
		return nil, nil, false
	}
	return &encodePlan{}, plain(id), true
}

type encodePlan struct{ next pgtype.EncodePlan }

// SetNext implements pgtype.WrappedEncodePlanNextSetter.
func (p *encodePlan) SetNext(next pgtype.EncodePlan) { p.next = next }

// Encode implements pgtype.EncodePlan.
func (p *encodePlan) Encode(value any, buf []byte) ([]byte, error) {
	return p.next.Encode(plain(value.(uuid.UUID)), buf)
}
