// Command bailiff is the bailiff's tool: it makes vaults, runs ceremonies, releases keys, and
// verifies all of it. It works offline; it links no network client and no database driver, and
// signs no orders.
//
// One file a command; the commands parse flags, call the library and print.
package main

import (
	"crypto/rand"
	"os"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody"
	"bailiff/custody/durable"
	"bailiff/custody/image"
	"bailiff/custody/image/launch"
	"bailiff/custody/keypair"
	"bailiff/custody/machine"
	"bailiff/custody/secret"
	"bailiff/custody/table"
	"bailiff/custody/token/piv"
	"bailiff/keyceremony/generator"
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

// version shows what runs.
func version(t *tool) *cobra.Command {
	cards := piv.Linked
	return t.Version(t.running.Digest, &cards)
}

// self is the running program, whose digest the ledger has: a file put in its place since would
// not be started. It is the copy that nobody may read, so that what is started was never readable either.
const self = "/proc/self/exe"

// generate is what ceremony run starts to make keys, and no person: it stands in no help.
func generate(t *tool) *cobra.Command {
	return &cobra.Command{
		Use: "generate", Hidden: true, Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return generator.Serve(os.Stdin, t.Out) },
	}
}

// processes makes keys of the profile with this program, in one process for each processor.
func processes(profile string) *generator.Processes {
	return &generator.Processes{
		Path: self, Args: []string{"bailiff", "generate"}, Count: min(runtime.GOMAXPROCS(0), runtime.NumCPU()), // the first can be set to any number from outside
		Keys: generator.KeysFor(keypair.Profile(profile)),
	}
}

// machine is what is known of the machine and of this process.
func (t *tool) machine() (machine.State, error) {
	state, err := machine.Read(machine.Swaps, machine.Yama)
	return state.Exposed(t.App.Exposed), err
}

// lookAtMachine tells what does not protect the secrets that this machine is about to hold: a line for each
// thing that a person can do something about. In production it refuses.
func (t *tool) lookAtMachine(v *custody.Vault) (machine.State, error) {
	state, err := v.Machine()
	if err != nil {
		return state, err
	}
	if len(state.Swap) > 0 {
		t.Note("machine.swap", strings.Join(state.Swap, " "))
		if !state.Locked {
			t.Note("machine.unlocked")
		}
	}
	if err := t.Unread(v.Policy.Mode); err != nil {
		return state, err
	}
	if state.Began == nil && (state.CoreDumps || state.Readable) {
		t.Note("machine.core-dumps")
	}
	if state.Traceable() != nil {
		t.Note("machine.tracing")
	}
	if !state.Erasing {
		t.Note("machine.not-erasing")
	}
	return state, nil
}
