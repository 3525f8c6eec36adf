package keyceremony

import "math"

// Confidence with which a sample says something of its batch.
const confidence = 0.95

// DefectBound is the share of keys of which one can say, with 95 % confidence, that no more are defective, after a sample of that
// size was found without defect: 1 − 0.05^(1/sample).
func DefectBound(sample int) float64 { return 1 - math.Pow(1-confidence, 1/float64(sample)) }

// SampleFor is the least sample that says so of that share.
func SampleFor(bound float64) int { return int(math.Ceil(math.Log(1-confidence) / math.Log(1-bound))) }
