import ArgumentParser
import EnvdLanguage
import LLB
import PlanRendering

/// The forms that `envd plan` can give to a plan.
enum PlanFormat: String, Choice {
    case text, json, dot, mermaid, svg, html, pb

    /// Whether it is of no use on a terminal, and may even disturb it.
    var isBinary: Bool { self == .pb }

    /// - Parameter isFull: whether the text for people leaves nothing out.
    func bytes(of plan: Plan, _ request: PlanRequest, isFull: Bool, isForTerminal: Bool) -> [UInt8] {
        let presentation = { PlanPresentation(plan, request) }
        switch self {
        case .text:
            let text = PlanText(
                presentation: presentation(),
                style: TerminalStyle(isColored: isForTerminal && StandardOutput.wantsColor),
                width: isForTerminal ? StandardOutput.columns : 100, isFull: isFull)
            return Array(text.text.utf8)
        case .json: return Array((PlanJSON(plan, request).text + "\n").utf8)
        case .dot: return Array(PlanDot(presentation()).text.utf8)
        case .mermaid: return Array(PlanMermaid(presentation()).text.utf8)
        case .svg: return Array(PlanSVG(presentation()).document.utf8)
        case .html: return Array(PlanHTML(presentation()).document.utf8)
        case .pb: return plan.definitionWithSources.encoded
        }
    }
}
