package messages

// The kinds of notices.
const (
	noticeReceived = "messages.received" // a message has arrived
	noticeQueue    = "messages.queue"    // something waits for a moderator
	noticeDecided  = "messages.decided"  // what a moderator decided of one's message or report
)
