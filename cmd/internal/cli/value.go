package cli

import (
	"errors"

	"github.com/spf13/cobra"

	"bailiff/custody/fault"
)

// ErrValue is a value on the command line that is not of the form that its flag wants.
var ErrValue = errors.New("cli: the value of this flag is not of its form")

// ValueError is ErrValue with what the flag's help says of the form, for the hint.
type ValueError struct{ Form string }

func (e *ValueError) Error() string { return ErrValue.Error() }

// Unwrap returns [ErrValue].
func (e *ValueError) Unwrap() error { return ErrValue }

// NewValueError is the error about a value of a flag of c.
func NewValueError(c *cobra.Command, flag string) *ValueError {
	e := new(ValueError)
	if f := c.Flags().Lookup(flag); f != nil {
		e.Form = bare(f.Usage)
	}
	return e
}

// BadValue is NewValueError that names the flag.
func BadValue(c *cobra.Command, flag string) error {
	return fault.At("--"+flag, NewValueError(c, flag))
}
