//go:build !cgo

package piv

import "time"

func readerNames() ([]string, error) { return nil, ErrBuild }

func openDevice(string, time.Duration) (device, error) { return nil, ErrBuild }
