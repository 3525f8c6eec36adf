// Package reviewed decodes the TOML files that people write and review: the draft of a policy,
// the script of a ceremony.
//
// Decoding is strict: an unknown, repeated or differently-cased key, trailing text, a value of
// another type, or text that hides something is an error that names the file, the line and the
// key. Were it lax, a typing error in a reviewed file would silently choose a default, and what
// the reviewers read would not be what runs. Lines may end as Windows ends them: nobody sees that, and it
// means the same.
package reviewed

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"bailiff/custody/encoding"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
)

// MaxSize bounds a reviewed file, in bytes.
const MaxSize = 256 << 10

// The ways in which a reviewed file can be refused.
var (
	ErrTooLarge = errors.New("reviewed: larger than 256 KiB")
	ErrSyntax   = errors.New("reviewed: not valid TOML, or a value of another type")
	ErrUnknown  = errors.New("reviewed: unknown key")
	ErrCase     = errors.New("reviewed: a key must be written in lower case")
	ErrMissing  = errors.New("reviewed: a key is missing; nothing has a default")
)

// Decode fills into, a pointer to a struct with toml tags in lower case, from data. Every key of
// the struct, and of the structs within it, must be there, unless its tag says `optional`. The name of the file is for errors
// only.
func Decode(name string, data []byte, into any) error {
	if len(data) > MaxSize {
		return fault.At(name, ErrTooLarge)
	}
	data, err := encoding.Lines(data)
	if err != nil {
		return fault.At(name, err)
	}
	if err := checkLines(name, data); err != nil {
		return err
	}
	dec := toml.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return fault.At(name, locate(err))
	}
	var keys map[string]any
	if err := toml.Unmarshal(data, &keys); err != nil {
		return fault.At(name, locate(err))
	}
	if err := checkCase(keys); err != nil {
		return fault.At(name, err)
	}
	return fault.At(name, checkPresent(reflect.TypeOf(into).Elem(), keys))
}

// checkPresent demands the keys of the struct type t in v, and of the structs within it.
func checkPresent(t reflect.Type, v any) error {
	switch t.Kind() {
	case reflect.Slice:
		list, _ := v.([]any)
		for i, element := range list {
			if err := checkPresent(t.Elem(), element); err != nil {
				return fault.At(fmt.Sprintf("%d", i+1), err)
			}
		}
	case reflect.Struct:
		table, _ := v.(map[string]any)
		for i := range t.NumField() {
			key, option, _ := strings.Cut(t.Field(i).Tag.Get("toml"), ",")
			value, there := table[key]
			if !there && option == "optional" {
				continue
			}
			if !there {
				return fault.At(key, ErrMissing)
			}
			if err := checkPresent(t.Field(i).Type, value); err != nil {
				return fault.At(key, err)
			}
		}
	}
	return nil
}

// locate puts the line and key of a decoding error before its sentinel; it never quotes values.
func locate(err error) error {
	if strict, ok := errors.AsType[*toml.StrictMissingError](err); ok && len(strict.Errors) > 0 {
		e := strict.Errors[0]
		row, _ := e.Position()
		return fault.At(fmt.Sprintf("line %d", row), fault.At(strings.Join(e.Key(), "."), ErrUnknown))
	}
	if e, ok := errors.AsType[*toml.DecodeError](err); ok {
		row, _ := e.Position()
		err := ErrSyntax
		if key := strings.Join(e.Key(), "."); key != "" {
			err = fault.At(key, err)
		}
		return fault.At(fmt.Sprintf("line %d", row), err)
	}
	return ErrSyntax
}

// checkLines refuses control characters and hidden text anywhere, comments included: a reviewer
// must see all that the decoder sees.
func checkLines(name string, data []byte) error {
	for i, line := range strings.Split(string(data), "\n") {
		line = strings.Trim(strings.ReplaceAll(line, "\t", " "), " ")
		if line == "" {
			continue
		}
		if err := keyvalue.CheckText(line); err != nil {
			return fault.At(name, fault.At(fmt.Sprintf("line %d", i+1), err))
		}
	}
	return nil
}

func checkCase(v any) error {
	switch v := v.(type) {
	case map[string]any:
		for k, inner := range v {
			if k != strings.ToLower(k) {
				return fault.At(k, ErrCase)
			}
			if err := checkCase(inner); err != nil {
				return err
			}
		}
	case []any:
		for _, inner := range v {
			if err := checkCase(inner); err != nil {
				return err
			}
		}
	}
	return nil
}
