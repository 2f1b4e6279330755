// Package news is the establishment's news: what happens at school, told to those whom it concerns, or to everybody on the
// public site. Teachers, school life and librarians write; the head and the administrators read it over and publish. A
// text is a draft until then, appears at the time that was chosen, and can be withdrawn and put back. It keeps texts for
// two years after their last change or end, and the trace of who has read for one year.
package news
