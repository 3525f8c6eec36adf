package batch

import (
	"errors"
	"io"
	"io/fs"

	"bailiff/custody/durable"
)

// errAbandoned ends a file that its writer gives up.
var errAbandoned = errors.New("batch: abandoned by its writer")

// output is a file in the making. durable calls back to have a file written; output turns that
// around, so that two files can be written side by side, each as its bytes come.
type output struct {
	io.Writer
	finish chan error
	result chan result
}

type result struct {
	durable.Written
	err error
}

// newOutput begins a file. The caller ends it with close or abandon.
func newOutput(disk *durable.Disk, path string) (*output, error) {
	o := &output{finish: make(chan error), result: make(chan result, 1)}
	ready := make(chan io.Writer)
	go func() {
		var r result
		r.Written, r.err = disk.CreateFrom(path, 0o444, func(w io.Writer) error {
			ready <- w
			return <-o.finish
		})
		o.result <- r
	}()
	select {
	case o.Writer = <-ready:
		return o, nil
	case r := <-o.result:
		return nil, r.err
	}
}

// close makes the file durable under its name.
func (o *output) close() (durable.Written, error) {
	o.finish <- nil
	r := <-o.result
	return r.Written, r.err
}

// abandon leaves no file.
func (o *output) abandon() {
	o.finish <- errAbandoned
	<-o.result
}

// removeIfThere removes a file that may not be there.
func removeIfThere(disk *durable.Disk, path string) error {
	if err := disk.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
