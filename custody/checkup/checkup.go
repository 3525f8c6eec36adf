// Package checkup tells what a machine has and lacks for a ceremony with tokens, thing by thing, and
// what the cards in its readers are good for.
//
// It changes nothing, asks for no PIN and costs no touch. Each [Finding] is one line for a person: what
// was looked at, and the error that is amiss with it, which has its sentence and its remedy where all
// errors have them. A machine without any is fit for production, as far as a program can see: it does
// not see that the machine was replaced, or listens.
//
// Were this package wrong, a ceremony would begin on a machine that cannot carry it through, or one
// that writes secrets to its disk, in front of people who were told that all is well.
package checkup

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/machine"
	"bailiff/custody/policy"
	"bailiff/custody/token/piv"
)

// What no other package has a name for.
var (
	// ErrNetwork comes with the files that configure it.
	ErrNetwork = errors.New("checkup: the smart card daemon takes cards from the network")
	// ErrNoToken: all readers are empty.
	ErrNoToken = errors.New("checkup: no token is in the readers")
)

// Subject is what a finding is about.
type Subject string

// The subjects, in the order in which they are looked at.
const (
	Swap    Subject = "swap"    // of the machine
	Memory  Subject = "memory"  // core dumps, and who may read the process
	Tracing Subject = "tracing" // whether others of the same user may take hold of the process
	Erasing Subject = "erasing" // of this build
	Remote  Subject = "network" // readers of the machine that the network reaches
	Build   Subject = "build"   // whether it reaches smart cards
	Library Subject = "library" // that of smart cards, of this machine
	Daemon  Subject = "daemon"  // pcscd, and the permission to use it
	Readers Subject = "readers" // whether there is one
	Reader  Subject = "reader"  // one of them; Object is its name
	Tokens  Subject = "tokens"  // whether there is one
	Token   Subject = "token"   // a card; Object is its serial number
)

// Finding is one thing that was looked at.
type Finding struct {
	Subject Subject
	Object  string // which, where there are several; untrusted text
	Err     error  // what is amiss; nil: nothing
	State   piv.State
	Seen    *Seen // the reader of which Reader and Token speak
}

// Machine tells what protects the secrets of this process. err is that of [machine.Read].
func Machine(state machine.State, err error) []Finding {
	swap := Finding{Subject: Swap}
	memory := Finding{Subject: Memory}
	erasing := Finding{Subject: Erasing}
	if err != nil {
		swap.Err = err
	} else if len(state.Swap) > 0 {
		swap.Err = fault.At(strings.Join(state.Swap, " "), machine.ErrSwap)
	}
	if memory.Err = state.Began; memory.Err == nil && (state.CoreDumps || state.Readable) {
		memory.Err = machine.ErrCoreDumps
	}
	if !state.Erasing {
		erasing.Err = machine.ErrErasing
	}
	return []Finding{swap, memory, {Subject: Tracing, Err: state.Traceable()}, erasing}
}

// Cards tells what stands between the program and the tokens, and what the tokens are good for. p, if
// not nil, is the policy of the vault whose tokens are looked for.
func Cards(ctx context.Context, readers *piv.Readers, p *policy.Policy, at time.Time) []Finding {
	seen, err := Look(ctx, readers, p, at)
	var all []Finding
	for _, stage := range []struct {
		subject Subject
		defects []error
	}{
		{Build, []error{piv.ErrBuild}},
		{Library, []error{piv.ErrLibrary}},
		{Daemon, []error{piv.ErrDaemon, piv.ErrPermission}},
		{Readers, []error{piv.ErrNoReader}},
	} {
		f := Finding{Subject: stage.subject}
		for _, is := range stage.defects {
			if errors.Is(err, is) {
				f.Err = err
			}
		}
		if all = append(all, f); f.Err != nil {
			return all
		}
	}
	if err != nil {
		all[len(all)-1].Err = err
		return all
	}
	cards := false
	for i := range seen {
		all = append(all, seen[i].findings()...)
		cards = cards || seen[i].State != piv.Empty
	}
	if !cards {
		all = append(all, Finding{Subject: Tokens, Err: ErrNoToken})
	}
	return all
}

// findings tells of one reader, and of its card.
func (s *Seen) findings() []Finding {
	reader := Finding{Subject: Reader, Object: s.Name, State: s.State, Seen: s}
	switch s.State {
	case piv.Busy:
		reader.Err = piv.HeldBy(s.Holders)
		return []Finding{reader}
	case piv.Failed, piv.Foreign:
		reader.Err = s.Err
		return []Finding{reader}
	case piv.Empty:
		return []Finding{reader}
	}
	defects := s.Defects
	if s.Contents == nil {
		defects = []error{s.Err}
	} else if s.Enrolled == nil {
		defects = append(append(defects, s.Fitness.Unfit...), s.Fitness.Rehearsal...)
	}
	all := []Finding{reader}
	for _, err := range defects {
		all = append(all, Finding{Subject: Token, Object: s.Serial, Err: err, State: s.State, Seen: s})
	}
	if len(defects) == 0 {
		all = append(all, Finding{Subject: Token, Object: s.Serial, State: s.State, Seen: s})
	}
	return all
}

// ReaderFiles is where the smart card daemon is told of its drivers, those of USB readers excepted
// (reader.conf(5)).
const ReaderFiles = "/etc/reader.conf.d"

const (
	driverKey     = "LIBPATH" // the word before a driver's path
	networkDriver = "vpcd"    // part of its file's name: libifdvpcd.so of vsmartcard
)

// Network reports whether the machine's smart card daemon is configured to take cards from the network:
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

// takesFromNetwork reports whether a file names that driver. The daemon follows links, and reads neither
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
