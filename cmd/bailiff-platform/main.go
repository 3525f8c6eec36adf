// Command bailiff-platform is the platform's tool: it verifies and imports public batches into
// the key pool, writes orders and has officers sign them. It opens no key: it never sees a
// token, a share or a vault.
//
// One file a command; the commands parse flags, call the library and print.
package main

import (
	"os"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/cmd/internal/cli/pool"
	"bailiff/custody/durable"
	"bailiff/custody/image"
	"bailiff/custody/image/launch"
	"bailiff/custody/secret"
)

func main() {
	running, exposed := launch.Image()
	secret.Harden()
	app := cli.New("bailiff-platform", os.Args[1:])
	app.Exposed = exposed
	pool.AddErrors(app)
	os.Exit(app.Main(root(&tool{App: app, running: running}), os.Args[1:]))
}

// tool is one run of the command.
type tool struct {
	*cli.App
	running *image.Image
	disk    durable.Disk
}

func root(t *tool) *cobra.Command {
	return t.Root(
		t.Group("batch", batchVerify(t), batchImport(t)),
		t.Group("pool", poolShow(t), poolAssign(t), poolKey(t), poolReconcile(t)),
		t.Group("officer", officerNew(t)),
		t.Group("order", orderNew(t), orderSign(t), orderVerify(t), t.OrderShow("bailiff-platform", func([]byte, *cli.OrderShown) error { return nil })),
		t.Version(t.running.Digest, nil),
	)
}
