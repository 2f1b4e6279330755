package ui

// shape returns the inside of the drawing; a switch, so that the set is read-only.
func (i Icon) shape() string {
	switch i {
	case IconAbsence:
		return `<circle cx="10" cy="8" r="3.5"/><path d="M3.5 20c.4-4 3-6 6.5-6 1 0 2 .2 2.8.5M16 16l5 5M21 16l-5 5"/>`
	case IconAgenda:
		return `<rect x="3.5" y="5" width="17" height="15.5" rx="2.5"/><path d="M3.5 10h17M8 3v4M16 3v4M8 14h3M8 17h6"/>`
	case IconAlert:
		return `<path d="M12 4 2.8 19.5h18.4zM12 10v4.5M12 17.2v.1"/>`
	case IconAttach:
		return `<path d="m19.5 11.5-7.6 7.6a4.6 4.6 0 0 1-6.5-6.5l8-8a3.1 3.1 0 0 1 4.4 4.4l-7.9 7.9a1.5 1.5 0 0 1-2.2-2.2l7.1-7"/>`
	case IconBell:
		return `<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4M12 3v2"/>`
	case IconSignal:
		return `<circle cx="12" cy="12" r="2"/><path d="M8.3 8.3a5.2 5.2 0 0 0 0 7.4M15.7 8.3a5.2 5.2 0 0 1 0 7.4M5.5 5.5a9.2 9.2 0 0 0 0 13M18.5 5.5a9.2 9.2 0 0 1 0 13"/>`
	case IconBold:
		return `<path d="M7 4.5h6a3.6 3.6 0 0 1 0 7.2H7zM7 11.7h7a3.9 3.9 0 0 1 0 7.8H7z"/>`
	case IconHeading:
		return `<path d="M6 5v14M18 5v14M6 12h12"/>`
	case IconLink:
		return `<path d="M10 14a4 4 0 0 0 5.8.3l3-3a4.1 4.1 0 0 0-5.8-5.8l-1.5 1.5M14 10a4 4 0 0 0-5.8-.3l-3 3a4.1 4.1 0 0 0 5.8 5.8l1.5-1.5"/>`
	case IconList:
		return `<path d="M9.5 6.5H20M9.5 12H20M9.5 17.5H20M4.5 6.5v.1M4.5 12v.1M4.5 17.5v.1"/>`
	case IconBook:
		return `<path d="M12 6.5C10 5 7 4.5 3.5 5v13.5c3.5-.5 6.5 0 8.5 1.5 2-1.5 5-2 8.5-1.5V5C17 4.5 14 5 12 6.5zM12 6.5V20"/>`
	case IconBuilding:
		return `<path d="M4 20.5V7l8-3.5L20 7v13.5M2.5 20.5h19M9.5 20.5V16h5v4.5M8 9.5h2M14 9.5h2M8 13h2M14 13h2"/>`
	case IconBus:
		return `<rect x="4" y="4" width="16" height="13.5" rx="2.5"/><path d="M4 11.5h16M7 17.5V20M17 17.5V20M8 14.7v.1M16 14.7v.1"/>`
	case IconCanteen:
		return `<path d="M7 3v18M4 3v4.5a3 3 0 0 0 6 0V3M17 21v-7M17 14c-2 0-3-2-3-5.5S15.2 3 17 3z"/>`
	case IconChart:
		return `<path d="M4 4v16h16M8.5 16v-4M13 16V8M17.5 16v-6"/>`
	case IconCheck:
		return `<path d="m4.5 12.8 5 4.9L19.5 7"/>`
	case IconChevron:
		return `<path d="m9.5 6 6 6-6 6"/>`
	case IconChevronUp:
		return `<path d="m6 15 6-6 6 6"/>`
	case IconChevronDown:
		return `<path d="m6 9.5 6 6 6-6"/>`
	case IconChevronLeft:
		return `<path d="m14.5 6-6 6 6 6"/>`
	case IconClock:
		return `<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.3l3.5 2"/>`
	case IconClose:
		return `<path d="m6 6 12 12M18 6 6 18"/>`
	case IconComfort:
		return `<path d="M3 18 7.5 6h1L13 18M4.6 14h6.8M15 18l2.7-7h.6l2.7 7M16 15.7h4"/>`
	case IconDocument:
		return `<path d="M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5M9 12.5h6M9 16h6"/>`
	case IconDownload:
		return `<path d="M12 4v11M7 10.5l5 5 5-5M4.5 19.5h15"/>`
	case IconEdit:
		return `<path d="m4 20 1-4.5L16.5 4 20 7.5 8.5 19zM14 6.5 17.5 10"/>`
	case IconExternal:
		return `<path d="M10 5H5v14h14v-5M14 4h6v6M20 4l-9 9"/>`
	case IconEye:
		return `<path d="M2.5 12C5 7.5 8.3 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.8 6.5-9.5 6.5S5 16.5 2.5 12z"/><circle cx="12" cy="12" r="2.8"/>`
	case IconFilter:
		return `<path d="M3.5 6h17M6.5 12h11M10 18h4"/>`
	case IconFolder:
		return `<path d="M3 18.5v-12h6.5l2 2.5H21v9.5z"/>`
	case IconForum:
		return `<path d="M3.5 4.5h12v8.5H9l-3.5 3v-3h-2zM18.5 9h2v8.5h-2v3l-3.5-3h-5"/>`
	case IconGrades:
		return `<path d="M5 3.5h14v17H5zM8.5 8h7M8.5 11.5h4M12.5 16.5l1.5 1.5 3-3.5"/>`
	case IconGroup:
		return `<circle cx="9" cy="8.5" r="3.3"/><path d="M2.8 19.5c.4-3.7 2.8-5.5 6.2-5.5s5.8 1.8 6.2 5.5M15.5 5.5a3.2 3.2 0 0 1 0 6M18 14.5c2 .7 3 2.4 3.2 5"/>`
	case IconHealth:
		return `<path d="M9 3.5h6V9h5.5v6H15v5.5H9V15H3.5V9H9z"/>`
	case IconHelp:
		return `<circle cx="12" cy="12" r="8.5"/><path d="M9.5 9.7a2.6 2.6 0 1 1 3.6 2.4c-.8.4-1.1.9-1.1 1.9M12 16.8v.1"/>`
	case IconHome:
		return `<path d="m3 11.5 9-8 9 8M5.5 9.5v11h13v-11M10 20.5V14h4v6.5"/>`
	case IconHomework:
		return `<path d="M5 3.5h11.5v8M5 3.5v17h6M8.5 8H13M8.5 11.5H12M13.5 20.5l.6-3 5-5 2.4 2.4-5 5z"/>`
	case IconImage:
		return `<rect x="3.5" y="4.5" width="17" height="15" rx="2.5"/><circle cx="9" cy="10" r="1.7"/><path d="m4.5 18 5-4.5 3 2.5 3.5-4 4.5 5"/>`
	case IconInfo:
		return `<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.7v.1"/>`
	case IconKey:
		return `<circle cx="8" cy="15.5" r="4"/><path d="m11 12.7 8.5-8.7M16 7.5l3 3M13.5 10l2 2"/>`
	case IconLock:
		return `<rect x="5" y="10.5" width="14" height="10" rx="2"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5M12 14.5v2"/>`
	case IconMail:
		return `<rect x="3" y="5" width="18" height="14" rx="2.5"/><path d="m3.5 7.5 8.5 6 8.5-6"/>`
	case IconMap:
		return `<path d="M12 21c4.5-5 6.5-8.3 6.5-11a6.5 6.5 0 0 0-13 0c0 2.7 2 6 6.5 11z"/><circle cx="12" cy="10" r="2.4"/>`
	case IconMenu:
		return `<path d="M4 6.5h16M4 12h16M4 17.5h16"/>`
	case IconMoon:
		return `<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z"/>`
	case IconMore:
		return `<path d="M5.5 12h.1M12 12h.1M18.5 12h.1"/>`
	case IconNews:
		return `<path d="M3.5 5h13.5v12a2.5 2.5 0 0 0 2.5 2.5H6A2.5 2.5 0 0 1 3.5 17zM17 9.5h3.5V17a2.5 2.5 0 0 1-1 2M6.5 8.5H13M6.5 12H13M6.5 15.5h4"/>`
	case IconPayment:
		return `<rect x="3" y="5.5" width="18" height="13" rx="2.5"/><path d="M3 10h18M7 15h4"/>`
	case IconPhone:
		return `<path d="M5 4h4l1.5 5-2.5 1.5c1 2.5 3 4.5 5.5 5.5L15 13.5l5 1.5v4c0 .6-.4 1-1 1C11 19.5 4.5 13 4 5c0-.6.4-1 1-1z"/>`
	case IconPin:
		return `<path d="M8.5 3.5h7L14.5 10l3.5 3.5H6L9.5 10zM12 13.5V21"/>`
	case IconPlus:
		return `<path d="M12 5v14M5 12h14"/>`
	case IconPrint:
		return `<path d="M7 9V3.5h10V9M7 17H3.5V9h17v8H17M7 14h10v6.5H7z"/>`
	case IconSchool:
		return `<path d="M12 4.5 1.8 9.5 12 14.5l10.2-5zM6 12v5c3.5 2.7 8.5 2.7 12 0v-5M21 10v6"/>`
	case IconSearch:
		return `<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>`
	case IconSend:
		return `<path d="M20.5 3.5 3.5 10.5l6.5 3 3 6.5zM10 13.5 20 4"/>`
	case IconSettings:
		return `<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2.2"/><circle cx="9" cy="17" r="2.2"/>`
	case IconShare:
		return `<circle cx="6" cy="12" r="2.6"/><circle cx="17.5" cy="6" r="2.6"/><circle cx="17.5" cy="18" r="2.6"/><path d="m8.4 10.8 6.8-3.6M8.4 13.2l6.8 3.6"/>`
	case IconSignOut:
		return `<path d="M10 4H4.5v16H10M9.5 12H20M16 7.5l4.5 4.5-4.5 4.5"/>`
	case IconSignature:
		return `<path d="M3.5 16c3-1 6-5 6-9 0-2.5-3-2.5-3 0 0 4 2.5 9 5 9 2 0 2-3.5 3.5-3.5s1 3 2.5 3 2-1 3-2M3.5 20.5h17"/>`
	case IconSpeaker:
		return `<path d="M4 9.5v5h3.5L18 19V5L7.5 9.5zM8.5 14.5 10 20M21 10.5v3"/>`
	case IconStar:
		return `<path d="m12 3.5 2.6 5.6 6 .7-4.5 4.1 1.2 6L12 17l-5.3 2.9 1.2-6L3.4 9.8l6-.7z"/>`
	case IconSwitch:
		return `<path d="M4 8.5h15M15.5 5 19 8.5 15.5 12M20 15.5H5M8.5 12 5 15.5 8.5 19"/>`
	case IconTimetable:
		return `<rect x="3.5" y="4.5" width="17" height="16" rx="2.5"/><path d="M3.5 9.5h17M9 9.5v11M15 9.5v11M3.5 15h17"/>`
	case IconTrash:
		return `<path d="M4 6.5h16M9 6.5V4h6v2.5M6 6.5l1 14h10l1-14M10 10.5v6M14 10.5v6"/>`
	case IconUpload:
		return `<path d="M12 15.5v-11M7 9l5-5 5 5M4.5 19.5h15"/>`
	case IconUser:
		return `<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.5-4.5 3.3-6.5 7.5-6.5s7 2 7.5 6.5"/>`
	case IconWork:
		return `<path d="M3.5 8h17v11.5h-17zM9 8V4.5h6V8M3.5 13h17M12 12v2"/>`
	}
	return ""
}
