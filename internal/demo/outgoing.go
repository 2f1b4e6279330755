package demo

// Outgoing is a message of the demonstration that leaves the house by a channel other than a letter, to one person, and what the
// recipient does with it. The numbers are those that the regulator keeps for films.
type Outgoing struct {
	Space, Channel, Subject, Text, Path string
	Name, Address, Login                string // of the recipient; a notification goes to an account
	Payer                               string
	Does                                string // delivered, acknowledged, failed, or empty
}

// OutgoingMessages are what the demonstration's college sent today.
func OutgoingMessages() []Outgoing {
	const absence = "Collège Haxo : votre enfant est noté absent ce matin à 8 h 30. Répondez OK si vous étiez au courant, sinon appelez la vie scolaire."
	return []Outgoing{
		{Space: stageCollege, Channel: "text", Subject: "Absence de ce matin", Text: absence, Name: "Claire Martin", Address: "06 39 98 00 12", Payer: "establishment", Does: "acknowledged"},
		{Space: stageCollege, Channel: "text", Subject: "Absence de ce matin", Text: absence, Name: "Karim Benali", Address: "06 39 98 00 27", Payer: "establishment", Does: "delivered"},
		{Space: stageCollege, Channel: "text", Subject: "Absence de ce matin", Text: absence, Name: "Sophie Le Goff", Address: "06 39 98 00 48", Payer: "establishment", Does: "failed"},
		{Space: stageCollege, Channel: "voice", Subject: "Pas de transport scolaire demain", Name: "Jeanne Robin", Address: "02 61 91 00 33", Payer: "collectivity", Does: "acknowledged",
			Text: "Bonjour. Ceci est un message du collège. En raison du verglas, les cars scolaires ne circuleront pas demain. Le collège reste ouvert et accueille tous les élèves."},
		{Space: stageCollege, Channel: "voice", Subject: "Pas de transport scolaire demain", Name: "Paul Renaud", Address: "02 61 91 00 34", Payer: "collectivity",
			Text: "Bonjour. Ceci est un message du collège. En raison du verglas, les cars scolaires ne circuleront pas demain. Le collège reste ouvert et accueille tous les élèves."},
		{Space: stageCollege, Channel: "push", Subject: "Sortie à la Cité des sciences", Text: "Une autorisation est à rapporter avant vendredi.", Path: "/messages", Login: "secretariat.haxo"},
	}
}
