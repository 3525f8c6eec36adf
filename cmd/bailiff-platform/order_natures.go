package main

import (
	"slices"
	"strings"

	"bailiff/custody/policy"
)

// natures lists the natures of papers and the reasons, as they are typed and as people call them.
func (t *tool) natures() string {
	var b strings.Builder
	b.WriteString("\n\n" + t.T("order-new.natures"))
	for _, name := range policy.PaperTypes() {
		b.WriteString("\n  " + t.T("order-new.nature", name, t.T("paper."+name)))
	}
	b.WriteString("\n\n" + t.T("order-new.reasons"))
	for _, name := range policy.ReasonNames() {
		b.WriteString("\n  " + t.T("order-new.nature", name, t.T("reason."+name)))
	}
	return b.String()
}

// natureHint lists the types of papers, those first that the policy demands for the reason.
func (t *tool) natureHint(reason string, p *policy.Policy) string {
	var demanded, others []string
	r := p.Reason(reason)
	for _, name := range policy.PaperTypes() {
		shown := name + " (" + t.T("paper."+name) + ")"
		if r != nil && slices.Contains(r.Papers, name) {
			demanded = append(demanded, shown)
		} else {
			others = append(others, shown)
		}
	}
	if len(demanded) == 0 {
		return strings.Join(others, ", ")
	}
	return t.T("order-new.demanded", strings.Join(demanded, ", "), strings.Join(others, ", "))
}
