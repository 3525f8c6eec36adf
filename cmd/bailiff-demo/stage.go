package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"bailiff/cmd/internal/cli"
	"bailiff/cmd/internal/wording"
	"bailiff/custody/durable"
	"bailiff/custody/fault"
)

// prepare finds the programs and makes the directories. It refuses a directory that holds
// anything.
func prepare(ctx context.Context, app *cli.App, o options) (*demo, error) {
	d := &demo{App: app, keys: o.keys, env: environment(app.Lang)}
	if err := d.findTools(o.bin); err != nil {
		return nil, err
	}
	var err error
	if d.dir, err = filepath.Abs(o.dir); err != nil {
		return nil, fault.At(o.dir, err)
	}
	if err := d.checkPins(o.pins); err != nil {
		return nil, err
	}
	if err := vacant(d.dir); err != nil {
		return nil, err
	}
	if d.private, err = os.MkdirTemp("", "bailiff-demo-"); err != nil { // of mode 0700
		return nil, err
	}
	d.openPGP, d.tokens = d.findOpenPGP(), &software{d}
	if err := d.furnish(o.piv); err != nil {
		d.strike(ctx)
		return nil, err
	}
	return d, nil
}

// furnish makes what the story needs. The cards come before the demo's directory, which stays
// vacant without them.
func (d *demo) furnish(piv bool) error {
	if err := d.makePins(); err != nil {
		return err
	}
	if piv {
		k, err := newDeck(d)
		if err != nil {
			return err
		}
		d.tokens = k
	}
	d.lines = d.tokens.lines()
	return d.makeDirs()
}

func (d *demo) makeDirs() error {
	for _, name := range []string{"tokens", "order/papers", "platform", "safe", "heir"} {
		if err := os.MkdirAll(d.path(name), 0o755); err != nil {
			return fault.At(d.path(name), err)
		}
	}
	return nil
}

// vacant refuses a directory that is there and holds something.
func vacant(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && len(entries) > 0 {
		err = durable.ErrExists
	}
	return fault.At(dir, err)
}

// findTools looks for the two programs, by default beside this one.
func (d *demo) findTools(bin string) (err error) {
	if bin == "" {
		if bin, err = beside(); err != nil {
			return err
		}
	}
	if d.bin, err = filepath.Abs(bin); err != nil {
		return fault.At(bin, err)
	}
	for _, name := range []string{"bailiff", "bailiff-platform"} {
		if _, err := os.Stat(filepath.Join(d.bin, name)); err != nil {
			return fault.At("--bin", fault.At(filepath.Join(d.bin, name), fs.ErrNotExist))
		}
	}
	return nil
}

// checkPins refuses to keep PINs within the demo's directory, or among other files.
func (d *demo) checkPins(pins string) (err error) {
	if pins == "" {
		return nil
	}
	if d.pins, err = filepath.Abs(pins); err != nil {
		return fault.At(pins, err)
	}
	if d.pins == d.dir || strings.HasPrefix(d.pins, d.dir+string(filepath.Separator)) {
		return fault.At("--pins "+pins, cli.ErrUsage)
	}
	return vacant(d.pins)
}

// makePins makes the directory of the PIN files, which nobody else may read.
func (d *demo) makePins() error {
	if d.pins == "" {
		d.pins = filepath.Join(d.private, "pins")
	}
	return fault.At(d.pins, os.MkdirAll(d.pins, 0o700))
}

// strike takes down what must not stay.
func (d *demo) strike(ctx context.Context) {
	d.openPGP.close(context.WithoutCancel(ctx))
	d.tokens.close()
	_ = os.RemoveAll(d.private)
}

// environment is this process's, with the language of the demo.
func environment(lang wording.Lang) []string {
	locale := "en_US.UTF-8"
	if lang == wording.French {
		locale = "fr_FR.UTF-8"
	}
	return append(os.Environ(), "LC_ALL="+locale) // the last of equal names counts
}

// path is the absolute path of a file of the demo.
func (d *demo) path(name string) string { return filepath.Join(d.dir, name) }

// write writes a file that a person writes, once.
func (d *demo) write(name string, data []byte) error { return create(d.path(name), data, 0o644) }

// create writes a new file; it overwrites nothing.
func create(path string, data []byte, perm fs.FileMode) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
	if err != nil {
		return fault.At(path, err)
	}
	_, err = f.Write(data)
	return fault.At(path, errors.Join(err, f.Close()))
}

// copy copies a file as a courier would, and shows the command.
func (d *demo) copy(from, to string) error {
	d.prompt("cp", from, to)
	data, err := os.ReadFile(d.path(from))
	if err != nil {
		return fault.At(from, err)
	}
	return d.write(to, data)
}
