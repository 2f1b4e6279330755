package audience

import _ "embed"

//go:embed words.fr.yaml
var wordsFR []byte

// Words holds the picker's own sentences, for the catalog.
func Words() []byte { return wordsFR }
