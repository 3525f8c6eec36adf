//go:build cgo

package piv

import (
	"errors"
	"fmt"
	"reflect"
	"unsafe"

	pivgo "github.com/go-piv/piv-go/v2/piv"

	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/custody/token"
)

const (
	insVerify   = 0x20
	insMetadata = 0xf7
	insGetData  = 0xcb
	insPutData  = 0xdb
)

func (y *yubikey) verifyPIN(pin *secret.Bytes) error {
	return y.triedPIN(func() error { return y.yk.VerifyPIN(lent(pin)) })
}

func (y *yubikey) setPIN(old, new *secret.Bytes) error {
	return unaccepted("PIN", y.triedPIN(func() error { return y.yk.SetPIN(lent(old), lent(new)) }))
}

func (y *yubikey) setPUK(old, new *secret.Bytes) error {
	return unaccepted("PUK", y.triedPUK(func() error { return y.yk.SetPUK(lent(old), lent(new)) }))
}

func (y *yubikey) unblock(puk, newPIN *secret.Bytes) error {
	return unaccepted("PIN", y.triedPUK(func() error { return y.yk.Unblock(lent(puk), lent(newPIN)) }))
}

// unaccepted says of a new code that the card has rules of its own, which it breaks: YubiKeys with PIN complexity answer
// 6985, other cards 6A80. Its length is right: [CheckNewPIN] and [CheckNewPUK] saw to that.
func unaccepted(object string, err error) error {
	if errors.Is(err, errContent) || errors.Is(err, errConditions) {
		return fault.At(object, caused(ErrCode, err))
	}
	return err
}

// triedPIN says of a PIN that it was wrong.
func (y *yubikey) triedPIN(call func() error) error {
	return y.tried(call, func(left int) error { return &token.PINError{Tries: left} })
}

// triedPUK says of a PUK that it was wrong, or locked.
func (y *yubikey) triedPUK(call func() error) error {
	err := y.tried(call, func(left int) error { return &PUKError{left} })
	if errors.Is(err, token.ErrLocked) {
		return caused(ErrPUKLocked, err)
	}
	return err
}

// tried makes one call that may spend a try. "Blocked" is not a wrong entry: nothing was tried.
func (y *yubikey) tried(call func() error, wrong func(left int) error) error {
	var cause error
	err := y.guard(func() error { cause = call(); return cause })
	var e pivgo.AuthErr
	if err != nil && !errors.Is(err, token.ErrLocked) && errors.As(cause, &e) {
		return wrong(e.Retries)
	}
	return err
}

func (y *yubikey) metadata(reference byte) ([]byte, error) {
	answer, err := y.raw(insMetadata, 0, reference, nil)
	return answer, unlike(fmt.Sprintf("metadata %02x", reference), err)
}

func (y *yubikey) object(id uint32) ([]byte, error) {
	answer, err := y.raw(insGetData, 0x3f, 0xff, objectName(id))
	if err != nil {
		return nil, unlike(fmt.Sprintf("%06x", id), err)
	}
	return element(answer, tagObject)
}

func (y *yubikey) put(id uint32, content []byte) error {
	_, err := y.raw(insPutData, 0x3f, 0xff, appendElement(objectName(id), tagObject, content))
	if isEmpty(err) {
		err = caused(ErrUnlike, err)
	}
	return unlike(fmt.Sprintf("%06x", id), err)
}

func (y *yubikey) raw(ins, p1, p2 byte, data []byte) (answer []byte, err error) {
	err = y.guard(func() error { answer, err = transmit(y.yk, ins, p1, p2, data); return err })
	return answer, err
}

// objectName is the tag list of GET DATA and PUT DATA (SP 800-73-4 part 2 §3.1.2, §3.3.2).
func objectName(id uint32) []byte { return []byte{0x5c, 3, byte(id >> 16), byte(id >> 8), byte(id)} }

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
