package words

// Normalize is NormalizeAnchor for any number of words.
func Normalize(typed string) (string, error) {
	parts, err := split(typed)
	if err != nil {
		return "", err
	}
	return join(parts)
}
