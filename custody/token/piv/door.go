//go:build cgo

package piv

import (
	"fmt"
	"reflect"
	"unsafe"

	pivgo "github.com/go-piv/piv-go/v2/piv"
)

// transmit sends one command to the card over piv-go's own connection, and returns the answer's body.
//
// piv-go offers no raw command, and its KeyInfo refuses what a YubiKey answers about PIN, PUK and
// management key. Its connection does have an exported method Transmit, on a field that is not
// exported: reflection reaches it, and says so with [ErrAnswer] where a later version looks
// different (the version is pinned, and a test holds this). docs/decisions/0019-piv-go.md.
func transmit(yk *pivgo.YubiKey, ins, p1, p2 byte, data []byte) ([]byte, error) {
	tx := reflect.ValueOf(yk).Elem().FieldByName("tx")
	if !tx.IsValid() || tx.Kind() != reflect.Pointer {
		return nil, fmt.Errorf("%w: piv-go has no connection of that name", ErrAnswer)
	}
	tx = reflect.NewAt(tx.Type(), unsafe.Pointer(tx.UnsafeAddr())).Elem()
	send := tx.MethodByName("Transmit")
	if !send.IsValid() || send.Type().NumIn() != 1 || send.Type().NumOut() != 2 {
		return nil, fmt.Errorf("%w: piv-go has no method of that name", ErrAnswer)
	}
	command := reflect.New(send.Type().In(0)).Elem()
	for name, value := range map[string]any{"instruction": ins, "param1": p1, "param2": p2, "data": data} {
		field := command.FieldByName(name)
		if !field.IsValid() || field.Type() != reflect.TypeOf(value) {
			return nil, fmt.Errorf("%w: piv-go has no command of that form", ErrAnswer)
		}
		reflect.NewAt(field.Type(), unsafe.Pointer(field.UnsafeAddr())).Elem().Set(reflect.ValueOf(value))
	}
	out := send.Call([]reflect.Value{command})
	body, ok := out[0].Interface().([]byte)
	if err, failed := out[1].Interface().(error); failed || !ok {
		return nil, err
	}
	return body, nil
}
