package calendar

import _ "embed"

//go:embed words.fr.yaml
var wordsFR []byte

// Words are the package's messages, for the catalog of the house.
func Words() []byte { return wordsFR }
