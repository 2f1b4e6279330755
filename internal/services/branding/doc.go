// Package branding is where a space chooses how it looks. A collectivity and the academy set their colours, type, logo,
// banner and welcome; an establishment adds its accent, its logo, its banner and its welcome to what its collectivity chose.
// One draft a space is prepared beside a live preview, on a desk and on a phone, in light and in dark. What people could not
// read cannot be published. Every published version is kept with its author's name and can be taken again in one click; the
// names are forgotten after five years, and drafts that nobody touches after one.
package branding
