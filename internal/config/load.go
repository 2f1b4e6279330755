package config

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/spf13/viper"
)

const (
	envPrefix  = "ELYCO_"
	testPrefix = "ELYCO_TEST_"
)

// Load reads the file, unless its name is empty, and env, in the form of os.Environ. It returns every fault it finds,
// each with the name of its setting and never with its value. For a one-machine installation it draws the secret.
func Load(file string, env []string) (Config, error) {
	v := viper.New()
	for name, value := range defaults() {
		v.SetDefault(name, value)
	}
	if file != "" {
		v.SetConfigFile(file)
		if err := v.ReadInConfig(); err != nil {
			return Config{}, fmt.Errorf("read the configuration: %w", err)
		}
	}
	unknown := errors.Join(unknownKeys(v, file), readEnv(v, env))
	var c Config
	wrong := v.Unmarshal(&c, viper.DecodeHook(decodeKey))
	if wrong != nil {
		// The library's sentence quotes the value, which may be a secret: the names are enough.
		wrong = misread(v)
	}
	if err := errors.Join(unknown, wrong, c.validate()); err != nil {
		return Config{}, err
	}
	if !c.Secret.IsZero() {
		return c, nil
	}
	key, err := localKey(c.DataDir)
	if err != nil {
		return Config{}, err
	}
	c.Secret = key
	return c, nil
}

// unknownKeys reports the names in the file that are not settings.
func unknownKeys(v *viper.Viper, file string) error {
	known := settings()
	var errs []error
	for _, name := range v.AllKeys() {
		if _, ok := known[name]; !ok {
			errs = append(errs, fmt.Errorf("%s: %s is not a setting", file, name))
		}
	}
	slices.SortFunc(errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(errs...)
}

// readEnv lays the environment over the file.
func readEnv(v *viper.Viper, env []string) error {
	names := map[string]string{}
	for name := range settings() {
		names[envName(name)] = name
	}
	var errs []error
	for _, line := range env {
		variable, value, _ := strings.Cut(line, "=")
		if !strings.HasPrefix(variable, envPrefix) || strings.HasPrefix(variable, testPrefix) {
			continue
		}
		name, ok := names[variable]
		if !ok {
			errs = append(errs, fmt.Errorf("environment: %s is not a setting", variable))
			continue
		}
		v.Set(name, value)
	}
	return errors.Join(errs...)
}

func envName(setting string) string {
	return envPrefix + strings.ToUpper(strings.ReplaceAll(setting, ".", "_"))
}

// EnvNames lists the variables that Load knows, sorted.
func EnvNames() []string {
	var names []string
	for name := range settings() {
		names = append(names, envName(name))
	}
	slices.Sort(names)
	return names
}

// settings maps each setting's name to its type, as Config declares it.
func settings() map[string]reflect.Type {
	out := map[string]reflect.Type{}
	collect(reflect.TypeFor[Config](), "", out)
	return out
}

func collect(t reflect.Type, prefix string, out map[string]reflect.Type) {
	for i := range t.NumField() {
		f := t.Field(i)
		name := prefix + f.Tag.Get("mapstructure")
		if f.Type.Kind() == reflect.Struct {
			collect(f.Type, name+".", out)
			continue
		}
		out[name] = f.Type
	}
}

// decodeKey reads a Key from its digits.
func decodeKey(from, to reflect.Type, data any) (any, error) {
	if to != reflect.TypeFor[Key]() {
		return data, nil
	}
	text, ok := data.(string)
	if !ok {
		return nil, errors.New("it should be 64 hexadecimal digits, in quotes")
	}
	if text == "" {
		return Key{}, nil
	}
	return parseKey(text)
}

// misread names the settings whose value has the wrong form.
func misread(v *viper.Viper) error {
	var errs []error
	for name, t := range settings() {
		into := reflect.New(t)
		if err := v.UnmarshalKey(name, into.Interface(), viper.DecodeHook(decodeKey)); err != nil {
			errs = append(errs, fmt.Errorf("%s (%s) should be %s", name, envName(name), form(t)))
		}
	}
	slices.SortFunc(errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(errs...)
}

func form(t reflect.Type) string {
	if t == reflect.TypeFor[Key]() {
		return "64 hexadecimal digits, not all zeros, as `openssl rand -hex 32` gives"
	}
	switch t.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.Int:
		return "a whole number"
	default:
		return "a text"
	}
}
