package custody

import (
	"io/fs"
	"os"
	"path/filepath"

	"bailiff/custody/fault"
)

// Vaults returns the names of the folders in dir that hold a vault, as far as their first policy tells. It opens none, and
// follows no symlink.
func Vaults(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fault.At(dir, err)
	}
	var out []string
	for _, e := range entries {
		if !e.IsDir() || filepath.Ext(e.Name()) == ".part" { // one that is being made
			continue
		}
		info, err := os.Lstat(filepath.Join(dir, e.Name(), policyFile))
		if err == nil && info.Mode()&fs.ModeType == 0 {
			out = append(out, e.Name())
		}
	}
	return out, nil
}
