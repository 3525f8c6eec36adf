// Package fault lets an error name the object at fault: a custodian, a file, a line, a key.
//
// Libraries return English sentinels; the package that knows the object wraps them with [At].
// The command at the edge translates the sentinel and prints the objects as they are, so an
// object is an identifier or a file name, never a sentence and never a secret. Objects may come
// from a hostile file: whoever prints them escapes them.
package fault

import "errors"

// located is an error together with the object that it concerns.
type located struct {
	object string
	err    error
}

func (l *located) Error() string { return l.object + ": " + l.err.Error() }
func (l *located) Unwrap() error { return l.err }

// At names the object at fault. It returns nil when err is nil.
func At(object string, err error) error {
	if err == nil {
		return nil
	}
	return &located{object: object, err: err}
}

// Objects returns the objects that err names, the outermost first.
func Objects(err error) []string {
	var out []string
	for err != nil {
		var l *located
		if !errors.As(err, &l) {
			return out
		}
		out = append(out, l.object)
		err = l.err
	}
	return out
}
