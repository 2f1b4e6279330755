package publication

import (
	"bytes"
	"fmt"
	"regexp"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"elyco/internal/words"
)

// markdown turns what an author wrote into what a page may show: paragraphs, titles, lists, tables and links, and
// nothing that could run, style itself or speak to the server.
type markdown struct {
	parser goldmark.Markdown
	policy *bluemonday.Policy
}

const linkRel = "noopener noreferrer nofollow"

func newMarkdown() markdown {
	policy := bluemonday.NewPolicy()
	policy.AllowElements("p", "br", "hr", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "strong", "em", "del", "code", "pre",
		"table", "thead", "tbody", "tr", "th", "td")
	policy.AllowAttrs("href").OnElements("a")
	policy.AllowAttrs("rel").Matching(regexp.MustCompile("^" + linkRel + "$")).OnElements("a")
	policy.AllowURLSchemes("http", "https", "mailto", "tel")
	policy.AllowRelativeURLs(true)
	policy.RequireParseableURLs(true)
	return markdown{policy: policy, parser: goldmark.New(
		goldmark.WithParser(plainParser()),
		goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Linkify),
		goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(shape{}, 500))),
	)}
}

// plainParser reads everything but raw HTML, which is text like any other: a reader sees what was typed, and a teacher who
// writes about tags loses no line.
func plainParser() parser.Parser {
	var blocks, inlines []util.PrioritizedValue
	for _, p := range parser.DefaultBlockParsers() {
		if p.Value != parser.NewHTMLBlockParser() {
			blocks = append(blocks, p)
		}
	}
	for _, p := range parser.DefaultInlineParsers() {
		if p.Value != parser.NewRawHTMLParser() {
			inlines = append(inlines, p)
		}
	}
	return parser.NewParser(parser.WithBlockParsers(blocks...), parser.WithInlineParsers(inlines...),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...))
}

// render gives HTML that is safe to store and show as it is.
func (m markdown) render(body string) (string, error) {
	var b bytes.Buffer
	if err := m.parser.Convert([]byte(body), &b); err != nil {
		return "", fmt.Errorf("render a text: %w", err)
	}
	return words.Typeset(string(m.policy.SanitizeBytes(b.Bytes()))), nil
}

// shape fits a text into a page: its titles start below the page's own, its links say how they are to be followed.
type shape struct{}

// Transform implements parser.ASTTransformer.
func (shape) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	// The walker returns no error of its own.
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			n.Level = min(n.Level+1, 4)
		case *ast.Link, *ast.AutoLink:
			n.SetAttributeString("rel", []byte(linkRel))
		}
		return ast.WalkContinue, nil
	})
}
