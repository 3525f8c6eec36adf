// Command notices writes docs/third-party-notices.md: which modules of other people each program links,
// under which licences, with their texts.
//
//	go run ./.ci/notices          writes the page to standard output
//	go run ./.ci/notices FILE     fails when FILE is not that page
//
// It asks the toolchain for the packages that are linked, as .ci/build builds them, and takes for each the
// licence that lies nearest above it: github.com/hashicorp/vault is under another one than its folder shamir. It
// fails where there is no licence, or one that is not on its list.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// allowed are the licences, by SPDX identifier, under which the programs may be given away, and the words by which their
// texts are known. The first that fits counts.
var allowed = []struct{ id, words string }{
	{"MPL-2.0", "Mozilla Public License, version 2.0"},
	{"MPL-2.0", "Mozilla Public License Version 2.0"},
	{"Apache-2.0", "Apache License Version 2.0, January 2004"},
	{"BSD-3-Clause", "to endorse or promote products derived from"},
	{"BSD-2-Clause", "Redistributions in binary form must reproduce the above copyright notice"},
	{"ISC", "Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee"},
	{"MIT", "Permission is hereby granted, free of charge, to any person obtaining a copy"},
}

func main() {
	page, err := write()
	if err == nil && len(os.Args) > 1 {
		var have []byte
		if have, err = os.ReadFile(os.Args[1]); err == nil && !bytes.Equal(have, page) {
			err = fmt.Errorf("%s is not what the programs link: go run ./.ci/notices >%[1]s", os.Args[1])
		}
	} else if err == nil {
		_, err = os.Stdout.Write(page)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "notices:", err)
		os.Exit(1)
	}
}

// part is what is linked of one module, and lies under one licence.
type part struct {
	module, version, folder string // folder below the module; empty: all of it
	licence                 string
	text                    string // of the licence, and of a NOTICE beside it
	programs                []string
}

func (p *part) name() string { return filepath.Join(p.module, p.folder) }

func write() ([]byte, error) {
	parts := map[string]*part{}
	for _, program := range []string{"bailiff", "bailiff-platform", "bailiff-demo"} {
		linked, err := packages(program)
		if err != nil {
			return nil, err
		}
		for _, l := range linked {
			p, err := l.part()
			if err != nil {
				return nil, err
			}
			if parts[p.name()] == nil {
				parts[p.name()] = p
			}
			if one := parts[p.name()]; !slices.Contains(one.programs, program) {
				one.programs = append(one.programs, program)
			}
		}
	}
	if len(parts) < 20 {
		return nil, errors.New("hardly a module found: is this program broken?")
	}
	var all []*part
	for _, p := range parts {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b *part) int { return strings.Compare(a.name(), b.name()) })
	return format(all), nil
}

// linked is one package as the toolchain names it.
type linked struct{ dir, module, version, root string }

// packages are those that a program links: all but ours. Of the standard library there is one.
func packages(program string) ([]linked, error) {
	cgo := "0"
	if program == "bailiff" {
		cgo = "1"
	}
	c := exec.Command("go", "list", "-deps", "-tags", "netgo,osusergo", "-f",
		"{{.Dir}}\t{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}", "./cmd/"+program)
	c.Env = append(os.Environ(), "CGO_ENABLED="+cgo, "GOOS=linux", "GOARCH=amd64", "GOEXPERIMENT=runtimesecret", "GOFLAGS=-buildvcs=false")
	c.Stderr = os.Stderr
	out, err := c.Output()
	if err != nil {
		return nil, err
	}
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	root := strings.TrimSpace(string(goroot))
	all := []linked{{dir: root, module: "Go, its standard library and runtime", root: root}}
	for line := range strings.Lines(string(out)) {
		if f := strings.Split(strings.TrimSpace(line), "\t"); len(f) == 4 {
			all = append(all, linked{f[0], f[1], f[2], f[3]})
		}
	}
	return all, nil
}

// part finds the licence of a package: the nearest above it in its module.
func (l linked) part() (*part, error) {
	for dir := l.dir; ; dir = filepath.Dir(dir) {
		text, err := texts(dir)
		if err != nil {
			return nil, err
		}
		if text == "" && dir != l.root {
			continue
		}
		folder, err := filepath.Rel(l.root, dir)
		if err != nil {
			return nil, err
		}
		p := &part{module: l.module, version: l.version, folder: strings.TrimPrefix(folder, "."), text: text, licence: licence(text)}
		if p.licence == "" {
			return nil, fmt.Errorf("%s: no licence that is allowed", p.name())
		}
		return p, nil
	}
}

// texts are the licence and notice files of a folder.
func texts(dir string) (string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	var all []string
	for _, e := range entries {
		name := strings.ToUpper(e.Name())
		ext := filepath.Ext(name)
		if e.IsDir() || ext != "" && ext != ".TXT" && ext != ".MD" {
			continue
		}
		if slices.ContainsFunc([]string{"LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "PATENTS"}, func(word string) bool { return strings.Contains(name, word) }) {
			data, err := os.ReadFile(filepath.Join(dir, e.Name()))
			if err != nil {
				return "", err
			}
			all = append(all, strings.TrimSpace(strings.ReplaceAll(string(data), "\r\n", "\n")))
		}
	}
	return strings.Join(all, "\n\n"), nil
}

// licence names the licence of a text, or none that is allowed.
func licence(text string) string {
	plain := strings.Join(strings.Fields(text), " ")
	for _, l := range allowed {
		if strings.Contains(plain, l.words) {
			return l.id
		}
	}
	return ""
}

func format(all []*part) []byte {
	var b bytes.Buffer
	b.WriteString("# What the programs hold of other people\n\n" +
		"Written by `.ci/notices` from the packages that are linked; `make check` holds it against them. `make build` puts it\n" +
		"beside the programs, with which it goes. What is ours is under the Apache License 2.0 (LICENSE); the word list in\n" +
		"`custody/words` is under the MIT licence that lies beside it, the last text below.\n\n" +
		"| module | version | licence | in |\n|---|---|---|---|\n")
	for _, p := range all {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", p.name(), strings.TrimPrefix(p.version, "v"), p.licence, strings.Join(p.programs, ", "))
	}
	var order []string
	under := map[string][]string{}
	for _, p := range all {
		if under[p.text] == nil {
			order = append(order, p.text)
		}
		under[p.text] = append(under[p.text], p.name())
	}
	if words, err := os.ReadFile("custody/words/LICENSE-words"); err == nil {
		text := strings.TrimSpace(string(words))
		order, under[text] = append(order, text), append(under[text], "the word list in custody/words")
	}
	for _, text := range order {
		fmt.Fprintf(&b, "\n## %s\n\n```\n%s\n```\n", strings.Join(under[text], ", "), text)
	}
	return b.Bytes()
}
