package publication

import _ "embed"

//go:embed words.fr.yaml
var wordsFR []byte

// Words holds the sentences that the rooms share, for the catalog.
func Words() []byte { return wordsFR }
