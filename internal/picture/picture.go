package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // decoders announce themselves to package image
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp"
)

const (
	mostBytes  = 8 << 20
	mostPixels = 40_000_000
	mostMemory = 4 * mostPixels // unpacked
	mostSide   = 20_000         // longer ones are no pictures, and each of their lines costs
	quality    = 84
)

// Limit is the frame a picture must fit in. A smaller picture is not enlarged.
type Limit struct {
	MaxWidth  int
	MaxHeight int
}

// Picture is a picture written anew: PNG when parts of it are transparent, else JPEG.
type Picture struct {
	Bytes       []byte
	ContentType string
	Width       int
	Height      int
}

// Refusal is why a picture is not taken, in French, for the person who sent it.
type Refusal struct{ Words string }

func (r Refusal) Error() string { return r.Words }

// Reencode reads a PNG, JPEG, WebP or GIF (its first image) and writes it anew inside the limit. A file that is too heavy, too
// large once unpacked, or no picture at all is answered with a Refusal; any other error is the reader's. Unpacking takes up to
// 200 MB: callers bound how many run at once.
func Reencode(r io.Reader, limit Limit) (Picture, error) {
	source, err := io.ReadAll(io.LimitReader(r, mostBytes+1))
	if err != nil {
		return Picture{}, fmt.Errorf("read picture: %w", err)
	}
	if len(source) > mostBytes {
		return Picture{}, Refusal{"Cette image dépasse 8 Mio. Réduisez-la, puis envoyez-la de nouveau."}
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(source))
	if err != nil {
		return Picture{}, Refusal{"Ce fichier n’est pas une image lisible. Les formats acceptés sont PNG, JPEG, WebP et GIF."}
	}
	if config.Width <= 0 || config.Height <= 0 || config.Width > mostPixels/config.Height || max(config.Width, config.Height) > mostSide {
		return Picture{}, Refusal{"Cette image a trop de pixels : 40 millions au plus, et 20 000 de côté. Réduisez ses dimensions, puis envoyez-la de nouveau."}
	}
	if config.Width*config.Height*bytesAPixel(config, source) > mostMemory {
		return Picture{}, Refusal{"Cette image prend trop de place une fois ouverte. Réduisez ses dimensions ou enregistrez-la en JPEG ordinaire, puis envoyez-la de nouveau."}
	}
	decoded, _, err := image.Decode(bytes.NewReader(source))
	if err != nil {
		return Picture{}, Refusal{"Cette image est abîmée ou incomplète. Enregistrez-la de nouveau, puis renvoyez-la."}
	}
	turn := upright
	if format == "jpeg" {
		turn = orientationOf(source)
	}
	return write(turn.apply(shrink(decoded, turn.frame(limit))))
}

func shrink(source image.Image, limit Limit) *image.NRGBA {
	size := source.Bounds().Size()
	scale := 1.0
	if limit.MaxWidth > 0 {
		scale = min(scale, float64(limit.MaxWidth)/float64(size.X))
	}
	if limit.MaxHeight > 0 {
		scale = min(scale, float64(limit.MaxHeight)/float64(size.Y))
	}
	width, height := max(1, int(float64(size.X)*scale+0.5)), max(1, int(float64(size.Y)*scale+0.5))
	out := image.NewNRGBA(image.Rect(0, 0, width, height))
	if scale == 1 {
		draw.Draw(out, out.Bounds(), source, source.Bounds().Min, draw.Src)
		return out
	}
	source = halved(source, width, height)
	draw.CatmullRom.Scale(out, out.Bounds(), source, source.Bounds(), draw.Src, nil)
	return out
}

// halved brings a picture near its new size by halves. The fine scaler keeps thirty-two bytes for each column to be and
// row that was, which for a narrow strip is a gigabyte.
func halved(source image.Image, width, height int) image.Image {
	for {
		size := source.Bounds().Size()
		next := image.Pt(half(size.X, width), half(size.Y, height))
		if next == size {
			return source
		}
		out := image.NewRGBA(image.Rectangle{Max: next}) // for which the scaler is quick
		draw.ApproxBiLinear.Scale(out, out.Bounds(), source, source.Bounds(), draw.Src, nil)
		source = out
	}
}

func half(size, wanted int) int {
	if size < 2*wanted {
		return size
	}
	return size / 2
}

func write(img *image.NRGBA) (Picture, error) {
	size := img.Bounds().Size()
	p := Picture{Width: size.X, Height: size.Y, ContentType: "image/jpeg"}
	var out bytes.Buffer
	if img.Opaque() {
		if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: quality}); err != nil {
			return Picture{}, fmt.Errorf("write picture: %w", err)
		}
		p.Bytes = out.Bytes()
		return p, nil
	}
	p.ContentType = "image/png"
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&out, img); err != nil {
		return Picture{}, fmt.Errorf("write picture: %w", err)
	}
	p.Bytes = out.Bytes()
	return p, nil
}

// AsRefusal tells a refusal from a failure.
func AsRefusal(err error) (Refusal, bool) {
	var r Refusal
	ok := errors.As(err, &r)
	return r, ok
}
