package piv

import "os"

// defaultSocket is where pcscd listens, unless the environment says otherwise to libpcsclite.
const (
	defaultSocket = "/run/pcscd/" + socketName
	socketName    = "pcscd.comm"
)

func socketPath() string {
	if path := os.Getenv("PCSCLITE_CSOCK_NAME"); path != "" {
		return path
	}
	return defaultSocket
}
