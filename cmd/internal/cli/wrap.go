package cli

import (
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"
)

// narrowest is the least width, in columns, that lines are broken for.
const narrowest = 20

// width is that of the terminal that w is, in columns, or 0 when w is none: what goes to a file or
// into a pipe keeps one line a sentence.
func width(w io.Writer) int {
	if r, ok := w.(*results); ok {
		w = r.File
	}
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return 0
	}
	columns, _, err := term.GetSize(int(f.Fd()))
	if err != nil || columns <= 0 {
		return 0
	}
	return max(columns, narrowest)
}

// print writes a text and the end of its line, broken at blanks when w is a terminal.
func (a *App) print(w io.Writer, text string) { fmt.Fprintln(w, Wrap(text, width(w))) }

// Wrap breaks the lines of a text at blanks so that none is wider than width columns; 0 leaves it as
// it is. What continues a line begins two blanks further in; a word that is wider than that stands
// on a line of its own, whole, so that it can be selected and copied; so does a command in backquotes, or one that is a line of its own. A no-break
// space is no blank.
func Wrap(text string, width int) string {
	if width <= 0 {
		return text
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if utf8.RuneCountInString(line) > width && !strings.HasPrefix(line, "  bailiff") {
			lines[i] = wrapLine(line, width)
		}
	}
	return strings.Join(lines, "\n")
}

func wrapLine(line string, width int) string {
	body := strings.TrimLeft(line, " ")
	margin := line[:len(line)-len(body)]
	var out strings.Builder
	out.WriteString(margin)
	column, fresh := len(margin), true // fresh: nothing but the margin stands on this line
	for _, word := range unbroken(body) {
		if utf8.RuneCountInString(word) > width && spelled.MatchString(word) {
			word = halved(word)
		}
		size := utf8.RuneCountInString(word)
		switch {
		case fresh:
		case column+1+size <= width:
			out.WriteByte(' ')
			column++
		case len(margin)+2+size <= width:
			out.WriteString("\n  " + margin)
			column = len(margin) + 2
		default:
			out.WriteByte('\n')
			column = 0
		}
		out.WriteString(word)
		column, fresh = column+size, false
	}
	return out.String()
}

// spelled are words joined by hyphens, as those of an anchor: no terminal should break one of them.
var spelled = regexp.MustCompile(`^([a-z]+-){7,}[a-z]+$|^([A-Z]+-){7,}[A-Z]+$`)

// halved breaks such words behind the hyphen in the middle; what is typed of them may be parted anywhere.
func halved(words string) string {
	list := strings.SplitAfter(words, "-")
	return strings.Join(list[:len(list)/2], "") + "\n" + strings.Join(list[len(list)/2:], "")
}

// unbroken parts a line at its blanks, but for those of a command in backquotes, which is there to be copied.
func unbroken(line string) []string {
	var out []string
	for i, part := range strings.Split(line, "`bailiff") {
		words := strings.Split(part, " ")
		if i > 0 {
			command, rest, closed := strings.Cut(part, "`")
			words = strings.Split(rest, " ")
			if closed {
				command += "`"
			}
			out[len(out)-1] += "`bailiff" + command + words[0]
			words = words[1:]
		}
		out = append(out, words...)
	}
	return out
}

// wrapHelp breaks the text of a help, but for the command lines in it: those are copied.
func (a *App) wrapHelp(text string, width int) string {
	lines, command := strings.Split(text, "\n"), false
	for i, line := range lines {
		begins := strings.HasPrefix(strings.TrimSpace(line), a.Name+" ")
		if command = begins || command; !command {
			lines[i] = Wrap(line, width)
		}
		command = command && strings.HasSuffix(line, `\`)
	}
	return strings.Join(lines, "\n")
}

// wrapExample breaks a command line before its flags, as a shell reads it on.
func wrapExample(example string, width int) string {
	if width <= 0 {
		return example
	}
	var out []string
	for line := range strings.SplitSeq(example, "\n") {
		for utf8.RuneCountInString(line) > width {
			at := breakAt(line, width-2)
			if at < 0 {
				break
			}
			out = append(out, line[:at]+` \`)
			line = "    " + line[at+1:]
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

// breakAt is the last blank before a flag within width bytes, or else the first one; -1 when there
// is none. The flags that the margin stands before do not count.
func breakAt(line string, width int) int {
	best := -1
	for i := len(line) - len(strings.TrimLeft(line, " ")); i < len(line); i++ {
		if strings.HasPrefix(line[i:], " --") && (i <= width || best < 0) {
			best = i
		}
	}
	return best
}
