// Command bailiff is the bailiff's tool: it makes vaults, runs ceremonies, releases keys, and
// verifies all of it. It works offline; it links no network client and no database driver, and
// signs no orders.
//
// One file a command; the commands parse flags, call the library and print.
package main

import (
	"crypto/rand"
	"os"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody"
	"bailiff/custody/durable"
	"bailiff/custody/image"
	"bailiff/custody/image/launch"
	"bailiff/custody/secret"
	"bailiff/custody/table"
)

func main() {
	running, exposed := launch.Image()
	secret.Harden()
	app := cli.New("bailiff", os.Args[1:])
	app.Exposed = exposed
	os.Exit(app.Main(root(&tool{App: app, running: running}), os.Args[1:]))
}

// tool is one run of the command.
type tool struct {
	*cli.App
	running *image.Image
	table   *table.Table // where PIV tokens are used; nil elsewhere
	touches int          // how many the act needs, all together; 0 where that is not known
	touched int          // how many were asked for
}

func root(t *tool) *cobra.Command {
	return t.Root(
		t.Group("vault", vaultInit(t), vaultShow(t), vaultVerify(t)),
		t.Group("token", tokenInit(t), tokenList(t), tokenShow(t), tokenCheck(t), tokenPIN(t), tokenUnblock(t)),
		t.Group("ceremony", ceremonyRun(t)),
		t.Group("batch", batchExport(t)),
		t.Group("order", orderVerify(t), orderReceive(t), orderShow(t)),
		t.Group("release", releaseRun(t), releaseHandover(t)),
		t.Group("ledger", ledgerShow(t), ledgerVerify(t), ledgerProve(t), ledgerCosign(t)),
		doctor(t), version(t), generate(t),
	)
}

// host is what the library takes from this machine.
func (t *tool) host() custody.Host {
	return custody.Host{Disk: &durable.Disk{}, Now: t.Now, Rand: rand.Reader, Notice: t.touch, Machine: t.machine}
}

// touch tells the person that a token is about to be asked. A PIV token says so itself, when it is
// there and its PIN was right.
func (t *tool) touch(e custody.Event) {
	t.touched++
	if t.Terminal && !t.table.Holds(e.Custodian, e.Serial) {
		t.noteTouch("touch."+string(e.Act), e.Custodian, e.Serial)
	}
}

// noteTouch says that a token waits for its touch, and which of how many that is.
func (t *tool) noteTouch(id string, args ...any) {
	text := t.T(id, args...)
	if t.touched <= t.touches {
		text += " " + t.T("count.touch", t.touched, t.touches)
	}
	t.Note("line", text)
}
