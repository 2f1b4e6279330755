// Package picture makes an uploaded picture safe and small: it is decoded, turned upright, fitted into a frame and written
// anew, so that nothing of the original file (place of the shot, hidden payload, odd encoding) reaches a reader.
package picture
