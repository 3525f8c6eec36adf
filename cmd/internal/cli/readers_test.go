package cli_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"bailiff/cmd/internal/wording"
)

// stumbled are French sentences over which readers stumbled, as patterns, and what is said in their place: the id of the
// sentence, whole or with `hint.` or `error.` in front, and words of it. Blanks are plain here.
var stumbled = []struct{ before, id, now string }{
	{`Un essai a été dépensé`, "note.wrong-pin", "erroné : il vous reste %d essais."},
	{`Dépositaires installés`, "desk.want", "Jetons prêts : %d sur %d."},
	{`est à la table`, "desk.want", "clés YubiKey (« jetons »)"},
	{`contacts avec les jetons, en tout`, "release.price", "Les %d dépositaires toucheront leur jeton %s fois en tout : %s environ."},
	{`[cC]ontacts : %d ; minutes`, "price.ceremony", "%[2]s contacts, %[3]s"},
	{`avec une confiance de 95 %%, que moins`, "ceremony.larger", "Un échantillon aussi petit prouve peu. Pour descendre à %.0f %%, tirez %d clés."},
	{`Chiffres, dans l’ordre`, "ask.dice", "L’administrateur tape les chiffres dans l’ordre, puis Entrée"},
	{`autre chose pour recommencer`, "ask.dice-right", "Tapez oui si c’est exact, non pour tout ressaisir"},
	{`dont la clé a pour empreinte`, "order.officer", "%s, clé %s"},
	{`signé par la clé`, "order.signed", "signé par %s"},
	{`si vous voulez bien`, "hint.cli.declined", "pour continuer, relancez la commande, et répondez exactement ce qui est demandé"},
	{``, "hint.cli.no-vault", "indiquez le dossier du coffre, par exemple : --vault coffre"},
	{`Voyez : `, "show.uncosigned", "Tapez : `bailiff ledger cosign --vault coffre`."},
	{`%s, %s, %s`, "ledger.entry", "%s : %s (%s)"},
	{`^cosignée$`, "ledger.cosigned", "inscription cosignée"},
	{`Le registre le dit`, "ceremony.abandoned", "Le registre en fait mention."},
	{`remise est inscrite et cosignée`, "release.done", "Le pli est prêt dans le dossier « %s ». Il reste à le remettre."},
	{``, "interrupted.generating", "Les clés en cours de création sont abandonnées ; la prochaine fois, un nouveau lot commence."},
	{`jamais écrasé`, "error.durable.exists", "ce nom existe déjà ; rien n’a été remplacé"},
	{`disque est monté`, "hint.fs.not-exist", "que la clé USB ou le disque est branché"},
	{`n’a pas le droit de le lire`, "error.fs.permission", "votre compte d’utilisateur n’y a pas accès"},
	{`sans valeur de garde`, "opening.mode.rehearsal", "RÉPÉTITION (exercice) : ce coffre ne protège rien."},
	{`Lecteurs que le réseau`, "doctor.of.network", "Lecteurs accessibles par le réseau"},
	{`présente? dans cette compilation`, "doctor.well.build", "ce programme sait lire les cartes à puce"},
	{`est au dépositaire seul`, "card.pin-rules", "Seul le dépositaire connaît son code PIN"},
	{`[tT]rois essais faux`, "card.pin-rules", "Trois codes erronés bloquent le jeton."},
	{`relancez l’opération et touchez`, "hint.token.touch", "rien à relancer : touchez le jeton dès que c’est demandé"},
	{`laissé de côté`, "desk.aside", "Le jeton %s est mis de côté, l’opération est suspendue. Retirez-le ; remettez-le quand tout est en ordre"},
	{`lorsqu’il est dit`, "desk.aside.still", "attendez que l’écran confirme le retrait avant de le remettre"},
	{`consommées par l’épreuve`, "proved.keys", "ouvertes à l’épreuve, donc définitivement écartées"},
	{`ligne de commande est incorrecte`, "hint.registry.memory", "`--database sqlite:pool.db`"},
	{`TOML valable`, "error.reviewed.syntax", "cette ligne est mal écrite"},
	{``, "hint.reviewed.syntax", `guillemets droits " obligatoires`},
	{`\b[sS]ac(s|het|hets)?\b`, "init.bag", "pochette de sécurité numérotée"},
	{`[cC]ommissaires?([^s ]| [^d]|$)`, "ask.bailiff", "commissaire de justice"},
	{`jeton soft|Jeton %s \(%s\)`, "token.line", "Jeton logiciel %s"},
}

const module = "../../.." // from this folder

var plainBlanks = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "'", "’")

// TestSentencesAsReadersWantThem: what was mended stays so, in the catalogue, the runbooks and the heir's letter.
func TestSentencesAsReadersWantThem(t *testing.T) {
	a, _ := newApp(wording.French)
	all, french := wording.All(), map[string]string{}
	maps.Copy(all, a.Sentences())
	for id, text := range all {
		french[id] = plainBlanks.Replace(text.Fr)
	}
	for _, c := range stumbled {
		if now := french[c.id]; !strings.Contains(now, plainBlanks.Replace(c.now)) {
			t.Errorf("%s: %q, which does not say %q", c.id, now, c.now)
		}
	}
	for _, pattern := range []string{"docs/runbooks/*.fr.md", "release/handover/letter-fr.txt"} {
		files, err := filepath.Glob(filepath.Join(module, pattern))
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, path := range files {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			french[path] = plainBlanks.Replace(string(text))
		}
	}
	for _, c := range stumbled {
		if c.before == "" {
			continue
		}
		before := regexp.MustCompile(c.before)
		for where, text := range french {
			if at := before.FindString(text); at != "" {
				t.Errorf("%s still says %q, as in %q", where, at, text[:min(len(text), 200)])
			}
		}
	}
}

// TestTheLetterEndsAsLettersDo: to a person in mourning, with whom to call.
func TestTheLetterEndsAsLettersDo(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(module, "release/handover/letter-fr.txt"))
	if err != nil {
		t.Fatal(err)
	}
	letter := strings.Join(strings.Fields(string(text)), " ")
	for _, want := range []string{
		"Nous vous prions d'agréer, Madame, Monsieur, l'expression de nos sentiments dévoués.", "{{with .Telephone}}appelez-nous au {{.}}",
	} {
		if !strings.Contains(letter, want) {
			t.Errorf("the letter has no %q", want)
		}
	}
}
