package rig

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

const (
	driverFolder = "/usr/lib/pcsc/drivers"
	driverFile   = driverFolder + "/serial/libifdvpcd.so"
	daemonFile   = "/usr/sbin/pcscd"
	daemonFolder = "/run/pcscd" // where pcscd makes its socket; not to be chosen
	ownFolder    = "/run/rig"   // drivers and configuration, seen inside only

	firstPort      = 35963
	portsPerDriver = 2 // one copy of the driver serves two readers, on ports that follow each other
)

// isolate is how the inside process is started: alone with its network, its mounts and its children,
// in a user namespace too unless asUser is false.
func isolate(asUser bool) *syscall.SysProcAttr {
	a := &syscall.SysProcAttr{
		Cloneflags: syscall.CLONE_NEWNET | syscall.CLONE_NEWNS | syscall.CLONE_NEWPID,
		Pdeathsig:  syscall.SIGKILL,
		Setpgid:    true, // keys pressed at the terminal are for the parent
	}
	if asUser {
		a.Cloneflags |= syscall.CLONE_NEWUSER
		a.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Geteuid(), Size: 1}}
		a.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getegid(), Size: 1}}
	}
	return a
}

// furnish prepares the namespaces: an empty /run with the rig's folder in the daemon's place, copies
// of the driver, a configuration, no driver for the machine's own readers, and the loopback.
func furnish(dir string, readers int) ([]*slot, error) {
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return nil, fmt.Errorf("mount /: %w", err)
	}
	// What is below /run stays in reach of this descriptor.
	place, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	defer place.Close()
	if err := unix.Mount("tmpfs", "/run", "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, "mode=0755"); err != nil {
		return nil, fmt.Errorf("mount /run: %w", err)
	}
	for _, folder := range []string{daemonFolder, ownFolder} {
		if err := os.Mkdir(folder, 0o755); err != nil {
			return nil, err
		}
	}
	from := fmt.Sprintf("/proc/self/fd/%d", place.Fd())
	if err := unix.Mount(from, daemonFolder, "", unix.MS_BIND, ""); err != nil {
		return nil, fmt.Errorf("mount %s: %w", daemonFolder, err)
	}
	slots, err := configure(readers)
	if err != nil {
		return nil, err
	}
	if err := unix.Mount("tmpfs", driverFolder, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, ""); err != nil {
		return nil, fmt.Errorf("mount %s: %w", driverFolder, err)
	}
	return slots, loopback()
}

// configure copies the driver once for two readers, and writes the daemon's configuration.
func configure(readers int) ([]*slot, error) {
	var slots []*slot
	var conf strings.Builder
	for i := 0; len(slots) < readers; i++ {
		copied := filepath.Join(ownFolder, fmt.Sprintf("driver%d.so", i))
		if err := copyFile(copied, driverFile); err != nil {
			return nil, err
		}
		port, name := firstPort+i*portsPerDriver, readerName(i)
		fmt.Fprintf(&conf, "FRIENDLYNAME \"%s\"\nDEVICENAME /dev/null:0x%04X\nLIBPATH %s\nCHANNELID 0x%04X\n", name, port, copied, port)
		for j := range portsPerDriver {
			slots = append(slots, &slot{name: fmt.Sprintf("%s 00 %02d", name, j), port: port + j})
		}
	}
	folder := filepath.Join(ownFolder, "conf")
	if err := os.Mkdir(folder, 0o755); err != nil {
		return nil, err
	}
	return slots, os.WriteFile(filepath.Join(folder, "readers"), []byte(conf.String()), 0o644)
}

// readerName begins as the names of YubiKeys do, by which Yubico's tools find them. pcscd tells two
// drivers apart only by their names.
func readerName(i int) string {
	if i == 0 {
		return "Yubico YubiKey CCID"
	}
	return fmt.Sprintf("Yubico YubiKey CCID %c", 'A'+i)
}

func copyFile(to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o755)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	if failed := out.Close(); err == nil {
		err = failed
	}
	return err
}

// loopback brings up the only network that there is.
func loopback() error {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer unix.Close(fd)
	r, err := unix.NewIfreq("lo")
	if err != nil {
		return err
	}
	r.SetUint16(unix.IFF_UP | unix.IFF_RUNNING)
	return unix.IoctlIfreq(fd, unix.SIOCSIFFLAGS, r)
}

// startDaemon starts pcscd.
func startDaemon() (*exec.Cmd, error) {
	args := []string{"--foreground", "--error", "--config", filepath.Join(ownFolder, "conf")}
	help, err := exec.Command(daemonFile, "--help").CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", daemonFile, err)
	}
	if bytes.Contains(help, []byte(withoutPolkit)) {
		args = append(args, withoutPolkit)
	}
	cmd := exec.Command(daemonFile, args...)
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	return cmd, cmd.Start()
}

// withoutPolkit is an option of pcsc-lite 2: its daemon otherwise asks polkit who may use it, over a
// system bus, and lets nobody where there is none. Here the folder decides.
const withoutPolkit = "--disable-polkit"
