package app

// roomyHeap returns a block that the collector counts as living while the caller holds it. What lives between requests
// is a few megabytes: left alone, the collector would run every few megabytes more, hundreds of times a second, for a
// fifth of the processor; so it waits until pages have left as much garbage as this block is large. Nobody writes to
// it, and it is made before the heap has held anything else, so it takes no memory. Unlike a larger percentage it
// weighs nothing once the heap is large, when a picture is resized or a directory read.
func roomyHeap() []byte { return make([]byte, 16<<20) }
