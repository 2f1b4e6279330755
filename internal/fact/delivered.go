package fact

import "github.com/google/uuid"

// MessageDelivered says that a part of those whom a message is for have it now. It is said once for each batch, in the
// transaction that makes the copies; whom a batch holds is read from the room.
type MessageDelivered struct {
	ID    uuid.UUID `json:"id"`
	Batch int       `json:"batch"`
}

// FactName implements Fact.
func (MessageDelivered) FactName() string { return "message_delivered" }
