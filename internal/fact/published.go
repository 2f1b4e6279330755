package fact

import "github.com/google/uuid"

// Published says that readers can now see a publication of a room: news, the collectivity's space, announcements. It is
// said once, when the publication appears, however long before it was scheduled.
type Published struct {
	ID     uuid.UUID `json:"id"`
	Room   string    `json:"room"`
	Urgent bool      `json:"urgent,omitempty"`
}

// FactName implements Fact.
func (Published) FactName() string { return "published" }
