//go:build !cgo

package piv

func readerNames() ([]string, error) { return nil, ErrBuild }

func openDevice(string) (device, error) { return nil, ErrBuild }
