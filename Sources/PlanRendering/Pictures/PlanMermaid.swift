import EnvdLanguage

/// A plan as a flowchart of Mermaid, which many places that show Markdown draw.
package struct PlanMermaid {
    package let text: String

    package init(_ presentation: PlanPresentation) {
        var text = "flowchart TD\n"
        for step in presentation.steps {
            // Not with a full stop: newer versions take "1. " for a list of Markdown, which they refuse.
            var lines = ["\(step.number) · \(StepDescription(step).title.onOneLine)"]
            if let cause = presentation.cause(of: step) { lines.append(cause.onOneLine) }
            let label = lines.map { PlanMermaid.escaped(TextMeasure.fitting($0, into: 340, size: 13)) }
                .joined(separator: "<br/>")
            text += "  s\(step.number)[\"\(label)\"]:::\(step.kind.family.rawValue)\n"
        }
        for (index, needs) in presentation.graph.needs.enumerated() {
            for need in needs {
                text += "  s\(presentation.steps[need].number) --> s\(presentation.steps[index].number)\n"
            }
        }
        let present = Set(presentation.steps.map(\.kind.family))
        for family in PlanStep.Kind.Family.allCases where present.contains(family) {
            text += "  classDef \(family.rawValue) \(PlanMermaid.style(family))\n"
        }
        self.text = text
    }

    /// The text of a label between quotation marks: all that could end it, or mean something to Mermaid, Markdown or HTML,
    /// becomes an entity code of Mermaid's. So does a colon, behind which Mermaid looks for colours of styles, and takes the end of
    /// an entity code away.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", " ", ".", ",", "/", "-", "=", "+", "@", "(", ")", "[", "]", "!", "?",
                "%":
                result.unicodeScalars.append(scalar)
            default:
                if scalar.value < 0x80 {
                    result += "#\(scalar.value);"
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result
    }

    private static func style(_ family: PlanStep.Kind.Family) -> String {
        switch family {
        case .source: "fill:#ddf4ff,stroke:#0969da,color:#1f2328,text-align:left"
        case .process: "fill:#dafbe1,stroke:#1a7f37,color:#1f2328,text-align:left"
        case .files: "fill:#fff1e5,stroke:#bc4c00,color:#1f2328,text-align:left"
        case .combination: "fill:#fbefff,stroke:#8250df,color:#1f2328,text-align:left"
        }
    }
}
