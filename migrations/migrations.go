// Package migrations holds the database's history and the roles it needs, as the SQL that operators read and run.
package migrations

import "embed"

// FS holds every migration, in the order of its timestamp, and roles.sql, which a superuser runs once per database.
//
//go:embed *.sql
var FS embed.FS

// Roles is the name in FS of the file that makes the roles, the extensions and the rights they start from.
const Roles = "roles.sql"
