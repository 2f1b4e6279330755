// Package announcements is for what must be known now: a short text, urgent or not, with an end, sent by the school or by
// its collectivity to those whom it concerns. Readers may be asked to confirm that they have read; the school then sees
// who has. An urgent one stands above every page until it is confirmed or ends. It keeps texts for two years after their
// end, and the trace of who has read for one year.
package announcements
