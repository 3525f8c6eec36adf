package main

import (
	"fmt"
	"strings"
)

// custodianSample is a made-up custodian: name, office, place.
type custodianSample struct{ name, office, place string }

func custodianSamples() []custodianSample {
	return []custodianSample{
		{"Anne Exemple", "Étude Exemple", "Paris"},
		{"Bruno Exemple", "Étude Modèle", "Lyon"},
		{"Chloé Exemple", "Étude Spécimen", "Lille"},
		{"David Exemple", "Étude Essai", "Nantes"},
		{"Emma Exemple", "Étude Épreuve", "Strasbourg"},
	}
}

// rule is a reason of release with the papers that it demands.
type rule struct {
	reason string
	papers []string
}

func rules() []rule {
	return []rule{
		{"death", []string{"death-certificate", "proof-of-heirship", "identity-document"}},
		{"incapacity", []string{"identity-document", "medical-certificate", "mandate"}},
		{"request", []string{"identity-document", "member-request"}},
		{"wind-down", []string{"wind-down-notice"}},
	}
}

const venue = "Étude Exemple, 1 rue de l’Exemple, Paris"

// policyDraft is policy.toml. In a rehearsal nobody waits.
func policyDraft() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "mode = \"rehearsal\"\nthreshold = %d\nprofile = \"v4-curve25519\"\n", threshold)
	fmt.Fprintf(&b, "place = %q\n", venue)
	b.WriteString("legal-basis = \"\"\"\nDépôt reçu en application de la convention du 1er novembre 2026 (exemple).\n\"\"\"\n")
	for i, c := range custodianSamples() {
		fmt.Fprintf(&b, "\n[[custodian]]\nname = %q\noffice = %q\nplace = %q\ntokens = [%q]\n", c.name, c.office, c.place, "tokens/"+custodian(i+1)+".enrolment")
	}
	fmt.Fprintf(&b, "\n[officers]\nthreshold = %d\ncertificates = [", signers)
	for i := range officers {
		fmt.Fprintf(&b, "%q, ", officer(i+1)+".asc")
	}
	b.WriteString("]\n")
	for _, r := range rules() {
		fmt.Fprintf(&b, "\n[[reason]]\nname = %q\nwaiting-days = 0\npapers = [\"%s\"]\n", r.reason, strings.Join(r.papers, `", "`))
	}
	return []byte(b.String())
}

// scriptText is script.toml.
func (d *demo) scriptText() []byte {
	return fmt.Appendf(nil, `vault = %q
mode = "rehearsal"
profile = "v4-curve25519"
publish = %d
sample = %d
reserve = %d
place = %q
witnesses = ["Premier Témoin Exemple", "Second Témoin Exemple"]
`, d.vault, d.keys, sample, reserve, venue)
}

// paperSample is a made-up paper that the platform's people check.
type paperSample struct{ kind, issuer, text string }

func paperSamples() []paperSample {
	const mark = "SPÉCIMEN, SANS VALEUR. SPECIMEN, WITHOUT VALUE.\n\n"
	return []paperSample{
		{"death-certificate", "Mairie d’Exemple", mark + "Copie intégrale de l’acte de décès de Martine Exemple.\n"},
		{"proof-of-heirship", "Office notarial Exemple", mark + "Acte de notoriété : Camille Exemple est l’unique héritière de Martine Exemple.\n"},
		{"identity-document", "Préfecture d’Exemple", mark + "Carte nationale d’identité de Camille Exemple, née le 29 février 1980.\n"},
	}
}

// letter is what the member leaves in the safe, in the language of the demo.
func (d *demo) letter() []byte {
	return []byte(strings.Join([]string{d.T("demo.letter.1"), d.T("demo.letter.2"), d.T("demo.letter.3"), d.T("demo.letter.4"), ""}, "\n"))
}

// custodian, officer and the others name files as people would.
func custodian(n int) string  { return fmt.Sprintf("c%02d", n) }
func tokenFile(n int) string  { return "tokens/" + custodian(n) + ".token" }
func pinFile(n int) string    { return custodian(n) + ".pin" }
func officer(n int) string    { return fmt.Sprintf("order/officer-%d", n) }
func phraseFile(n int) string { return fmt.Sprintf("officer-%d.passphrase", n) }
func paperFile(kind string) string {
	return "order/papers/" + kind + ".txt"
}
