package ui

import (
	"context"
	"io"
)

// Icon names a drawing of the house's own set. It is decoration: hidden from assistive technology, so a control that shows
// only an icon needs a hidden text beside it. The zero value draws nothing.
type Icon string

// The set. One line weight, a 24-unit square, round ends: drawn to be read at 20 pixels.
const (
	IconAbsence     Icon = "absence"
	IconAgenda      Icon = "agenda"
	IconAlert       Icon = "alert"
	IconAttach      Icon = "attach"
	IconBell        Icon = "bell"
	IconBold        Icon = "bold"
	IconBook        Icon = "book"
	IconBuilding    Icon = "building"
	IconBus         Icon = "bus"
	IconCanteen     Icon = "canteen"
	IconChart       Icon = "chart"
	IconCheck       Icon = "check"
	IconChevronDown Icon = "chevron-down"
	IconChevronLeft Icon = "chevron-left"
	IconChevronUp   Icon = "chevron-up"
	IconChevron     Icon = "chevron"
	IconClock       Icon = "clock"
	IconClose       Icon = "close"
	IconComfort     Icon = "comfort"
	IconDocument    Icon = "document"
	IconDownload    Icon = "download"
	IconEdit        Icon = "edit"
	IconExternal    Icon = "external"
	IconEye         Icon = "eye"
	IconFilter      Icon = "filter"
	IconFolder      Icon = "folder"
	IconForum       Icon = "forum"
	IconGrades      Icon = "grades"
	IconGroup       Icon = "group"
	IconHeading     Icon = "heading"
	IconHealth      Icon = "health"
	IconHelp        Icon = "help"
	IconHome        Icon = "home"
	IconHomework    Icon = "homework"
	IconImage       Icon = "image"
	IconInfo        Icon = "info"
	IconKey         Icon = "key"
	IconLink        Icon = "link"
	IconList        Icon = "list"
	IconLock        Icon = "lock"
	IconMail        Icon = "mail"
	IconMap         Icon = "map"
	IconMenu        Icon = "menu"
	IconMoon        Icon = "moon"
	IconMore        Icon = "more"
	IconNews        Icon = "news"
	IconPayment     Icon = "payment"
	IconPhone       Icon = "phone"
	IconPin         Icon = "pin"
	IconPlus        Icon = "plus"
	IconPrint       Icon = "print"
	IconSchool      Icon = "school"
	IconSearch      Icon = "search"
	IconSend        Icon = "send"
	IconSettings    Icon = "settings"
	IconShare       Icon = "share"
	IconSignal      Icon = "signal"
	IconSignature   Icon = "signature"
	IconSignOut     Icon = "sign-out"
	IconSpeaker     Icon = "speaker"
	IconStar        Icon = "star"
	IconSwitch      Icon = "switch"
	IconTimetable   Icon = "timetable"
	IconTrash       Icon = "trash"
	IconUpload      Icon = "upload"
	IconUser        Icon = "user"
	IconWork        Icon = "work"
)

// Icons lists the whole set, for pages that let a person choose one.
func Icons() []Icon {
	return []Icon{
		IconAbsence, IconAgenda, IconAlert, IconAttach, IconBell, IconBold, IconBook, IconBuilding, IconBus, IconCanteen, IconChart, IconCheck,
		IconChevronDown, IconChevronLeft, IconChevronUp, IconChevron, IconClock, IconClose, IconComfort, IconDocument, IconDownload, IconEdit,
		IconExternal, IconEye, IconFilter, IconFolder, IconForum, IconGrades, IconGroup, IconHeading, IconHealth, IconHelp, IconHome, IconHomework,
		IconImage, IconInfo, IconKey, IconLink, IconList, IconLock, IconMail, IconMap, IconMenu, IconMoon, IconMore, IconNews, IconPayment, IconPhone,
		IconPin, IconPlus, IconPrint, IconSchool, IconSearch, IconSend, IconSettings, IconShare, IconSignal, IconSignature, IconSignOut,
		IconSpeaker, IconStar, IconSwitch, IconTimetable, IconTrash, IconUpload, IconUser, IconWork,
	}
}

// Render writes the drawing inline. An unknown name draws nothing.
func (i Icon) Render(_ context.Context, w io.Writer) error {
	shape := i.shape()
	if shape == "" {
		return nil
	}
	_, err := io.WriteString(w, `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">`+shape+`</svg>`)
	return err
}
