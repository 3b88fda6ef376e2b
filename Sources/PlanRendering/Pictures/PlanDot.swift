import EnvdLanguage

/// A plan in Graphviz's language, for those who lay it out with their own tools.
package struct PlanDot {
    package let text: String

    package init(_ presentation: PlanPresentation) {
        var text = """
            digraph plan {
              graph [label=\(PlanDot.quoted(presentation.program)) labelloc=t fontname="Helvetica" rankdir=TB];
              node [shape=box style="rounded,filled" fontname="Helvetica" fontsize=11 color="#8c959f"];
              edge [color="#8c959f" fontname="Helvetica" fontsize=9];

            """
        for step in presentation.steps {
            var lines = ["\(step.number). \(StepDescription(step).title.onOneLine)"]
            if let cause = presentation.cause(of: step) { lines.append(cause) }
            let label = lines.map { TextMeasure.fitting($0, into: 320, size: 11) }.joined(separator: "\n")
            let tooltip = PlanDot.quoted(presentation.tooltip(of: step))
            text +=
                "  s\(step.number) [label=\(PlanDot.quoted(label)) fillcolor=\"\(PlanDot.fill(step.kind.family))\" "
                + "tooltip=\(tooltip)];\n"
        }
        for (index, needs) in presentation.graph.needs.enumerated() {
            for need in needs {
                text += "  s\(presentation.steps[need].number) -> s\(presentation.steps[index].number);\n"
            }
        }
        self.text = text + "}\n"
    }

    /// A string of the language: only quotation marks and backslashes mean something in it.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            default: result += String(Character(scalar)).onOneLine
            }
        }
        return result + "\""
    }

    private static func fill(_ family: PlanStep.Kind.Family) -> String {
        switch family {
        case .source: "#ddf4ff"
        case .process: "#dafbe1"
        case .files: "#fff1e5"
        case .combination: "#fbefff"
        }
    }
}
