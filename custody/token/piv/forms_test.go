package piv

import (
	"errors"
	"testing"

	"bailiff/custody/secret"
)

func TestNewPINs(t *testing.T) {
	for s, want := range map[string]error{
		"271828": nil, "27182818": nil, "pa$$wd": nil, "112233": nil, "123457": nil,
		"": ErrPINForm, "27182": ErrPINForm, "271828182": ErrPINForm, "2718 8": ErrPINForm, "27182\xff": ErrPINForm,
		"123456": ErrWeak, "12345678": ErrWeak, "654321": ErrWeak, "000000": ErrWeak, "abcdef": ErrWeak,
	} {
		if err := CheckNewPIN(secret.From([]byte(s))); !errors.Is(err, want) || (err == nil) != (want == nil) {
			t.Errorf("PIN %q: %v, want %v", s, err, want)
		}
	}
	for s, want := range map[string]error{
		"31415926": nil, "27182800": ErrWeak, "271828": ErrPUKForm, "12345678": ErrWeak, "3141592\n": ErrPUKForm,
	} {
		if err := CheckNewPUK(secret.From([]byte(s)), secret.From([]byte("271828"))); !errors.Is(err, want) || (err == nil) != (want == nil) {
			t.Errorf("PUK %q: %v, want %v", s, err, want)
		}
	}
}
