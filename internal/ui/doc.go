// Package ui holds what every page is made of: the layout, the components, the icons, the base style sheet and the one script.
//
// A component is a struct that renders itself: in a templ file, @ui.Button{Label: "Enregistrer"} is the whole call. A component
// that encloses other content is used with With: @ui.Card{Title: "…"}.With() { … }. The package reads no data and knows no room;
// a page hands it values that are already shaped and already in the reader's language.
//
// Colours, fonts and corners are custom properties set by a theme; the style sheet here never names a colour of its own besides
// the fallback that keeps a page legible when no theme could be loaded. Every page works with scripts off.
package ui
