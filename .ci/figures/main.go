// Command figures counts what a successor has to read: lines by room, the sizes of files and functions, the modules that
// each program links, and for some changes the files that speak of the thing that would be changed.
//
//	go run ./.ci/figures              this tree
//	go run ./.ci/figures ../earlier   another checkout of it
//
// Lines are those with something on them. "Doubles" are packages that only tests import, what plays a card or a reader,
// and the demonstration; "tests" are files named _test.go.
package main

import (
	"fmt"
	"os"
	"text/tabwriter"
)

func main() {
	if err := run(append(os.Args[1:], ".")[0]); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(root string) error {
	files, err := read(root)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	defer w.Flush()
	fmt.Fprintln(w, "room\tproduct\tdoubles\ttests\t")
	all := room{name: "all"}
	for _, r := range rooms(files) {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t\n", r.name, r.lines[product], r.lines[double], r.lines[test])
		for k, n := range r.lines {
			all.lines[k] += n
		}
	}
	fmt.Fprintf(w, "%s\t%d\t%d\t%d\t\n\n", all.name, all.lines[product], all.lines[double], all.lines[test])
	fmt.Fprintln(w, "of the product\tmedian\tp90\tmost\t")
	for _, s := range sizes(files) {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t\n", s.what, at(s.of, 50), at(s.of, 90), at(s.of, 100))
	}
	fmt.Fprintln(w, "\nmodules linked\t\t")
	for _, program := range []string{"bailiff", "bailiff-platform", "bailiff-demo"} {
		n, err := modules(root, program)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s\t%d\t\n", program, n)
	}
	fmt.Fprintln(w, "\nfiles that speak of\tproduct\ttests\t")
	for _, c := range changes {
		p, t := c.count(files)
		fmt.Fprintf(w, "%s\t%d\t%d\t\n", c.what, p, t)
	}
	return nil
}
