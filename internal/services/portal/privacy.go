package portal

import "elyco/internal/privacy"

func record() privacy.Record {
	return privacy.Record{Nothing: "shows what the registry and the public news say; keeps nothing"}
}
