package publication

// Renderer turns what authors write, in the marks of publications, into HTML that is safe to keep and to show as it is.
type Renderer struct{ m markdown }

// NewRenderer makes a renderer; it serves any number of requests at once.
func NewRenderer() Renderer { return Renderer{newMarkdown()} }

// HTML renders a text.
func (r Renderer) HTML(text string) (string, error) { return r.m.render(text) }
