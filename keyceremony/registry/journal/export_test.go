package journal

import "bytes"

// ReadLines reads what stands behind the first line of a journal, as All does or, when it is strict, as Since does.
func ReadLines(start Head, lines []byte, strict bool) (entries []*Entry, whole bool, err error) {
	r := reader{head: start, generous: !strict}
	err = r.read(bytes.NewReader(lines), start.Size)
	return r.entries, !r.broken, err
}
