// Package mail writes letters in the colours of a space and sends them: HTML that mail readers of every kind accept, and the
// same in plain text. Styles stand on the elements and the layout is made of tables, because many readers drop everything
// else; colours are plain values.
//
// Queue writes a letter in the author's transaction; a job hands it over, one message to each person. A message is handed
// over by one worker at a time and under one Message-ID for ever: a server that dies after it has taken a message and
// before it has said so may get it a second time, and mail readers then show it once. What a server refuses for good is
// kept with its answer, for a page to show.
package mail
