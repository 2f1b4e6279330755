package hours

import _ "embed"

//go:embed words.fr.yaml
var wordsFR []byte

// Words are the messages of the package.
func Words() []byte { return wordsFR }
