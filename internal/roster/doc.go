// Package roster reads the lists of people that a school keeps outside the academy's directory: a table of pupils with
// their guardians, or a table of staff, as CSV of any usual kind or as XLSX, exported from the school's own program.
//
// A table is read with its line numbers, its header is found, and its columns are matched to fields by the names that
// programs give them; people correct the match. List then says person by person what would be imported and what is wrong,
// by line and field. What comes out is a feed.Source, so that a school without the academy's directory goes through the
// same comparison, report and brakes as all others.
package roster
