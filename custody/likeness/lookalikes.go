package likeness

// lookalikes are letters, in lower case and without accents, that are read as Latin ones: those of Unicode's
// confusables (UTS 39) that a printed name can hide, also by their capitals, and the letters that no decomposition takes apart.
var lookalikes = map[rune]string{
	// Latin
	'æ': "ae", 'œ': "oe", 'ø': "o", 'ß': "ss", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ħ': "h", 'ı': "i", 'ſ': "s", 'ɑ': "a", 'ɡ': "g", 'ɩ': "i",
	// Cyrillic
	'а': "a", 'в': "b", 'е': "e", 'ѕ': "s", 'і': "i", 'ј': "j", 'к': "k", 'м': "m", 'н': "h", 'о': "o", 'р': "p", 'с': "c", 'т': "t", 'у': "y",
	'х': "x", 'ԁ': "d", 'һ': "h", 'ԛ': "q", 'ԝ': "w", 'ү': "y", 'ӏ': "l", 'ё': "e", 'ї': "i", 'г': "r", 'ь': "b", 'з': "3",
	// Greek
	'α': "a", 'β': "b", 'ε': "e", 'ζ': "z", 'η': "h", 'ι': "i", 'κ': "k", 'μ': "m", 'ν': "v", 'ο': "o", 'ρ': "p", 'τ': "t", 'υ': "y", 'χ': "x", 'γ': "y",
	// Armenian
	'օ': "o", 'ս': "u", 'հ': "h", 'ց': "g", 'ո': "n", 'զ': "q",
}
