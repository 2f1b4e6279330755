// Command screens takes the pictures of the README and of a design review: it signs in to a running demonstration as
// several people and photographs their pages on a desk and on a phone, in light and in dark.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
)

// shot is one picture: who looks at what, on how wide a screen.
type shot struct {
	name, host, path, login string
	width                   int64
	dark                    bool
}

func main() {
	base := flag.String("base", "http://localhost:8080", "address of the academy's portal")
	out := flag.String("out", "docs/screens", "folder of the pictures")
	list := flag.String("list", "", "shots as name,host,path,login,width,light|dark separated by spaces; empty: those of the README")
	password := flag.String("password", "elyco-demo-2026", "password of the demonstration")
	full := flag.Bool("full", false, "the whole page, not the first screen")
	flag.Parse()
	shots := readme()
	if *list != "" {
		shots = parse(*list)
	}
	if err := os.MkdirAll(*out, 0o755); err != nil {
		log.Fatal(err)
	}
	if err := take(*base, *out, *password, *full, shots); err != nil {
		log.Fatal(err)
	}
}

func readme() []shot {
	return []shot{
		{"portal-vendee", "vendee", "/", "", 1280, false},
		{"sign-in-phone", "haxo.vendee", "/sign-in", "", 375, false},
		{"home-family", "haxo.vendee", "/home", "camille.parent", 1280, false},
		{"home-family-phone-dark", "haxo.vendee", "/home", "camille.parent", 375, true},
		{"home-region", "pays-de-la-loire", "/home", "camille.parent", 1280, false},
		{"news-editor", "haxo.vendee", "/news/new", "chef.haxo", 1280, false},
		{"theme-editor", "vendee", "/branding", "admin.vendee", 1280, false},
		{"map", "vendee", "/oversight/map", "admin.vendee", 1280, false},
		{"console", "haxo.vendee", "/console", "admin.haxo", 1280, false},
		{"rights", "haxo.vendee", "/rights/news", "admin.haxo", 1280, false},
		{"documents", "haxo.vendee", "/documents", "nadia.prof", 1280, false},
	}
}

func parse(list string) []shot {
	var shots []shot
	for _, item := range strings.Fields(list) {
		f := strings.Split(item, ",")
		if len(f) != 6 {
			log.Fatalf("shot %q: name,host,path,login,width,light|dark", item)
		}
		s := shot{name: f[0], host: f[1], path: f[2], login: f[3], dark: f[5] == "dark"}
		if _, err := fmt.Sscan(f[4], &s.width); err != nil {
			log.Fatalf("shot %q: width: %v", item, err)
		}
		shots = append(shots, s)
	}
	return shots
}

func take(base, out, password string, full bool, shots []shot) error {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("hide-scrollbars", true))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), options...)
	defer stop()
	ctx, cancel := chromedp.NewContext(alloc)
	defer cancel()
	ctx, cancel = context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	signedIn := ""
	for _, s := range shots {
		if s.login != signedIn {
			if err := become(ctx, base, s, password); err != nil {
				return fmt.Errorf("sign in for %s: %w", s.name, err)
			}
			signedIn = s.login
		}
		if err := picture(ctx, base, out, full, s); err != nil {
			return fmt.Errorf("take %s: %w", s.name, err)
		}
		fmt.Println(filepath.Join(out, s.name+".png"))
	}
	return nil
}

func address(base, host, path string) string {
	scheme, rest, _ := strings.Cut(base, "://")
	if host != "" {
		rest = host + "." + rest
	}
	return scheme + "://" + rest + path
}

func become(ctx context.Context, base string, s shot, password string) error {
	if err := chromedp.Run(ctx, network.Enable(), storage.ClearCookies()); err != nil {
		return err
	}
	if s.login == "" {
		return nil
	}
	return chromedp.Run(ctx, chromedp.Navigate(address(base, s.host, "/sign-in")),
		chromedp.SetValue(`input[name=login]`, s.login), chromedp.SetValue(`input[name=password]`, password),
		chromedp.Submit(`input[name=password]`), chromedp.WaitVisible(`.person`, chromedp.ByQuery))
}

func picture(ctx context.Context, base, out string, full bool, s shot) error {
	height := int64(900)
	if s.width < 600 {
		height = 780
	}
	scheme := "light"
	if s.dark {
		scheme = "dark"
	}
	var png []byte
	grab := chromedp.ActionFunc(func(ctx context.Context) (err error) {
		png, err = page.CaptureScreenshot().WithCaptureBeyondViewport(full).Do(ctx)
		return err
	})
	actions := []chromedp.Action{
		emulation.SetDeviceMetricsOverride(s.width, height, 1, s.width < 600),
		emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}),
		chromedp.Navigate(address(base, s.host, s.path)), chromedp.WaitReady(`main`), chromedp.Sleep(300 * time.Millisecond), grab,
	}
	if full {
		actions[len(actions)-1] = chromedp.FullScreenshot(&png, 100)
	}
	if err := chromedp.Run(ctx, actions...); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, s.name+".png"), png, 0o644)
}
