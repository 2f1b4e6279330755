// Package documents is where people keep and share files: a space of one's own that stays for life, a space for each class
// and group, and the common space of the establishment, the collectivity or the academy. Files of any size are sent in
// pieces that resume, keep their versions, go to a trash before they vanish, are shared with an end date and a right, and
// may be opened from outside by a link that ends. What others have sent is shown or taken away, and never run.
//
// Spaces, rights, versions and the trash are those of package drive, which other rooms use too. The room adds the pages,
// the comments, which go with their file or after three years, and the small pictures that stand for files.
package documents
