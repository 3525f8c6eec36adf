package main

import (
	"os"
	"runtime"

	"github.com/spf13/cobra"

	"bailiff/custody/keypair"
	"bailiff/keyceremony/generator"
)

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
