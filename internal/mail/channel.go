package mail

// The channels by which messages leave the house.
const (
	ByMail  = "mail"
	ByText  = "text"
	ByVoice = "voice"
	ByPush  = "push"
)

// Channels lists them in the order in which pages show them.
func Channels() []string { return []string{ByMail, ByText, ByVoice, ByPush} }

// Who pays for a message. The zero value: nobody said.
const (
	PaidByEstablishment = "establishment"
	PaidByCollectivity  = "collectivity"
	PaidByAcademy       = "academy"
)

// Payers lists who may pay, nobody first.
func Payers() []string {
	return []string{"", PaidByEstablishment, PaidByCollectivity, PaidByAcademy}
}
