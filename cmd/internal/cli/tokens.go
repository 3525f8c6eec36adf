package cli

import "bailiff/custody/policy"

// TokenShown is the JSON of a token of a policy, with where its keys were born.
type TokenShown struct {
	Custodian  string `json:"custodian"`
	Index      int    `json:"index"`
	Kind       string `json:"kind"`
	Serial     string `json:"serial"`
	Origin     string `json:"origin"` // a policy.Origin
	Firmware   string `json:"firmware,omitempty"`
	FormFactor string `json:"form_factor,omitempty"`
	Root       string `json:"root,omitempty"` // that attests it
}

// DescribeTokens makes the JSON of the tokens of a policy.
func DescribeTokens(list []policy.Provenance) []TokenShown {
	var out []TokenShown
	for i := range list {
		k := &list[i]
		shown := TokenShown{Custodian: k.Custodian, Index: k.Index, Kind: k.Kind, Serial: k.Serial, Origin: string(k.Origin())}
		if s := k.Statements; s != nil {
			shown.Firmware, shown.FormFactor, shown.Root = s.Sealing.Firmware.String(), s.Sealing.FormFactor.String(), s.Root
		}
		out = append(out, shown)
	}
	return out
}

// SayTokens says of each token where its keys were born, to which shares of every private key are sealed.
func (a *App) SayTokens(list []policy.Provenance) {
	for i := range list {
		k := &list[i]
		args := []any{k.Custodian, k.Index, k.Serial}
		if k.Origin() == policy.OriginGenuine {
			args = append(args, k.Statements.Sealing.Firmware.String(), k.Statements.Root)
		}
		a.Say("token.origin."+string(k.Origin()), args...)
	}
}
