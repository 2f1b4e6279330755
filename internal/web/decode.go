package web

import (
	"errors"
	"fmt"
	"maps"
	"mime/multipart"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"
	"github.com/valyala/fasthttp"

	"elyco/internal/fault"
	"elyco/internal/words"
)

// Decode reads a form into a struct whose fields carry `form:"name"`. A field or file that the struct does not name is
// refused, so that no form can set what its page does not show. Types: string, []string, bool, int, uuid.UUID,
// time.Time (a local date and time, or a date), []*multipart.FileHeader. `form:"name,raw"` keeps a text as it was
// typed, spaces at its ends included: for passwords.
func Decode[T any](c *fiber.Ctx) (T, error) {
	var form T
	sent, files, err := values(c)
	if err != nil {
		return form, err
	}
	v := reflect.ValueOf(&form).Elem()
	bad := fault.Fields{}
	for i := range v.NumField() {
		name, how, _ := strings.Cut(v.Type().Field(i).Tag.Get("form"), ",")
		if name == "" {
			continue
		}
		if v.Field(i).Type() == reflect.TypeFor[[]*multipart.FileHeader]() {
			v.Field(i).Set(reflect.ValueOf(files[name]))
			delete(files, name)
			if empty(sent[name]) {
				delete(sent, name)
			}
			continue
		}
		if words := set(v.Field(i), sent[name], how); words != "" {
			bad.Add(name, words)
		}
		delete(sent, name)
	}
	if len(sent)+len(files) > 0 {
		return form, &fault.Error{Kind: fault.Invalid, Cause: errUnknownField}
	}
	return form, bad.OrNil()
}

// empty reports whether nothing was typed: a browser sends a field of files in which none was chosen with an empty name,
// and it is then read as an empty text.
func empty(values []string) bool {
	return !slices.ContainsFunc(values, func(v string) bool { return v != "" })
}

// errUnknownField does not name the field: what people send is theirs, and logs keep none of it.
var errUnknownField = errors.New("a field that the form does not have")

func values(c *fiber.Ctx) (map[string][]string, map[string][]*multipart.FileHeader, error) {
	sent, files := map[string][]string{}, map[string][]*multipart.FileHeader{}
	if bodiless(c.Method()) {
		collect(sent, c.Request().URI().QueryArgs())
	} else if isMultipart(c) {
		form, err := c.MultipartForm()
		if err != nil {
			return nil, nil, cut(err)
		}
		maps.Copy(sent, form.Value)
		maps.Copy(files, form.File)
	} else {
		collect(sent, c.Request().PostArgs())
	}
	for k, vs := range sent {
		for _, v := range vs {
			if !utf8.ValidString(v) || strings.ContainsRune(v, 0) {
				return nil, nil, fault.Field(k, "Ce texte contient des caractères illisibles.")
			}
		}
	}
	return sent, files, nil
}

func collect(sent map[string][]string, args *fasthttp.Args) {
	for k, v := range args.All() {
		sent[string(k)] = append(sent[string(k)], string(v))
	}
}

func set(f reflect.Value, sent []string, how string) string {
	if f.Type() == reflect.TypeFor[[]string]() {
		f.Set(reflect.ValueOf(sent))
		return ""
	}
	if len(sent) > 1 && f.Kind() != reflect.Bool {
		return "Cette valeur est donnée plusieurs fois."
	}
	s := ""
	if len(sent) > 0 {
		s = sent[0]
	}
	if how != "raw" {
		s = strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
	}
	return setOne(f, s)
}

func setOne(f reflect.Value, s string) string {
	switch f.Interface().(type) {
	case string:
		f.SetString(s)
	case bool:
		f.SetBool(s != "" && s != "false" && s != "0")
	case int:
		if s == "" {
			return ""
		}
		n, err := strconv.Atoi(s)
		if err != nil {
			return "Écrivez un nombre entier."
		}
		f.SetInt(int64(n))
	case uuid.UUID:
		if s == "" {
			return ""
		}
		id, err := uuid.Parse(s)
		if err != nil {
			return "Cet identifiant n’est pas reconnu."
		}
		f.Set(reflect.ValueOf(id))
	case time.Time:
		return setTime(f, s)
	default:
		panic(fmt.Sprintf("web.Decode: type %s", f.Type()))
	}
	return ""
}

func setTime(f reflect.Value, s string) string {
	if s == "" {
		return ""
	}
	for _, layout := range []string{"2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, s, words.Zone()); err == nil {
			f.Set(reflect.ValueOf(t.UTC()))
			return ""
		}
	}
	return "Écrivez la date comme 2026-11-23, et l’heure comme 08:05."
}
