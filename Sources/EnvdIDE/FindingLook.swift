import EnvdAnalysis

/// How the text of a finding is shown, beside the mark that all findings have.
package enum FindingLook: Hashable, Sendable {
    /// Faded: it could go.
    case unnecessary
    /// Struck through: an older envd had it.
    case deprecated
}

extension Finding {
    /// Nil for most findings.
    package var look: FindingLook? {
        switch code {
        case "unused-function", "unused-load", "unused-loop-variable", "unused-parameter", "unused-suppression",
            "unused-variable", "unreachable-code":
            .unnecessary
        case "old-function", "old-parameter", "old-syntax": .deprecated
        default: nil
        }
    }
}
