package main

import (
	"crypto/sha256"
	"image"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"unicode/utf8"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"golang.org/x/sys/unix"

	"bailiff/custody/keyvalue"
)

// TestQR runs the two commands at terminals and away from them, and reads the codes that they draw with another
// program's decoder, as a camera sees them.
func TestQR(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(os.Getenv(fixtureVariable))); err != nil {
		t.Fatal(err)
	}
	f, err := readFacts()
	if err != nil {
		t.Fatal(err)
	}
	export := func(out, more string) string {
		return "bailiff batch export --vault vault --lang en --batch " + f.Batch + " --out " + out + more
	}
	digest := func(name string) string {
		t.Helper()
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return keyvalue.FormatDigest(sha256.Sum256(data))
	}

	// At a terminal of 80 columns and 24 rows the code stands on it whole, with its sentence, at the end, once what it pushes off the
	// screen was read.
	screen := talkAtTerminal(t, dir, export("one.zip", ""), 80, "< Press Enter for the QR code\n> \n", "TERM=xterm", "LC_ALL=C.UTF-8")
	sentence, code, ok := strings.Cut(screen, "The digest of the public batch as a QR code, and nothing else:\n")
	if !ok || !strings.Contains(sentence, digest("one.zip")) {
		t.Fatalf("on the terminal: %q", screen)
	}
	code, beneath := parted(code)
	if got := decode(t, coloured(t, code)); got != digest("one.zip") || beneath != got {
		t.Errorf("the code says %q, and beneath it stands %q", got, beneath)
	}
	if rows := strings.Count(code, "\n"); rows > 21 {
		t.Errorf("%d rows", rows)
	}

	screen = talkAtTerminal(t, dir, "bailiff vault init --vault other --policy policy.toml --lang fr"+allTokens, 80, "< Page 1 sur 2\n> \n< Tapez oui\n> oui\n< Le coffre est créé\n< pour le QR code\n> \n", "TERM=xterm", "LC_ALL=fr_FR.UTF-8")
	sentence, code, _ = strings.Cut(screen, "Les douze mots en QR code, en capitales, et rien d’autre\u00a0:\n")
	whole := regexp.MustCompile(`-\s+`).ReplaceAllString(sentence, "-") // a line ends behind a word
	words := regexp.MustCompile(`(?m)^ *([a-z]+(?:-[a-z]+){11})$`).FindStringSubmatch(whole)
	code, beneath = parted(code)
	if got := decode(t, coloured(t, code)); len(words) != 2 || got != strings.ToUpper(words[1]) || beneath != got {
		t.Errorf("the code says %q, the words are %q of %q, and beneath it stands %q", got, words, sentence, beneath)
	}
	if rows := strings.Count(code, "\n"); rows > 21 {
		t.Errorf("%d rows", rows)
	}

	// Where it cannot be shown a sentence says so; where nobody looks it is not drawn unless asked for.
	for i, place := range []struct {
		columns uint16
		env     []string
	}{
		{40, []string{"TERM=xterm", "LC_ALL=C.UTF-8"}}, {80, []string{"TERM=dumb", "LC_ALL=C.UTF-8"}}, {80, []string{"TERM=xterm", "LC_ALL=C"}},
	} {
		screen := atTerminal(t, dir, export("narrow-"+string(rune('a'+i))+".zip", ""), place.columns, place.env...)
		if strings.ContainsAny(screen, "▀▄█") || !strings.Contains(strings.Join(strings.Fields(screen), " "), "The QR code is not shown: it wants a terminal of 41 columns, in UTF-8 and in colour.") {
			t.Errorf("%+v: %q", place, screen)
		}
	}
	if screen := atTerminal(t, dir, export("never.zip", " --qr=false"), 80, "TERM=xterm", "LC_ALL=C.UTF-8"); strings.Contains(screen, "QR") {
		t.Errorf("--qr=false: %q", screen)
	}
	for _, more := range []string{"", " --json"} {
		if o, err := perform(dir, export("piped"+strings.TrimSpace(more)+".zip", more)); err != nil || o.code != 0 || strings.ContainsAny(o.out+o.errors, "▀▄█\x1b") {
			t.Errorf("piped%s: %v, %+v", more, err, o)
		}
	}
	o, err := perform(dir, export("asked.zip", " --qr"))
	if err != nil || o.code != 0 || strings.Contains(o.out, "\x1b") {
		t.Fatalf("asked for: %v, %+v", err, o)
	}
	_, code, _ = strings.Cut(o.out, "as a QR code, and nothing else:\n")
	if got := decode(t, strings.Split(strings.TrimSuffix(code, "\n"), "\n")); got != digest("asked.zip") {
		t.Errorf("asked for: the code says %q", got)
	}
}

