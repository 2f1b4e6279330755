package policy

import "context"

// Adopt compiles changes as if they had been read.
func (p *Policy) Adopt(deltas ...Delta) error { return p.adopt(context.Background(), deltas) }
