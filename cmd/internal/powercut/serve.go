package powercut

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"syscall"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
	"golang.org/x/sys/unix"
)

// Server serves images as files of one folder. The process that serves must not look into that
// folder, nor into what is mounted from it: it could come to wait for itself.
type Server struct {
	root   *fs.Inode
	server *fuse.Server
}

// Serve mounts an empty folder of images at dir.
func Serve(dir string) (*Server, error) {
	root := &fs.Inode{}
	server, err := fs.Mount(dir, root, &fs.Options{MountOptions: fuse.MountOptions{
		DirectMountStrict: true, FsName: "powercut", Name: "powercut", MaxWrite: 512 << 10, DisableXAttrs: true,
	}})
	if err == nil {
		err = keepFromChildren()
	}
	if err != nil {
		return nil, err
	}
	return &Server{root: root, server: server}, nil
}

// keepFromChildren makes sure that no program that we start holds the connection to the kernel, which
// go-fuse leaves open for them: when we are killed the connection must end, or whoever waits for an
// answer waits for ever.
func keepFromChildren() error {
	const open = "/proc/self/fd"
	items, err := os.ReadDir(open)
	if err != nil {
		return err
	}
	for _, item := range items {
		fd, err := strconv.Atoi(item.Name())
		if to, e := os.Readlink(filepath.Join(open, item.Name())); err == nil && e == nil && to == "/dev/fuse" {
			unix.CloseOnExec(fd)
		}
	}
	return nil
}

// Add serves an image as a new file.
func (s *Server) Add(name string, image Image) {
	ctx := context.Background()
	s.root.AddChild(name, s.root.NewPersistentInode(ctx, &file{image: image}, fs.StableAttr{Mode: syscall.S_IFREG}), false)
}

// Drop takes a file away again. Whoever has it open keeps it.
func (s *Server) Drop(name string) { s.root.RmChild(name) }

// Close unmounts the folder.
func (s *Server) Close() error { return s.server.Unmount() }

// file is one image. Nothing of it is cached by the kernel, so that writes arrive as they are made.
type file struct {
	fs.Inode
	image Image
}

var (
	_ fs.NodeOpener    = (*file)(nil)
	_ fs.NodeReader    = (*file)(nil)
	_ fs.NodeWriter    = (*file)(nil)
	_ fs.NodeFsyncer   = (*file)(nil)
	_ fs.NodeGetattrer = (*file)(nil)
	_ fs.NodeSetattrer = (*file)(nil)
)

// Getattr tells the size.
func (f *file) Getattr(_ context.Context, _ fs.FileHandle, out *fuse.AttrOut) syscall.Errno {
	out.Mode, out.Size, out.Blocks = syscall.S_IFREG|0o600, uint64(f.image.Size()), uint64(f.image.Size()/Sector)
	return 0
}

// Setattr accepts new times, which nobody keeps; the size stays.
func (f *file) Setattr(ctx context.Context, h fs.FileHandle, in *fuse.SetAttrIn, out *fuse.AttrOut) syscall.Errno {
	if size, ok := in.GetSize(); ok && size != uint64(f.image.Size()) {
		return syscall.EPERM
	}
	return f.Getattr(ctx, h, out)
}

// Open asks for direct I/O: no page cache before the log.
func (f *file) Open(context.Context, uint32) (fs.FileHandle, uint32, syscall.Errno) {
	return nil, fuse.FOPEN_DIRECT_IO, 0
}

func (f *file) Read(_ context.Context, _ fs.FileHandle, dest []byte, off int64) (fuse.ReadResult, syscall.Errno) {
	n, err := f.image.ReadAt(dest, off)
	if err != nil {
		return nil, syscall.EIO
	}
	return fuse.ReadResultData(dest[:n]), 0
}

func (f *file) Write(_ context.Context, _ fs.FileHandle, data []byte, off int64) (uint32, syscall.Errno) {
	n, err := f.image.WriteAt(data, off)
	if err != nil {
		return 0, syscall.EIO
	}
	return uint32(n), 0
}

// Fsync is what a flush of the loop device becomes.
func (f *file) Fsync(context.Context, fs.FileHandle, uint32) syscall.Errno {
	if f.image.Flush() != nil {
		return syscall.EIO
	}
	return 0
}