// parted is a code and what stands beneath it, where a screen of 24 rows still shows it, in one line.
func parted(shown string) (code, beneath string) {
	end := strings.LastIndex(shown, "\x1b[0m\n") + len("\x1b[0m\n")
	return shown[:end], strings.Join(strings.Fields(shown[end:]), "")
}

// atTerminal runs a command line at a terminal of 24 rows and returns what stood on it.
func atTerminal(t *testing.T, dir, line string, columns uint16, env ...string) string {
	t.Helper()
	return talkAtTerminal(t, dir, line, columns, "", env...)
}

// talkAtTerminal is atTerminal with what a person reads and types, as a dialogue of the scripts has it.
func talkAtTerminal(t *testing.T, dir, line string, columns uint16, said string, env ...string) string {
	t.Helper()
	control, screen, err := openTerminal()
	if err != nil {
		t.Fatal(err)
	}
	defer control.Close()
	if err := unix.IoctlSetWinsize(int(control.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: columns}); err != nil {
		t.Fatal(err)
	}
	words := strings.Fields(line)
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Dir, cmd.Stdin, cmd.Stdout, cmd.Stderr, cmd.Env = dir, screen, screen, screen, append(os.Environ(), env...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	seen := watch(control)
	_ = screen.Close()
	if err := seen.talk(control, said); err != nil {
		_ = cmd.Process.Kill()
		t.Error(err)
	}
	err = cmd.Wait()
	<-seen.done
	text := strings.ReplaceAll(seen.text.String(), "\r\n", "\n")
	if err != nil {
		t.Fatalf("%s: %v\n%s", line, err, text)
	}
	return text
}

// coloured checks that each row of a code is black on white, and takes the colours off.
func coloured(t *testing.T, code string) []string {
	t.Helper()
	var rows []string
	for row := range strings.Lines(code) {
		row, begins := strings.CutPrefix(strings.TrimSuffix(row, "\n"), "\x1b[38;5;16;48;5;231m")
		row, ends := strings.CutSuffix(row, "\x1b[0m")
		if !begins || !ends {
			t.Fatalf("not black on white: %q", row)
		}
		rows = append(rows, row)
	}
	return rows
}

// decode paints the rows, whose characters are two pixels each, eight times as large, and reads the code in the picture.
func decode(t *testing.T, rows []string) string {
	t.Helper()
	const scale = 8
	if len(rows) == 0 {
		t.Fatal("no code was drawn")
	}
	picture := image.NewGray(image.Rect(0, 0, utf8.RuneCountInString(rows[0])*scale, 2*len(rows)*scale))
	for y, row := range rows {
		for x, c := range []rune(row) {
			upper, lower := strings.ContainsRune("▀█", c), strings.ContainsRune("▄█", c)
			if !upper && !lower && c != ' ' {
				t.Fatalf("%q is no part of a code", c)
			}
			for i, dark := range []bool{upper, lower} {
				for p := range scale * scale {
					if !dark {
						picture.SetGray(x*scale+p%scale, (2*y+i)*scale+p/scale, color.Gray{Y: 255})
					}
				}
			}
		}
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		t.Fatal(err)
	}
	// This reader looks for a code as in a photograph, and in one of a hundred that stand straight does not find it.
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil {
		result, err = qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true})
	}
	if err != nil {
		t.Fatalf("no code is read in\n%s\n%v", strings.Join(rows, "\n"), err)
	}
	return result.GetText()
}
