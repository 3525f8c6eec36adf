package checkup

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"bailiff/custody/fault"
)

// ReaderFiles is where the smart card daemon is told of its drivers, those of USB readers excepted
// (reader.conf(5)).
const ReaderFiles = "/etc/reader.conf.d"

const (
	driverKey     = "LIBPATH" // the word before a driver's path
	networkDriver = "vpcd"    // part of its file's name: libifdvpcd.so of vsmartcard
)

// Network tells whether the machine's smart card daemon is configured to take cards from the network:
// with the driver of Debian's package vsmartcard-vpcd it listens on TCP port 35963 of all addresses,
// where anybody could put in a card that asks for PINs. It reads folder, of which [ReaderFiles] is the
// real one. The finding's error is [ErrNetwork] with the files that say so as its object, or that of
// a file that cannot be read. A folder that is not there configures nothing. A daemon that was started
// with another folder is not seen, nor one that has read a file that is gone by now.
func Network(folder string) Finding {
	f := Finding{Subject: Remote}
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return f
	}
	if err != nil {
		f.Err = fault.At(folder, err)
		return f
	}
	var at []string
	for _, e := range entries {
		path := filepath.Join(folder, e.Name())
		switch networked, err := takesFromNetwork(path); {
		case err != nil:
			f.Err = fault.At(path, err)
			return f
		case networked:
			at = append(at, path)
		}
	}
	if len(at) > 0 {
		f.Err = fault.At(strings.Join(at, " "), ErrNetwork)
	}
	return f
}

// takesFromNetwork tells whether a file names that driver. The daemon follows links, and reads neither
// hidden nor special files.
func takesFromNetwork(path string) (bool, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !info.Mode().IsRegular() || strings.HasPrefix(filepath.Base(path), ".") {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return false, err
	}
	for line := range strings.Lines(string(text)) {
		words := strings.Fields(line)
		if len(words) > 1 && words[0] == driverKey && strings.Contains(filepath.Base(words[1]), networkDriver) {
			return true, nil
		}
	}
	return false, nil
}
