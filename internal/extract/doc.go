// Package extract reads the words of documents, so that they can be searched: PDF, OpenDocument, Office Open XML, HTML
// and plain text. Files come from anybody, and formats are large: they are read in a process of its own, bounded in
// time and memory, that can do nothing but read its input and write words.
package extract
