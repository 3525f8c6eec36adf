package cli

import "strings"

// Quote is a word as a shell reads it back.
func Quote(word string) string { return shellWord(word) }

// Paste is a command line that can be pasted into a shell as it stands.
func Paste(words ...string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = Quote(w)
	}
	return strings.Join(quoted, " ")
}
